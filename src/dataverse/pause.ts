/** One pause that all callers of a transport share: when the service asks one of them to wait, all wait. */

import type { Clock } from '../model/ports.ts';

/**
 * `unavailable`: the service is out of order for a time that it knows; else it was asked too much, and says for how
 * long to wait or does not.
 */
export type PauseReason = 'throttled' | 'throttled-without-time' | 'unavailable';

/** A pause that somebody begins to wait for. */
export interface AwaitedPause {
  readonly ms: number;
  /** When it ends, by the clock. */
  readonly until: number;
  readonly why: PauseReason;
}

export interface SharedPause {
  /** Nobody sends anything within this time from now: reads wait, writes are told how long. */
  extend(ms: number, why?: PauseReason): void;
  /** Milliseconds that the pause still holds; 0: none does. */
  left(): number;
  /** Told when a pause is asked for that ends later than any before; one listener at a time, in place of `onWait`. */
  onExtend(tell: (until: number) => void): void;
  /** `true` when no pause holds any more, `false` as soon as one is known to hold beyond `latest`. */
  passed(latest?: number): Promise<boolean>;
}

/** Requests side by side are asked for the same pause one after the other: what hardly ends later is the same. */
const SAME_MS = 1000;
const SAME_SHARE = 0.1;

/** `onWait` is told once of each pause that a read waits for. */
export function createSharedPause(
  clock: Clock,
  onWait: (pause: AwaitedPause) => void = () => {},
): SharedPause {
  let until = Number.NEGATIVE_INFINITY;
  let why: PauseReason = 'throttled';
  let tellExtended: ((until: number) => void) | null = null;
  let toldUntil = Number.NEGATIVE_INFINITY;
  const left = (): number => Math.max(0, until - clock.now());
  const tellWait = (ms: number): void => {
    if (tellExtended !== null || until - toldUntil < Math.max(SAME_MS, ms * SAME_SHARE)) return;
    toldUntil = until;
    onWait({ ms, until, why });
  };
  return {
    extend: (ms, reason = 'throttled') => {
      const end = clock.now() + ms;
      if (end <= until) return;
      until = end;
      why = reason;
      tellExtended?.(end);
    },
    onExtend: (tell) => {
      tellExtended = tell;
    },
    left,
    passed: async (latest = Number.POSITIVE_INFINITY) => {
      for (let ms = left(); ms > 0; ms = left()) {
        if (until > latest) return false;
        tellWait(ms);
        await clock.sleep(ms);
      }
      return true;
    },
  };
}

/** Longer is no time to wait for; kept within what a date can say. */
const LONGEST_PAUSE_MS = 366 * 24 * 60 * 60_000;

/** `Retry-After` in seconds, or as a date of the server's clock; `null` when absent or not understood. */
export function retryAfterMs(headers: Headers, localNow: number): number | null {
  const text = headers.get('retry-after');
  if (text === null) return null;
  if (/^\d+(\.\d+)?$/u.test(text.trim())) {
    return Math.min(LONGEST_PAUSE_MS, Math.ceil(Number(text) * 1000));
  }
  // Half of what is no date is one to `Date.parse`, such as -1.
  const at = /^[a-z]{3,9},? /iu.test(text.trim()) ? Date.parse(text) : Number.NaN;
  const serverNow = Date.parse(headers.get('date') ?? '');
  if (Number.isNaN(at)) return null;
  return Math.min(LONGEST_PAUSE_MS, Math.max(0, at - (Number.isNaN(serverNow) ? localNow : serverNow)));
}
