/** Whatever a client sends, the answer is a query, a batch or an ODataError, never another failure. */

import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { idOf, loadWorld, readData } from './corpus/world.ts';
import { ODataError } from './errors.ts';
import { parseBatch } from './parse-batch.ts';
import { parseQuery } from './parse-query.ts';
import { runQuery } from './run-query.ts';
import type { Table } from './table.ts';

const world = loadWorld();
const base = 'https://contoso.crm.dynamics.com/api/data/v9.2/';
const options = {
  maxPageSize: 5000,
  annotations: 'all',
  origin: base,
  caller: { userId: idOf('u2'), businessUnitId: idOf('b2') },
  now: Date.UTC(2024, 5, 1),
} as const;

const files = readdirSync(new URL('corpus/queries/', import.meta.url)).sort();
const queries = files
  .flatMap((file) => readData<readonly { query: string }[]>(`queries/${file}`))
  .map(({ query }) => query);
const bodies = readData<readonly { contentType: string; body: string }[]>('batches.yaml').map(
  ({ body }) => body,
);

/** A text of the corpus with a stretch of it replaced by something else. */
function damaged(texts: readonly string[], pieces: readonly string[]): fc.Arbitrary<string> {
  const piece = fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 4 }));
  return fc
    .tuple(fc.constantFrom(...texts), fc.nat({ max: 400 }), fc.nat({ max: 10 }), piece)
    .map(([text, at, length, insert]) => text.slice(0, at) + insert + text.slice(at + length));
}

function expectNoOtherError(run: () => unknown): void {
  try {
    run();
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(ODataError);
  }
}

function run(search: string, table: Table): void {
  expectNoOtherError(() =>
    runQuery(parseQuery(search, table, world), world.rows(table.name), table, world, options),
  );
}

const pieces = [
  "'",
  '"',
  '(',
  ')',
  '[',
  ']',
  '%',
  '&',
  '=',
  ',',
  ';',
  '/',
  '$',
  '@p1',
  ' not ',
  ' and ',
  ' eq ',
  'null',
  '[[',
  '%00',
  'name',
  ':',
];

it('answers damaged queries', () => {
  const table = world.table('mailbox');
  if (table === undefined) throw new Error('The corpus has no mailboxes.');
  fc.assert(
    fc.property(damaged(queries, pieces), (search) => run(search, table)),
    { numRuns: 2000 },
  );
});

it('answers damaged batches', () => {
  const text = damaged(bodies, [
    '--b',
    '--b--',
    '\n',
    '\n\n',
    ':',
    ' HTTP/1.1',
    '$1',
    'GET ',
    'POST http://[',
    'Content-ID: 1\n',
  ]);
  const contentType = fc.constantFrom(
    'multipart/mixed; boundary=b',
    'multipart/mixed; boundary=batch_AAA123',
    'multipart/mixed; boundary=dwa_batch_1',
  );
  fc.assert(
    fc.property(contentType, text, (type, body) => expectNoOtherError(() => parseBatch(type, body, base))),
    { numRuns: 1000 },
  );
});

it.each([
  ['parentheses', `$filter=${'('.repeat(20_000)}statecode eq 0${')'.repeat(20_000)}`],
  ['negations', `$filter=${'not '.repeat(8000)}contains(name,'x')`],
  ['expands', `$expand=${'modifiedby($expand='.repeat(1500)}queueid${')'.repeat(1500)}`],
])('refuses %s without end', (_, search) => {
  const table = world.table('mailbox');
  if (table === undefined) throw new Error('The corpus has no mailboxes.');
  expect(() => parseQuery(search, table, world)).toThrow(
    new ODataError(400, '0x80060888', 'Recursion depth exceeded allowed limit.'),
  );
});

it('takes 500 conditions and no more', () => {
  const table = world.table('mailbox');
  if (table === undefined) throw new Error('The corpus has no mailboxes.');
  const search = (count: number) =>
    `$filter=${Array.from({ length: count }, (_, index) => `statecode eq ${index}`).join(' or ')}`;
  expect(() => parseQuery(search(500), table, world)).not.toThrow();
  expect(() => parseQuery(search(501), table, world)).toThrow(
    new ODataError(400, '0x8004430C', 'Number of conditions in query exceeded maximum limit.'),
  );
});
