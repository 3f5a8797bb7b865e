/** How fast an apply can be at all, from what the service allows; times in milliseconds. */

/** Microsoft Learn, "Service protection API limits": in any 300 seconds, for each user and web server. */
const WINDOW_MS = 300_000;
const WORK_MS = 1_200_000;
const REQUESTS = 6_000;

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
export function idealMs(load: Load): number {
  const { operations, chain, roundTripMs, operationMs, workers, requests } = load;
  const work = operations * operationMs;
  return Math.max(
    chain * (roundTripMs + operationMs),
    work / workers,
    WINDOW_MS * fullWindows(work / WORK_MS),
    WINDOW_MS * fullWindows(requests / REQUESTS),
  );
}

/**
 * No client can do better where the window of working time is filled: it slides, so that what is left after the last
 * full window takes its time on the workers as well.
 */
export function reachableMs(load: Load): number {
  const work = load.operations * load.operationMs;
  const windows = fullWindows(work / WORK_MS);
  const rest = windows === 0 ? 0 : (work - windows * WORK_MS) / load.workers;
  return Math.max(idealMs(load), windows * WINDOW_MS + rest);
}

function fullWindows(fill: number): number {
  return Math.max(0, Math.ceil(fill) - 1);
}
