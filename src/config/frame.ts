/** The lines around a place in a file, with a caret under it. Plain text: colour is the printer's business. */

import type { Source } from '../model/diagnostic.ts';
import { textWidth } from './text-width.ts';

const CONTEXT = 1;
/** Columns of a shown line; longer ones are cut around the caret. */
const WIDTH = 90;
const TAB = '  ';

export function frame(lines: readonly string[], { line, column }: Pick<Source, 'line' | 'column'>): string {
  const first = Math.max(1, line - CONTEXT);
  const last = Math.min(lines.length, line + CONTEXT);
  const gutter = String(last).length;
  const rows: string[] = [];
  const target = lines[line - 1] ?? '';
  const at = firstVisible(target, column - 1);
  const { start, head, tail } = view(target, at);
  for (let number = first; number <= last; number += 1) {
    const text = lines[number - 1] ?? '';
    if (number > line && number === lines.length && text === '') break;
    const shown =
      number === line ? `${head}${spread(target.slice(start, start + WIDTH))}${tail}` : clip(text);
    rows.push(`${number === line ? '>' : ' '} ${String(number).padStart(gutter)} | ${shown}`.trimEnd());
    if (number === line) rows.push(`  ${' '.repeat(gutter)} | ${caret(target, start, at, head)}`);
  }
  return rows.join('\n');
}

/** Errors of indentation stand before the text; the caret goes under the text. */
function firstVisible(text: string, at: number): number {
  const blank = /^\s+(?=\S)/u.exec(text.slice(at));
  return at + (blank?.[0].length ?? 0);
}

/** Where the shown part of a long line begins. */
function view(
  text: string,
  at: number,
): { readonly start: number; readonly head: string; readonly tail: string } {
  const start = at < WIDTH - 20 ? 0 : at - 30;
  return { start, head: start > 0 ? '…' : '', tail: text.length > start + WIDTH ? '…' : '' };
}

function clip(text: string): string {
  const spaced = spread(text);
  return spaced.length > WIDTH ? `${spaced.slice(0, WIDTH)}…` : spaced;
}

function caret(text: string, start: number, at: number, head: string): string {
  const before = textWidth(head) + textWidth(spread(text.slice(start, at)));
  const token = tokenAt(text.slice(at, start + WIDTH));
  return ' '.repeat(before) + '^'.repeat(Math.max(1, textWidth(spread(token))));
}

/** The word, quoted text or value that begins here. */
function tokenAt(text: string): string {
  const quoted = /^"(?:[^"\\]|\\.)*"|^'(?:[^']|'')*'/u.exec(text);
  if (quoted !== null) return quoted[0];
  const [plain = ''] = /^(?:(?!: |:$| #|, |[[\]{}]).)+/u.exec(text) ?? [];
  return plain.trimEnd().replace(/,$/u, '');
}

function spread(text: string): string {
  return text.replaceAll('\t', TAB);
}
