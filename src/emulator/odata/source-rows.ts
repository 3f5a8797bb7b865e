/** Which rows of a table a query has to look at, and whether they come in the order of the answer. */

import { requiredIds } from './id-chain.ts';
import type { Query } from './query.ts';
import type { Database, Row, Table } from './table.ts';

export interface Source {
  readonly rows: Iterable<Row>;
  /** In order of the primary id, from the first row after the skip token: the first ones found are the answer. */
  readonly ordered: boolean;
}

export function sourceRows(query: Query, table: Table, database: Database): Source {
  const after = database.rowsAfter?.(table.name, query.skip?.id ?? '');
  if (after === undefined) return { rows: database.rows(table.name), ordered: false };
  const found = lookUp(query, table, database);
  if (found !== null) return { rows: found, ordered: false };
  const isPlain = query.orderBy.length === 0 && !query.count;
  return isPlain ? { rows: after, ordered: true } : { rows: database.rows(table.name), ordered: false };
}

/** Rows by the ids that the filter demands of their key or of a lookup; null where it demands none. */
function lookUp({ filter }: Query, table: Table, database: Database): readonly Row[] | null {
  const chain = requiredIds(filter, table);
  if (chain === null) return null;
  const { name } = chain.path.column;
  if (name === table.primaryId) {
    const rows = [...chain.ids].map((id) => database.row(table.name, id));
    return rows.filter((row) => row !== undefined);
  }
  const { referring } = database;
  return referring === undefined
    ? null
    : [...chain.ids].flatMap((id) => [...referring(table.name, name, id)]);
}
