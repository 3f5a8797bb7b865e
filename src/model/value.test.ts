/** What counts as equal, and the canonical text of data. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonical,
  canonicalPieces,
  compareText,
  equal,
  foldText,
  sameText,
  unchanged,
  type Value,
} from './value.ts';

describe('equal', () => {
  it.each<[string, Value | undefined, Value | undefined, boolean]>([
    ['two nulls', null, null, true],
    ['null and absent', null, undefined, false],
    ['absent twice', undefined, undefined, true],
    ['text in the same case', 'none', 'none', true],
    ['text in another case', 'None', 'none', false],
    ['a number and its text', 25, '25', false],
    ['false and null', false, null, false],
    ['lists in the same order', ['a', 'b'], ['a', 'b'], true],
    ['lists in another order', ['a', 'b'], ['b', 'a'], false],
    ['a list and a longer one', ['a'], ['a', 'b'], false],
    ['a list and the text of its item', ['a'], 'a', false],
    ['lists of references', [{ ref: 'profile:A' }], [{ ref: 'profile:a' }], true],
    ['references in another case', { ref: 'profile:Exchange' }, { ref: 'Profile:EXCHANGE' }, true],
    ['references in NFC and NFD', { ref: 'profile:B\u00fcro' }, { ref: 'profile:Bu\u0308ro' }, true],
    ['references to two profiles', { ref: 'profile:A' }, { ref: 'profile:B' }, false],
    ['a reference and its text', { ref: 'profile:A' }, 'profile:A', false],
    ['a declared secret and one that is set', { secret: 'env:A' }, { is_set: true }, true],
    ['one that is set and a declared secret', { is_set: true }, { secret: 'env:A' }, true],
    ['a declared secret and none', { secret: 'env:A' }, { is_set: false }, false],
    ['none and a declared secret', { is_set: false }, { secret: 'env:A' }, false],
    ['one secret twice', { secret: 'env:A' }, { secret: 'env:A' }, true],
    ['two secrets', { secret: 'env:A' }, { secret: 'env:B' }, false],
    ['an unknown and itself', { unknown: 'option 9' }, { unknown: 'option 9' }, false],
    ['an unknown and anything', { unknown: 'option 9' }, 'none', false],
    [
      'results in another order',
      { incoming: 'success', outgoing: 'failure' },
      { outgoing: 'failure', incoming: 'success' },
      true,
    ],
    ['other results', { incoming: 'success' }, { incoming: 'failure' }, false],
  ])('%s', (_name, a, b, expected) => {
    expect(equal(a, b)).toBe(expected);
    expect(equal(b, a)).toBe(expected);
  });
});

describe('unchanged', () => {
  it.each<[string, Value, Value | undefined, boolean]>([
    ['the same unknown', { unknown: 'option 9' }, { unknown: 'option 9' }, true],
    ['another unknown', { unknown: 'option 9' }, { unknown: 'option 8' }, false],
    ['an unknown that is known now', { unknown: 'option 9' }, 'none', false],
    ['null that was not read', null, undefined, true],
    ['a value that was not read', 'none', undefined, false],
    ['a reference in another spelling', { ref: 'profile:A' }, { ref: 'profile:a' }, true],
  ])('%s', (_name, before, now, expected) => expect(unchanged(before, now)).toBe(expected));
});

describe('names', () => {
  it.each([
    ['case', 'Alice@Contoso.com', 'alice@contoso.COM', true],
    ['NFC and NFD', 'Bu\u0308ro', 'B\u00fcro', true],
    ['white space counts', 'a b', 'a  b', false],
  ])('%s', (_name, a, b, expected) => expect(sameText(a, b)).toBe(expected));

  it('folds NFD to the text that folds NFC', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(foldText(text.normalize('NFD'))).toBe(foldText(text.normalize('NFC')));
      }),
    );
  });
});

describe('canonical', () => {
  it.each<[string, unknown, string]>([
    ['keys by code unit', { b: 1, a: 2, B: 3 }, '{"B":3,"a":2,"b":1}'],
    ['nested', { a: [{ d: null, c: true }] }, '{"a":[{"c":true,"d":null}]}'],
    ['undefined members are left out', { a: undefined, b: 1 }, '{"b":1}'],
    ['undefined in a list is null', [undefined], '[null]'],
    ['text is escaped', { 'a"': 'b\n' }, '{"a\\"":"b\\n"}'],
  ])('%s', (_name, data, text) => expect(canonical(data)).toBe(text));

  it('says the same of the same data, and is JSON of it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (data) => {
        // JSON knows no negative zero.
        const plain = JSON.parse(JSON.stringify(data));
        expect(JSON.parse(canonical(data))).toEqual(plain);
        expect(canonical(reversed(plain))).toBe(canonical(plain));
      }),
    );
  });

  it('says the same in pieces', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })), (data) => {
        expect([...canonicalPieces(data)].join('')).toBe(canonical(data));
      }),
    );
  });
});

it('text is ordered by code units, whatever the locale', () => {
  expect(['b', '\u00e4', 'a', 'B'].sort(compareText)).toEqual(['B', 'a', 'b', '\u00e4']);
});

/** The same data with the members of its objects in the opposite order. */
function reversed(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(reversed);
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(
    Object.entries(data)
      .reverse()
      .map(([key, value]) => [key, reversed(value)]),
  );
}
