/**
 * What a request costs: the way there and back, and the work for each operation when nobody waits. Both come from how
 * long requests of two sizes took.
 */

export interface RequestCost {
  /** Way there and back, in milliseconds; `null`: requests of one size cannot tell. */
  readonly roundTripMs: number | null;
  /** Work for one operation, in milliseconds. */
  readonly operationMs: number | null;
  /** By the order of magnitude of their size. */
  readonly samples: readonly (readonly Sample[])[];
}

export interface Sample {
  readonly operations: number;
  readonly ms: number;
}

/** Of each size, the share that waited for nobody, whatever the others did. */
const QUICK = 0.25;
/** Sizes that are too near each other tell chance, not cost. */
const APART = 2;

export const UNKNOWN_COST: RequestCost = { samples: [], roundTripMs: null, operationMs: null };

/** The quicker requests of each size decide: it is not known yet which of them waited in the service's queue. */
export function withSample(cost: RequestCost, sample: Sample): RequestCost {
  const magnitude = Math.floor(Math.log2(sample.operations));
  const count = Math.max(cost.samples.length, magnitude + 1);
  const samples = Array.from({ length: count }, (_none, index) => {
    const same = cost.samples[index] ?? [];
    return index === magnitude ? [...same, sample] : same;
  });
  return costOf(samples, quickOf);
}

/** No request waited: all of them tell what one costs. */
export function withoutWaiting({ samples }: RequestCost): RequestCost {
  return costOf(samples, meanOf);
}

function costOf(samples: RequestCost['samples'], typical: (same: readonly Sample[]) => Sample): RequestCost {
  const sizes = samples.filter((same) => same.length > 0).map(typical);
  const [small] = sizes;
  const large = sizes.at(-1);
  if (small === undefined || large === undefined || large.operations < APART * small.operations)
    return { samples, roundTripMs: null, operationMs: null };
  const each = (large.ms - small.ms) / (large.operations - small.operations);
  const operationMs = Math.min(Math.max(each, 0.1), large.ms / large.operations);
  return { samples, operationMs, roundTripMs: Math.max(0, small.ms - small.operations * operationMs) };
}

/** By time for each operation, since sizes of one order differ. */
function quickOf(same: readonly Sample[]): Sample {
  const sorted = [...same].sort((one, other) => one.ms / one.operations - other.ms / other.operations);
  return sorted[Math.floor((sorted.length - 1) * QUICK)] ?? { operations: 1, ms: 0 };
}

function meanOf(same: readonly Sample[]): Sample {
  const total = same.reduce((sum, { operations, ms }) => ({
    operations: sum.operations + operations,
    ms: sum.ms + ms,
  }));
  return { operations: total.operations / same.length, ms: total.ms / same.length };
}
