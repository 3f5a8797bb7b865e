/** What lies below one row: single properties, lookups, associations and their $ref forms. */

import { associate, disassociate, isAssociation, otherSide } from '../associations.ts';
import type { Row } from '../odata/index.ts';
import type { Caller } from '../security/caller.ts';
import { delegatedMailboxApprover } from '../security/privileges.ts';
import { requireAccess } from '../security/row-security.ts';
import {
  invalidArgument,
  methodNotAllowed,
  notFound,
  ServiceError,
  unknownResource,
} from '../service-error.ts';
import type { ColumnFacts } from '../tables/parse-facts.ts';
import type { TableFacts } from '../tables/tables.ts';
import { isReference, type World } from '../world.ts';
import { navigationColumn, parseObject, readAddress, readProperties } from '../writes/read-body.ts';
import { updateRecord } from '../writes/update-record.ts';
import { getRow, readableRow } from './get-row.ts';
import { listThese } from './list-rows.ts';
import { noContent, type Operation, type Reply } from './operation.ts';
import { readId, splitKey } from './parse-path.ts';
import { requireVersion, updated } from './write-rows.ts';

export function rowMember(
  operation: Operation,
  table: TableFacts,
  id: string,
  member: string,
  rest: readonly string[],
): Reply {
  const { name, key } = splitKey(member);
  if (isAssociation(name) && table.collections?.has(name) === true)
    return association(operation, table, id, name, key, rest);
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
    if (column.navigation !== undefined) throw methodNotAllowed('DELETE', column.name);
    return save(operation, table, before, { [column.name]: null });
  }
  if (operation.method !== 'PUT') throw methodNotAllowed(operation.method, column.name);
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
  const context = `${operation.origin}$metadata#${table.entitySet}(${id})/${column.name}`;
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
  if (rest[0] !== '$ref') throw methodNotAllowed(operation.method, name);
  const before = writableRow(operation, table, id);
  if (operation.method === 'PUT')
    return save(operation, table, before, { [`${name}@odata.bind`]: linkedAddress(operation) });
  if (operation.method !== 'DELETE') throw methodNotAllowed(operation.method, name);
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

function linkedAddress(operation: Operation): string {
  const address = parseObject(operation.body)['@odata.id'];
  if (typeof address === 'string') return address;
  throw invalidArgument("The body must hold '@odata.id', the address of a row.");
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

type Association = 'systemuserroles_association' | 'teammembership_association' | 'teamroles_association';

function association(
  operation: Operation,
  table: TableFacts,
  id: string,
  name: Association,
  key: string | null,
  rest: readonly string[],
): Reply {
  const row = readableRow(operation, table, id);
  const other = operation.world.tables.get(otherSide(name, table.name));
  if (other === undefined) throw unknownResource(name);
  if (operation.method === 'GET' && rest[0] === undefined) {
    return listThese(
      operation,
      other,
      operation.database.related(table.name, id, name),
      `${table.entitySet}(${id})/${name}`,
    );
  }
  if (rest[0] !== '$ref') throw methodNotAllowed(operation.method, name);
  requireAccess(operation.world, operation.caller, table, row, 'Append');
  if (operation.method === 'POST')
    return link(operation, table, id, name, readAddress(operation.world, linkedAddress(operation)).id);
  if (operation.method !== 'DELETE') throw methodNotAllowed(operation.method, name);
  return unlink(operation, table, id, name, key === null ? unlinkedId(operation) : readId(key, other));
}

/** DELETE …/$ref?$id=<address> names the other row in the query. */
function unlinkedId(operation: Operation): string {
  const address = new URLSearchParams(operation.search).get('$id');
  if (address === null)
    throw invalidArgument("The row to be removed is missing: write it as a key or as '$id'.");
  return readAddress(operation.world, address).id;
}

function link(
  { world, caller }: Operation,
  table: TableFacts,
  id: string,
  name: Association,
  other: string,
): Reply {
  if (world.store.get(otherSide(name, table.name), other) === undefined)
    throw notFound(otherSide(name, table.name), other);
  const [left, right] = sidesOf(name, table.name, id, other);
  refuseDelegatedApprover(world, caller, name, right);
  associate(world, name, left, right);
  return noContent;
}

function unlink(
  { world }: Operation,
  table: TableFacts,
  id: string,
  name: Association,
  other: string,
): Reply {
  disassociate(world, name, ...sidesOf(name, table.name, id, other));
  return noContent;
}

function sidesOf(name: Association, table: string, id: string, other: string): readonly [string, string] {
  const isRight = otherSide(name, table) === (name === 'teamroles_association' ? 'team' : 'systemuser');
  return isRight ? [other, id] : [id, other];
}

/** Only a tenant's administrator gives this role, and never to a team (Microsoft Learn, "Connect to Exchange Online"). */
function refuseDelegatedApprover(world: World, caller: Caller, name: Association, roleId: string): void {
  if (world.store.get('role', roleId)?.name !== delegatedMailboxApprover) return;
  if (name === 'teamroles_association') {
    throw new ServiceError(
      400,
      '0x80090905',
      'The Delegated Mailbox Approver role cannot be assigned to a team.',
    );
  }
  if (caller.tenantRoles.size > 0) return;
  throw new ServiceError(
    403,
    '0x80090904',
    'Only a Global administrator or an Exchange administrator can assign the Delegated Mailbox Approver role.',
  );
}
