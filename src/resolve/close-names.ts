/** Names that were probably meant: near in spelling to one that nothing has. */

import { compareText, foldText } from '../model/value.ts';

/** At most three, the nearest first; the longer the name, the more may differ. */
export function closeNames<Item>(
  wanted: string,
  candidates: Iterable<Item>,
  nameOf: (item: Item) => string,
): readonly Item[] {
  const letters = [...foldText(wanted)];
  const limit = slipsIn(letters);
  const close: { readonly item: Item; readonly name: string; readonly distance: number }[] = [];
  for (const item of candidates) {
    const name = nameOf(item);
    if (name.length > 2 * (letters.length + limit)) continue;
    const distance = editDistance(letters, [...foldText(name)], limit);
    if (distance <= limit) close.push({ item, name, distance });
  }
  close.sort((a, b) => a.distance - b.distance || compareText(a.name, b.name));
  return close.slice(0, 3).map(({ item }) => item);
}

/** The part before an at-sign tells people apart: a long domain allows no more slips in a short name. */
function slipsIn(letters: readonly string[]): number {
  const own = letters.includes('@') ? letters.indexOf('@') : letters.length;
  return Math.max(1, Math.min(Math.floor(letters.length / 5), Math.floor(own / 3)));
}

/** Levenshtein distance in characters, or anything above `limit` when it is larger. */
function editDistance(a: readonly string[], b: readonly string[], limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [row, letter] of a.entries()) {
    const current = [row + 1];
    for (const [column, other] of b.entries()) {
      const replaced = (previous[column] ?? 0) + (other === letter ? 0 : 1);
      current.push(Math.min(replaced, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    if (Math.min(...current) > limit) return limit + 1;
    previous = current;
  }
  return previous[b.length] ?? limit + 1;
}
