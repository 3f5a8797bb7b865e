import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileLike, hasWildcard } from './like.ts';

describe('compileLike', () => {
  it.each([
    ['', '', true],
    ['', 'a', false],
    ['%', '', true],
    ['%%', 'abc', true],
    ['a%c', 'abbbc', true],
    ['a%c', 'abbb', false],
    ['a%b%c', 'axxbxxbxc', true],
    ['_', '', false],
    ['__', 'ab', true],
    ['[a-c]', 'b', true],
    ['[a-c]', 'd', false],
    ['[^a-c]', 'd', true],
    ['[^a-c]', 'a', false],
    ['[-a]', '-', true],
    ['[a-]', '-', true],
    ['[]]', ']', true],
    ['[%]', '%', true],
    ['[%]', 'x', false],
    ['x[', 'x[', false],
    [']', ']', true],
  ])('%j on %j is %j', (pattern, text, expected) => {
    expect(compileLike(pattern)(text)).toBe(expected);
  });

  it('agrees with the regular expression that means the same', () => {
    const pattern = fc
      .array(fc.constantFrom('a', 'b', '%', '_', '[ab]', '[^a]'), { maxLength: 8 })
      .map((parts) => parts.join(''));
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 10 });
    fc.assert(
      fc.property(pattern, text, (like, value) => {
        const regex = new RegExp(`^${like.replaceAll('%', '.*').replaceAll('_', '.')}$`);
        expect(compileLike(like)(value)).toBe(regex.test(value));
      }),
      { numRuns: 1000 },
    );
  });

  it('needs no exponential time', () => {
    expect(compileLike(`${'a%'.repeat(30)}b`)('a'.repeat(5000))).toBe(false);
  });
});

it.each([
  ['plain', false],
  ['a%b', true],
  ['a_b', true],
  ['a[b', true],
  ['a]b', false],
])('hasWildcard(%j) is %j', (text, expected) => {
  expect(hasWildcard(text)).toBe(expected);
});
