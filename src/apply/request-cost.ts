/**
 * What a request costs: the way there and back, and the work for each operation. Both come from how long requests of
 * different sizes took; what waited in the service's queue counts little, since the quicker quarter of each size decides.
 */

export interface RequestCost {
  /** The latest requests, by the order of magnitude of their size. */
  readonly samples: readonly (readonly Sample[])[];
  /** Way there and back, in milliseconds; `null`: requests of one size cannot tell. */
  readonly roundTripMs: number | null;
  readonly operationMs: number | null;
}

interface Sample {
  readonly operations: number;
  readonly ms: number;
}

/** Requests of one size that are remembered: enough that a few odd ones do not decide. */
const REMEMBERED = 24;
/** Sizes that are too near each other tell chance, not cost. */
const APART = 2;

export const UNKNOWN_COST: RequestCost = { samples: [], roundTripMs: null, operationMs: null };

export function withSample(cost: RequestCost, sample: Sample): RequestCost {
  const magnitude = Math.floor(Math.log2(sample.operations));
  const known = Array.from({ length: Math.max(cost.samples.length, magnitude + 1) }, (_none, index) => {
    const same = cost.samples[index] ?? [];
    return index === magnitude ? [...same, sample].slice(-REMEMBERED) : same;
  });
  const typical = known.filter((same) => same.length > 0).map(typicalOf);
  const [small] = typical;
  const large = typical.at(-1);
  if (small === undefined || large === undefined || large.operations < APART * small.operations)
    return { ...cost, samples: known };
  const operationMs = Math.max(0.1, (large.ms - small.ms) / (large.operations - small.operations));
  const roundTripMs = Math.max(0, small.ms - small.operations * operationMs);
  return { samples: known, operationMs: Math.min(operationMs, large.ms / large.operations), roundTripMs };
}

/** By time for each operation, since sizes of one order differ. */
function typicalOf(samples: readonly Sample[]): Sample {
  const sorted = [...samples].sort((one, other) => one.ms / one.operations - other.ms / other.operations);
  const best = sorted[Math.floor((sorted.length - 1) / 2)];
  return best ?? { operations: 1, ms: 0 };
}
