/** The rows as one caller sees them, in the form that queries read. */

import {
  type Association,
  associationOf,
  isAssociation,
  type Link,
  linkedIds,
  links,
  otherSide,
} from '../associations.ts';
import type { Database, Row } from '../odata/table.ts';
import { fixedRows } from '../tables/messages.ts';
import { principal, principalTables } from '../tables/principal.ts';
import { isReference, type World } from '../world.ts';
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
    const fixed = fixedRows.get(table);
    if (fixed !== undefined) return fixed.get(id.toLowerCase());
    if (table === principal.name) return principalRow(id.toLowerCase());
    const found = world.store.get(table, id.toLowerCase());
    return found !== undefined && testOf(table)(found) ? found : undefined;
  }
  function principalRow(id: string): Row | undefined {
    const isSeen = principalTables.some((table) => row(table, id) !== undefined);
    return isSeen ? { [principal.primaryId]: id } : undefined;
  }
  /** The rows of a one-to-many collection. */
  function* referringRows(table: string, id: string, collection: string): Iterable<Row> {
    const facts = world.tables.get(table)?.collections?.get(collection);
    if (facts?.by === undefined) return;
    for (const found of world.store.referring(facts.target, facts.by, id)) {
      const cell = found[facts.by];
      if (isReference(cell) && cell.table === table && testOf(facts.target)(found)) yield found;
    }
  }
  /** A link shows where both of its sides do. */
  function* linkRows(association: Association): Iterable<Row> {
    const isSeen = ({ table, id }: Link['left']): boolean => row(table, id) !== undefined;
    for (const link of links(world, association)) {
      if (isSeen(link.left) && isSeen(link.right)) yield link.row;
    }
  }
  return {
    table: (name) => (name === principal.name ? principal : world.tables.get(name)),
    rows(table) {
      const fixed = fixedRows.get(table);
      if (fixed !== undefined) return fixed.values();
      const association = associationOf(table);
      if (association !== undefined) return linkRows(association);
      return filterRows(world.store.rows(table), testOf(table));
    },
    rowsAfter: (table, id) =>
      associationOf(table) === undefined && !fixedRows.has(table)
        ? filterRows(world.store.rowsAfter(table, id), testOf(table))
        : undefined,
    referring: (table, column, id) => filterRows(world.store.referring(table, column, id), testOf(table)),
    row,
    *related(table, id, collection) {
      if (!isAssociation(collection)) {
        yield* referringRows(table, id.toLowerCase(), collection);
        return;
      }
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
