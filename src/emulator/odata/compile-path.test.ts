import { expect, it } from 'vitest';
import { compilePath } from './compile-path.ts';
import type { Database, Row } from './table.ts';

const id = '00000000-0000-0000-0000-000000000001';
const queue: Row = { name: 'Support' };
const database: Database = {
  table: () => undefined,
  rows: () => [],
  row: (table) => (table === 'queue' ? queue : undefined),
  related: () => [],
};
const name = { name: 'name', type: 'String', readable: true } as const;
const hop = { property: 'regardingobjectid_queue', column: 'regardingobjectid', target: 'queue' };

it.each([
  ['the table it leads to', { table: 'queue', id, name: null }, 'Support'],
  ['another table with the same id', { table: 'systemuser', id, name: null }, null],
  ['nothing', null, null],
])('follows a lookup that holds %s', (_, regardingobjectid, expected) => {
  const read = compilePath({ variable: null, hops: [hop], column: name }, database);
  expect(read({ regardingobjectid })).toBe(expected);
});

it('reads a lookup as its id', () => {
  const column = { name: 'regardingobjectid', type: 'Lookup', readable: true } as const;
  const read = compilePath({ variable: null, hops: [], column }, database);
  expect(read({ regardingobjectid: { table: 'queue', id, name: null } })).toBe(id);
});

it('reads a cell that is not there as null', () => {
  expect(compilePath({ variable: null, hops: [], column: name }, database)({})).toBeNull();
});
