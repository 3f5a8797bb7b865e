import { expect, it } from 'vitest';
import { frame } from './frame.ts';

const LONG = `key: ${'x'.repeat(100)}, outgoing: smtp`;

it.each([
  [
    'one line of context each side',
    ['a: 1', 'b: two # why', 'c: 3'],
    { line: 2, column: 4 },
    '  1 | a: 1\n> 2 | b: two # why\n    |    ^^^\n  3 | c: 3',
  ],
  ['no line before the first', ['a: 1', 'b: 2'], { line: 1, column: 1 }, '> 1 | a: 1\n    | ^\n  2 | b: 2'],
  ['quoted text as a whole', ['a: "b: c", d'], { line: 1, column: 4 }, '> 1 | a: "b: c", d\n    |    ^^^^^^'],
  ['wide characters', ['名: x'], { line: 1, column: 4 }, '> 1 | 名: x\n    |     ^'],
  ['tabs', ['\ta: x'], { line: 1, column: 5 }, '> 1 |   a: x\n    |      ^'],
  ['a place past the end of the line', ['a:', ''], { line: 1, column: 3 }, '> 1 | a:\n    |   ^'],
  [
    'numbers of different length',
    [...Array(9).fill('x: 1'), 'y: 2'],
    { line: 9, column: 1 },
    '   8 | x: 1\n>  9 | x: 1\n     | ^\n  10 | y: 2',
  ],
])('frames %s', (_name, lines, place, expected) => {
  expect(frame(lines, place)).toBe(expected);
});

it('cuts a long line around the caret', () => {
  const [line = '', caret = ''] = frame([LONG], { line: 1, column: LONG.indexOf('smtp') + 1 }).split('\n');
  expect(line.slice(caret.indexOf('^'), caret.lastIndexOf('^') + 1)).toBe('smtp');
  expect(line.length).toBeLessThan(100);
});
