/** What the journals of earlier runs say: what they wrote, and what they began without seeing its end. */

import type { JournalEvent } from '../model/events.generated.ts';
import type { History } from '../model/ports.ts';

export const NO_HISTORY: History = { lastWrite: new Map(), untestedWrite: new Map(), openTests: new Map() };

/** Lines of all runs of one environment, oldest first. */
export function historyOf(lines: Iterable<JournalEvent>): History {
  const lastWrite = new Map<string, string>();
  const untestedWrite = new Map<string, string>();
  const openTests = new Map<string, string>();
  const intents = new Map<string, { readonly at: string; readonly needsTest: boolean }>();
  for (const { event, step, address, verb, at, answer, outcome, needs_test, run } of lines) {
    if (step === undefined || address === undefined) continue;
    const key = `${run} ${step}`;
    if (event === 'intent' && at !== undefined) {
      intents.set(key, { at, needsTest: needs_test === true });
      if (verb === 'test') openTests.set(address, at);
      else note(lastWrite, untestedWrite, address, at, needs_test === true);
    }
    // The answer's time is the later one, and the one that a test's end has to come after.
    if (event === 'answered' && answer === 'done' && at !== undefined && verb !== 'test') {
      note(lastWrite, untestedWrite, address, at, intents.get(key)?.needsTest === true);
    }
    const notSent =
      answer === 'throttled' || answer === 'refused' || answer === 'conflict' || answer === 'busy';
    const testEnded = event === 'settled' && outcome !== 'unknown';
    if (verb === 'test' && (testEnded || (event === 'answered' && notSent))) openTests.delete(address);
  }
  return { lastWrite, untestedWrite, openTests };
}

function note(
  lastWrite: Map<string, string>,
  untestedWrite: Map<string, string>,
  address: string,
  at: string,
  needsTest: boolean,
): void {
  lastWrite.set(address, at);
  if (needsTest) untestedWrite.set(address, at);
}
