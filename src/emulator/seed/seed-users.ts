/** Users of the file, the callers that are not among them, and two identities that every environment has. */

import { associate } from '../associations.ts';
import { blankRow } from '../new-rows.ts';
import type { Cell, Row } from '../odata/table.ts';
import type { UserEntry } from '../organization.ts';
import { callerEntries, defaultCallerSignIn } from '../security/caller-entries.ts';
import { uuidFrom } from '../uuid.ts';
import { callerUserId } from './caller-user.ts';
import { readChoice, readColumns } from './read-columns.ts';
import { type Seed, systemUserKey } from './seed-context.ts';
import { mailboxIdOf, seedApproval, seedOwnedMailbox } from './seed-mailbox.ts';
import { queueId, seedPersonalQueue } from './seed-queues.ts';
import { roleId } from './seed-roles.ts';

export function seedUser(seed: Seed, entry: UserEntry): void {
  const { world } = seed;
  const table = world.tables.get('systemuser');
  if (table === undefined) return;
  const id = userId(seed, entry);
  const bare = userRow(seed, id, entry);
  const row = Object.assign(
    bare,
    seedApproval(seed, bare, 'systemuser', entry),
    entry.columns === undefined ? {} : readColumns(world, table, entry.columns, seed.names),
    { defaultmailbox: world.store.reference('mailbox', mailboxIdOf(seed, 'systemuser', id)) },
  );
  seed.put('systemuser', id, row);
  const personal = world.switches.personalQueues === 'true' ? personalQueue(seed, id, row) : null;
  const shared =
    entry.queue === undefined ? null : world.store.reference('queue', namedQueueId(seed, entry.queue));
  row.queueid = shared ?? personal;
  seedOwnedMailbox(seed, row, 'systemuser', entry);
}

function namedQueueId(seed: Seed, name: string): string {
  const entry = seed.world.organization.queues?.find(
    (queue) => queue.name.toLowerCase() === name.toLowerCase(),
  );
  if (entry === undefined) throw new Error(`no queue is named "${name}"`);
  return queueId(seed, entry.name, entry.id);
}

function personalQueue(seed: Seed, id: string, row: Row): Row[string] {
  const owner = seed.world.store.reference('systemuser', id);
  return seedPersonalQueue(seed, String(row.fullname), `user ${id}`, owner);
}

export function userId(seed: Seed, entry: Pick<UserEntry, 'signIn' | 'id'>): string {
  return seed.idFor('systemuser', entry.signIn, entry.id);
}

function userRow(seed: Seed, id: string, entry: UserEntry): Record<string, Cell> {
  const name = entry.name ?? nameFromSignIn(entry.signIn);
  const [first = name, ...rest] = name.split(' ');
  const address = entry.emailAddress === undefined ? addressOfSignIn(entry.signIn) : entry.emailAddress;
  return Object.assign(personDefaults(seed, id), {
    fullname: name,
    firstname: first,
    lastname: rest.join(' '),
    domainname: entry.signIn,
    windowsliveid: entry.signIn,
    internalemailaddress: address,
    azureactivedirectoryobjectid:
      entry.objectId ?? uuidFrom(seed.organizationId, 'directory', entry.signIn.toLowerCase()),
    accessmode: accessMode(seed, entry),
    isdisabled: entry.disabled ?? false,
    islicensed: entry.licensed ?? entry.applicationId === undefined,
    applicationid: entry.applicationId ?? null,
    businessunitid: seed.businessUnit(entry.businessUnit),
  });
}

function personDefaults(seed: Seed, id: string): Record<string, Cell> {
  const row: Record<string, Cell> = { ...blankRow(seed.world, 'systemuser') };
  return Object.assign(row, {
    systemuserid: id,
    incomingemaildeliverymethod: 2,
    outgoingemaildeliverymethod: 2,
    isintegrationuser: false,
    setupuser: false,
    issyncwithdirectory: true,
    azurestate: 0,
    systemmanagedusertype: 0,
    invitestatuscode: 4,
    createdon: seed.daysAgo(200),
    modifiedon: seed.daysAgo(200),
  });
}

/** Application users are non-interactive unless the file says otherwise. */
function accessMode(seed: Seed, entry: UserEntry): number {
  const column = seed.world.tables.get('systemuser')?.columns.get('accessmode');
  if (entry.accessMode === undefined || column === undefined)
    return entry.applicationId === undefined ? 0 : 4;
  return readChoice('systemuser', column, entry.accessMode);
}

function nameFromSignIn(signIn: string): string {
  const local = signIn.split('@')[0] ?? signIn;
  return local.replace(
    /(^|[._-])(\w)/g,
    (_all, gap: string, letter: string) => `${gap === '' ? '' : ' '}${letter.toUpperCase()}`,
  );
}

function addressOfSignIn(signIn: string): string | null {
  return signIn.includes('@') ? signIn : null;
}

/** A caller that the file does not list as user gets a row without mailbox, so that it adds nothing to manage. */
export function seedCallerUsers(seed: Seed): void {
  for (const caller of callerEntries(seed.world.organization)) {
    const id = callerUserId(seed, caller);
    if (seed.world.store.get('systemuser', id) !== undefined) continue;
    const signIn = caller.user ?? caller.application ?? defaultCallerSignIn;
    const bare = userRow(seed, id, {
      signIn,
      accessMode: caller.application === undefined ? 1 : 4,
      ...(caller.application === undefined
        ? {}
        : { applicationId: applicationIdOf(seed, caller.application) }),
    });
    seed.put('systemuser', id, bare);
  }
}

function applicationIdOf(seed: Seed, application: string): string {
  return seed.idFor('application', application);
}

export function assignUserRoles(seed: Seed): void {
  const { world } = seed;
  for (const user of world.organization.users ?? []) {
    for (const role of user.roles ?? []) {
      associate(world, 'systemuserroles_association', userId(seed, user), roleId(seed, role));
    }
  }
  for (const caller of callerEntries(world.organization)) {
    for (const role of caller.roles ?? []) {
      associate(world, 'systemuserroles_association', callerUserId(seed, caller), roleId(seed, role));
    }
  }
}

/** Server-side synchronization writes as SYSTEM or "# SSSAdminProd" (Learn, "Server-side synchronization identity"). */
export function seedSystemUsers(seed: Seed): void {
  for (const [key, accessMode] of [
    [systemUserKey, 3],
    ['# SSSAdminProd', 4],
  ] as const) {
    const id = seed.idFor('systemuser', key);
    const row = userRow(seed, id, {
      signIn: key,
      name: key,
      accessMode,
      licensed: false,
      emailAddress: null,
    });
    seed.put('systemuser', id, {
      ...row,
      isdisabled: key === systemUserKey,
      ...approvalNone,
      queueid: null,
      defaultmailbox: null,
    });
  }
}

const approvalNone: Row = { emailrouteraccessapproval: 0, isemailaddressapprovedbyo365admin: false };
