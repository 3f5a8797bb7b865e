/** What applying the plan will cost: requests, test messages and seconds. An estimate, shown as one. */

import type { PlanForecast, PlanStep } from '../model/plan.generated.ts';
import { isTestResults } from '../model/value.ts';

/** The usual duration of a test; Microsoft says "a few minutes". */
const TEST_SECONDS = 180;
const REREAD_CHUNK = 50;
const SECONDS_PER_REQUEST = 0.3;
const LANES = 4;

const READ_BACK: ReadonlySet<PlanStep['verb']> = new Set(['approve', 'reject', 'readdress', 'delete']);

export function forecast(steps: readonly PlanStep[]): PlanForecast {
  const mine = steps.filter(({ hand_off }) => hand_off !== true);
  const tests = mine.filter(({ verb }) => verb === 'test');
  const readBack = mine.filter(({ verb }) => READ_BACK.has(verb));
  const reads = Math.ceil(mine.length / REREAD_CHUNK) + Math.ceil(readBack.length / REREAD_CHUNK);
  const polls = tests.length === 0 ? 0 : Math.ceil(tests.length / REREAD_CHUNK) * 10;
  const requests = mine.length === 0 ? 0 : mine.length + reads + polls;
  const messages = mine.filter(sendsMessage).length;
  const seconds = Math.ceil((requests * SECONDS_PER_REQUEST) / LANES) + (tests.length > 0 ? TEST_SECONDS : 0);
  return { requests, messages, seconds };
}

/** Whether carrying out the step sends a message: the outgoing test does, from the mailbox to itself, once. */
export function sendsMessage({ verb, set, under_way }: PlanStep): boolean {
  return (
    verb === 'test' &&
    under_way !== true &&
    set.some(({ from }) => isTestResults(from) && from.outgoing !== undefined)
  );
}
