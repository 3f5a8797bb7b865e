/** Queues: those of the file, and the private "<name>" ones that the platform makes for users and teams. */

import { blankRow, ownership } from '../new-rows.ts';
import type { Cell, Reference } from '../odata/table.ts';
import type { QueueEntry } from '../organization.ts';
import { readColumns } from './read-columns.ts';
import type { Seed } from './seed-context.ts';
import { mailboxIdOf, seedApproval, seedOwnedMailbox } from './seed-mailbox.ts';

export function seedQueue(seed: Seed, entry: QueueEntry): void {
  const { world } = seed;
  const table = world.tables.get('queue');
  if (table === undefined) return;
  const owner = entry.owner === undefined ? seed.firstCaller : seed.owner(entry.owner);
  const bare = {
    ...queueRow(seed, queueId(seed, entry.name, entry.id), entry.name, entry.private === true, owner),
    emailaddress: entry.emailAddress ?? null,
    ...(entry.businessUnit === undefined
      ? {}
      : { owningbusinessunit: seed.businessUnit(entry.businessUnit) }),
  };
  const row = {
    ...bare,
    ...seedApproval(seed, bare, 'queue', entry),
    ...readColumns(world, table, entry.columns ?? {}, seed.names),
  };
  putQueue(seed, row);
  seedOwnedMailbox(seed, row, 'queue', entry);
}

export function queueId(seed: Seed, name: string, given?: string): string {
  return seed.idFor('queue', name, given);
}

/** The private queue of a user or team; its mailbox has no address. */
export function seedPersonalQueue(seed: Seed, name: string, key: string, owner: Reference): Reference {
  const id = seed.idFor('queue', `personal ${key}`);
  const row = queueRow(seed, id, `<${name}>`, true, owner);
  putQueue(seed, row);
  seedOwnedMailbox(seed, row, 'queue', {});
  return seed.world.store.reference('queue', id);
}

function putQueue(seed: Seed, row: Record<string, Cell>): void {
  const id = String(row.queueid);
  row.defaultmailbox = seed.world.store.reference('mailbox', mailboxIdOf(seed, 'queue', id));
  seed.put('queue', id, row);
}

function queueRow(
  seed: Seed,
  id: string,
  name: string,
  isPrivate: boolean,
  owner: Reference,
): Record<string, Cell> {
  return Object.assign({ ...blankRow(seed.world, 'queue') }, ownership(seed.world, owner), {
    queueid: id,
    name,
    emailaddress: null,
    queueviewtype: isPrivate ? 1 : 0,
    queuetypecode: 1,
    incomingemaildeliverymethod: 2,
    outgoingemaildeliverymethod: 2,
    statecode: 0,
    statuscode: 1,
    defaultmailbox: null,
    organizationid: seed.world.store.reference('organization', seed.organizationId),
    createdby: seed.owner(undefined),
    modifiedby: seed.owner(undefined),
    createdon: seed.daysAgo(200),
    modifiedon: seed.daysAgo(200),
  });
}
