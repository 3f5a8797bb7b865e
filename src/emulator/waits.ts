/**
 * Waiting. By hand-moved time: as soon as nothing else is going on in this process, the clock jumps to the earliest
 * end of a wait, so that parallel requests overlap as they would in reality. By real time: a timer.
 */

import type { VirtualClock } from './clock.ts';
import { createTimeline, type Timed } from './timeline.ts';

export interface Waits {
  /** Milliseconds on the scale that waits use. */
  now(): number;
  /** Until then on the scale of `now`. Rejects with the reason of the signal. */
  until(time: number, signal?: AbortSignal): Promise<void>;
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

interface Waiting extends Timed {
  cancelled: boolean;
  readonly end: () => void;
}

/** Longest real time for which a file operation that is under way holds back the clock. */
const patienceMs = 5000;
/** Names of pending operations, as Node.js lists them. */
const fileOperation = /^(FSReq|CloseReq)/;

export function createWaits(clock: VirtualClock): Waits {
  const timeline = createTimeline<Waiting>();
  let isPumping = false;
  let order = 0;

  function pump(): void {
    isPumping = false;
    const earliest = timeline.first();
    if (earliest !== undefined && earliest.at > clock.now()) clock.set(earliest.at);
    for (const { end } of timeline.takeUntil(clock.now())) end();
    startPump();
  }
  function startPump(): void {
    if (isPumping || timeline.isEmpty) return;
    isPumping = true;
    onceQuiet(pump);
  }
  function add(at: number, end: () => void): () => void {
    const entry: Waiting = { at, order, end, cancelled: false };
    order += 1;
    timeline.add(entry);
    startPump();
    return () => {
      entry.cancelled = true;
      timeline.tidy();
    };
  }
  const waits: Waits = {
    now: () => (clock.speed > 0 ? performance.now() : clock.now()),
    async until(time, signal) {
      signal?.throwIfAborted();
      const left = time - waits.now();
      if (left <= 0) return;
      await abortable(signal, (end) => (clock.speed > 0 ? startTimer(left, end) : add(time, end)));
    },
    wait: (milliseconds, signal) => waits.until(waits.now() + milliseconds, signal),
  };
  return waits;
}

/** A wait that the signal ends early; nothing of it is left on the signal. */
function abortable(signal: AbortSignal | undefined, start: (end: () => void) => () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = start(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    });
    function abort(): void {
      cancel();
      reject(signal?.reason);
    }
    signal?.addEventListener('abort', abort, { once: true });
  });
}

function startTimer(milliseconds: number, end: () => void): () => void {
  const timer = setTimeout(end, Math.max(1, Math.round(milliseconds)));
  return () => clearTimeout(timer);
}

/**
 * Answers that are ready are taken up first, and whoever is writing a file has its turn when the file is written:
 * otherwise the others' time would run on meanwhile.
 */
function onceQuiet(work: () => void): void {
  const until = performance.now() + patienceMs;
  function look(quietTurns: number): void {
    const isBusy = usesFiles() && performance.now() < until;
    if (!isBusy && quietTurns > 0) work();
    else setImmediate(look, isBusy ? 0 : quietTurns + 1);
  }
  setImmediate(look, 0);
}

function usesFiles(): boolean {
  return process.getActiveResourcesInfo().some((resource) => fileOperation.test(resource));
}
