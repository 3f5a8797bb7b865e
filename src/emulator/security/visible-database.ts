/** The rows as one caller sees them, in the form that queries read. */

import { isAssociation, linkedIds, otherSide } from '../associations.ts';
import type { Database, Row } from '../odata/table.ts';
import type { World } from '../world.ts';
import type { Caller } from './caller.ts';
import { reach } from './row-security.ts';

export function visibleDatabase(world: World, caller: Caller): Database {
  const tests = new Map<string, (row: Row) => boolean>();
  function testOf(table: string): (row: Row) => boolean {
    const known = tests.get(table);
    if (known !== undefined) return known;
    const facts = world.tables.get(table);
    const test = facts === undefined ? () => false : reach(world, caller, facts, 'Read');
    tests.set(table, test);
    return test;
  }
  function row(table: string, id: string): Row | undefined {
    const found = world.store.get(table, id.toLowerCase());
    return found !== undefined && testOf(table)(found) ? found : undefined;
  }
  return {
    table: (name) => world.tables.get(name),
    rows: (table) => filterRows(world.store.rows(table), testOf(table)),
    row,
    *related(table, id, collection) {
      if (!isAssociation(collection)) return;
      const other = otherSide(collection, table);
      for (const linked of linkedIds(world, collection, table, id)) {
        const found = row(other, linked);
        if (found !== undefined) yield found;
      }
    },
  };
}

function* filterRows(rows: Iterable<Row>, test: (row: Row) => boolean): Iterable<Row> {
  for (const row of rows) if (test(row)) yield row;
}
