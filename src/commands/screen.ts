/**
 * A page that is drawn again and again at the same place of a terminal: what is there is written over, line by line and
 * in one piece, so that nothing flickers. What was on the screen before stays above it.
 */

import { rowsOf } from '../report/text.ts';
import type { Output } from './io.ts';

const CLEAR_SCREEN = '\u001b[H\u001b[2J';
const CLEAR_LINE_END = '\u001b[K';
const CLEAR_BELOW = '\u001b[J';

export interface Screen {
  /** No more of them than the terminal has; the caller leaves out some. */
  readonly draw: (lines: readonly string[]) => void;
}

export function createScreen(output: Output): Screen {
  let drawn = 0;
  let size = sizeOf(output);
  return {
    draw: (lines) => {
      const now = sizeOf(output);
      // Another size breaks the lines that are there otherwise: nobody knows where they begin.
      const start = now === size ? up(drawn) : CLEAR_SCREEN;
      size = now;
      drawn = rowsOf(lines, output.width);
      output.write(`${start}${lines.map((line) => `${line}${CLEAR_LINE_END}\n`).join('')}${CLEAR_BELOW}`);
    },
  };
}

function up(lines: number): string {
  return lines === 0 ? '' : `\u001b[${lines}A\r`;
}

function sizeOf({ width, height }: Output): string {
  return `${width} ${height}`;
}
