/** The time of this machine, and real waiting. */

import type { Clock } from '../model/ports.ts';

export function systemClock(): Clock {
  return {
    now: () => Date.now(),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const timer = setTimeout(done, ms);
        function done(): void {
          clearTimeout(timer);
          signal?.removeEventListener('abort', done);
          resolve();
        }
        if (signal?.aborted === true) done();
        else signal?.addEventListener('abort', done, { once: true });
      }),
  };
}
