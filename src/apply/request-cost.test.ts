/** What the way and the work cost, from how long requests took. */

import { expect, it } from 'vitest';
import { UNKNOWN_COST, withoutWaiting, withSample } from './request-cost.ts';

const request = (operations: number, ms: number): { operations: number; ms: number } => ({ operations, ms });

it.each([
  ['one size tells nothing', [request(1, 70), request(1, 72)], null, null],
  ['two sizes tell both', [request(1, 70), request(5, 150)], 50, 20],
  [
    'a few that waited do not count',
    [request(1, 70), request(1, 70), request(1, 900), request(5, 150), request(5, 150), request(5, 999)],
    50,
    20,
  ],
  ['a way that is too short to be seen', [request(1, 20), request(5, 120)], 0, 24],
])('%s', (_name, requests, roundTripMs, operationMs) => {
  const cost = requests.reduce(withSample, UNKNOWN_COST);
  expect({ way: cost.roundTripMs, work: cost.operationMs }).toEqual({ way: roundTripMs, work: operationMs });
});

it('counts all of them where nobody waited', () => {
  const requests = [request(1, 60), request(1, 70), request(1, 80), request(5, 130), request(5, 170)];
  const cost = requests.reduce(withSample, UNKNOWN_COST);
  expect([cost.roundTripMs, cost.operationMs]).toEqual([42.5, 17.5]);
  const known = withoutWaiting(cost);
  expect([known.roundTripMs, known.operationMs]).toEqual([50, 20]);
});

it('sizes that are too near each other tell nothing', () => {
  const { roundTripMs, operationMs } = [request(4, 130), request(7, 190)].reduce(withSample, UNKNOWN_COST);
  expect([roundTripMs, operationMs]).toEqual([null, null]);
});
