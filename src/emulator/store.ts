/**
 * The rows: tables of immutable rows by id, versions, shared references, and an undo list that makes a request or a
 * change set atomic. Names that start with "_" are tables of our own, which no client sees. Knows no rules.
 */

import type { Cell, Reference, Row } from './odata/table.ts';

export interface Change {
  readonly table: string;
  readonly id: string;
  readonly before: Row | undefined;
  readonly after: Row | undefined;
}

export interface Store {
  get(table: string, id: string): Row | undefined;
  rows(table: string): Iterable<Row>;
  entries(table: string): Iterable<readonly [string, Row]>;
  size(table: string): number;
  /** The rows in order of their ids, from the first id after the given one. */
  rowsAfter(table: string, id: string): Iterable<Row>;
  /** The rows whose lookup leads to an id. */
  referring(table: string, column: string, id: string): readonly Row[];
  /** Stores the row under a new version. */
  put(table: string, id: string, row: Row): Row;
  /** The same without a way back and without a copy: for seeding many rows. */
  insert(table: string, id: string, row: Record<string, Cell>): Row;
  /** Stores the row as it is: for state that was written before. */
  restore(table: string, id: string, row: Row): void;
  /** A row of a table that clients see is remembered in `_deleted`, under the version of its end. */
  remove(table: string, id: string): void;
  /** Every table that has rows, our own included. */
  tables(): Iterable<string>;
  /** Takes up the count of versions where a journal left it. */
  seek(version: number): void;
  /** One shared object for each row referred to, so that a rename is seen everywhere. */
  reference(table: string, id: string): Reference;
  /** Runs the work; if it throws, every row is as before. */
  transaction<T>(work: () => T): T;
  /** The same for work that waits in between: the answer puts every row back. */
  begin(): () => void;
  takeChanges(): readonly Change[];
  readonly version: number;
}

interface MutableReference {
  readonly table: string;
  readonly id: string;
  name: string | null;
}

/** A failed request still counts for the faults that struck it: these rows are never put back. */
const lasting: ReadonlySet<string> = new Set(['_faults']);

/** Recorded rows have version numbers of this size. */
const firstVersion = 2_147_000;

/** `primaryNames`: the column of each table that references show as its name. */
export function createStore(primaryNames: ReadonlyMap<string, string>): Store {
  const tables = new Map<string, Map<string, Row>>();
  const references = new Map<string, Map<string, MutableReference>>();
  const sortedIds = new Map<string, readonly string[]>();
  /** For each table, rows by what a lookup of theirs leads to: made when asked for, dropped with any change. */
  const referrers = new Map<string, Map<string, ReadonlyMap<string, readonly Row[]>>>();
  let changes: Change[] = [];
  let version = firstVersion;

  function rowsOf(table: string): Map<string, Row> {
    const known = tables.get(table);
    if (known !== undefined) return known;
    const created = new Map<string, Row>();
    tables.set(table, created);
    return created;
  }
  function write(table: string, id: string, after: Row | undefined): void {
    const rows = rowsOf(table);
    changes.push({ table, id, before: rows.get(id), after });
    place(rows, table, id, after);
  }
  function place(rows: Map<string, Row>, table: string, id: string, row: Row | undefined): void {
    const count = rows.size;
    if (row === undefined) rows.delete(id);
    else rows.set(id, row);
    if (rows.size !== count) sortedIds.delete(table);
    referrers.delete(table);
    const known = references.get(table)?.get(id);
    if (known !== undefined) known.name = nameOf(table, row);
  }
  function nameOf(table: string, row: Row | undefined): string | null {
    const name = row?.[primaryNames.get(table) ?? ''];
    return typeof name === 'string' ? name : null;
  }
  function idsOf(table: string): readonly string[] {
    const known = sortedIds.get(table) ?? [...rowsOf(table).keys()].sort();
    sortedIds.set(table, known);
    return known;
  }
  function rollBack(mark: number): void {
    const undone = changes.splice(mark);
    changes.push(...undone.filter(({ table }) => lasting.has(table)));
    for (const change of undone.reverse()) {
      if (lasting.has(change.table)) continue;
      place(rowsOf(change.table), change.table, change.id, change.before);
    }
  }
  function reference(table: string, id: string): MutableReference {
    const known = references.get(table)?.get(id);
    if (known !== undefined) return known;
    const created: MutableReference = { table, id, name: nameOf(table, tables.get(table)?.get(id)) };
    const ofTable = references.get(table) ?? new Map<string, MutableReference>();
    references.set(table, ofTable.set(id, created));
    return created;
  }

  return {
    get: (table, id) => tables.get(table)?.get(id),
    referring(table, column, id) {
      const known = referrers.get(table) ?? new Map<string, ReadonlyMap<string, readonly Row[]>>();
      referrers.set(table, known);
      const index = known.get(column) ?? groupByReference(rowsOf(table).values(), column);
      known.set(column, index);
      return index.get(id) ?? [];
    },
    rows: (table) => rowsOf(table).values(),
    entries: (table) => rowsOf(table).entries(),
    size: (table) => tables.get(table)?.size ?? 0,
    *rowsAfter(table, id) {
      const ids = idsOf(table);
      const rows = rowsOf(table);
      for (let at = firstAfter(ids, id); at < ids.length; at += 1) {
        const row = rows.get(ids[at] ?? '');
        if (row !== undefined) yield row;
      }
    },
    put(table, id, row) {
      version += 1;
      const stored = { ...row, versionnumber: version };
      write(table, id, stored);
      return stored;
    },
    insert(table, id, row) {
      version += 1;
      row.versionnumber = version;
      place(rowsOf(table), table, id, row);
      return row;
    },
    restore(table, id, row) {
      const stored = shareReferences(row, reference);
      if (typeof row.versionnumber === 'number') version = Math.max(version, row.versionnumber);
      place(rowsOf(table), table, id, stored);
    },
    remove(table, id) {
      if (!rowsOf(table).has(id)) return;
      write(table, id, undefined);
      if (table.startsWith('_')) return;
      version += 1;
      write('_deleted', `${table}/${id}`, { table, id, versionnumber: version });
    },
    tables: () => tables.keys(),
    seek(next) {
      version = next;
    },
    reference,
    transaction(work) {
      const mark = changes.length;
      try {
        return work();
      } catch (error) {
        rollBack(mark);
        throw error;
      }
    },
    begin() {
      const mark = changes.length;
      return () => rollBack(mark);
    },
    takeChanges() {
      const taken = changes;
      changes = [];
      return taken;
    },
    get version() {
      return version;
    },
  };
}

function groupByReference(rows: Iterable<Row>, column: string): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const cell = row[column];
    if (typeof cell !== 'object' || cell === null) continue;
    const group = groups.get(cell.id);
    if (group === undefined) groups.set(cell.id, [row]);
    else group.push(row);
  }
  return groups;
}

/** Where in sorted ids the first one greater than the given one stands. */
function firstAfter(ids: readonly string[], id: string): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ids[middle] ?? '') > id) high = middle;
    else low = middle + 1;
  }
  return low;
}

function shareReferences(row: Row, reference: (table: string, id: string) => Reference): Row {
  const shared: Record<string, Cell> = {};
  for (const [column, cell] of Object.entries(row)) {
    shared[column] = typeof cell === 'object' && cell !== null ? reference(cell.table, cell.id) : cell;
  }
  return shared;
}
