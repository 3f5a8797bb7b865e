/**
 * Paging while rows change: whatever is edited, added or deleted between two pages, a row that nobody touched comes
 * exactly once, and in order.
 */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseQuery } from './parse-query.ts';
import { runQuery } from './run-query.ts';
import { formatNextLink } from './skip-token.ts';
import type { Database, Row, Table } from './table.ts';

const table: Table = {
  name: 'queue',
  entitySet: 'queues',
  primaryId: 'queueid',
  primaryName: 'name',
  columns: new Map([
    ['queueid', { name: 'queueid', type: 'Uniqueidentifier', readable: true }],
    ['name', { name: 'name', type: 'String', readable: true }],
    ['rank', { name: 'rank', type: 'Integer', readable: true }],
  ]),
};

/** More pages than rows and edits together: a paging mistake must fail, not run for ever. */
const MAX_PAGES = 200;

type Edit =
  | { readonly kind: 'put'; readonly index: number; readonly name: string; readonly rank: number | null }
  | { readonly kind: 'delete'; readonly index: number };

const index = fc.nat({ max: 40 });
const name = fc.constantFrom('', 'a', 'A', 'b', "O'Brien", '100%', '<é&"+#>', '日本');
const rank = fc.option(fc.integer({ min: 0, max: 3 }));
const put = fc.record({ kind: fc.constant('put' as const), index, name, rank });
const remove = fc.record({ kind: fc.constant('delete' as const), index });
const search = fc.constantFrom(
  '$select=name',
  '$orderby=name',
  '$orderby=rank desc,name',
  '$orderby=rank',
  '$orderby=name desc,rank&$filter=rank ne null',
);
const world = fc.record({
  rows: fc.array(put, { maxLength: 40 }),
  edits: fc.array(fc.array(fc.oneof(put, remove), { maxLength: 6 }), { maxLength: 20 }),
  search,
  maxPageSize: fc.integer({ min: 1, max: 12 }),
});

function idOf(number: number): string {
  return `00000000-0000-0000-0000-${String(number).padStart(12, '0')}`;
}

function applyEdit(rows: Map<string, Row>, edit: Edit): void {
  const queueid = idOf(edit.index);
  rows.delete(queueid);
  if (edit.kind === 'put') rows.set(queueid, { queueid, name: edit.name, rank: edit.rank });
}

function databaseOf(rows: ReadonlyMap<string, Row>): Database {
  return { table: () => table, rows: () => rows.values(), row: (_, id) => rows.get(id), related: () => [] };
}

function readAll(given: typeof world extends fc.Arbitrary<infer World> ? World : never) {
  const rows = new Map<string, Row>();
  for (const row of given.rows) applyEdit(rows, row);
  const database = databaseOf(rows);
  const options = { maxPageSize: given.maxPageSize, annotations: 'none', origin: 'https://h/' } as const;
  const read = (query: string) =>
    runQuery(parseQuery(query, table, database), database.rows('queue'), table, database, options);
  const unpaged = runQuery(parseQuery(given.search, table, database), rows.values(), table, database, {
    ...options,
    maxPageSize: 5000,
  });
  const touched = new Set<string>();
  const seen: string[] = [];
  let url = `https://h/queues?${given.search}`;
  for (let step = 0; step < MAX_PAGES; step += 1) {
    const page = read(new URL(url).search);
    seen.push(...page.value.map((row) => String(row.queueid)));
    if (page.next === undefined)
      return { expected: unpaged.value.map((row) => String(row.queueid)), seen, touched };
    url = formatNextLink(url, page.next);
    for (const edit of given.edits[step] ?? []) {
      touched.add(idOf(edit.index));
      applyEdit(rows, edit);
    }
  }
  throw new Error(`The query does not end: ${given.search}`);
}

it('repeats and skips no row that nobody touched', () => {
  fc.assert(
    fc.property(world, (given) => {
      const { expected, seen, touched } = readAll(given);
      const untouched = (ids: readonly string[]) => ids.filter((id) => !touched.has(id));
      expect(untouched(seen)).toEqual(untouched(expected));
    }),
    { numRuns: 300 },
  );
});
