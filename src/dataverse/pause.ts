/** One pause that all callers of a transport share: when the service asks one of them to wait, all wait. */

import type { Clock } from '../model/ports.ts';

export interface SharedPause {
  /** Nobody sends anything within this time from now: reads wait, writes are told how long. */
  extend(ms: number): void;
  /** Milliseconds that the pause still holds; 0: none does. */
  left(): number;
  /** Told when a pause is asked for that ends later than any before; one listener at a time. */
  onExtend(tell: (until: number) => void): void;
  /** `true` when no pause holds any more, `false` as soon as one is known to hold beyond `latest`. */
  passed(latest?: number): Promise<boolean>;
}

export function createSharedPause(clock: Clock): SharedPause {
  let until = Number.NEGATIVE_INFINITY;
  const left = (): number => Math.max(0, until - clock.now());
  let told: (until: number) => void = () => {};
  return {
    extend: (ms) => {
      const end = clock.now() + ms;
      if (end <= until) return;
      until = end;
      told(end);
    },
    onExtend: (tell) => {
      told = tell;
    },
    left,
    passed: async (latest = Number.POSITIVE_INFINITY) => {
      for (let ms = left(); ms > 0; ms = left()) {
        if (until > latest) return false;
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
  const at = Date.parse(text);
  const serverNow = Date.parse(headers.get('date') ?? '');
  if (Number.isNaN(at)) return null;
  return Math.min(LONGEST_PAUSE_MS, Math.max(0, at - (Number.isNaN(serverNow) ? localNow : serverNow)));
}
