/** A page is sections with a title; a section is entries; empty ones disappear. Shared by all text reports. */

import { type Style, signs } from './style.ts';
import { padEnd, textWidth, thousands, wrap } from './text.ts';

export type Lines = readonly string[];

/** Columns before an entry's first line, and before its details. */
export const ENTRY = 2;
export const DETAIL = 6;

/** One section; nothing where there are no lines. */
export function section(title: string, lines: Lines, style: Style): Lines {
  const { width, colors } = style;
  return lines.length === 0 ? [] : [...wrap(colors.bold(title), { width, indent: 0 }), ...lines];
}

/** Sections with an empty line between them; ends with a line break. */
export function page(sections: readonly Lines[]): string {
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
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

/** A command over several lines as a shell reads it. */
export function commandLines(label: string, command: string, style: Style): Lines {
  const { width } = style;
  const hanging = DETAIL + textWidth(label) + 4;
  const lines = wrap(`${label}  ${command}`, { width: width - 2, indent: DETAIL, hanging });
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
