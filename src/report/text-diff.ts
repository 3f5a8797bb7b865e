/** A change of a long text, line by line. For text only: fields are compared by the planner. */

import { diffLines } from 'diff';
import type { Value } from '../model/value.ts';
import { type Style, signs } from './style.ts';
import type { Lines } from './text/page.ts';
import { wrap } from './text.ts';

/** Unchanged lines around a change; the rest of an unchanged run is left out. */
const CONTEXT = 1;
/** Longer than this, a text is not read in one line beside another. */
const LONG = 120;
const XML_LONG = 60;

/** A text that has several lines, or is better read in several: long prose, XML. */
export function isLongText(value: Value): value is string {
  if (typeof value !== 'string') return false;
  return value.trimEnd().includes('\n') || value.length > LONG || (isXml(value) && value.length > XML_LONG);
}

/** `before` and `after` as text; what is no text counts as empty. */
export function textDiff(before: Value, after: Value, indent: number, style: Style): Lines {
  const { colors } = style;
  const dots = signs(style).ellipsis;
  return diffLines(textOf(before), textOf(after)).flatMap(({ value, added, removed }) => {
    const lines = value.replace(/\n$/u, '').split('\n');
    if (added) return lines.flatMap((line) => marked('+', line, indent, colors.green, style));
    if (removed) return lines.flatMap((line) => marked('-', line, indent, colors.red, style));
    return nearby(lines, dots).flatMap((line) => marked(' ', line, indent, colors.dim, style));
  });
}

function marked(
  mark: string,
  line: string,
  indent: number,
  colour: (text: string) => string,
  { width }: Style,
): Lines {
  const margin = ' '.repeat(indent);
  const [first = '', ...rest] = wrap(line, { width: width - indent - 2, indent: 0 });
  return [`${mark} ${first}`.trimEnd(), ...rest.map((text) => `  ${text}`)].map(
    (text) => margin + colour(text),
  );
}

/** One line for each line of the text, element of the XML, or sentence. */
function textOf(value: Value): string {
  if (typeof value !== 'string') return '';
  const text = value.trimEnd();
  if (text.includes('\n')) return `${text}\n`;
  if (isXml(text)) return `${text.replace(/>\s*</gu, '>\n<')}\n`;
  return text.length > LONG ? `${text.replace(/([.!?;])\s+/gu, '$1\n')}\n` : `${text}\n`;
}

function isXml(text: string): boolean {
  return /^\s*<[\s\S]*>\s*$/u.test(text);
}

function nearby(lines: readonly string[], dots: string): readonly string[] {
  if (lines.length <= 2 * CONTEXT) return lines;
  return [...lines.slice(0, CONTEXT), dots, ...lines.slice(-CONTEXT)];
}
