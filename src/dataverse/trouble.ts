/** What a read has trouble with, for those who would take its waiting for nothing. Writes no text and knows no row. */

import type { Clock } from '../model/ports.ts';

export interface Trouble {
  readonly host: string;
  /** `slow`: no answer yet, and it is waited for; `none`: none came; else a status, an answer that was cut, or none of Dataverse. */
  readonly what: 'slow' | 'none' | 'cut' | 'page' | number;
  /** How long the attempt has taken. */
  readonly tookMs: number;
  /** The next attempt; `null` while this one lasts. */
  readonly again: { readonly inMs: number; readonly attempt: number; readonly most: number } | null;
}

/** Requests side by side have the same trouble, and one that lasts comes again and again. */
const QUIET_MS = 30_000;

/** Tells the first trouble, then at most one in half a minute. */
export function tellSometimes(
  clock: Pick<Clock, 'now'>,
  tell: (trouble: Trouble) => void,
): (trouble: Trouble) => void {
  let toldAt = Number.NEGATIVE_INFINITY;
  return (trouble) => {
    if (clock.now() - toldAt < QUIET_MS) return;
    toldAt = clock.now();
    tell(trouble);
  };
}

/** A request that a healthy service answers takes seconds. */
const SLOW_MS = 30_000;

/** Tells once if the work is not done in time; by this machine's clock, since nothing else moves meanwhile. */
export async function tellSlow<T>(tell: (tookMs: number) => void, work: () => Promise<T>): Promise<T> {
  const timer = setTimeout(tell, SLOW_MS, SLOW_MS);
  timer.unref();
  try {
    return await work();
  } finally {
    clearTimeout(timer);
  }
}
