/**
 * The values that fresh rows carry before anybody writes to them. Recorded rows show that "never" is a date of 1900,
 * not null, and that a fresh mailbox takes profile and methods from the e-mail settings of the organization.
 */

import { type Approval, approvalOf } from './approval-values.ts';
import type { Cell, Row } from './odata/table.ts';
import { follow, isReference, never, organizationRow, stamp, text, type World } from './world.ts';

const defaults = new WeakMap<object, Row>();

/** The documented defaults of a table's columns. */
export function defaultsOf(world: World, table: string): Row {
  const facts = world.tables.get(table);
  if (facts === undefined) return {};
  const known = defaults.get(facts);
  if (known !== undefined) return known;
  const pairs = [...facts.columns.values()].filter(
    (column) => column.defaultValue !== undefined && !column.virtual,
  );
  const row = Object.fromEntries(pairs.map((column) => [column.name, column.defaultValue ?? null]));
  defaults.set(facts, row);
  return row;
}

const blanks = new WeakMap<object, Row>();

/**
 * Every column of a table, with its documented default or null: copies of it have one shape, so that 100,000 of them
 * stay small.
 */
export function blankRow(world: World, table: string): Row {
  const facts = world.tables.get(table);
  if (facts === undefined) return {};
  const known = blanks.get(facts);
  if (known !== undefined) return known;
  const columns = [...facts.columns.values()].filter((column) => !column.virtual);
  const row: Row = {
    ...Object.fromEntries(columns.map(({ name }) => [name, null])),
    versionnumber: null,
    ...defaultsOf(world, table),
  };
  blanks.set(facts, row);
  return row;
}

/** Values of a recorded fresh mailbox that its documented defaults do not give. */
const recordedMailbox: Row = {
  statecode: 0,
  statuscode: 1,
  transientfailurecount: 0,
  forcedunlockcount: 0,
  verboseloggingenabled: 0,
  testemailconfigurationretrycount: 0,
  processingstatecode: 0,
  lasttagprocessedmaxitems: false,
  isexchangecontactsimportscheduled: false,
  postponeofficeappsdeploymentuntil: never,
  testmailboxaccesscompletedon: never,
  tagemailsafter: never,
  receivingpostponeduntilforact: never,
  receivingpostponeduntil: never,
  lastautodiscoveredon: never,
  postponemailboxprocessinguntil: never,
  postponetestemailconfigurationuntil: never,
  processemailreceivedafter: never,
  postponesendinguntil: never,
};

export interface EmailDefaults {
  readonly incoming: number;
  readonly outgoing: number;
  readonly act: number;
}

/** The three methods of the organization's XML text; a missing element counts as None. */
export function emailDefaults(world: World): EmailDefaults {
  const xml = text(organizationRow(world).defaultemailsettings);
  const read = (element: string, none: number): number => {
    const value = new RegExp(`<${element}>\\s*(\\d+)\\s*</${element}>`).exec(xml)?.[1];
    return value === undefined ? none : Number(value);
  };
  return {
    incoming: read('IncomingEmailDeliveryMethod', 0),
    outgoing: read('OutgoingEmailDeliveryMethod', 0),
    act: read('ACTDeliveryMethod', 2),
  };
}

/** ownerid and what follows from it. */
export function ownership(world: World, owner: Row[string]): Row {
  if (!isReference(owner)) return {};
  const row = follow(world, owner);
  const isUser = owner.table === 'systemuser';
  return {
    ownerid: owner,
    owninguser: isUser ? owner : null,
    owningteam: isUser ? null : owner,
    owningbusinessunit: row?.businessunitid ?? null,
  };
}

interface Template {
  readonly organization: Row;
  readonly now: string;
  readonly row: Row;
}

const templates = new WeakMap<object, Template>();

/** A fresh mailbox without identity, owner and approval. The same for all of one moment. */
export function newMailbox(world: World): Row {
  const organization = organizationRow(world);
  const now = stamp(world);
  const known = templates.get(world.store);
  if (known !== undefined && known.organization === organization && known.now === now) return known.row;
  const row = makeMailbox(world, now);
  templates.set(world.store, { organization, now, row });
  return row;
}

function makeMailbox(world: World, now: string): Row {
  const methods = emailDefaults(world);
  return {
    ...blankRow(world, 'mailbox'),
    ...recordedMailbox,
    incomingemaildeliverymethod: methods.incoming,
    outgoingemaildeliverymethod: methods.outgoing,
    actdeliverymethod: methods.act,
    emailserverprofile: organizationRow(world).defaultemailserverprofileid ?? null,
    organizationid: world.store.reference('organization', world.organization.organizationId.toLowerCase()),
    createdon: now,
    modifiedon: now,
  };
}

/** The mailbox that the platform makes for a user or queue. */
export function ownedMailbox(
  world: World,
  regarding: Row,
  table: 'systemuser' | 'queue',
  id: string,
): Record<string, Cell> {
  const owner =
    table === 'systemuser' ? world.store.reference(table, text(regarding.systemuserid)) : regarding.ownerid;
  const address = regarding[table === 'systemuser' ? 'internalemailaddress' : 'emailaddress'] ?? null;
  const row: Record<string, Cell> = { ...newMailbox(world) };
  return Object.assign(row, ownership(world, owner ?? null), {
    mailboxid: id,
    name: regarding[table === 'systemuser' ? 'fullname' : 'name'] ?? null,
    emailaddress: address,
    isforwardmailbox: false,
    regardingobjectid: world.store.reference(table, text(regarding[`${table}id`])),
    emailrouteraccessapproval: regarding.emailrouteraccessapproval ?? 0,
    isemailaddressapprovedbyo365admin: regarding.isemailaddressapprovedbyo365admin ?? false,
  });
}

/** Approval of a fresh user or queue, by the switches. */
export function freshApproval(world: World, row: Row, table: 'systemuser' | 'queue'): Approval {
  const address = text(row[table === 'systemuser' ? 'internalemailaddress' : 'emailaddress']);
  if (address === '') return approvalOf('empty');
  if (table === 'queue') return approvalOf(world.switches.freshQueueApproval);
  const matches = address.toLowerCase() === text(row.domainname).toLowerCase();
  if (world.switches.freshUserApproval !== 'auto') return approvalOf(world.switches.freshUserApproval);
  return approvalOf(matches && defaultProfileIsExchangeOnline(world) ? 'approved' : 'pending');
}

function defaultProfileIsExchangeOnline(world: World): boolean {
  return isExchangeOnline(follow(world, organizationRow(world).defaultemailserverprofileid));
}

/** Server-to-server and Entra OAuth reach Exchange Online only (Learn, "Connect to Exchange Online"). */
export function isExchangeOnline(profile: Row | undefined): boolean {
  const credentials = profile?.incomingcredentialretrieval;
  return credentials === 2 || credentials === 7;
}
