/** The question on a terminal: what is typed, and the keys that end it without an answer. */

import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { ask } from './ask.ts';

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';

async function asked(keys: string) {
  const input = new PassThrough();
  const output = new PassThrough();
  const interruption = new AbortController();
  const answer = ask('Apply? ', {
    input,
    output,
    terminal: true,
    signal: interruption.signal,
    onInterrupt: () => interruption.abort(),
  });
  input.write(keys);
  return { answer: await answer, interrupted: interruption.signal.aborted, shown: String(output.read()) };
}

it.each([
  ['an answer', 'yes\n', 'yes', false],
  ['nothing', '\n', '', false],
  ['Ctrl-D', CTRL_D, '', false],
  ['Ctrl-C', CTRL_C, '', true],
])('%s', async (_, keys, answer, interrupted) => {
  expect(await asked(keys)).toMatchObject({ answer, interrupted });
});

it('Ctrl-D ends the line of the question', async () => {
  expect((await asked(CTRL_D)).shown.endsWith('\n')).toBe(true);
});
