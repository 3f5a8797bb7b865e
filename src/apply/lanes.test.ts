/** With how many requests a run begins, how the number moves, and what a refusal does to it. */

import { describe, expect, it } from 'vitest';
import type { LaneControl } from './lane-control.ts';
import { afterAnswer, halved, lanesFor, lanesOf, startLanes } from './lanes.ts';

it.each([
  ['nothing is known', null, null, { start: 4, most: 52 }],
  ['the service recommends', null, 17, { start: 17, most: 52 }],
  ['it recommends too much', null, 90, { start: 52, most: 52 }],
  ['less was asked for', 3, 17, { start: 3, most: 3 }],
  ['more was asked for', 30, 8, { start: 8, most: 30 }],
  ['too much was asked for', 99, null, { start: 4, most: 52 }],
])('when %s', (_name, wanted, recommended, lanes) => {
  expect(lanesFor(wanted, recommended)).toEqual(lanes);
});

const settled = (workers: number, most = 52): LaneControl => {
  return { ...startLanes({ start: workers, most }), stage: 'settled', workers };
};

it.each([
  ['what travels comes on top', settled(8), 100, 1_000, 9],
  ['a short work against a long way', settled(8), 100, 50, 24],
  ['never more than the most', settled(32), 100, 50, 52],
  ['never more than was asked for', settled(3, 3), 100, 50, 3],
  ['one at least', settled(0.2), 0, 0, 1],
])('%s', (_name, lanes, roundTripMs, workMs, expected) => {
  expect(lanesOf(lanes, roundTripMs, workMs)).toBe(expected);
});

describe('a refusal', () => {
  const once = halved(settled(16), 5, 10);
  const answers = (lanes: LaneControl, count: number): LaneControl =>
    Array.from({ length: count }).reduce<LaneControl>((before) => {
      const answer = { operations: 1, sentAt: 20, now: 30, ms: 10, roundTripMs: 5, operationMs: 5, left: 0 };
      return afterAnswer(before, answer);
    }, lanes);

  it.each<readonly [string, LaneControl, number, LaneControl['half']]>([
    ['halves', once, 8, { of: 16, answers: 0 }],
    ['halves once for what left before', halved(once, 9, 12), 8, { of: 16, answers: 0 }],
    ['stays halved when none comes again', answers(once, 21), 8, null],
    ['is about something else when halving did not help', halved(answers(once, 5), 20, 30), 16, 'useless'],
  ])('%s', (_name, { workers, half }, expected, state) => {
    expect({ workers, half }).toEqual({ workers: expected, half: state });
  });
});
