/**
 * The body of a write as cells: names, types, limits, links. Every refusal carries the code of the public error
 * table (Microsoft Learn, "Web service error codes"). Knows no rule of a particular table.
 */

import type { Cell, Row } from '../odata/table.ts';
import { readId, splitKey } from '../routes/parse-path.ts';
import { invalidArgument, notFound, ServiceError } from '../service-error.ts';
import type { ColumnFacts } from '../tables/parse-facts.ts';
import { findBySet, type TableFacts } from '../tables/tables.ts';
import type { World } from '../world.ts';
import { checkValue } from './check-value.ts';

export type WriteKind = 'create' | 'update';

export function readBody(world: World, table: TableFacts, body: string, kind: WriteKind): Row {
  return readProperties(world, table, parseObject(body), kind);
}

export function parseObject(body: string): Readonly<Record<string, unknown>> {
  const value = parseJson(body);
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw payloadError('The request body must be a JSON object.');
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw payloadError(`Error in JSON: ${error instanceof Error ? error.message : 'not understood'}`);
  }
}

export function readProperties(
  world: World,
  table: TableFacts,
  properties: Readonly<Record<string, unknown>>,
  kind: WriteKind,
): Row {
  const row: Record<string, Cell> = {};
  for (const [key, value] of Object.entries(properties)) {
    if (key.endsWith('@odata.bind')) {
      const column = boundColumn(table, key.slice(0, -'@odata.bind'.length));
      if (requireWritable(world, table, column, kind))
        row[column.name] = readBinding(world, column, value, key);
    } else if (value === null && navigationColumn(table, key) !== undefined) {
      // "Or, just use the name of the single-valued navigation property" (Microsoft Learn, "Associate and disassociate").
      const column = boundColumn(table, key);
      if (requireWritable(world, table, column, kind))
        row[column.name] = readBinding(world, column, null, key);
    } else if (!key.includes('@')) {
      const column = writtenColumn(table, key);
      const cell = checkValue(table, column, value);
      if (requireWritable(world, table, column, kind)) row[column.name] = cell;
    }
  }
  return row;
}

export function payloadError(message: string): ServiceError {
  return new ServiceError(400, '0x80048d19', `Error identified in Payload provided by the user: ${message}`);
}

export function undeclaredProperty(table: TableFacts, name: string): ServiceError {
  return payloadError(
    `An undeclared property '${name}' which only has property annotations in the payload but no property value was found in the payload, or which type 'Microsoft.Dynamics.CRM.${table.name}' does not have.`,
  );
}

function writtenColumn(table: TableFacts, key: string): ColumnFacts {
  const column = table.columns.get(key);
  if (column !== undefined && !column.virtual && column.navigation === undefined) return column;
  if (isLookupProperty(table, key)) {
    throw new ServiceError(
      400,
      '0x80048d19',
      'CRM do not support direct update of Entity Reference properties, Use Navigation properties instead.',
    );
  }
  if (navigationColumn(table, key) !== undefined || table.collections?.has(key) === true) {
    throw payloadError(`'${key}' cannot hold a related row here: create it first and bind it.`);
  }
  throw undeclaredProperty(table, key);
}

function isLookupProperty(table: TableFacts, key: string): boolean {
  const name = /^_(.+)_value$/.exec(key)?.[1];
  return name !== undefined && table.columns.get(name)?.navigation !== undefined;
}

export function navigationColumn(table: TableFacts, property: string): ColumnFacts | undefined {
  for (const column of table.columns.values()) {
    if (column.navigation?.some((item) => item.property === property)) return column;
  }
  return undefined;
}

function boundColumn(table: TableFacts, property: string): ColumnFacts {
  const column = navigationColumn(table, property);
  if (column === undefined) throw undeclaredProperty(table, property);
  return column;
}

/** False: the column is left out of the write, by the switch. */
function requireWritable(world: World, table: TableFacts, column: ColumnFacts, kind: WriteKind): boolean {
  if (kind === 'create' ? column.creatable : column.updatable) return true;
  if (kind === 'update' && column.name === table.primaryId) return false;
  if (world.switches.readOnlyWrites === 'ignored') return false;
  throw invalidArgument(`The column '${column.name}' of '${table.name}' is not valid for ${kind}.`);
}

function readBinding(world: World, column: ColumnFacts, value: unknown, key: string): Cell {
  if (value === null) {
    if (world.switches.bindNull === 'works' && column.required === 'none') return null;
    throw payloadError(`The value of '${key}' must not be null.`);
  }
  if (typeof value !== 'string') throw payloadError(`The value of '${key}' must be the address of a row.`);
  const { table, id } = readAddress(world, value);
  if (!column.navigation?.some((item) => item.target === table.name)) {
    throw payloadError(`'${key}' cannot refer to a row of '${table.entitySet}'.`);
  }
  if (world.store.get(table.name, id) === undefined) throw notFound(table.name, id);
  return world.store.reference(table.name, id);
}

/** /mailboxes(id), mailboxes(id) or the whole address. */
export function readAddress(
  world: World,
  address: string,
): { readonly table: TableFacts; readonly id: string } {
  const last =
    address
      .replace(/[?#].*$/, '')
      .split('/')
      .at(-1) ?? '';
  const { name, key } = splitKey(decodeURIComponent(last));
  const table = findBySet(world.tables, name);
  if (table === undefined || key === null) throw payloadError(`'${address}' is not the address of a row.`);
  return { table, id: readId(key, table) };
}
