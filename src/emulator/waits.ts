/**
 * Waiting inside a request. By hand-moved time: as soon as nothing else is going on, the clock jumps to the earliest
 * end of a wait, so that parallel requests overlap as they would in reality. By real time: a timer.
 */

import type { VirtualClock } from './clock.ts';

export interface Waits {
  /** Milliseconds on the scale that waits use. */
  now(): number;
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

interface Waiting {
  readonly at: number;
  readonly resolve: () => void;
}

export function createWaits(clock: VirtualClock): Waits {
  let waiting: Waiting[] = [];
  let isPumping = false;

  function pump(): void {
    isPumping = false;
    const earliest = Math.min(...waiting.map(({ at }) => at));
    if (earliest > clock.now()) clock.set(earliest);
    const now = clock.now();
    const due = waiting.filter(({ at }) => at <= now);
    waiting = waiting.filter(({ at }) => at > now);
    for (const { resolve } of due) resolve();
    startPump();
  }
  function startPump(): void {
    if (isPumping || waiting.length === 0) return;
    isPumping = true;
    setImmediate(pump);
  }
  function waitByHand(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const entry: Waiting = { at: clock.now() + milliseconds, resolve };
      waiting.push(entry);
      signal?.addEventListener('abort', () => {
        waiting = waiting.filter((other) => other !== entry);
        reject(signal.reason);
      });
      startPump();
    });
  }
  return {
    now: () => (clock.speed > 0 ? Date.now() : clock.now()),
    wait(milliseconds, signal) {
      if (milliseconds <= 0) return Promise.resolve();
      if (signal?.aborted === true) return Promise.reject(signal.reason);
      return clock.speed > 0 ? waitForReal(milliseconds, signal) : waitByHand(milliseconds, signal);
    },
  };
}

function waitForReal(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
