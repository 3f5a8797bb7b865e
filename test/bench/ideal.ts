/** How fast an apply can be at all, from what the service allows; times in milliseconds. */

export interface Allowance {
  readonly windowMs: number;
  /** Working time and requests in a window. */
  readonly workMs: number;
  readonly requests: number;
}

/** Microsoft Learn, "Service protection API limits": in any 300 seconds, for each user and web server. */
export const SERVICE_ALLOWANCE: Allowance = { windowMs: 300_000, workMs: 1_200_000, requests: 6_000 };

export interface Load {
  /** Operations that are carried out. */
  readonly operations: number;
  /** Steps of the longest chain, of which each waits for the one before. */
  readonly chain: number;
  readonly roundTripMs: number;
  readonly operationMs: number;
  readonly workers: number;
  readonly requests: number;
}

/** The longest of: a chain's round trips, the work on all workers, and the windows that work and requests fill. */
export function idealMs(load: Load, allowance: Allowance = SERVICE_ALLOWANCE): number {
  const { operations, chain, roundTripMs, operationMs, workers, requests } = load;
  const work = operations * operationMs;
  return Math.max(
    chain * (roundTripMs + operationMs),
    work / workers,
    allowance.windowMs * fullWindows(work / allowance.workMs),
    allowance.windowMs * fullWindows(requests / allowance.requests),
  );
}

/**
 * No client can do better where the window of working time is filled: it slides, so that what is left after the last
 * full window takes its time on the workers as well.
 */
export function reachableMs(load: Load, allowance: Allowance = SERVICE_ALLOWANCE): number {
  const work = load.operations * load.operationMs;
  const windows = fullWindows(work / allowance.workMs);
  const rest = windows === 0 ? 0 : (work - windows * allowance.workMs) / load.workers;
  return Math.max(idealMs(load, allowance), windows * allowance.windowMs + rest);
}

function fullWindows(fill: number): number {
  return Math.max(0, Math.ceil(fill) - 1);
}
