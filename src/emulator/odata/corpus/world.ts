/** Builds the corpus's database from its data files. Short names stand for ids: `m1`, `u2`. */

import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Cell, Column, ColumnType, Database, Row, Table } from '../table.ts';

interface ColumnData {
  readonly type: ColumnType;
  readonly readable?: boolean;
  readonly options?: Readonly<Record<string, string>>;
  readonly navigation?: Readonly<Record<string, string>>;
}

interface TableData {
  readonly entitySet: string;
  readonly primaryId: string;
  readonly primaryName: string;
  readonly inheritedKey?: string;
  readonly columns: Readonly<Record<string, ColumnData>>;
  readonly collections?: Readonly<Record<string, string>>;
  readonly oneToMany?: Readonly<Record<string, string>>;
}

type CellData = null | boolean | number | string | Readonly<Record<string, string>>;
type RowsData = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, CellData>>>>>>;
type Associations = Readonly<
  Record<string, Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>>
>;

export function readData<T>(file: string): T {
  return parse(readFileSync(new URL(file, import.meta.url), 'utf8'));
}

/** `m1` → 00000000-0000-0000-006d-000000000001: the middle is the letter. */
export function idOf(short: string): string {
  const letter = short.charCodeAt(0).toString(16).padStart(4, '0');
  return `00000000-0000-0000-${letter}-${short.slice(1).padStart(12, '0')}`;
}

export function shortOf(id: string): string {
  const [, , , letter = '', number = ''] = id.split('-');
  return `${String.fromCharCode(Number.parseInt(letter, 16))}${Number(number)}`;
}

export function loadWorld(): Database {
  const tables = new Map(
    Object.entries(readData<Record<string, TableData>>('tables.yaml')).map(([name, data]) => [
      name,
      asTable(name, data),
    ]),
  );
  const data = readData<RowsData>('rows.yaml');
  const rows = new Map([...tables.values()].map((table) => [table.name, rowsOf(table, data, tables)]));
  const associations = readData<Associations>('associations.yaml');
  return {
    table: (name) => tables.get(name),
    rows: (name) => rows.get(name)?.values() ?? [],
    row: (name, id) => rows.get(name)?.get(id),
    related: (name, id, collection) =>
      relatedRows(
        associations[name]?.[collection]?.[shortOf(id)] ?? [],
        rows.get(tables.get(name)?.collections?.get(collection)?.target ?? ''),
      ),
  };
}

function asTable(name: string, data: TableData): Table {
  const { entitySet, primaryId, primaryName, inheritedKey } = data;
  const columns = new Map(
    Object.entries(data.columns).map(([column, facts]) => [column, asColumn(column, facts)]),
  );
  const manyToMany = Object.entries(data.collections ?? {}).map(
    ([property, target]) => [property, { target }] as const,
  );
  const oneToMany = Object.entries(data.oneToMany ?? {}).map(
    ([property, target]) => [property, { target, oneToMany: true }] as const,
  );
  const collections = new Map([...manyToMany, ...oneToMany]);
  return {
    name,
    entitySet,
    primaryId,
    primaryName,
    columns,
    collections,
    ...(inheritedKey !== undefined && { inheritedKey }),
  };
}

function asColumn(name: string, data: ColumnData): Column {
  const { type, readable = true } = data;
  const options = new Map(
    Object.entries(data.options ?? {}).map(([value, label]) => [Number(value), String(label)]),
  );
  const navigation = Object.entries(data.navigation ?? {}).map(([property, target]) => ({
    property,
    target,
  }));
  return {
    name,
    type,
    readable,
    ...(options.size > 0 ? { options } : {}),
    ...(navigation.length > 0 ? { navigation } : {}),
  };
}

function rowsOf(table: Table, data: RowsData, tables: ReadonlyMap<string, Table>): ReadonlyMap<string, Row> {
  const entries = Object.entries(data[table.name] ?? {});
  return new Map(
    entries.map(([short, cells], index) => [
      idOf(short),
      asRow(table, short, cells, 1000 + index, data, tables),
    ]),
  );
}

function asRow(
  table: Table,
  short: string,
  cells: Readonly<Record<string, CellData>>,
  version: number,
  data: RowsData,
  tables: ReadonlyMap<string, Table>,
): Row {
  const row: Record<string, Cell> = {};
  for (const name of table.columns.keys()) row[name] = asCell(cells[name] ?? null, data, tables);
  return { ...row, [table.primaryId]: idOf(short), versionnumber: version };
}

function asCell(value: CellData, data: RowsData, tables: ReadonlyMap<string, Table>): Cell {
  if (value === null || typeof value !== 'object') return value;
  const [[table, short] = ['', '']] = Object.entries(value);
  const name = data[table]?.[short]?.[tables.get(table)?.primaryName ?? ''];
  return { table, id: idOf(short), name: typeof name === 'string' ? name : null };
}

function relatedRows(shorts: readonly string[], rows: ReadonlyMap<string, Row> | undefined): readonly Row[] {
  return shorts.map((short) => rows?.get(idOf(short))).filter((row) => row !== undefined);
}
