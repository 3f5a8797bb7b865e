/**
 * What a request costs: the round trip, and time on one of the workers that share the processor. More requests at once
 * than workers wait for each other, and each makes the others a little slower, so that too many lanes cost.
 */

import type { Waits } from './waits.ts';

export interface Cost {
  readonly latencyMs: number;
  readonly operationMs: number;
  readonly workers: number;
}

export const noCost: Cost = { latencyMs: 0, operationMs: 0, workers: 4 };

/** Share by which each request beyond the workers slows an operation. */
const contention = 0.05;

export interface CostModel {
  /** From the client to the end of the work; returns the milliseconds of work. */
  spend(operations: number, inFlight: number, signal: AbortSignal): Promise<number>;
  /** Back to the client. */
  goBack(signal: AbortSignal): Promise<void>;
}

export function createCostModel(cost: Cost, waits: Waits): CostModel {
  const freeAt = Array.from({ length: Math.max(1, cost.workers) }, () => 0);
  return {
    async spend(operations, inFlight, signal) {
      await waits.wait(cost.latencyMs / 2, signal);
      const excess = Math.max(0, inFlight - cost.workers);
      const work = cost.operationMs * operations * (1 + contention * excess);
      await waits.wait(reserve(freeAt, waits.now(), work), signal);
      return work;
    },
    goBack: (signal) => waits.wait(cost.latencyMs / 2, signal),
  };
}

/** Takes the worker that is free first; answers how long until the work is done. */
function reserve(freeAt: number[], now: number, work: number): number {
  const earliest = Math.min(...freeAt);
  const worker = freeAt.indexOf(earliest);
  const end = Math.max(now, earliest) + work;
  freeAt[worker] = end;
  return end - now;
}
