/** Laying out text in columns that a terminal counts, not JavaScript: names hold CJK, emoji and colour codes. */

import stringWidth from 'fast-string-width';

/** A column for each character: ASCII, and the signs of our own pages. Other text is taken apart, which is slow. */
const ONE_COLUMN_EACH = /^[ -~…→·✓✗]*$/u;

export function textWidth(text: string): number {
  return ONE_COLUMN_EACH.test(text) ? text.length : stringWidth(text);
}

/** Fills up with spaces; what is wider stays as it is. */
export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)));
}

export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - textWidth(text))) + text;
}

/** Cuts plain text to a width; never through a character. */
export function cut(text: string, width: number, ellipsis: string): string {
  if (textWidth(text) <= width) return text;
  const room = width - textWidth(ellipsis);
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (textWidth(kept + segment) > room) break;
    kept += segment;
  }
  return room < 0 ? '' : kept + ellipsis;
}

/** How many lines of a terminal these take; those that are too wide for it take several. */
export function rowsOf(lines: readonly string[], width: number): number {
  return lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(textWidth(line) / width)), 0);
}

export interface Wrapping {
  readonly width: number;
  /** Columns before the first line. */
  readonly indent: number;
  /** Columns before the other lines; those of the first when absent. */
  readonly hanging?: number;
}

/** Breaks at spaces; a word that is wider than the line stays whole, since people copy addresses and commands. */
export function wrap(text: string, wrapping: Wrapping): readonly string[] {
  return wrapWords(text.split(' '), wrapping);
}

/** Breaks between the words only, which may hold spaces themselves. */
export function wrapWords(words: readonly string[], wrapping: Wrapping): readonly string[] {
  const { width, indent, hanging = indent } = wrapping;
  const lines: string[] = [];
  let line = ' '.repeat(indent);
  let used = indent;
  let empty = true;
  for (const word of words) {
    // Of two spaces between parts the second one is not needed where the line was broken.
    if (word === '' && empty && lines.length > 0) continue;
    const wide = textWidth(word);
    if (!empty && used + 1 + wide > width) {
      lines.push(line);
      line = ' '.repeat(hanging);
      used = hanging;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    used += empty ? wide : wide + 1;
    empty = false;
  }
  return [...lines, line].map((written) => written.trimEnd());
}

/** "1 request", "9 requests": for running text. Lines that scripts search never inflect; they do not use this. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${thousands(number)} ${number === 1 ? noun : plural}`;
}

export function thousands(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/gu, ',');
}
