/** Blocks that reports in Markdown are made of: sections, folds, tables, lists of names. Takes Markdown, escapes nothing. */

import { thousands } from '../text.ts';
import { bytes, fixed, NOTHING, type Piece, shorter } from './room.ts';

/** Words of our own behind which something is folded; the blank lines make the body Markdown again. */
export function fold(summary: string, body: string): string {
  return `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;
}

/** A section with its heading; nothing where it is empty. */
export function section(title: string, body: Piece, weight = 1): Piece {
  if (body.full === '') return NOTHING;
  const heading = `### ${title}\n\n`;
  return {
    least: heading + body.least,
    full: heading + body.full,
    write: (room) => heading + body.write(room - bytes(heading)),
    weight,
  };
}

/** Behind words of our own, as far as there is room. */
export function folded(summary: string, body: Piece, weight = 1): Piece {
  if (body.full === '') return NOTHING;
  const frame = bytes(fold(summary, ''));
  return {
    least: fold(summary, body.least),
    full: fold(summary, body.full),
    write: (room) => fold(summary, body.write(room - frame)),
    weight,
  };
}

/** Cells are Markdown without line breaks and without `|`. */
export function tableHead(titles: readonly string[]): string {
  return `${tableRow(titles)}\n${tableRow(titles.map(() => '---'))}`;
}

export function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** What is left out, as the last line of a section or list. */
export function leftOut(what: string): (items: number) => string {
  return (items) => `… and ${thousands(items)} more ${what}`;
}

interface Listing {
  /** Shown even where there is little room. */
  readonly few: number;
  readonly gap: string;
  /** Before what is left out. */
  readonly rest: (number: number) => string;
}

const NAMES: Listing = { few: 5, gap: ', ', rest: (number) => ` and ${thousands(number)} more` };
const LINES: Listing = { few: 12, gap: '\n', rest: (number) => `\n- and ${thousands(number)} more` };

/** The first five names, the others folded as far as there is room. */
export function nameList(names: readonly string[]): Piece {
  return fewAndFold(names, NAMES);
}

/** The first lines of a list, the others folded as far as there is room. */
export function lineList(lines: readonly string[], few = LINES.few): Piece {
  return fewAndFold(
    lines.map((line) => `- ${line}`),
    { ...LINES, few },
  );
}

/** Leaving out a single one would save nothing. */
function fewAndFold(items: readonly string[], listing: Listing): Piece {
  const { few, gap, rest } = listing;
  if (items.length <= few + 1) return fixed(items.join(gap));
  const first = items.slice(0, few).join(gap);
  const others = items.slice(few);
  const least = first + rest(others.length);
  const unfold = (body: string): string => `${first}\n\n${fold(`${thousands(others.length)} others`, body)}`;
  const frame = bytes(unfold(''));
  return {
    least,
    full: unfold(others.join(gap)),
    write: (room) => {
      const body = asManyAs(others, listing, room - frame);
      return body === '' ? least : unfold(body);
    },
  };
}

/** All names side by side, none folded; those that do not fit are counted. */
export function wholeList(names: readonly string[]): Piece {
  const full = names.join(NAMES.gap);
  const least = shorter(NAMES.rest(names.length).trim(), full);
  return { least, full, write: (room) => asManyAs(names, NAMES, room) || least };
}

/** How many of the names stand in that room. */
export function countWhole(names: readonly string[], room: number): number {
  return countOf(names, NAMES, room);
}

function asManyAs(items: readonly string[], listing: Listing, room: number): string {
  const shown = countOf(items, listing, room);
  if (shown === 0) return '';
  const text = items.slice(0, shown).join(listing.gap);
  return shown === items.length ? text : text + listing.rest(items.length - shown);
}

function countOf(items: readonly string[], { gap, rest }: Listing, room: number): number {
  let used = 0;
  let shown = 0;
  for (const [at, item] of items.entries()) {
    used += bytes(item) + (at === 0 ? 0 : bytes(gap));
    if (used > room) break;
    const left = items.length - at - 1;
    if (used + (left === 0 ? 0 : bytes(rest(left))) <= room) shown = at + 1;
  }
  return shown;
}
