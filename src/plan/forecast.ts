/**
 * What applying the plan will cost: requests, test messages and seconds. An estimate, shown as one: it reckons with a
 * service that works on eight requests at once and has 50 ms of way to each and 20 ms of work for each step. Where work
 * takes longer against the way, requests carry fewer steps and there are more of them, at most one for each step.
 */

import type { PlanForecast, PlanStep } from '../model/plan.generated.ts';
import { READ_BACK_VERBS } from '../model/read-back-verbs.ts';
import { sendsMessage } from '../model/sends-message.ts';

/** The usual duration of a test; Microsoft says "a few minutes". */
const TEST_SECONDS = 180;
/** Requests at once. */
const LANES = 8;
/** What is left is shared out among the lanes so many times over, so that they end together; */
const SHARES = 3;
/** with fewer steps the requests would be on their way rather than worked on, */
const LEAST_STEPS = 3;
/** with more the way hardly counts any more, and answers come late. */
const MOST_STEPS = 15;
/** One lookup names so many rows, of mailboxes or of their owners. */
const ROWS_OF_A_LOOKUP = 200;
const TABLES = 2;
/** Steps behind others are read for as their turns come, the first of those that are read back by themselves. */
const TURNS = 6;
const READ_BACKS = 4;
/** Looks at a test until it has ended, and the tests that one look sees. */
const LOOKS = 10;
const TESTS_OF_A_LOOK = 1_000;
/**
 * Rather too long than too short: a caller may send 6,000 requests and have the service work 1,200 s in five minutes
 * (Microsoft Learn, "Service protection API limits"), which is this long for each.
 */
const SECONDS_PER_STEP = 0.2;

export function forecast(steps: readonly PlanStep[]): PlanForecast {
  const mine = steps.filter(({ hand_off }) => hand_off !== true);
  const sent = mine.filter(({ under_way }) => under_way !== true).length;
  const tests = mine.filter(({ verb }) => verb === 'test').length;
  const messages = mine.filter(sendsMessage).length;
  const seconds = Math.ceil((sent * SECONDS_PER_STEP) / LANES) + (tests > 0 ? TEST_SECONDS : 0);
  return { requests: writes(sent) + readings(mine) + looks(tests), messages, seconds };
}

/** Few steps travel alone, side by side; many together, towards the end ever fewer. */
function writes(steps: number): number {
  let requests = 0;
  for (let left = steps; left > 0; requests += 1) left -= stepsTogether(left);
  return requests;
}

function stepsTogether(left: number): number {
  const shared = Math.max(LEAST_STEPS, Math.ceil(left / LANES / SHARES));
  return Math.min(MOST_STEPS, shared, Math.ceil(left / LANES));
}

/** Every step is read for before it is sent. */
function readings(steps: readonly PlanStep[]): number {
  const behind = steps.filter(({ after }) => after.length > 0).length;
  const readBack = steps.filter(({ verb }) => READ_BACK_VERBS.has(verb)).length;
  const lookups = Math.ceil(steps.length / ROWS_OF_A_LOOKUP) + Math.min(behind, TURNS);
  return lookups * TABLES + Math.min(readBack, READ_BACKS);
}

function looks(tests: number): number {
  return Math.ceil(tests / TESTS_OF_A_LOOK) * LOOKS;
}
