/**
 * Fitting a report into so many bytes. A piece can be written in more or less room and is whole Markdown in any; what
 * it leaves out it counts. Pieces that are too long together share the room there is. Knows no document.
 */

/** GitHub takes 65,536 characters for a comment, Azure DevOps 150,000; what a pipeline puts around it needs room too. */
export const BUDGET = 60_000;

export interface Piece {
  /** With as little as it can be written. */
  readonly least: string;
  /** With nothing left out. */
  readonly full: string;
  /** In at most so many bytes; in `least`, where that is more. */
  readonly write: (room: number) => string;
  /** Share of the room, compared with others; 1 when absent. */
  readonly weight?: number;
}

export function bytes(text: string): number {
  return Buffer.byteLength(text);
}

/** Cuts plain text; never through a character. */
export function cutText(text: string, longest: number): string {
  if (text.length <= longest) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(text.slice(0, longest))) {
    if (kept.length + segment.length > longest - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** What cannot be shortened. */
export function fixed(text: string): Piece {
  return { least: text, full: text, write: () => text };
}

export const NOTHING: Piece = fixed('');

/** One after the other, none left out; those that are empty disappear. */
export function stacked(pieces: readonly Piece[], gap = '\n\n', weight = 1): Piece {
  const parts = pieces.filter(({ full }) => full !== '');
  const join = (texts: readonly string[]): string => texts.filter((text) => text !== '').join(gap);
  return {
    least: join(parts.map(({ least }) => least)),
    full: join(parts.map(({ full }) => full)),
    write: (room) => join(written(parts, room - bytes(gap) * (parts.length - 1))),
    weight,
  };
}

/** Each in its share of the room; what one does not use, the next may. */
function written(parts: readonly Piece[], room: number): readonly string[] {
  const least = parts.map((part) => bytes(part.least));
  const wants = parts.map((part, at) => bytes(part.full) - (least[at] ?? 0));
  const spare = room - sum(least);
  const given = shares(
    spare,
    wants,
    parts.map(({ weight = 1 }) => weight),
  );
  let left = spare - sum(given);
  return parts.map((part, at) => {
    const may = (least[at] ?? 0) + (given[at] ?? 0) + Math.max(0, left);
    const text = part.write(may);
    left = may - bytes(text);
    return text;
  });
}

/** Room by weight, but nobody gets more than he wants: the others have what is left. */
export function shares(
  room: number,
  wants: readonly number[],
  weights: readonly number[],
): readonly number[] {
  const given = wants.map(() => 0);
  let open = wants.map((_, at) => at).filter((at) => (wants[at] ?? 0) > 0);
  let left = Math.max(0, room);
  while (open.length > 0 && left > 0) {
    const total = sum(open.map((at) => weights[at] ?? 1));
    const part = (at: number): number => Math.floor((left * (weights[at] ?? 1)) / total);
    const content = open.filter((at) => (wants[at] ?? 0) <= part(at));
    const served = content.length > 0 ? content : open;
    const gifts = served.map((at) => [at, Math.min(wants[at] ?? 0, part(at))] as const);
    for (const [at, gift] of gifts) given[at] = gift;
    left -= sum(gifts.map(([, gift]) => gift));
    open = content.length > 0 ? open.filter((at) => !content.includes(at)) : [];
  }
  return given;
}

export interface Several<Thing> {
  /** What is said of so many that are left out. */
  readonly more: (items: number) => string;
  /** How many a thing stands for; a list for what is in it, everything else for one, when absent. */
  readonly size?: (thing: Thing) => number;
  readonly gap?: string;
}

/** More than these have no room whatever they are: an entry with what separates it has 20 bytes and more. */
const MOST_ENTRIES = BUDGET / 20;

/** As many things as there is room for, in their order, and the number of what is left out. */
export function several<Thing>(
  things: readonly Thing[],
  entryOf: (thing: Thing) => Piece,
  { more, size = sizeOf, gap = '\n\n' }: Several<Thing>,
): Piece {
  if (things.length === 0) return NOTHING;
  const entries = things.slice(0, MOST_ENTRIES).map(entryOf);
  const rests = restsOf(things.map(size));
  const tail = (shown: number): string => (shown === things.length ? '' : more(rests[shown] ?? 0));
  const full = withTail(stacked(entries, gap).full, tail(entries.length));
  const least = shorter(tail(0), full);
  return {
    least,
    full,
    write: (room) => {
      const shown = countFitting(entries, room, gap, tail);
      if (shown === 0) return least;
      const rest = tail(shown);
      const taken = rest === '' ? 0 : bytes(rest) + bytes(APART);
      return withTail(stacked(entries.slice(0, shown), gap).write(room - taken), rest);
    },
  };
}

/** A paragraph of its own, also behind a list. */
const APART = '\n\n';

function withTail(text: string, rest: string): string {
  return rest === '' ? text : text + APART + rest;
}

/** Saying that something is left out may take more room than the thing itself. */
export function shorter(text: string, full: string): string {
  return bytes(full) <= bytes(text) ? full : text;
}

/** Of each position, how many items are from there to the end. */
function restsOf(sizes: readonly number[]): readonly number[] {
  const rests: number[] = [];
  let rest = sum(sizes);
  for (const size of sizes) {
    rests.push(rest);
    rest -= size;
  }
  return rests;
}

function sizeOf(thing: unknown): number {
  return Array.isArray(thing) ? thing.length : 1;
}

function countFitting(
  entries: readonly Piece[],
  room: number,
  gap: string,
  tail: (shown: number) => string,
): number {
  const between = bytes(gap);
  let used = 0;
  let fitting = 0;
  for (const [at, { least }] of entries.entries()) {
    used += bytes(least) + (at === 0 ? 0 : between);
    if (used > room) break;
    const rest = bytes(tail(at + 1));
    if (used + (rest === 0 ? 0 : rest + bytes(APART)) <= room) fitting = at + 1;
  }
  return fitting;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
