/** A change of a text of several lines, line by line. For text only: fields are compared by the planner. */

import { diffLines } from 'diff';
import type { Value } from '../model/value.ts';
import type { Lines } from './page.ts';
import type { Style } from './style.ts';

/** Unchanged lines around a change; the rest of an unchanged run is left out. */
const CONTEXT = 1;

export function hasSeveralLines(value: Value): value is string {
  return typeof value === 'string' && value.trimEnd().includes('\n');
}

/** `before` and `after` as text; what is no text counts as empty. */
export function textDiff(before: Value, after: Value, indent: number, { colors }: Style): Lines {
  const margin = ' '.repeat(indent);
  const parts = diffLines(textOf(before), textOf(after));
  return parts.flatMap(({ value, added, removed }) => {
    const lines = value.replace(/\n$/u, '').split('\n');
    if (added) return lines.map((line) => `${margin}${colors.green(`+ ${line}`)}`);
    if (removed) return lines.map((line) => `${margin}${colors.red(`- ${line}`)}`);
    return nearby(lines).map((line) => colors.dim(`${margin}  ${line}`));
  });
}

function textOf(value: Value): string {
  return typeof value === 'string' ? `${value.trimEnd()}\n` : '';
}

function nearby(lines: readonly string[]): readonly string[] {
  if (lines.length <= 2 * CONTEXT) return lines;
  return [...lines.slice(0, CONTEXT), '…', ...lines.slice(-CONTEXT)];
}
