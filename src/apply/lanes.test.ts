/** With how many requests a run begins, which answers make a round, and what a refusal does. */

import { describe, expect, it } from 'vitest';
import type { Answer, LaneControl } from './lane-control.ts';
import { afterAnswer, halved, lanesFor, lanesOf, startLanes } from './lanes.ts';

it.each([
  ['nothing is known', null, null, { start: 4, most: 44 }],
  ['the service recommends', null, 17, { start: 17, most: 44 }],
  ['it recommends too much', null, 90, { start: 44, most: 44 }],
  ['less was asked for', 3, 17, { start: 3, most: 3 }],
  ['more was asked for', 30, 8, { start: 8, most: 30 }],
  [
    'all that the service allows was asked for, of which readings need some',
    99,
    null,
    { start: 4, most: 44 },
  ],
])('when %s', (_name, wanted, recommended, lanes) => {
  expect(lanesFor(wanted, recommended)).toEqual(lanes);
});

it.each([
  ['a recommendation', 8, 8],
  ['the most that is believed', 32, 32],
  ['one that is not believed before fewer have shown their worth', 44, 16],
])('begins with %s', (_name, start, workers) => {
  expect(startLanes({ start, most: 44 }).workers).toBe(workers);
});

const settled = (workers: number, most = 44): LaneControl => {
  return { ...startLanes({ start: workers, most }), stage: 'settled', workers };
};

it.each([
  ['what travels comes on top', settled(8), 100, 1_000, 9],
  ['a short work against a long way', settled(8), 100, 50, 24],
  ['never more than the most', settled(32), 100, 50, 44],
  ['never more than was asked for', settled(3, 3), 100, 50, 3],
  ['one at least', settled(0.2), 0, 0, 1],
])('%s', (_name, lanes, roundTripMs, workMs, expected) => {
  expect(lanesOf(lanes, roundTripMs, workMs)).toBe(expected);
});

/** Four operations in 10 ms of way and 8 ms of work each. */
const ANSWER: Answer = {
  operations: 4,
  sentAt: 20,
  now: 62,
  ms: 42,
  roundTripMs: 10,
  operationMs: 8,
  left: 1_000,
};

function answers(lanes: LaneControl, count: number, answer: Partial<Answer> = {}): LaneControl {
  return Array.from({ length: count }).reduce<LaneControl>(
    (before) => afterAnswer(before, { ...ANSWER, ...answer }),
    lanes,
  );
}

describe('a round', () => {
  const begun = startLanes({ start: 4, most: 44 });

  it.each<readonly [string, LaneControl, number, Partial<Answer>, LaneControl['round']]>([
    ['lasts until each lane has answered', begun, 3, {}, { since: 0, answers: 3, operations: 12, ms: 126 }],
    ['ends then', begun, 4, {}, { since: 62, answers: 0, operations: 0, ms: 0 }],
    [
      'lasts until enough operations tell a difference from chance',
      begun,
      11,
      { operations: 1 },
      { since: 0, answers: 11, operations: 11, ms: 462 },
    ],
    [
      'lasts longer where the number is found, since small differences count',
      settled(4),
      24,
      {},
      { since: 0, answers: 24, operations: 96, ms: 1_008 },
    ],
    [
      'does not end before it is known what a request costs',
      begun,
      9,
      { roundTripMs: null, operationMs: null },
      { since: 0, answers: 9, operations: 36, ms: 378 },
    ],
    [
      'does not count what left before it',
      { ...begun, round: { since: 21, answers: 0, operations: 0, ms: 0 } },
      4,
      {},
      { since: 21, answers: 0, operations: 0, ms: 0 },
    ],
  ])('%s', (_name, lanes, count, answer, round) => {
    expect(answers(lanes, count, answer).round).toEqual(round);
  });

  it('tells what an operation takes at the service, without the way', () => {
    const lanes = answers({ ...settled(4), quickMs: 8 }, 25);
    // A round later more are tried; what they are measured by is the work alone.
    expect(lanes.trial).toEqual({ workers: 4, eachMs: 8 });
  });
});

describe('a refusal', () => {
  const once = halved(settled(16), 5, 10);
  const twice = halved(answers(once, 5), 20, 30);

  it.each<readonly [string, LaneControl, number, LaneControl['half']]>([
    ['halves', once, 8, { of: 16, answers: 0 }],
    ['halves once for what left before', halved(once, 9, 12), 8, { of: 16, answers: 0 }],
    ['stays halved when none comes again', answers(once, 21), 8, null],
    ['is about something else when halving did not help', twice, 16, 'useless'],
    ['does not halve again then', halved(twice, 40, 50), 16, 'useless'],
    ['leaves one at least', halved(settled(1), 5, 10), 1, { of: 1, answers: 0 }],
  ])('%s', (_name, { workers, half }, expected, state) => {
    expect({ workers, half }).toEqual({ workers: expected, half: state });
  });

  it('tells that the number was too high, and ends what was tried', () => {
    const trying = { ...settled(16), trial: { workers: 14, eachMs: 50 } };
    expect(halved(trying, 5, 10)).toMatchObject({ low: null, high: 16, trial: null, round: { since: 10 } });
  });
});
