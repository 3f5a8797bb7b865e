/** Names that were probably meant: near in spelling to one that nothing has. */

import { compareText, foldText } from '../model/value.ts';

/** Texts of which the length says how many characters they have, folded too. */
const PLAIN = /^[\0-\x7f]*$/u;

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
    if (PLAIN.test(name) && Math.abs(name.length - letters.length) > limit) continue;
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

/** Levenshtein distance in characters, or anything above `limit` when it is larger: only so far from the diagonal. */
function editDistance(a: readonly string[], b: readonly string[], limit: number): number {
  const tooFar = limit + 1;
  if (Math.abs(a.length - b.length) > limit) return tooFar;
  let previous: number[] = b.map((_, column) => column);
  previous.push(b.length);
  for (const [row, letter] of a.entries()) {
    const first = Math.max(0, row - limit);
    const last = Math.min(b.length - 1, row + limit);
    const current = new Array<number>(b.length + 1).fill(tooFar);
    current[0] = row + 1;
    let least = first === 0 ? row + 1 : tooFar;
    for (let column = first; column <= last; column += 1) {
      const replaced = (previous[column] ?? tooFar) + (b[column] === letter ? 0 : 1);
      const added = Math.min(previous[column + 1] ?? tooFar, current[column] ?? tooFar) + 1;
      const distance = Math.min(replaced, added);
      current[column + 1] = distance;
      if (distance < least) least = distance;
    }
    if (least > limit) return tooFar;
    previous = current;
  }
  return previous[b.length] ?? tooFar;
}
