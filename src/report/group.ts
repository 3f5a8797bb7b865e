/** Putting together what is equal, and leaving out what would be too much for a page. */

import type { Style } from './style.ts';

/** Groups of a section that a page shows unless everything is asked for. */
const SHOWN = 8;

/** Items by key, in order of first appearance. */
export function groupBy<T>(items: Iterable<T>, keyOf: (item: T) => string): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}

export interface Limited<T> {
  readonly shown: readonly T[];
  readonly rest: readonly T[];
}

/** The first few, and the others; leaving out a single one would save nothing. */
export function limited<T>(items: readonly T[], style: Style, usual = SHOWN): Limited<T> {
  const most = Math.min(usual, style.shown ?? usual);
  if (style.verbose === true || items.length <= most + 1) return { shown: items, rest: [] };
  return { shown: items.slice(0, most), rest: items.slice(most) };
}
