/** What lies below one row: single properties and lookups, with their $value and $ref forms. */

import { propertyOf, type Row } from '../odata/index.ts';
import { requireAccess } from '../security/row-security.ts';
import { invalidArgument, methodNotAllowed, notFound, unknownResource } from '../service-error.ts';
import type { ColumnFacts } from '../tables/parse-facts.ts';
import type { TableFacts } from '../tables/tables.ts';
import { isReference } from '../world.ts';
import { navigationColumn, parseObject, readProperties } from '../writes/read-body.ts';
import { updateRecord } from '../writes/update-record.ts';
import { collection } from './collection-members.ts';
import { getRow, readableRow } from './get-row.ts';
import { linkedAddress } from './linked-address.ts';
import { noContent, type Operation, type Reply } from './operation.ts';
import { splitKey } from './parse-path.ts';
import { requireVersion, updated } from './write-rows.ts';

export function rowMember(
  operation: Operation,
  table: TableFacts,
  id: string,
  member: string,
  rest: readonly string[],
): Reply {
  const { name, key } = splitKey(member);
  if (table.collections?.has(name) === true) return collection(operation, table, id, name, key, rest);
  const navigation = navigationColumn(table, name);
  if (navigation !== undefined) return lookup(operation, table, id, navigation, name, rest);
  const column = columnOf(table, name);
  if (column === undefined) throw unknownResource(name);
  return property(operation, table, id, column, rest);
}

function columnOf(table: TableFacts, name: string): ColumnFacts | undefined {
  const lookupName = /^_(.+)_value$/.exec(name)?.[1];
  const column = table.columns.get(lookupName ?? name);
  if (column === undefined || column.virtual) return undefined;
  return (lookupName === undefined) === (column.navigation === undefined) ? column : undefined;
}

function property(
  operation: Operation,
  table: TableFacts,
  id: string,
  column: ColumnFacts,
  rest: readonly string[],
): Reply {
  if (operation.method === 'GET') return getProperty(operation, table, id, column, rest);
  const before = writableRow(operation, table, id);
  if (operation.method === 'DELETE') {
    if (column.navigation !== undefined) throw methodNotAllowed('DELETE', ['GET']);
    return save(operation, table, before, { [column.name]: null });
  }
  if (operation.method !== 'PUT') throw methodNotAllowed(operation.method, ['GET', 'PUT', 'DELETE']);
  const { value } = parseObject(operation.body);
  return save(operation, table, before, { [column.name]: value });
}

function getProperty(
  operation: Operation,
  table: TableFacts,
  id: string,
  column: ColumnFacts,
  rest: readonly string[],
): Reply {
  const row = readableRow(operation, table, id);
  if (!column.readable) throw unknownResource(column.name);
  const cell = row[column.name] ?? null;
  const value = isReference(cell) ? cell.id : cell;
  if (value === null) return noContent;
  if (rest[0] === '$value')
    return { status: 200, headers: { 'Content-Type': 'text/plain' }, body: String(value) };
  const context = `${operation.origin}$metadata#${table.entitySet}(${id})/${propertyOf(column)}`;
  return { status: 200, body: { '@odata.context': context, value } };
}

function writableRow(operation: Operation, table: TableFacts, id: string): Row {
  const row = operation.world.store.get(table.name, id);
  if (row === undefined) throw notFound(table.schemaName, id);
  requireAccess(operation.world, operation.caller, table, row, 'Write');
  requireVersion(operation, row, operation.headers.get('if-match'));
  return row;
}

function save(
  operation: Operation,
  table: TableFacts,
  before: Row,
  properties: Readonly<Record<string, unknown>>,
): Reply {
  const written = readProperties(operation.world, table, properties, 'update');
  return updated(operation, table, updateRecord(operation.world, operation.caller, table, before, written));
}

function lookup(
  operation: Operation,
  table: TableFacts,
  id: string,
  column: ColumnFacts,
  name: string,
  rest: readonly string[],
): Reply {
  if (operation.method === 'GET') return getLookup(operation, table, id, column, name, rest);
  if (rest[0] !== '$ref') throw methodNotAllowed(operation.method, ['GET']);
  const before = writableRow(operation, table, id);
  if (operation.method === 'PUT')
    return save(operation, table, before, { [`${name}@odata.bind`]: linkedAddress(operation) });
  if (operation.method !== 'DELETE') throw methodNotAllowed(operation.method, ['GET', 'PUT', 'DELETE']);
  if (!column.updatable || column.required !== 'none')
    throw invalidArgument(`The column '${column.name}' cannot be cleared.`);
  return {
    ...updated(
      operation,
      table,
      updateRecord(operation.world, operation.caller, table, before, { [column.name]: null }),
    ),
    status: 204,
  };
}

function getLookup(
  operation: Operation,
  table: TableFacts,
  id: string,
  column: ColumnFacts,
  name: string,
  rest: readonly string[],
): Reply {
  const row = readableRow(operation, table, id);
  const cell = row[column.name];
  const target = column.navigation?.find(
    (item) => item.property === name && isReference(cell) && item.target === cell.table,
  );
  const facts = operation.world.tables.get(target?.target ?? '');
  if (!isReference(cell) || facts === undefined) return noContent;
  if (rest[0] !== '$ref') return getRow(operation, facts, cell.id);
  const context = `${operation.origin}$metadata#$ref`;
  return {
    status: 200,
    body: { '@odata.context': context, '@odata.id': `${operation.origin}${facts.entitySet}(${cell.id})` },
  };
}
