/**
 * Creating a row: what the service adds to the columns of the request. A mailbox made by a caller is always a forward
 * mailbox; those of users and queues are made by the platform together with the user or queue.
 */

import { defaultsOf, freshApproval, newMailbox, ownedMailbox, ownership } from '../new-rows.ts';
import type { Row } from '../odata/table.ts';
import { fillProfile } from '../rules/fill-profile.ts';
import { checkMailbox } from '../rules/mailbox-rules.ts';
import { checkProfile } from '../rules/profile-rules.ts';
import type { Caller } from '../security/caller.ts';
import { forwardDefaults } from '../seed/seed-profiles.ts';
import { ServiceError } from '../service-error.ts';
import type { TableFacts } from '../tables/tables.ts';
import { uuidFrom } from '../uuid.ts';
import { isReference, stamp, text, type World } from '../world.ts';
import type { OwnerTable } from './linked-rows.ts';
import { storeSecrets } from './store-secrets.ts';

export function createRecord(world: World, caller: Caller, table: TableFacts, id: string, written: Row): Row {
  if (world.store.get(table.name, id) !== undefined) throw duplicate();
  requireColumns(table, written);
  const columns = storeSecrets(written);
  const row = { ...common(world, caller, table, columns), ...columns, [table.primaryId]: id };
  switch (table.name) {
    case 'mailbox':
      return createForwardMailbox(world, row, written);
    case 'emailserverprofile':
      return createProfile(world, row, written);
    case 'queue':
    case 'systemuser':
      return createOwner(world, caller, table.name, id, row);
    case 'tracelog':
      return world.store.put(table.name, id, { tracecode: 0, ...row });
    default:
      return world.store.put(table.name, id, row);
  }
}

export function duplicate(): ServiceError {
  return new ServiceError(412, '0x80040237', 'A record with matching key values already exists.');
}

/** A fresh id: from the count of versions, so that the same requests give the same ids. */
export function freshId(world: World, table: string): string {
  return uuidFrom(
    world.organization.organizationId.toLowerCase(),
    'fresh',
    table,
    String(world.store.version),
  );
}

/** Application-required columns are asked for by forms only (Microsoft Learn, "Column requirement levels"). */
function requireColumns(table: TableFacts, written: Row): void {
  for (const { name, required, type, creatable } of table.columns.values()) {
    if (required !== 'system' || type !== 'String' || !creatable || text(written[name]) !== '') continue;
    throw new ServiceError(
      400,
      '0x80040203',
      `A validation error occurred. The required column '${name}' of '${table.name}' is missing.`,
    );
  }
}

function common(world: World, caller: Caller, table: TableFacts, columns: Row): Row {
  const now = stamp(world);
  const owner = isReference(columns.ownerid) ? columns.ownerid : caller.user;
  const has = (column: string): boolean => table.columns.has(column);
  return {
    ...defaultsOf(world, table.name),
    ...(has('statecode') ? { statecode: 0, statuscode: 1 } : {}),
    ...(table.ownership === 'user' ? ownership(world, owner) : {}),
    ...(has('businessunitid') && table.ownership === 'business'
      ? { businessunitid: caller.row.businessunitid ?? null }
      : {}),
    ...(has('organizationid')
      ? {
          organizationid: world.store.reference(
            'organization',
            world.organization.organizationId.toLowerCase(),
          ),
        }
      : {}),
    ...(has('createdby') ? { createdby: caller.user, modifiedby: caller.user } : {}),
    createdon: now,
    modifiedon: now,
  };
}

function createForwardMailbox(world: World, row: Row, written: Row): Row {
  const methods = { actdeliverymethod: newMailbox(world).actdeliverymethod ?? null };
  const fresh: Row = { ...newMailbox(world), ...withoutDefaults(world, row), ...forwardDefaults };
  const {
    emailrouteraccessapproval: _status,
    isemailaddressapprovedbyo365admin: _flag,
    testemailconfigurationscheduled: _test,
    ...asked
  } = written;
  const made: Row = {
    ...fresh,
    ...methods,
    ...storeSecrets(asked),
    isforwardmailbox: true,
    regardingobjectid: null,
  };
  checkMailbox(world, undefined, made, written);
  return world.store.put('mailbox', text(made.mailboxid), made);
}

/** The fresh mailbox knows better than the documented defaults. */
function withoutDefaults(world: World, row: Row): Row {
  const defaults = defaultsOf(world, 'mailbox');
  return Object.fromEntries(
    Object.entries(row).filter(([column, cell]) => !(column in defaults) || defaults[column] !== cell),
  );
}

function createProfile(world: World, row: Row, written: Row): Row {
  const filled = fillProfile(world, { maxconcurrentconnections: 10, ...row });
  const made: Row = { ...filled, servertype: filled.servertype ?? 0 };
  checkProfile(world, undefined, made, written);
  return world.store.put('emailserverprofile', text(made.emailserverprofileid), made);
}

/** The platform makes the mailbox, and for a user the private queue, in the same moment. */
function createOwner(world: World, caller: Caller, table: OwnerTable, id: string, row: Row): Row {
  const mailboxId = freshId(world, 'mailbox');
  const bare: Row = { ...row, ...(table === 'systemuser' ? newUser(row) : { queuetypecode: 1 }) };
  const made = world.store.put(table, id, {
    ...bare,
    ...freshApproval(world, bare, table),
    defaultmailbox: world.store.reference('mailbox', mailboxId),
  });
  const stampBy = { createdby: caller.user, modifiedby: caller.user };
  world.store.put('mailbox', mailboxId, { ...ownedMailbox(world, made, table, mailboxId), ...stampBy });
  if (table === 'queue' || world.switches.personalQueues !== 'true') return made;
  return world.store.put(table, id, { ...made, queueid: createPersonalQueue(world, caller, made, id) });
}

function createPersonalQueue(world: World, caller: Caller, user: Row, id: string): Row[string] {
  const facts = world.tables.get('queue');
  if (facts === undefined) return null;
  const queueId = freshId(world, 'queue');
  const owner = world.store.reference('systemuser', id);
  createRecord(world, caller, facts, queueId, {
    name: `<${text(user.fullname)}>`,
    queueviewtype: 1,
    ownerid: owner,
  });
  return world.store.reference('queue', queueId);
}

function newUser(row: Row): Row {
  const fullname = `${text(row.firstname)} ${text(row.lastname)}`.trim();
  return {
    fullname: fullname === '' ? (row.domainname ?? null) : fullname,
    isdisabled: false,
    islicensed: row.islicensed ?? true,
  };
}
