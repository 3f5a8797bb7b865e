/** When to hold back so that the service's limit of working time is not reached. */

import { describe, expect, it } from 'vitest';
import { NO_BUDGET } from './apply.test-support.ts';
import { heldUntil, UNKNOWN_WORK_TIME, type WorkTime, withSpent } from './work-time.ts';

const left = (workMsLeft: number): typeof NO_BUDGET => ({ ...NO_BUDGET, workMsLeft });

/** 1,000 operations in the second 0 and 1,000 in the second 10, each of them 600 ms of work. */
function spent(after: number): WorkTime {
  const fresh = { ...UNKNOWN_WORK_TIME, whole: 1_200_000 };
  const first = withSpent(fresh, left(600_000), 1_000, 0, 1_000);
  return withSpent(first, left(after), 1_000, 10_000, 11_000);
}

describe('holding back', () => {
  it.each<readonly [string, WorkTime, number, number, number, number | null]>([
    ['nothing is said', withSpent(UNKNOWN_WORK_TIME, NO_BUDGET, 9, 0, 1), 9, 9, 2_000, null],
    ['enough is left', spent(200_000), 100, 10, 12_000, null],
    ['what is under way would use it up', spent(200_000), 400, 1, 12_000, 301_000],
    ['nothing is left: until the first returns', spent(0), 0, 100, 12_000, 301_000],
    ['more than that is needed: until the second', spent(0), 0, 1_500, 12_000, 311_000],
    ['it has returned meanwhile', spent(0), 0, 100, 302_000, null],
  ])('%s', (_name, known, underWay, operations, now, expected) => {
    expect(heldUntil(known, underWay, operations, now)).toBe(expected);
  });
});
