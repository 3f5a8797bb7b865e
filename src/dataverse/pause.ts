/** One pause that all callers of a transport share: when the service asks one of them to wait, all wait. */

import type { Clock } from '../model/ports.ts';

export interface SharedPause {
  /** Nobody sends anything within this time from now. */
  extend(ms: number): void;
  /** `true` when no pause holds any more, `false` as soon as one is known to hold beyond `latest`. */
  passed(latest?: number): Promise<boolean>;
}

export function createSharedPause(clock: Clock): SharedPause {
  let until = Number.NEGATIVE_INFINITY;
  return {
    extend: (ms) => {
      until = Math.max(until, clock.now() + ms);
    },
    passed: async (latest = Number.POSITIVE_INFINITY) => {
      for (let left = until - clock.now(); left > 0; left = until - clock.now()) {
        if (until > latest) return false;
        await clock.sleep(left);
      }
      return true;
    },
  };
}

/** `Retry-After` in seconds, or as a date of the server's clock; `null` when absent or not understood. */
export function retryAfterMs(headers: Headers, localNow: number): number | null {
  const text = headers.get('retry-after');
  if (text === null) return null;
  if (/^\d+(\.\d+)?$/u.test(text.trim())) return Math.ceil(Number(text) * 1000);
  const at = Date.parse(text);
  const serverNow = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(at) ? null : Math.max(0, at - (Number.isNaN(serverNow) ? localNow : serverNow));
}
