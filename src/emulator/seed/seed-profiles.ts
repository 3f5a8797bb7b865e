/**
 * Server profiles and forward mailboxes of an organization file. Without `profiles` there is the ready-made profile
 * "Microsoft Exchange Online", under the id that rows of unrelated environments show.
 */

import { defaultsOf, newMailbox, ownership } from '../new-rows.ts';
import type { Row } from '../odata/table.ts';
import type { NamedEntry } from '../organization.ts';
import { exchangeOnlineProfileId } from '../world.ts';
import { readColumns } from './read-columns.ts';
import type { Seed } from './seed-context.ts';
import { seedDefaultProfile } from './seed-organization.ts';

export const readyMadeProfileName = 'Microsoft Exchange Online';

export function seedProfiles(seed: Seed): void {
  const entries = seed.world.organization.profiles ?? [{ name: readyMadeProfileName }];
  for (const entry of entries) seedProfile(seed, entry);
  seedDefaultProfile(seed);
}

function seedProfile(seed: Seed, entry: NamedEntry): void {
  const { world } = seed;
  const table = world.tables.get('emailserverprofile');
  if (table === undefined) return;
  const { id: given, ...columns } = entry;
  const isReadyMade = entry.name === readyMadeProfileName;
  const id = seed.idFor(
    'emailserverprofile',
    entry.name,
    given ?? (isReadyMade ? exchangeOnlineProfileId : undefined),
  );
  seed.put('emailserverprofile', id, {
    ...newProfile(seed, id),
    ...(isReadyMade ? readyMadeProfile(seed) : {}),
    ...readColumns(world, table, columns, seed.names),
  });
}

function newProfile(seed: Seed, id: string): Row {
  const { world } = seed;
  return {
    ...defaultsOf(world, 'emailserverprofile'),
    emailserverprofileid: id,
    servertype: 0,
    statecode: 0,
    statuscode: 1,
    maxconcurrentconnections: 10,
    ...ownership(world, seed.owner(undefined)),
    organizationid: world.store.reference('organization', seed.organizationId),
    createdby: seed.owner(undefined),
    modifiedby: seed.owner(undefined),
    createdon: seed.daysAgo(300),
    modifiedon: seed.daysAgo(300),
  };
}

function readyMadeProfile(seed: Seed): Row {
  return {
    servertype: Number(seed.world.switches.exchangeOnlineServerType),
    incomingcredentialretrieval: 2,
    outgoingcredentialretrieval: 2,
    useautodiscover: true,
    emailservertypename: 'Exchange Online',
  };
}

export function seedForwardMailboxes(seed: Seed): void {
  for (const entry of seed.world.organization.forwardMailboxes ?? []) seedForwardMailbox(seed, entry);
}

function seedForwardMailbox(seed: Seed, entry: NamedEntry): void {
  const { world } = seed;
  const table = world.tables.get('mailbox');
  if (table === undefined) return;
  const { id: given, emailAddress, works, approval, ...columns } = entry;
  const id = seed.idFor('mailbox', `forward ${entry.name}`, given);
  const row: Row = {
    ...newMailbox(world),
    ...ownership(world, seed.owner(undefined)),
    ...forwardDefaults,
    mailboxid: id,
    createdby: seed.owner(undefined),
    modifiedby: seed.owner(undefined),
    createdon: seed.daysAgo(200),
    modifiedon: seed.daysAgo(200),
  };
  const named = {
    ...columns,
    ...(emailAddress === undefined ? {} : { emailaddress: emailAddress }),
    ...(approval === undefined ? {} : { emailrouteraccessapproval: approval }),
  };
  const own = readColumns(world, table, named, seed.names);
  seed.put('mailbox', id, { ...row, ...(works === true ? workingForward(seed) : {}), ...own });
}

/** As a recorded forward mailbox is right after it was created: Approved, without the flag of the tenant. */
export const forwardDefaults: Row = {
  isforwardmailbox: true,
  regardingobjectid: null,
  outgoingemaildeliverymethod: 0,
  enabledforoutgoingemail: false,
  emailrouteraccessapproval: 1,
  isemailaddressapprovedbyo365admin: false,
};

function workingForward(seed: Seed): Row {
  return {
    incomingemailstatus: 1,
    mailboxstatus: 1,
    enabledforincomingemail: true,
    testmailboxaccesscompletedon: seed.daysAgo(20),
  };
}
