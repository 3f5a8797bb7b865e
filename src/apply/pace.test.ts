/** How many steps a request carries, and how many requests may be under way. */

import { describe, expect, it } from 'vitest';
import { NO_BUDGET } from './apply.test-support.ts';
import type { LaneControl } from './lane-control.ts';
import {
  type AnsweredRequest,
  afterRequest,
  bestSize,
  lanesNow,
  type Pace,
  sizeOf,
  startPace,
} from './pace.ts';

const LIMITS = { start: 8, most: 44 };
const MANY = 10_000;

const BEGUN = startPace(LIMITS, MANY);

interface Known {
  readonly roundTripMs: number;
  readonly operationMs: number;
  readonly workers?: number;
  readonly stage?: LaneControl['stage'];
  readonly fewer?: number;
  readonly steps?: number;
}

function paceOf(known: Known): Pace {
  const { roundTripMs, operationMs, workers = 8, stage = 'settled', fewer = 1, steps = MANY } = known;
  const begun = startPace(LIMITS, steps);
  const lanes = { ...begun.lanes, stage, workers };
  return { ...begun, lanes, cost: { samples: [], roundTripMs, operationMs }, fewer };
}

const REQUEST: AnsweredRequest = {
  operations: 1,
  sentAt: 0,
  now: 100,
  left: MANY,
  isThrottled: false,
  budget: NO_BUDGET,
};

/** Requests that take 50 ms for the way and 50 ms for each operation. */
function answered(before: Pace, sizes: readonly number[]): Pace {
  return sizes.reduce(
    (pace, operations) => afterRequest(pace, { ...REQUEST, operations, now: 50 + 50 * operations }),
    before,
  );
}

describe('the best size', () => {
  it.each<readonly [string, Known, number]>([
    ['ten times as much work as way', { roundTripMs: 50, operationMs: 50 }, 10],
    ['one step, where the way is short', { roundTripMs: 2, operationMs: 200, steps: 300 }, 1],
    ['a hundred steps at most', { roundTripMs: 500, operationMs: 20 }, 100],
    ['five seconds of work at most', { roundTripMs: 500, operationMs: 200 }, 25],
    ['as many as the service allows requests for', { roundTripMs: 5, operationMs: 50, steps: 20_000 }, 4],
    [
      'as much work as way while the number is sought',
      { roundTripMs: 50, operationMs: 10, stage: 'search' },
      5,
    ],
    [
      'more then where too few lanes are left for those that travel',
      { roundTripMs: 50, operationMs: 10, stage: 'search', workers: 32 },
      14,
    ],
    ['twice as large where requests were refused', { roundTripMs: 50, operationMs: 50, fewer: 2 }, 20],
    ['never beyond five seconds for that', { roundTripMs: 50, operationMs: 200, fewer: 16 }, 25],
  ])('is %s', (_name, known, size) => {
    expect(bestSize(paceOf(known))).toBe(size);
  });

  it('is one while nothing is known', () => {
    expect(bestSize(BEGUN)).toBe(1);
  });
});

describe('the next request', () => {
  it.each<readonly [string, Pace, number, number, number]>([
    ['one step at first', BEGUN, MANY, 0, 1],
    ['then four, since two sizes tell way and work', BEGUN, MANY, 1, 4],
    ['then one again', BEGUN, MANY, 2, 1],
    ['no more than its share of a short run', BEGUN, 16, 1, 2],
    [
      'half of the best size, when it is the first of many',
      paceOf({ roundTripMs: 50, operationMs: 50 }),
      MANY,
      0,
      6,
    ],
    ['more, the more are under way', paceOf({ roundTripMs: 50, operationMs: 50 }), MANY, 4, 8],
    ['the best size, when it fills the last lane', paceOf({ roundTripMs: 50, operationMs: 50 }), MANY, 8, 10],
    ['a third of its share, when little is left', paceOf({ roundTripMs: 50, operationMs: 50 }), 72, 8, 3],
    ['as much work as way even then', paceOf({ roundTripMs: 50, operationMs: 25 }), 10, 8, 2],
    [
      'its whole share where each may be refused',
      paceOf({ roundTripMs: 50, operationMs: 50, fewer: 2 }),
      72,
      8,
      9,
    ],
  ])('carries %s', (_name, pace, left, underWay, size) => {
    expect(sizeOf(pace, left, underWay)).toBe(size);
  });
});

describe('lanes', () => {
  it.each<readonly [string, Pace, number, number]>([
    [
      'the number itself at first',
      { ...BEGUN, cost: { samples: [], roundTripMs: 50, operationMs: 50 } },
      1,
      8,
    ],
    ['those that travel on top', paceOf({ roundTripMs: 50, operationMs: 50 }), 1, 16],
    ['fewer of them with larger requests', paceOf({ roundTripMs: 50, operationMs: 50 }), 10, 9],
    ['never more than the most', paceOf({ roundTripMs: 500, operationMs: 50 }), 1, 44],
  ])('are %s', (_name, pace, size, lanes) => {
    expect(lanesNow(pace, size)).toBe(lanes);
  });
});

describe('an answer', () => {
  it('of each size tells the cost, and a round of them settles at the recommendation', () => {
    const pace = answered(BEGUN, [1, 4, 1, 4, 1, 4, 1, 4]);
    expect([pace.cost.roundTripMs, pace.cost.operationMs, pace.lanes.stage]).toEqual([50, 50, 'settled']);
    expect([pace.lanes.workers, bestSize(pace), lanesNow(pace, 10)]).toEqual([8, 10, 9]);
  });

  it('that took no time tells nothing', () => {
    expect(afterRequest(BEGUN, { ...REQUEST, now: 0 }).cost).toEqual(BEGUN.cost);
  });

  it('after the first round does not change the cost: requests wait for each other', () => {
    const known = paceOf({ roundTripMs: 50, operationMs: 50 });
    expect(answered(known, [1, 4, 8]).cost).toEqual(known.cost);
  });

  it('is forgotten where too many waited: the cost is found anew', () => {
    const slow = [1, 4, 1, 4, 1, 4, 1, 4].reduce(
      (pace, operations, index) =>
        afterRequest(pace, { ...REQUEST, operations, now: (index < 2 ? 1 : 4) * (50 + 50 * operations) }),
      BEGUN,
    );
    expect(slow.lanes).toMatchObject({ stage: 'first', high: 8 });
    expect(slow.cost).toEqual(BEGUN.cost);
  });
});

describe('a refusal', () => {
  const refused = (pace: Pace, sentAt: number, now: number): Pace =>
    afterRequest(pace, { ...REQUEST, sentAt, now, isThrottled: true });
  const known = paceOf({ roundTripMs: 50, operationMs: 50 });
  const once = refused(known, 5, 10);

  it.each<readonly [string, Pace, readonly [workers: number, fewer: number]]>([
    ['halves the lanes and doubles the size', once, [4, 2]],
    ['counts once for all that left before', refused(once, 9, 12), [4, 2]],
    ['that comes again leaves the lanes and doubles the size again', refused(once, 20, 30), [8, 4]],
  ])('%s', (_name, { lanes, fewer }, expected) => {
    expect([lanes.workers, fewer]).toEqual(expected);
  });
});
