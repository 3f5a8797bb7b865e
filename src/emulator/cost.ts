/**
 * What a request costs: the round trip, and time on one of the workers that share the processor. More requests than
 * workers wait for each other in the order in which they came, and each makes the others a little slower, so that too
 * many lanes cost. The requests of a batch are worked off one after the other by one worker.
 */

import { parseDuration } from './duration.ts';
import type { Organization } from './organization.ts';
import { createRandom } from './random.ts';
import type { Waits } from './waits.ts';

export interface Cost {
  /** Round trip. */
  readonly latencyMs: number;
  /** Mean time of one operation. */
  readonly operationMs: number;
  readonly workers: number;
  /** Share by which the time of an operation differs from the mean, at most. */
  readonly operationSpread?: number | undefined;
  readonly seed?: number | undefined;
}

export const noCost: Cost = { latencyMs: 0, operationMs: 0, workers: 4 };

export function costOf({ cost }: Organization): Cost {
  if (cost === undefined) return noCost;
  return {
    latencyMs: parseDuration(cost.latency ?? '0ms'),
    operationMs: parseDuration(cost.operationTime ?? '0ms'),
    workers: cost.workers ?? noCost.workers,
    operationSpread: cost.operationSpread,
    seed: cost.seed,
  };
}

/** Share by which each request at the service beyond the workers slows an operation. */
const contention = 0.05;

export interface CostModel {
  /** By hand-moved time, requests that cost nothing still take a moment each. */
  readonly isFree: boolean;
  /** Half a round trip after this time. */
  travelled(since: number): number;
  /** Takes part in the queue from now on; answers when the work is done. */
  work(operations: number, arrivedAt: number): Promise<Worked>;
}

export interface Worked {
  readonly milliseconds: number;
  /** On the scale of the waits. */
  readonly endedAt: number;
}

interface Job {
  readonly operations: number;
  readonly resolve: (worked: Worked) => void;
}

export function createCostModel(cost: Cost, waits: Waits): CostModel {
  const random = createRandom(cost.seed ?? 1);
  const workers = Math.max(1, cost.workers);
  const queue = createQueue<Job>();
  let busy = 0;
  let atService = 0;

  function lengthOf({ operations }: Job): number {
    const slower = 1 + contention * Math.max(0, atService - workers);
    return sumOfOperations(operations, cost, random) * slower;
  }
  async function begin(job: Job, now: number): Promise<void> {
    busy += 1;
    const milliseconds = lengthOf(job);
    const endedAt = now + milliseconds;
    await waits.until(endedAt);
    busy -= 1;
    atService -= 1;
    job.resolve({ milliseconds, endedAt });
    const next = queue.take();
    if (next !== undefined) void begin(next, endedAt);
  }
  return {
    isFree: cost.latencyMs <= 0 && cost.operationMs <= 0,
    travelled: (since) => since + cost.latencyMs / 2,
    work: (operations, arrivedAt) =>
      new Promise((resolve) => {
        atService += 1;
        const job = { operations, resolve };
        if (busy < workers) void begin(job, arrivedAt);
        else queue.add(job);
      }),
  };
}

function sumOfOperations(
  operations: number,
  { operationMs, operationSpread: spread = 0 }: Cost,
  random: () => number,
): number {
  if (spread === 0) return operationMs * operations;
  let sum = 0;
  for (let index = 0; index < operations; index += 1) sum += operationMs * (1 + spread * (2 * random() - 1));
  return sum;
}

interface Queue<Item> {
  add(item: Item): void;
  take(): Item | undefined;
}

function createQueue<Item>(): Queue<Item> {
  let items: Item[] = [];
  let first = 0;
  return {
    add: (item) => void items.push(item),
    take() {
      const item = items[first];
      if (item === undefined) return undefined;
      first += 1;
      if (first > 1024) {
        items = items.slice(first);
        first = 0;
      }
      return item;
    },
  };
}
