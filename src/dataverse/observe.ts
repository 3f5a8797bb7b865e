/** Joins rows in memory and decodes them to resources. Reads nothing itself. */

import { type Catalogue, decodeFields } from '../catalogue/catalogue.ts';
import type { OwnerTable, RawRow, Table } from '../catalogue/field.ts';
import { addressKey, profileAddress, SETTINGS_ADDRESS } from '../model/address.ts';
import type { Alert, Observed, RecordRef } from '../model/snapshot.ts';
import { compareText } from '../model/value.ts';
import { textIn } from './caller.ts';
import { addressMailboxes, type NotAddressed } from './mailbox-addresses.ts';
import { type MailboxRecord, mailboxFacts } from './mailbox-facts.ts';
import { indexMemberships, type MembershipIndex, type MembershipRows } from './memberships.ts';
import type { ProfileIndex } from './profile-index.ts';
import { KEY_COLUMNS } from './tables.ts';

export interface Rows {
  readonly organization: RawRow | null;
  readonly profiles: readonly RawRow[];
  readonly mailboxes: readonly RawRow[];
  readonly users: readonly RawRow[];
  readonly queues: readonly RawRow[];
  /** Ids of queues that are a team's default queue. */
  readonly teamQueues: readonly string[];
  readonly memberships: MembershipRows;
  readonly alerts: ReadonlyMap<string, readonly Alert[]>;
}

interface Context {
  readonly catalogue: Catalogue;
  readonly index: ProfileIndex;
}

/** What is known of owners beside their own rows. */
interface Owners {
  readonly defaultQueues: ReadonlySet<string>;
  readonly memberships: MembershipIndex;
  readonly users: ReadonlyMap<string, RawRow>;
}

interface ObservedMailboxes {
  readonly resources: readonly Observed[];
  /** A mailbox was read without its owner, so that it has no address. */
  readonly ownerless: boolean;
}

export function observeSettings(context: Context, row: RawRow, nameUser: NameUser): Observed {
  const { catalogue, index } = context;
  return {
    address: SETTINGS_ADDRESS,
    kind: 'settings',
    fields: decodeFields(catalogue, 'settings', alone(row), index.nameRecord),
    records: [recordRef('self', 'organization', row)],
    mailbox: null,
    modified: modifiedOf(row, nameUser),
    alerts: [],
  };
}

export function observeProfiles(context: Context, rows: readonly RawRow[], nameUser: NameUser): Observed[] {
  const { catalogue, index } = context;
  const resources = byId('emailserverprofile', rows).map(
    ([id, row]): Observed => ({
      address: index.nameRecord('emailserverprofile', id) ?? profileAddress(id),
      kind: 'profile',
      fields: decodeFields(catalogue, 'profile', alone(row), index.nameRecord),
      records: [recordRef('self', 'emailserverprofile', row)],
      mailbox: null,
      modified: modifiedOf(row, nameUser),
      alerts: [],
    }),
  );
  return sorted(resources);
}

export function observeMailboxes(context: Context, rows: Rows, nameUser: NameUser): ObservedMailboxes {
  const users = new Map(byId('systemuser', rows.users));
  const queues = new Map(byId('queue', rows.queues));
  const owners = {
    defaultQueues: defaultQueueIds(rows),
    memberships: indexMemberships(rows.memberships),
    users,
  };
  let ownerless = false;
  const resources: NotAddressed[] = [];
  for (const [id, self] of byId('mailbox', rows.mailboxes)) {
    const record = joinOwner(self, users, queues);
    if (record === null) {
      ownerless ||= textIn(self, '_regardingobjectid_value') !== null;
      continue;
    }
    resources.push(observeMailbox(context, record, owners, nameUser, rows.alerts.get(id) ?? []));
  }
  return { resources: sorted(addressMailboxes(resources)), ownerless };
}

function observeMailbox(
  { catalogue, index }: Context,
  record: MailboxRecord,
  { defaultQueues, memberships, users }: Owners,
  nameUser: NameUser,
  alerts: readonly Alert[],
): NotAddressed {
  const { self, owner, ownerTable } = record;
  const mailbox = mailboxFacts(record, defaultQueues, memberships, users);
  const ownerRef = owner === null || ownerTable === null ? [] : [recordRef('owner', ownerTable, owner)];
  return {
    kind: 'mailbox',
    fields: decodeFields(catalogue, 'mailbox', record, index.nameRecord),
    records: [recordRef('self', 'mailbox', self), ...ownerRef],
    mailbox,
    modified: modifiedOf(self, nameUser),
    alerts,
  };
}

/** `null`: no address can be given. A row that is nobody's is a forward mailbox only where it says so. */
function joinOwner(
  self: RawRow,
  users: ReadonlyMap<string, RawRow>,
  queues: ReadonlyMap<string, RawRow>,
): MailboxRecord | null {
  const regarding = textIn(self, '_regardingobjectid_value')?.toLowerCase();
  if (regarding === undefined) {
    return self.isforwardmailbox === true ? { self, owner: null, ownerTable: null } : null;
  }
  const user = users.get(regarding);
  if (user !== undefined) return { self, owner: user, ownerTable: 'systemuser' };
  const queue = queues.get(regarding);
  return queue === undefined ? null : { self, owner: queue, ownerTable: 'queue' };
}

function defaultQueueIds({ users, teamQueues }: Rows): ReadonlySet<string> {
  const ids = new Set(teamQueues.map((id) => id.toLowerCase()));
  for (const user of users) {
    const id = textIn(user, '_queueid_value');
    if (id !== null) ids.add(id.toLowerCase());
  }
  return ids;
}

type NameUser = (id: string) => string | null;

export function userNames(users: readonly RawRow[]): NameUser {
  const names = new Map(byId('systemuser', users));
  return (id) => {
    const user = names.get(id.toLowerCase()) ?? null;
    return textIn(user, 'fullname') ?? textIn(user, 'domainname');
  };
}

function modifiedOf(row: RawRow, nameUser: NameUser): Observed['modified'] {
  const by = textIn(row, '_modifiedby_value');
  return { on: textIn(row, 'modifiedon'), by: by === null ? null : nameUser(by) };
}

/** Rows by id in lower case; one that changed while pages were read can come twice. */
function byId(table: Table, rows: readonly RawRow[]): readonly (readonly [string, RawRow])[] {
  const known = new Map<string, RawRow>();
  for (const row of rows) {
    const id = textIn(row, KEY_COLUMNS[table]);
    if (id !== null) known.set(id.toLowerCase(), row);
  }
  return [...known];
}

function recordRef(role: RecordRef['role'], table: Table | OwnerTable, row: RawRow): RecordRef {
  return { role, table, id: textIn(row, KEY_COLUMNS[table]) ?? '' };
}

function alone(self: RawRow): MailboxRecord {
  return { self, owner: null, ownerTable: null };
}

function sorted(resources: readonly Observed[]): Observed[] {
  const keyed = resources.map((resource) => ({
    resource,
    key: `${addressKey(resource.address)}\n${resource.records[0]?.id ?? ''}`,
  }));
  return keyed.sort((a, b) => compareText(a.key, b.key)).map(({ resource }) => resource);
}
