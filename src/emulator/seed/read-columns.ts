/** Columns as an organization file or an edit writes them – labels for choices, names for lookups – as cells of a row. */

import type { Cell, Row } from '../odata/table.ts';
import type { Columns } from '../organization.ts';
import { isSecret, storeSecret } from '../secrets.ts';
import type { ColumnFacts } from '../tables/parse-facts.ts';
import type { TableFacts } from '../tables/tables.ts';
import { isGuid } from '../uuid.ts';
import { text, type World } from '../world.ts';

/** Finds ids by primary name; made once for each batch of columns, as it remembers what it saw. */
export interface Names {
  find(table: string, name: string): string | undefined;
}

export function createNames(world: World): Names {
  const known = new Map<string, ReadonlyMap<string, string>>();
  function index(table: string): ReadonlyMap<string, string> {
    const facts = world.tables.get(table);
    const pairs = new Map<string, string>();
    for (const row of world.store.rows(table)) {
      const id = text(row[facts?.primaryId ?? '']);
      for (const column of [facts?.primaryName ?? '', 'domainname']) {
        const name = text(row[column]).toLowerCase();
        if (name !== '' && !pairs.has(name)) pairs.set(name, id);
      }
    }
    return pairs;
  }
  return {
    find(table, name) {
      const names = known.get(table) ?? index(table);
      known.set(table, names);
      return names.get(name.toLowerCase());
    },
  };
}

export function readColumns(world: World, table: TableFacts, columns: Columns, names: Names): Row {
  let row: Row = {};
  for (const [name, value] of Object.entries(columns)) {
    const column = table.columns.get(name);
    if (column === undefined) throw new Error(`table ${table.name} has no column "${name}"`);
    const cell = readCell(world, table, column, value, names);
    row = isSecret(name) ? { ...row, ...storeSecret(name, cell) } : { ...row, [name]: cell };
  }
  return row;
}

function readCell(world: World, table: TableFacts, column: ColumnFacts, value: unknown, names: Names): Cell {
  if (value === null || value === undefined) return null;
  if (column.navigation !== undefined) return readLookup(world, column, String(value), names);
  if (column.options !== undefined && column.type !== 'Boolean') return readChoice(table.name, column, value);
  if (column.type === 'DateTime') return readDate(table.name, column.name, value);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  throw new Error(`${table.name}.${column.name}: the value is not understood`);
}

export function readChoice(table: string, column: ColumnFacts, value: unknown): number {
  if (typeof value === 'number' && column.options?.has(value)) return value;
  const wanted = String(value).toLowerCase();
  for (const [option, label] of column.options ?? []) if (label.toLowerCase() === wanted) return option;
  const known = [...(column.options?.values() ?? [])].join(', ');
  throw new Error(`${table}.${column.name}: "${String(value)}" is no choice; use one of: ${known}`);
}

function readLookup(world: World, column: ColumnFacts, value: string, names: Names): Cell {
  const targets = [...new Set((column.navigation ?? []).map((item) => item.target))];
  for (const target of targets) {
    const id = isGuid(value) ? value.toLowerCase() : names.find(target, value);
    if (id !== undefined && (!isGuid(value) || world.store.get(target, id) !== undefined)) {
      return world.store.reference(target, id);
    }
  }
  throw new Error(`${column.name}: no ${targets.join(' or ')} is named "${value}"`);
}

function readDate(table: string, column: string, value: unknown): string {
  const time = Date.parse(String(value));
  if (Number.isNaN(time)) throw new Error(`${table}.${column}: "${String(value)}" is no date`);
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
