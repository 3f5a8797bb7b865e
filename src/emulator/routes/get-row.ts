/** GET of one row, with conditional reads. */

import { formatContext, type JsonRow, parseQuery, type Query, type Row, renderRow } from '../odata/index.ts';
import { requireAccess, requirePrivilege } from '../security/row-security.ts';
import { notFound } from '../service-error.ts';
import { fixedRows } from '../tables/messages.ts';
import type { TableFacts } from '../tables/tables.ts';
import { text } from '../world.ts';
import type { Operation, Reply } from './operation.ts';
import { annotationsApplied, appliedHeader, readPreferences } from './preferences.ts';
import { queryContext } from './query-context.ts';

export function getRow(operation: Operation, table: TableFacts, id: string): Reply {
  const row = readableRow(operation, table, id);
  const preferences = readPreferences(operation.headers);
  const { inOnGuid, expandRegarding } = operation.world.switches;
  const options = { inOnGuid, expandRegarding, single: true };
  const query = parseQuery(operation.search, table, operation.database, options);
  const isPlain = query.expand.length === 0 && preferences.annotationText === null;
  if (isPlain && operation.headers.get('if-none-match') === etagOf(row)) return { status: 304 };
  const body = represent(operation, table, row, query);
  return {
    status: 200,
    headers: { ETag: etagOf(row), ...appliedHeader([annotationsApplied(preferences)]) },
    body,
  };
}

export function readableRow(operation: Operation, table: TableFacts, id: string): Row {
  requirePrivilege(operation.caller, table, 'Read');
  if (fixedRows.has(table.name)) return requireRow(table, id, operation.database.row(table.name, id));
  const row = operation.world.store.get(table.name, id);
  if (row === undefined) throw notFound(table.schemaName, id);
  requireAccess(operation.world, operation.caller, table, row, 'Read');
  return row;
}

function requireRow(table: TableFacts, id: string, row: Row | undefined): Row {
  if (row === undefined) throw notFound(table.schemaName, id);
  return row;
}

export function etagOf(row: Row): string {
  return `W/"${String(row.versionnumber ?? 0)}"`;
}

export function represent(operation: Operation, table: TableFacts, row: Row, query: Query): JsonRow {
  const { annotations } = readPreferences(operation.headers);
  const options = { ...queryContext(operation), annotations };
  const rendered = renderRow(row, query, table, operation.database, options);
  return {
    '@odata.context': formatContext(query, table, operation.origin, 'entity'),
    ...withWriteOnly(table, query, rendered),
  };
}

/** Recorded rows that were read whole hold the write-only columns as null. */
export function withWriteOnly(table: TableFacts, query: Query, rendered: JsonRow): JsonRow {
  if (query.select !== null) return rendered;
  const hidden = [...table.columns.values()].filter(
    (column) => column.type === 'String' && !column.readable && !column.virtual,
  );
  return hidden.length === 0
    ? rendered
    : { ...rendered, ...Object.fromEntries(hidden.map(({ name }) => [name, null])) };
}

export function rowUrl(operation: Operation, table: TableFacts, row: Row): string {
  return `${operation.origin}${table.entitySet}(${text(row[table.primaryId])})`;
}
