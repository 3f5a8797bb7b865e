/** One screen of the demo: narration, command line and output, cut to what a small terminal shows. Pure. */

import { stripVTControlCharacters, styleText } from 'node:util';
import stringWidth from 'string-width';

export const WIDTH = 80;
export const HEIGHT = 24;

/** Lines from the first one that holds a text; as many as there is room for where no number is given. */
export interface Excerpt {
  readonly from: string;
  readonly lines?: number;
}

export interface Shown {
  readonly title: string;
  readonly narration: string;
  /** Shell lines as a reader would type them. */
  readonly commands: readonly string[];
  readonly output: string;
  readonly excerpts: readonly Excerpt[];
  /** So many of the last lines are shown in any case. */
  readonly tail: number;
  readonly exitCode: number;
  readonly colored: boolean;
}

/** The lines of a screen. Throws `RangeError` when it cannot fit, which is a mistake of the story. */
export function screen(shown: Shown): readonly string[] {
  const { title, narration, commands, exitCode, colored } = shown;
  const bold = (text: string): string =>
    colored ? styleText('bold', text, { validateStream: false }) : text;
  const dim = (text: string): string => (colored ? styleText('dim', text, { validateStream: false }) : text);
  const above = [
    bold(`── ${title} ${'─'.repeat(Math.max(0, WIDTH - stringWidth(title) - 4))}`),
    ...wrap(narration),
    ...commands.map((command) => bold(`$ ${command}`)),
  ];
  const below = [dim(`exit code ${exitCode}`), ''];
  const lines = [...above, ...cut(shown, HEIGHT - above.length - below.length, dim), ...below];
  const wide = lines.find((line) => stringWidth(line) > WIDTH);
  if (wide !== undefined) throw new RangeError(`A line is wider than ${WIDTH} columns: ${wide}`);
  return lines;
}

function cut(
  { output, excerpts, tail }: Shown,
  room: number,
  dim: (text: string) => string,
): readonly string[] {
  const lines = output
    .replace(/\n+$/u, '')
    .split('\n')
    .flatMap((line) => (stringWidth(line) > WIDTH ? wrap(line) : [line]));
  const kept = keep(lines, excerpts, tail);
  const all = [...kept].sort((one, other) => one - other);
  // Each gap takes a line of its own; what does not fit is left out before the tail.
  while (all.length > tail && withGaps(all, lines, dim).length > room) all.splice(-tail - 1, 1);
  return withGaps(all, lines, dim);
}

/** Numbers of the lines to show. */
function keep(lines: readonly string[], excerpts: readonly Excerpt[], tail: number): ReadonlySet<number> {
  const kept = new Set<number>();
  let searched = 0;
  for (const { from, lines: count } of excerpts) {
    const begin = lines.findIndex(
      (line, index) => index >= searched && stripVTControlCharacters(line).includes(from),
    );
    if (begin < 0) throw new RangeError(`The output does not hold "${from}"`);
    const end = Math.min(lines.length, begin + (count ?? lines.length));
    for (let index = begin; index < end; index += 1) kept.add(index);
    searched = begin + 1;
  }
  for (let index = lines.length - tail; index < lines.length; index += 1) kept.add(index);
  return kept;
}

function withGaps(
  kept: readonly number[],
  lines: readonly string[],
  dim: (text: string) => string,
): readonly string[] {
  const shown: string[] = [];
  let next = 0;
  for (const index of [...kept, lines.length]) {
    // A single line takes no more room than the note that it is missing.
    if (index === next + 1) shown.push(lines[next] ?? '');
    else if (index > next) shown.push(dim(`… ${index - next} more lines`));
    const line = lines[index];
    if (line !== undefined) shown.push(line);
    next = index + 1;
  }
  return shown;
}

/** Words that a line has no room for go to the next, as far in as the line itself. */
function wrap(text: string): readonly string[] {
  const lines: string[] = [];
  const [indent = ''] = /^ */u.exec(text) ?? [];
  let line = indent;
  for (const word of text.trim().split(/\s+/u)) {
    const longer = line === indent ? `${line}${word}` : `${line} ${word}`;
    if (line !== indent && stringWidth(longer) > WIDTH) {
      lines.push(line);
      line = `${indent}${word}`;
    } else line = longer;
  }
  return [...lines, line];
}
