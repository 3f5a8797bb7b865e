/** What becomes of a run whose service refuses, changes, varies or is silent. Times are those of the virtual clock. */

import { describe, expect, it } from 'vitest';
import { type Cell, cellOf, FAULTLESS, faultsOf } from './simulated-cell.test-support.ts';
import { idealOf, type Later, simulate } from './simulation.test-support.ts';

/** What few requests show of the cost is chance: the rest of the run must not be measured by it. */
it.each([2, 5])(
  'does not stay slow where the first requests are quicker by chance (seed %i)',
  async (seed) => {
    const cells: Cell[] = [];
    for (const roundTripMs of [50, 150])
      for (const hint of [4, 52])
        cells.push(await cellOf({ steps: 3_000, roundTripMs, operationMs: 20, workers: 32, hint, seed }));
    expect(faultsOf(cells, 0.6)).toEqual(FAULTLESS);
  },
);

it('finds as many lanes where operations take very different times', { timeout: 60_000 }, async () => {
  const cells: Cell[] = [];
  for (const workers of [8, 32])
    for (const seed of [2, 6]) {
      const service = { steps: 3_000, roundTripMs: 50, operationMs: 20, workers, hint: workers };
      cells.push(await cellOf({ ...service, spread: 0.75, seed }));
    }
  expect(faultsOf(cells, 0.7)).toEqual(FAULTLESS);
});

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

  it.each<readonly [string, Later, number]>([
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
