/** A page is sections with a title; a section is entries; empty ones disappear. Shared by all text reports. */

import { type Style, signs } from '../style.ts';
import { padEnd, textWidth, thousands, wrap, wrapWords } from '../text.ts';

export type Lines = readonly string[];

/** Columns before an entry's first line, and before its details. */
export const ENTRY = 2;
export const DETAIL = 6;

/** One section; nothing where there are no lines. */
export function section(title: string, lines: Lines, style: Style): Lines {
  const { width, colors } = style;
  return lines.length === 0 ? [] : [...wrap(colors.bold(title), { width, indent: 0 }), ...lines];
}

/** Lines that scripts search: each stays whole, but on a terminal. */
export function searched(lines: Lines, { terminal, width }: Style): Lines {
  return terminal === true ? lines.flatMap((line) => wrap(line, { width, indent: 0 })) : lines;
}

/** Sections with an empty line between them; ends with a line break. */
export function page(sections: readonly Lines[]): string {
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** About a page and a half of a usual terminal; what is shown may not depend on how narrow one is. */
const MOST_LINES = 110;
const USUAL_WIDTH = 80;
/** How many entries a section shows, ever fewer; the first is what each section shows by itself. */
const FEWER: readonly (number | undefined)[] = [undefined, 6, 4, 3, 2];

export interface Section {
  readonly write: (style: Style) => Lines;
  /** How much longer than others it may be before it is shortened; 1 when absent. */
  readonly weight?: number;
}

/**
 * A page of sections that is no longer than people read: as long as it is too long, the longest section shows fewer
 * entries. All of everything where that is wanted.
 */
export function fittingPage(sections: readonly Section[], style: Style): string {
  const fitted = sections.map(({ write, weight = 1 }) => ({ write, weight, level: 0, lines: write(style) }));
  const most = MOST_LINES * Math.max(1, USUAL_WIDTH / style.width);
  while (style.verbose !== true && lineCount(fitted) > most) {
    const longest = longestOf(fitted);
    if (longest === null) break;
    longest.level += 1;
    const shown = FEWER[longest.level];
    longest.lines = longest.write(shown === undefined ? style : { ...style, shown });
  }
  return page(fitted.map(({ lines }) => lines));
}

interface Fitted extends Required<Section> {
  level: number;
  lines: Lines;
}

function lineCount(sections: readonly Fitted[]): number {
  return sections.reduce((sum, { lines }) => sum + (lines.length === 0 ? 0 : lines.length + 1), 0);
}

/** Of the sections that can show less. */
function longestOf(sections: readonly Fitted[]): Fitted | null {
  const length = ({ lines, weight }: Fitted): number => lines.length / weight;
  return sections
    .filter(({ level }) => level < FEWER.length - 1)
    .reduce<Fitted | null>(
      (longest, one) => (longest === null || length(one) > length(longest) ? one : longest),
      null,
    );
}

/** An entry's first line; what does not fit goes where its details are. */
export function entry(lead: string, text: string, style: Style): Lines {
  return wrap(`${lead} ${text}`, { width: style.width, indent: ENTRY, hanging: DETAIL });
}

export function detail(text: string, { width }: Style): Lines {
  return wrap(text, { width, indent: DETAIL });
}

export interface Labelled {
  readonly label: string;
  readonly text: string;
}

/** Labels in one column, texts in the next, long texts broken within theirs. */
export function labelled(rows: readonly Labelled[], indent: number, style: Style): Lines {
  const longest = Math.max(0, ...rows.map(({ label }) => textWidth(label)));
  const column = Math.min(longest, Math.floor(style.width / 2) - indent);
  return rows.flatMap(({ label, text }) =>
    wrap(`${padEnd(label, column)}  ${text}`, { width: style.width, indent, hanging: indent + column + 2 }),
  );
}

/** An argument with its quotes, within which no line may be broken. */
const SHELL_WORD = /(?:'[^']*'|\\.|[^\s'\\])+/gu;

/** A command over several lines as a shell reads it. */
export function commandLines(label: string, command: string, style: Style): Lines {
  const { width } = style;
  const hanging = DETAIL + textWidth(label) + 4;
  const words = command.match(SHELL_WORD) ?? [];
  const lines = wrapWords([`${label} `, ...words], { width: width - 2, indent: DETAIL, hanging });
  return lines.map((line, index) => (index < lines.length - 1 ? `${line} \\` : line));
}

/** How many entries a page leaves out, and how to see them. */
export function more(rest: number, what: string, style: Style): Lines {
  return rest === 0 ? [] : leftOut(`${thousands(rest)} more ${what}`, style);
}

export function leftOut(what: string, style: Style): Lines {
  const text = `${signs(style).ellipsis} and ${what}; --verbose lists all`;
  return wrap(style.colors.dim(text), { width: style.width, indent: ENTRY, hanging: DETAIL });
}
