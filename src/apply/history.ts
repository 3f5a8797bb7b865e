/** What the journals of earlier runs say: what they wrote, and what they began without seeing its end. */

import type { JournalEvent } from '../model/events.generated.ts';
import type { History } from '../model/ports.ts';
import { LastRunSeen } from './unfinished-run.ts';

export const NO_HISTORY: History = { lastWrite: new Map(), untestedWrite: new Map(), openTests: new Map() };

/** Lines of all runs of one environment, oldest first. */
export function historyOf(lines: Iterable<JournalEvent>): History {
  const lastWrite = new Map<string, string>();
  const untestedWrite = new Map<string, string>();
  const openTests = new Map<string, string>();
  const intents = new Map<string, { readonly at: string; readonly needsTest: boolean }>();
  const names = new Names();
  const lastRun = new LastRunSeen();
  for (const line of lines) {
    lastRun.note(line);
    const { event, step, address: own, verb, at, answer, outcome, needs_test, renamed_to, run } = line;
    if (step === undefined) continue;
    const key = `${run} ${step}`;
    if (renamed_to !== undefined && own !== undefined) {
      for (const known of [lastWrite, untestedWrite, openTests]) carryOver(known, own, renamed_to);
    }
    for (const address of names.of(line)) {
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
  }
  return { lastWrite, untestedWrite, openTests, unfinished: lastRun.unfinished };
}

/** A run knows a resource that it renames by its old name; the runs after it by the new one, if that was written. */
class Names {
  readonly #renamed = new Map<string, string>();

  of({ run, address, renamed_to }: JournalEvent): readonly string[] {
    if (address === undefined) return [];
    const key = `${run} ${address}`;
    if (renamed_to !== undefined) this.#renamed.set(key, renamed_to);
    const renamed = this.#renamed.get(key);
    return renamed === undefined ? [address] : [address, renamed];
  }
}

function carryOver(known: Map<string, string>, from: string, to: string): void {
  const time = known.get(from);
  if (time !== undefined) known.set(to, time);
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
