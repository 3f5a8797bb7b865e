/**
 * The collections below one row, many-to-many and one-to-many: reading them, counting them, their `$ref` forms
 * (Microsoft Learn, "Associate and disassociate table rows using the Web API").
 */

import { associate, disassociate, isAssociation, otherSide } from '../associations.ts';
import type { Caller } from '../security/caller.ts';
import { delegatedMailboxApprover } from '../security/privileges.ts';
import { requireAccess, requirePrivilege } from '../security/row-security.ts';
import {
  invalidArgument,
  methodNotAllowed,
  notFound,
  ServiceError,
  unknownResource,
} from '../service-error.ts';
import type { TableFacts } from '../tables/tables.ts';
import { isReference, text, type World } from '../world.ts';
import { readAddress, readProperties } from '../writes/read-body.ts';
import { updateRecord } from '../writes/update-record.ts';
import { readableRow } from './get-row.ts';
import { linkedAddress } from './linked-address.ts';
import { countThese, listThese } from './list-rows.ts';
import { noContent, type Operation, type Reply } from './operation.ts';
import { readId } from './parse-path.ts';

interface Place {
  readonly table: TableFacts;
  readonly id: string;
  readonly name: string;
  readonly other: TableFacts;
  /** One-to-many: the lookup of the other row that leads here. */
  readonly by: string | undefined;
}

function placeOf({ world }: Operation, table: TableFacts, id: string, name: string): Place {
  const facts = table.collections?.get(name);
  const other = world.tables.get(facts?.target ?? '');
  if (facts === undefined || other === undefined) throw unknownResource(name);
  return { table, id, name, other, by: facts.by };
}

export function readCollection(
  operation: Operation,
  table: TableFacts,
  id: string,
  name: string,
  what: 'collection' | 'count',
): Reply {
  const { other } = placeOf(operation, table, id, name);
  readableRow(operation, table, id);
  if (operation.method !== 'GET') throw methodNotAllowed(operation.method, ['GET']);
  requirePrivilege(operation.caller, other, 'Read');
  const rows = operation.database.related(table.name, id, name);
  if (what === 'count') return countThese(operation, other, rows);
  return listThese(operation, other, rows, `${table.entitySet}(${id})/${name}`);
}

/** One row of a collection by its key; a row that is not in the collection is not there. */
export function collectionItem(
  operation: Operation,
  table: TableFacts,
  id: string,
  name: string,
  key: string,
): { readonly table: TableFacts; readonly id: string } {
  const { other } = placeOf(operation, table, id, name);
  const itemId = readId(key, other);
  readableRow(operation, table, id);
  requirePrivilege(operation.caller, other, 'Read');
  for (const row of operation.database.related(table.name, id, name)) {
    if (row[other.primaryId] === itemId) return { table: other, id: itemId };
  }
  throw notFound(other.schemaName, itemId);
}

export function references(
  operation: Operation,
  table: TableFacts,
  id: string,
  name: string,
  key: string | null,
): Reply {
  const place = placeOf(operation, table, id, name);
  const row = readableRow(operation, table, id);
  const { other } = place;
  if (operation.method === 'GET' && key === null) return listReferences(operation, place);
  if (operation.method === 'POST' && key === null) {
    requireAccess(operation.world, operation.caller, table, row, 'Append');
    return link(operation, place, readLinked(operation, place, linkedAddress(operation)));
  }
  if (operation.method !== 'DELETE') throw methodNotAllowed(operation.method, ['GET', 'POST', 'DELETE']);
  requireAccess(operation.world, operation.caller, table, row, 'Append');
  return unlink(operation, place, key === null ? unlinkedId(operation, place) : readId(key, other));
}

function listReferences(operation: Operation, { table, id, name, other }: Place): Reply {
  const { origin, database } = operation;
  requirePrivilege(operation.caller, other, 'Read');
  const value = [...database.related(table.name, id, name)].map((row) => ({
    '@odata.id': `${origin}${other.entitySet}(${text(row[other.primaryId])})`,
  }));
  return { status: 200, body: { '@odata.context': `${origin}$metadata#Collection($ref)`, value } };
}

/** DELETE …/$ref?$id=<address> names the other row in the query. */
function unlinkedId(operation: Operation, place: Place): string {
  const address = new URLSearchParams(operation.search).get('$id');
  if (address === null)
    throw invalidArgument("The row to be removed is missing: write it as a key or as '$id'.");
  return readLinked(operation, place, address);
}

function readLinked({ world }: Operation, { name, other }: Place, address: string): string {
  const linked = readAddress(world, address);
  if (linked.table === other) return linked.id;
  throw invalidArgument(`'${name}' cannot refer to a row of '${linked.table.entitySet}'.`);
}

function link(operation: Operation, place: Place, otherId: string): Reply {
  const { world, caller } = operation;
  const { table, id, name, other, by } = place;
  if (world.store.get(other.name, otherId) === undefined) throw notFound(other.schemaName, otherId);
  if (by !== undefined) return setLookup(operation, place, otherId, by, `${table.entitySet}(${id})`);
  if (!isAssociation(name)) throw unknownResource(name);
  const [left, right] = sidesOf(name, table.name, id, otherId);
  refuseDelegatedApprover(world, caller, name, right);
  associate(world, name, left, right);
  return noContent;
}

function unlink(operation: Operation, place: Place, otherId: string): Reply {
  const { table, id, name, by } = place;
  if (by !== undefined) return setLookup(operation, place, otherId, by, null);
  if (!isAssociation(name)) throw unknownResource(name);
  disassociate(operation.world, name, ...sidesOf(name, table.name, id, otherId));
  return noContent;
}

/** The other row is written, under the rules of a write to it. */
function setLookup(
  { world, caller }: Operation,
  { table, id, other }: Place,
  otherId: string,
  by: string,
  address: string | null,
): Reply {
  const before = world.store.get(other.name, otherId);
  if (before === undefined) throw notFound(other.schemaName, otherId);
  requireAccess(world, caller, other, before, 'Write');
  const linked = before[by];
  if (address === null && !(isReference(linked) && linked.id === id)) return noContent;
  const property = other.columns.get(by)?.navigation?.find(({ target }) => target === table.name)?.property;
  const written = readProperties(world, other, { [`${property ?? by}@odata.bind`]: address }, 'update');
  updateRecord(world, caller, other, before, written);
  return noContent;
}

type Association = 'systemuserroles_association' | 'teammembership_association' | 'teamroles_association';

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
