/** What lies below one row: single properties, lookups, collections, with their $value, $ref and $count forms. */

import type { Cell, Row } from '../odata/table.ts';
import { requireAccess } from '../security/row-security.ts';
import {
  invalidArgument,
  methodNotAllowed,
  noSuchOperation,
  notFound,
  unknownResource,
} from '../service-error.ts';
import type { ColumnFacts } from '../tables/parse-facts.ts';
import type { TableFacts } from '../tables/tables.ts';
import { isReference } from '../world.ts';
import { parseObject, readProperties } from '../writes/read-body.ts';
import { updateRecord } from '../writes/update-record.ts';
import { collectionItem, readCollection, references } from './collection-members.ts';
import { boundFunction } from './functions.ts';
import { getRow, readableRow } from './get-row.ts';
import { linkedAddress } from './linked-address.ts';
import { noContent, type Operation, type Reply } from './operation.ts';
import { type End, type Hop, parseMembers } from './parse-members.ts';
import { requireVersion, updated } from './write-rows.ts';

interface Place {
  readonly table: TableFacts;
  readonly id: string;
}

export function rowMember(
  operation: Operation,
  table: TableFacts,
  id: string,
  segments: readonly string[],
): Reply {
  const { hops, end } = parseMembers(operation.world.tables, table, segments);
  if (hops.length > 0 && operation.method !== 'GET') throw methodNotAllowed(operation.method, ['GET']);
  let place: Place = { table, id };
  for (const hop of hops) {
    const next = follow(operation, place, hop);
    if (next === undefined && end.kind === 'row' && hop === hops.at(-1)) return noContent;
    if (next === undefined) throw unknownResource(hop.name);
    place = next;
  }
  return atEnd(operation, place, end);
}

/** Undefined: the lookup is empty, or leads to another table than its property says. */
function follow(operation: Operation, { table, id }: Place, hop: Hop): Place | undefined {
  if (hop.kind === 'item') return collectionItem(operation, table, id, hop.name, hop.key);
  const cell = readableRow(operation, table, id)[hop.column.name];
  const target = targetOf(operation, hop.column, hop.name, cell);
  return isReference(cell) && target !== undefined ? { table: target, id: cell.id } : undefined;
}

function targetOf(
  { world }: Operation,
  column: ColumnFacts,
  property: string,
  cell: Cell | undefined,
): TableFacts | undefined {
  const target = column.navigation?.find(
    (item) => item.property === property && isReference(cell) && item.target === cell.table,
  );
  return world.tables.get(target?.target ?? '');
}

function atEnd(operation: Operation, { table, id }: Place, end: End): Reply {
  switch (end.kind) {
    case 'row':
      return getRow(operation, table, id);
    case 'property':
      return property(operation, table, id, end);
    case 'value':
      if (operation.method !== 'GET') throw methodNotAllowed(operation.method, ['GET']);
      return getProperty(operation, table, id, end);
    case 'link':
      return link(operation, table, id, end.column, end.name);
    case 'collection':
    case 'count':
      return readCollection(operation, table, id, end.name, end.kind);
    case 'links':
      return references(operation, table, id, end.name, end.key);
    case 'function':
      return calledFunction(operation, table, id, end.name, end.parameters);
    default:
      return end satisfies never;
  }
}

function calledFunction(
  operation: Operation,
  table: TableFacts,
  id: string,
  name: string,
  parameters: string,
): Reply {
  const { method, origin, segments } = operation;
  if (method !== 'GET') throw noSuchOperation(`${origin}${segments.join('/')}`);
  return boundFunction(operation, table, id, name, parameters);
}

type PropertyEnd = Extract<End, { kind: 'property' | 'value' }>;

function property(operation: Operation, table: TableFacts, id: string, end: PropertyEnd): Reply {
  const { column } = end;
  if (operation.method === 'GET') return getProperty(operation, table, id, end);
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
  { kind, name, column }: PropertyEnd,
): Reply {
  const row = readableRow(operation, table, id);
  if (!column.readable) throw unknownResource(column.name);
  // The key that users and teams inherit has the value of their own.
  const cell = row[name === table.inheritedKey ? table.primaryId : column.name] ?? null;
  const value = isReference(cell) ? cell.id : cell;
  if (value === null) return noContent;
  if (kind === 'value')
    return { status: 200, headers: { 'Content-Type': 'text/plain' }, body: String(value) };
  const context = `${operation.origin}$metadata#${table.entitySet}(${id})/${name}`;
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

function link(operation: Operation, table: TableFacts, id: string, column: ColumnFacts, name: string): Reply {
  if (operation.method === 'GET') return getLink(operation, table, id, column, name);
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

function getLink(
  operation: Operation,
  table: TableFacts,
  id: string,
  column: ColumnFacts,
  name: string,
): Reply {
  const cell = readableRow(operation, table, id)[column.name];
  const target = targetOf(operation, column, name, cell);
  if (!isReference(cell) || target === undefined) return noContent;
  const context = `${operation.origin}$metadata#$ref`;
  return {
    status: 200,
    body: { '@odata.context': context, '@odata.id': `${operation.origin}${target.entitySet}(${cell.id})` },
  };
}
