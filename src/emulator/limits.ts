/**
 * Service protection limits for each user: requests and working time in a sliding window, requests at once
 * (Microsoft Learn, "Service protection API limits"). Refused requests count too, so that insisting lengthens the wait.
 */

import { parseDuration } from './duration.ts';
import type { LimitsEntry } from './organization.ts';
import { ServiceError } from './service-error.ts';

export interface Limits {
  /** Throws 429 with the seconds to wait. */
  enter(user: string, now: number, inFlight: number): void;
  spent(user: string, now: number, milliseconds: number): void;
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
  readonly at: number;
  readonly milliseconds: number;
}

interface Window {
  uses: Use[];
  first: number;
  milliseconds: number;
}

const defaults = {
  requests: 6000,
  executionTime: '20m',
  concurrent: 52,
  window: '300s',
  dopHint: 4,
} as const;

/** Made once: a formatter for each answer would be the most costly part of it. */
const secondsText = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

export function createLimits(entry: LimitsEntry | undefined): Limits {
  const { requests, executionTime, concurrent, window, dopHint } = { ...defaults, ...entry };
  const span = parseDuration(window);
  const time = parseDuration(executionTime);
  const windows = new Map<string, Window>();

  function windowOf(user: string, now: number): Window {
    const known = windows.get(user) ?? { uses: [], first: 0, milliseconds: 0 };
    windows.set(user, known);
    forget(known, now - span);
    return known;
  }
  function secondsUntilFree(known: Window, now: number): number {
    const oldest = known.uses[known.first]?.at ?? now;
    return Math.max(1, Math.ceil((oldest + span - now) / 1000));
  }
  function note(known: Window, now: number, milliseconds: number): void {
    known.uses.push({ at: now, milliseconds });
    known.milliseconds += milliseconds;
  }
  return {
    enter(user, now, inFlight) {
      const known = windowOf(user, now);
      const isMany = known.uses.length - known.first >= requests;
      note(known, now, 0);
      if (inFlight > concurrent) throw tooManyAtOnce(concurrent);
      if (isMany) throw tooManyRequests(requests, span, secondsUntilFree(known, now));
      if (known.milliseconds >= time) throw tooMuchTime(time, span, secondsUntilFree(known, now));
    },
    spent(user, now, milliseconds) {
      if (milliseconds <= 0) return;
      const known = windowOf(user, now);
      const last = known.uses.pop();
      if (last !== undefined)
        known.uses.push({ at: last.at, milliseconds: last.milliseconds + milliseconds });
      known.milliseconds += milliseconds;
    },
    headers(user, now) {
      const known = windowOf(user, now);
      const left = Math.max(0, requests - (known.uses.length - known.first));
      const seconds = Math.max(0, time - known.milliseconds) / 1000;
      return {
        'x-ms-ratelimit-burst-remaining-xrm-requests': String(left),
        'x-ms-ratelimit-time-remaining-xrm-requests': secondsText.format(seconds),
        'x-ms-dop-hint': String(dopHint),
      };
    },
  };
}

/** Uses are in order of time; the front is cut off in steps to keep it cheap. */
function forget(known: Window, before: number): void {
  while ((known.uses[known.first]?.at ?? Number.POSITIVE_INFINITY) <= before) {
    known.milliseconds -= known.uses[known.first]?.milliseconds ?? 0;
    known.first += 1;
  }
  if (known.first > 4096) {
    known.uses = known.uses.slice(known.first);
    known.first = 0;
  }
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
    1,
  );
}
