/**
 * How near a run comes to what the service makes possible, over ways, work and workers, and with recommendations that are
 * right, too low and too high. Times are those of the virtual clock, so that they are exact.
 */

import { describe, expect, it } from 'vitest';
import { idealOf, type SimulatedService, simulate } from './simulation.test-support.ts';

interface Cell {
  readonly name: string;
  /** Share of the ideal that was reached, and that could be. */
  readonly reached: number;
  readonly possible: number;
  readonly billed: number;
  readonly throttled: number;
  readonly wrong: number;
}

async function cellOf(service: SimulatedService): Promise<Cell> {
  const { steps, roundTripMs, operationMs, workers } = service;
  const run = await simulate(service);
  const { ms, boundMs } = idealOf(service);
  return {
    name: `round trip ${roundTripMs}, operation ${operationMs}, workers ${workers}`,
    reached: ms / run.ms,
    possible: ms / boundMs,
    billed: run.billedMs / (steps * operationMs),
    throttled: run.throttled,
    wrong: run.lost + run.twice,
  };
}

type Hint = (workers: number) => number;

async function gridOf(steps: number, ways: readonly number[], hint: Hint): Promise<readonly Cell[]> {
  const cells: Cell[] = [];
  for (const roundTripMs of ways)
    for (const operationMs of [20, 50, 200])
      for (const workers of [8, 32])
        cells.push(await cellOf({ steps, roundTripMs, operationMs, workers, hint: hint(workers) }));
  return cells;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const [low = 0, high = 0] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return (low + high) / 2;
}

const ALL = [5, 50, 150];
const RIGHT: Hint = (workers) => workers;

interface Expected {
  readonly median: number;
  /** Of what is possible, in the worst case: see `idealOf` for what no client can beat. */
  readonly worst: number;
  readonly billed: number;
}

describe.each<readonly [string, number, readonly number[], Hint, Expected]>([
  ['10,000 steps', 10_000, ALL, RIGHT, { median: 0.9, worst: 0.85, billed: 1.1 }],
  ['10,000 steps, hint 4', 10_000, ALL, () => 4, { median: 0.85, worst: 0.75, billed: 1.3 }],
  ['10,000 steps, hint 52', 10_000, ALL, () => 52, { median: 0.85, worst: 0.8, billed: 1.3 }],
  ['3,000 steps', 3_000, ALL, RIGHT, { median: 0.88, worst: 0.75, billed: 1.1 }],
  ['3,000 steps, hint 4', 3_000, ALL, () => 4, { median: 0.8, worst: 0.5, billed: 1.4 }],
  ['3,000 steps, hint 52', 3_000, ALL, () => 52, { median: 0.83, worst: 0.75, billed: 1.3 }],
  ['300 steps', 300, [50], RIGHT, { median: 0.65, worst: 0.6, billed: 1.2 }],
  ['300 steps, hint 52', 300, [50], () => 52, { median: 0.6, worst: 0.6, billed: 1.3 }],
])('%s', (_name, steps, ways, hint, expected) => {
  it('comes near the ideal, politely', { timeout: 120_000 }, async () => {
    const cells = await gridOf(steps, ways, hint);
    const far = cells.filter(({ reached, possible }) => reached / possible < expected.worst);
    const dear = cells.filter(({ billed }) => billed > expected.billed);
    const refused = cells.filter(({ throttled, wrong }) => throttled > 1 || wrong > 0);
    expect({ far, dear, refused }).toEqual({ far: [], dear: [], refused: [] });
    expect(median(cells.map(({ reached }) => reached))).toBeGreaterThanOrEqual(expected.median);
  });
});

describe('when every tenth request is refused for a second', () => {
  it.each([
    [10_000, 50, 50, 8],
    [3_000, 50, 50, 8],
    [10_000, 50, 200, 32],
  ])(
    '%i steps, round trip %i, operation %i, workers %i: nothing is lost or done twice, and little time beside the pauses',
    { timeout: 60_000 },
    async (steps, roundTripMs, operationMs, workers) => {
      const service = { steps, roundTripMs, operationMs, workers, hint: workers, refuseEvery: 10 };
      const { ms, pausedMs, lost, twice, throttled } = await simulate(service);
      expect({ lost, twice }).toEqual({ lost: 0, twice: 0 });
      expect(throttled).toBeGreaterThan(10);
      expect(ms - pausedMs).toBeLessThanOrEqual(1.15 * idealOf(service).boundMs);
    },
  );
});

it('holds back before the working time is used up, and without the header its refusals decide', async () => {
  const service = { steps: 10_000, roundTripMs: 50, operationMs: 200, workers: 32, hint: 32 };
  const told = await simulate(service);
  const untold = await simulate({ ...service, tellsBudget: false });
  expect({ told: told.throttled, lost: told.lost + untold.lost }).toEqual({ told: 0, lost: 0 });
  expect(untold.throttled).toBeGreaterThan(0);
});
