/**
 * Service protection limits for each user: requests and working time in a sliding window, requests at once
 * (Microsoft Learn, "Service protection API limits"). Retry-After lasts until there is room for a good number of
 * requests again, so it is the longer, the more was asked for; who insists lengthens it.
 */

import { parseDuration } from './duration.ts';
import type { LimitsEntry } from './organization.ts';
import { ServiceError } from './service-error.ts';
import { createSlidingSum, type SlidingSum } from './sliding-sum.ts';

export interface Limits {
  /** A request has arrived. Throws 429 with the seconds to wait. */
  enter(user: string, now: number): void;
  /** A request that was let in is done, with so much work. */
  leave(user: string, now: number, workMs: number): void;
  headers(user: string, now: number): Readonly<Record<string, string>>;
}

export class ThrottledError extends ServiceError {
  readonly retryAfter: number;

  constructor(code: string, message: string, retryAfter: number) {
    super(429, code, message);
    this.retryAfter = retryAfter;
  }
}

interface Use {
  readonly requests: SlidingSum;
  readonly work: SlidingSum;
  atOnce: number;
}

const defaults = {
  requests: 6000,
  executionTime: '20m',
  concurrent: 52,
  window: '300s',
  dopHint: 4,
} as const;

/** Share of a limit that is free again when Retry-After is over. */
const room = 0.05;
/** Working time that a request costs which comes although there is none left. */
const insistingMs = 100;
/** Requests at once are over in a moment. */
const momentSeconds = 1;

/** `1,195.60`. Node's own formatter takes longer to make than most commands to run. */
function secondsText(seconds: number): string {
  return seconds.toFixed(2).replace(/\B(?=(\d{3})+\.)/g, ',');
}

export function createLimits(entry: LimitsEntry | undefined): Limits {
  const { requests, executionTime, concurrent, window, dopHint } = { ...defaults, ...entry };
  const span = parseDuration(window);
  const time = parseDuration(executionTime);
  const uses = new Map<string, Use>();

  function useOf(user: string, now: number): Use {
    const use = uses.get(user) ?? { requests: createSlidingSum(), work: createSlidingSum(), atOnce: 0 };
    uses.set(user, use);
    use.requests.forget(now - span);
    use.work.forget(now - span);
    return use;
  }
  function secondsUntil(sum: SlidingSum, allowed: number, now: number): number {
    return Math.max(1, Math.ceil((sum.timeOfSurplus(allowed) + span - now) / 1000));
  }
  function refuse(use: Use, now: number): void {
    const isMany = use.requests.sum >= requests;
    use.requests.add(now, 1);
    if (use.atOnce >= concurrent) throw tooManyAtOnce(concurrent);
    if (isMany) {
      const allowed = Math.min(requests - 1, Math.floor(requests * (1 - room)));
      throw tooManyRequests(requests, span, secondsUntil(use.requests, allowed, now));
    }
    if (use.work.sum < time) return;
    use.work.add(now, insistingMs);
    throw tooMuchTime(time, span, secondsUntil(use.work, time * (1 - room), now));
  }
  return {
    enter(user, now) {
      const use = useOf(user, now);
      refuse(use, now);
      use.atOnce += 1;
    },
    leave(user, now, workMs) {
      const use = useOf(user, now);
      use.atOnce -= 1;
      if (workMs > 0) use.work.add(now, workMs);
    },
    headers(user, now) {
      const use = useOf(user, now);
      return {
        'x-ms-ratelimit-burst-remaining-xrm-requests': String(Math.max(0, requests - use.requests.sum)),
        'x-ms-ratelimit-time-remaining-xrm-requests': secondsText(Math.max(0, time - use.work.sum) / 1000),
        'x-ms-dop-hint': String(dopHint),
      };
    },
  };
}

function tooManyRequests(requests: number, span: number, seconds: number): ThrottledError {
  return new ThrottledError(
    '0x80072322',
    `Number of requests exceeded the limit of ${requests} over time window of ${span / 1000} seconds.`,
    seconds,
  );
}

function tooMuchTime(time: number, span: number, seconds: number): ThrottledError {
  return new ThrottledError(
    '0x80072321',
    `Combined execution time of incoming requests exceeded limit of ${time} milliseconds over time window of ${span / 1000} seconds. Decrease number of concurrent requests or reduce the duration of requests and try again later.`,
    seconds,
  );
}

function tooManyAtOnce(concurrent: number): ThrottledError {
  return new ThrottledError(
    '0x80072326',
    `Number of concurrent requests exceeded the limit of ${concurrent}.`,
    momentSeconds,
  );
}
