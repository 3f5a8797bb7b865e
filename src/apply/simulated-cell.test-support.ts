/** One run over a simulated service against what is possible, for tests of how near runs come to it. */

import { idealOf, type SimulatedService, simulate } from './simulation.test-support.ts';

export interface Cell {
  readonly name: string;
  /** Share of the ideal that was reached, and that could be. */
  readonly reached: number;
  readonly possible: number;
  readonly billed: number;
  readonly throttled: number;
  readonly wrong: number;
}

export async function cellOf(service: SimulatedService): Promise<Cell> {
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

/** Times the work that the steps need. */
const DEAR = 1.3;

/** Cells that take too long, are billed too much, were refused, or lost something or did it twice. */
export function faultsOf(cells: readonly Cell[], worst: number): object {
  return {
    far: cells.filter(({ reached, possible }) => reached / possible < worst),
    dear: cells.filter(({ billed }) => billed > DEAR),
    refused: cells.filter(({ throttled }) => throttled > 0),
    wrong: cells.filter(({ wrong }) => wrong > 0),
  };
}

export const FAULTLESS = { far: [], dear: [], refused: [], wrong: [] };
