/** The text of a document is the same, whether it is made at once or in pieces. */

import { expect, it } from 'vitest';
import { jsonPieces } from './json-pieces.ts';

function jsonText(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

const many = Array.from({ length: 1201 }, (_, index) => ({
  name: `a\n"${index}"`,
  list: [index, []],
  none: undefined,
}));

it.each<[string, object]>([
  ['nothing', {}],
  ['members that are not defined', { a: undefined }],
  ['short ones', { a: 1, b: [], c: {}, d: [1, 'x\ny'], e: { f: null, g: [{}] } }],
  ['a list of many', { a: 1, many, z: 'end' }],
  [
    'a list of exactly as many as are written together',
    { many: many.slice(0, 500), next: many.slice(0, 1000) },
  ],
  ['an object of many', { records: Object.fromEntries(many.map((one, index) => [`m:${index}`, [one]])) }],
  ['many within an object', { a: { b: many } }],
])('%s', (_name, document) => {
  expect([...jsonPieces(document)].join('')).toBe(jsonText(document));
});

it('no piece of a large document is large', () => {
  const longest = Math.max(...[...jsonPieces({ many })].map((piece) => piece.length));
  expect(longest).toBeLessThan(jsonText({ many }).length / 2);
});
