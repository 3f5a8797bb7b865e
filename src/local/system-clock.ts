/** The time of this machine, and real waiting. */

import type { Clock } from '../model/ports.ts';

/** A timer that is set for longer ends at once (Node.js, "Timers"). */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export function systemClock(): Clock {
  return {
    now: () => Date.now(),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        let timer: NodeJS.Timeout | undefined;
        let left = ms;
        function wait(): void {
          const piece = Math.min(left, LONGEST_TIMER_MS);
          left -= piece;
          timer = setTimeout(left > 0 ? wait : done, piece);
        }
        function done(): void {
          clearTimeout(timer);
          signal?.removeEventListener('abort', done);
          resolve();
        }
        if (signal?.aborted === true) return done();
        signal?.addEventListener('abort', done, { once: true });
        wait();
      }),
  };
}
