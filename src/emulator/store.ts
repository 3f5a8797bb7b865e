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
  /** Stores the row under a new version. */
  put(table: string, id: string, row: Row): Row;
  /** The same without a way back and without a copy: for seeding many rows. */
  insert(table: string, id: string, row: Record<string, Cell>): Row;
  /** Stores the row as it is: for state that was written before. */
  restore(table: string, id: string, row: Row): void;
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
  const references = new Map<string, MutableReference>();
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
    if (row === undefined) rows.delete(id);
    else rows.set(id, row);
    const known = references.get(`${table}/${id}`);
    if (known !== undefined) known.name = nameOf(table, row);
  }
  function nameOf(table: string, row: Row | undefined): string | null {
    const name = row?.[primaryNames.get(table) ?? ''];
    return typeof name === 'string' ? name : null;
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
    const key = `${table}/${id}`;
    const known = references.get(key);
    if (known !== undefined) return known;
    const created: MutableReference = { table, id, name: nameOf(table, tables.get(table)?.get(id)) };
    references.set(key, created);
    return created;
  }

  return {
    get: (table, id) => tables.get(table)?.get(id),
    rows: (table) => rowsOf(table).values(),
    entries: (table) => rowsOf(table).entries(),
    size: (table) => tables.get(table)?.size ?? 0,
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
      if (rowsOf(table).has(id)) write(table, id, undefined);
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

function shareReferences(row: Row, reference: (table: string, id: string) => Reference): Row {
  const shared: Record<string, Cell> = {};
  for (const [column, cell] of Object.entries(row)) {
    shared[column] = typeof cell === 'object' && cell !== null ? reference(cell.table, cell.id) : cell;
  }
  return shared;
}
