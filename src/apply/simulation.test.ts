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

const RIGHT: Hint = (workers) => workers;

/** The work of all workers is what matters where they are few, the way there and back where they are many. */
async function cellsOf(steps: number, ways: readonly number[], hint: Hint): Promise<readonly Cell[]> {
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

const DEAR = 1.3;

function faultsOf(cells: readonly Cell[], worst: number): object {
  return {
    far: cells.filter(({ reached, possible }) => reached / possible < worst),
    dear: cells.filter(({ billed }) => billed > DEAR),
    refused: cells.filter(({ throttled }) => throttled > 0),
    wrong: cells.filter(({ wrong }) => wrong > 0),
  };
}

const FAULTLESS = { far: [], dear: [], refused: [], wrong: [] };

/*
 * The worst is of what is possible (see `idealOf`): no client can do without a reading before the first write and beat
 * the sliding window. It is reached where the way is long against the work and workers are many, since the first round
 * trips, in which the number of lanes is sought, are then a good part of the run. A run of 300 steps is over after a few
 * of them: with a hint of 4 it would have to reach 32 lanes without ever having seen that 4 are too few.
 */
describe.each<readonly [string, number, readonly number[], Hint, number, number]>([
  ['3,000 steps, hint right', 3_000, [5, 50, 150], RIGHT, 0.88, 0.65],
  ['3,000 steps, hint 4', 3_000, [5, 50, 150], () => 4, 0.83, 0.6],
  ['3,000 steps, hint 52', 3_000, [5, 50, 150], () => 52, 0.83, 0.65],
  ['300 steps, hint right', 300, [50], RIGHT, 0.65, 0.6],
  ['300 steps, hint 4', 300, [50], () => 4, 0.5, 0.4],
  ['300 steps, hint 52', 300, [50], () => 52, 0.55, 0.4],
])('%s', (_name, steps, ways, hint, usual, worst) => {
  it('comes near the ideal, politely', { timeout: 120_000 }, async () => {
    const cells = await cellsOf(steps, ways, hint);
    expect(faultsOf(cells, worst)).toEqual(FAULTLESS);
    expect(median(cells.map(({ reached }) => reached))).toBeGreaterThanOrEqual(usual);
  });
});

it.each<readonly [number, number, number, number]>([
  [5, 20, 8, 8],
  [50, 50, 32, 32],
  [150, 50, 32, 52],
  [50, 20, 8, 4],
  [50, 200, 32, 32],
])(
  '10,000 steps, round trip %i, operation %i, workers %i, hint %i: comes near what is possible',
  { timeout: 60_000 },
  async (roundTripMs, operationMs, workers, hint) => {
    const cell = await cellOf({ steps: 10_000, roundTripMs, operationMs, workers, hint });
    expect(faultsOf([cell], 0.85)).toEqual(FAULTLESS);
  },
);

/* What few requests show of the cost is chance: it must not be what the rest of the run is measured by. */
it.each([2, 5, 8])(
  'does not stay slow where the first requests are quicker by chance (seed %i)',
  async (seed) => {
    const cells: Cell[] = [];
    for (const roundTripMs of [50, 150])
      for (const hint of [4, 52])
        cells.push(await cellOf({ steps: 3_000, roundTripMs, operationMs: 20, workers: 32, hint, seed }));
    expect(faultsOf(cells, 0.6)).toEqual(FAULTLESS);
  },
);

describe('when every tenth request is refused for a second', () => {
  it.each([
    [10_000, 50, 50, 8],
    [10_000, 50, 200, 32],
  ])(
    '%i steps, round trip %i, operation %i, workers %i: nothing is lost or done twice, and little time',
    { timeout: 60_000 },
    async (steps, roundTripMs, operationMs, workers) => {
      const service = { steps, roundTripMs, operationMs, workers, hint: workers, refuseEvery: 10 };
      const { ms, lost, twice, throttled } = await simulate(service);
      expect({ lost, twice }).toEqual({ lost: 0, twice: 0 });
      expect(throttled).toBeGreaterThan(10);
      // Fewer and larger requests are refused less often: each of the few costs a second in which nobody works.
      expect(ms).toBeLessThanOrEqual(1.2 * idealOf(service).ms);
    },
  );
});

describe('a service that is another from the middle on', () => {
  const steps = 10_000;
  const service = { steps, roundTripMs: 50, operationMs: 50, workers: 16, hint: 16 };
  /** Half of the work with all workers. */
  const half = (steps * service.operationMs) / service.workers / 2;

  it.each<readonly [string, SimulatedService['later'], number]>([
    ['half as many workers', { fromMs: half, workers: 8 }, half + half * 2],
    ['twice as many workers', { fromMs: half, workers: 32 }, half + half / 2],
    ['operations take twice as long', { fromMs: half, operationMs: 100 }, half + half * 2],
    ['operations take half as long', { fromMs: half, operationMs: 25 }, half + half / 2],
    ['recommends more than it can do', { fromMs: half, hint: 50 }, half * 2],
    ['recommends less than it can do', { fromMs: half, hint: 2 }, half * 2],
  ])('%s: is followed', { timeout: 60_000 }, async (_name, later, possibleMs) => {
    const { ms, lost, twice, throttled } = await simulate({ ...service, later });
    expect({ lost, twice, throttled }).toEqual({ lost: 0, twice: 0, throttled: 0 });
    expect(possibleMs / ms).toBeGreaterThanOrEqual(0.75);
  });
});

it.each([8, 32])(
  'connections that are made first make the first answers slow, and nothing else (workers %i)',
  async (workers) => {
    const service = { steps: 3_000, roundTripMs: 50, operationMs: 50, workers, hint: workers };
    const cell = await cellOf({ ...service, connects: true });
    expect(faultsOf([cell], 0.75)).toEqual(FAULTLESS);
  },
);

it('holds back before the working time is used up, and without the header its refusals decide', async () => {
  const service = { steps: 10_000, roundTripMs: 50, operationMs: 200, workers: 32, hint: 32 };
  const told = await simulate(service);
  const untold = await simulate({ ...service, tellsBudget: false });
  expect({ told: told.throttled, lost: told.lost + untold.lost, twice: told.twice + untold.twice }).toEqual({
    told: 0,
    lost: 0,
    twice: 0,
  });
  expect(untold.throttled).toBeGreaterThan(0);
  expect(untold.ms).toBeLessThanOrEqual(1.2 * told.ms);
});
