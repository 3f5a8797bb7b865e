import { describe, expect, it } from 'vitest';
import { count, cut, padEnd, padStart, textWidth, wrap, wrapWords } from './text.ts';

describe('width', () => {
  it.each([
    ['plain text', 'Support', 7],
    ['wide characters', 'サポート', 8],
    ['an emoji of several code points', '👩‍💻', 2],
    ['colour codes', '\u001b[31mred\u001b[39m', 3],
    ['a combining accent', 'e\u0301', 1],
  ])('counts terminal columns of %s', (_, text, width) => {
    expect(textWidth(text)).toBe(width);
    expect(textWidth(padEnd(text, 12))).toBe(12);
    expect(textWidth(padStart(text, 12))).toBe(12);
  });

  it('leaves what is too wide as it is when padding', () => {
    expect(padEnd('Support', 3)).toBe('Support');
  });
});

describe('cut', () => {
  it.each([
    ['what fits stays', 'Support', 7, 'Support'],
    ['what does not ends in the sign', 'Support POP3', 8, 'Support…'],
    ['a wide character is not halved', 'サポート', 6, 'サポ…'],
    ['an emoji is not taken apart', 'ab👩‍💻cd', 4, 'ab…'],
    ['no room at all', 'Support', 0, ''],
  ])('%s', (_, text, width, expected) => {
    expect(cut(text, width, '…')).toBe(expected);
  });
});

describe('wrap', () => {
  it.each([
    ['breaks at spaces', 'one two three', { width: 8, indent: 0 }, ['one two', 'three']],
    ['indents all lines', 'one two three', { width: 9, indent: 2 }, ['  one two', '  three']],
    ['hangs', 'one two three', { width: 8, indent: 0, hanging: 3 }, ['one two', '   three']],
    [
      'keeps a word whole',
      'see https://contoso.com now',
      { width: 10, indent: 1 },
      [' see', ' https://contoso.com', ' now'],
    ],
    ['keeps two spaces', 'a  b', { width: 10, indent: 0 }, ['a  b']],
    ['counts wide characters', 'サポ ート', { width: 8, indent: 0 }, ['サポ', 'ート']],
  ])('%s', (_, text, wrapping, expected) => {
    expect(wrap(text, wrapping)).toEqual(expected);
  });

  it('does not break words that hold spaces', () => {
    expect(wrapWords(['queue/Old requests,', 'queue/Lobby'], { width: 22, indent: 2 })).toEqual([
      '  queue/Old requests,',
      '  queue/Lobby',
    ]);
  });
});

it.each([
  [0, '0 requests'],
  [1, '1 request'],
  [12_345, '12,345 requests'],
])('counts %i', (number, expected) => {
  expect(count(number, 'request')).toBe(expected);
});
