/** Drawing in place: what is written, and what a terminal then shows. */

import { expect, it } from 'vitest';
import type { Output } from './io.ts';
import { createScreen } from './screen.ts';

interface Terminal extends Output {
  width: number;
  height: number;
}

/** Shows what it is told, as far as our pages use it; lines are never too wide for it. */
function terminal(): { readonly output: Terminal; readonly shown: () => string; readonly writes: string[] } {
  const lines: string[] = ['$ mailboxctl status --watch', ''];
  const writes: string[] = [];
  let row = 1;
  const commands: readonly (readonly [RegExp, (number: string) => void])[] = [
    [/^\[(\d+)A\r/u, (number) => (row -= Number(number))],
    [/^\[H/u, () => (row = 0)],
    [/^\[2J/u, () => lines.splice(0, lines.length, '')],
    [/^\[J/u, () => lines.splice(row)],
  ];
  const write = (text: string): void => {
    writes.push(text);
    for (const part of text.split('\u001b')) {
      const command = commands.find(([form]) => form.test(part));
      command?.[1](command[0].exec(part)?.[1] ?? '');
      const [first = '', ...rest] = part.replace(command?.[0] ?? /^\[K/u, '').split('\n');
      if (first !== '') lines[row] = first;
      if (part.startsWith('[K') && first === '' && lines[row] === undefined) lines[row] = '';
      for (const line of rest) {
        row += 1;
        if (line !== '') lines[row] = line;
      }
    }
  };
  return {
    output: { write, isTerminal: true, width: 40, height: 10 },
    shown: () => lines.join('\n').trimEnd(),
    writes,
  };
}

it('the first page goes below what is there', () => {
  const { output, shown } = terminal();
  createScreen(output).draw(['a', 'b']);
  expect(shown()).toBe('$ mailboxctl status --watch\na\nb');
});

it('a shorter page leaves nothing of the longer one, and is written in one piece', () => {
  const { output, shown, writes } = terminal();
  const screen = createScreen(output);
  screen.draw(['a', 'b', 'c']);
  screen.draw(['d', 'e']);
  expect(shown()).toBe('$ mailboxctl status --watch\nd\ne');
  expect(writes.length).toBe(2);
  expect(writes[1]).toBe('\u001b[3A\rd\u001b[K\ne\u001b[K\n\u001b[J');
});

it('a line that is too wide for the terminal takes several of its lines', () => {
  const { output, writes } = terminal();
  const screen = createScreen(output);
  screen.draw(['a'.repeat(41), '\u001b[1mb\u001b[0m']);
  screen.draw(['c']);
  expect(writes[1]).toBe('\u001b[3A\rc\u001b[K\n\u001b[J');
});

it('a window of another size begins anew', () => {
  const { output, shown } = terminal();
  const screen = createScreen(output);
  screen.draw(['a', 'b']);
  output.width = 30;
  screen.draw(['c']);
  expect(shown()).toBe('c');
});
