/** Reads an environment: the only way in which anybody learns what it holds. Has no means of writing. */

import type { Catalogue } from '../catalogue/catalogue.ts';
import type { RawRow } from '../catalogue/field.ts';
import type { Kind } from '../model/address.ts';
import type { Clock, Identity, Records, StateReader } from '../model/ports.ts';
import { ServiceError } from '../model/service-error.ts';
import {
  NO_MEMBERSHIPS,
  type Observed,
  type Query,
  type Reading,
  type Snapshot,
  type UnseenMembership,
} from '../model/snapshot.ts';
import { ALERTS_PATH, alertsByRecord } from './alerts.ts';
import { textIn } from './caller.ts';
import { notSeenOf } from './completeness.ts';
import { absentOf, type FirstLook, firstLook, partRows } from './first-look.ts';
import { readMemberships } from './memberships.ts';
import { observeMailboxes, observeProfiles, observeSettings, type Rows, userNames } from './observe.ts';
import type { Privilege } from './privileges.ts';
import { indexProfiles, type ProfileIndex, renamedIn } from './profile-index.ts';
import { findRows, readingOf, unknownProfiles } from './reread.ts';
import {
  type AbsentColumns,
  OPTIONAL_TABLES,
  optionalColumnsPath,
  profileNamesPath,
  rowsPath,
} from './tables.ts';
import type { ReadTransport } from './transport.ts';

/** What decoding needs besides the rows themselves; kept from one read to the next. */
interface Background {
  readonly profiles: ProfileIndex;
  readonly absent: AbsentColumns;
}

interface Lists extends Rows {
  readonly denied: ReadonlySet<Privilege>;
  readonly unseenMemberships: readonly UnseenMembership[];
}

export function createStateReader(transport: ReadTransport, catalogue: Catalogue, clock: Clock): StateReader {
  let identity: Identity | null = null;
  let background: Background | null = null;
  /** Profiles that stay unknown however often names are read, since the caller may not see them. */
  const unreadable = new Set<string>();
  const timeOf = (at: string | null): string =>
    at ?? transport.lastServiceTime() ?? new Date(clock.now()).toISOString();

  const identify = async (): Promise<Identity> => {
    identity ??= await whoAmI(transport);
    return identity;
  };

  const read = async (query: Query): Promise<Snapshot> => {
    const before = transport.requests();
    const who = await identify();
    const look = await firstLook(transport, catalogue, who, query);
    const lists = await readLists(transport, catalogue, query, look);
    const profiles = indexProfiles(lists.profiles);
    background = { profiles, absent: look.absent };
    const { resources, notSeen } = observe(catalogue, profiles, query.kinds, look, lists);
    return {
      asOf: timeOf(look.at),
      organizationId: who.organizationId,
      caller: look.caller,
      capabilities: {
        approvedOn: query.kinds.includes('mailbox') && !look.absent.has('emailaddressapprovedon'),
        testRequestedOn: query.kinds.includes('mailbox') && !look.absent.has('testandenablelastattemptedon'),
        parallelism: transport.parallelism(),
        absentColumns: [...look.absent].map(([column, table]) => `${table}.${column}`).sort(),
        alerts: query.alerts ? !lists.denied.has('prvReadTraceLog') : null,
      },
      resources,
      notSeen,
      unseenMemberships: lists.unseenMemberships,
      requests: transport.requests() - before,
    };
  };

  const reread = async (records: Records): Promise<ReadonlyMap<string, Reading>> => {
    let known = background ?? (await readBackground(transport, catalogue, null));
    const found = await findRows(transport, catalogue, known.absent, records);
    const unknown = unknownProfiles(found.rows.values(), known.profiles);
    if (unknown.some((id) => !unreadable.has(id))) {
      known = await readBackground(transport, catalogue, known);
      for (const id of unknownProfiles(found.rows.values(), known.profiles)) unreadable.add(id);
    }
    const profiles = renamedIn(known.profiles, records);
    background = { ...known, profiles };
    const at = timeOf(found.at);
    return new Map(
      Object.entries(records).map(([address, refs]) => [
        address,
        readingOf(catalogue, profiles, address, refs, found, at),
      ]),
    );
  };

  return { identify, read, reread };
}

async function whoAmI(transport: ReadTransport): Promise<Identity> {
  const { body } = await transport.get('WhoAmI');
  const organizationId = textIn(body, 'OrganizationId');
  const userId = textIn(body, 'UserId');
  if (organizationId !== null && userId !== null) {
    return { organizationId: organizationId.toLowerCase(), userId: userId.toLowerCase() };
  }
  throw new ServiceError('WhoAmI names no user and organization', {
    kind: 'not-dataverse',
    request: 'GET WhoAmI',
    hint: 'Check that the URL is that of a Dataverse environment.',
  });
}

/** All lists side by side; one that is refused is empty and noted. */
async function readLists(
  transport: ReadTransport,
  catalogue: Catalogue,
  { kinds, alerts, memberships }: Query,
  look: FirstLook,
): Promise<Lists> {
  const denied = new Set<Privilege>();
  const all = async (path: string, privilege: Privilege): Promise<readonly RawRow[]> => {
    try {
      return await transport.getAllPages(path);
    } catch (error) {
      if (!(error instanceof ServiceError) || error.kind !== 'permission') throw error;
      denied.add(privilege);
      return [];
    }
  };
  const path = (table: Parameters<typeof rowsPath>[1]): string => rowsPath(catalogue, table, look.absent);
  const mailboxes = kinds.includes('mailbox');
  const [profileRows, mailboxRows, userRows, queueRows, alertRows, members] = await Promise.all([
    kinds.length > 0 ? all(path('emailserverprofile'), 'prvReadEmailServerProfile') : [],
    mailboxes ? all(path('mailbox'), 'prvReadMailbox') : [],
    mailboxes ? all(path('systemuser'), 'prvReadUser') : [],
    mailboxes ? all(path('queue'), 'prvReadQueue') : [],
    mailboxes && alerts ? all(ALERTS_PATH, 'prvReadTraceLog') : [],
    readMemberships(transport, mailboxes ? memberships : NO_MEMBERSHIPS, look.depths),
  ]);
  return {
    organization: look.organization,
    profiles: profileRows,
    mailboxes: mailboxRows,
    users: userRows,
    queues: queueRows,
    teamQueues: look.teamQueues,
    alerts: alertsByRecord(alertRows),
    denied,
    memberships: members.rows,
    unseenMemberships: members.unseen,
  };
}

function observe(
  catalogue: Catalogue,
  index: ProfileIndex,
  kinds: readonly Kind[],
  look: FirstLook,
  lists: Lists,
): Pick<Snapshot, 'resources' | 'notSeen'> {
  const context = { catalogue, index };
  const nameUser = userNames(lists.users);
  const resources: Observed[] = [];
  const denied = new Set(lists.denied);
  if (kinds.includes('profile')) resources.push(...observeProfiles(context, lists.profiles, nameUser));
  if (kinds.includes('settings')) {
    if (lists.organization === null) denied.add('prvReadOrganization');
    else resources.push(observeSettings(context, lists.organization, nameUser));
  }
  const mailboxes = observeMailboxes(context, lists, nameUser);
  resources.push(...mailboxes.resources);
  const gaps = { denied, ownerless: mailboxes.ownerless };
  return { resources, notSeen: notSeenOf(kinds, look.depths, gaps) };
}

/** One request: without a whole read before, as when a saved plan is applied, names are read for themselves. */
async function readBackground(
  transport: ReadTransport,
  catalogue: Catalogue,
  known: Background | null,
): Promise<Background> {
  const { parts } = await transport.batchGet([
    profileNamesPath(catalogue),
    ...OPTIONAL_TABLES.map(optionalColumnsPath),
  ]);
  const [profiles, ...columns] = parts;
  const listed = await Promise.all(columns.map((part) => partRows(transport, part)));
  return {
    profiles: indexProfiles((await partRows(transport, profiles)) ?? [], known?.profiles.addresses),
    absent: absentOf(
      Object.fromEntries(OPTIONAL_TABLES.map((table, index) => [table, listed[index] ?? null])),
    ),
  };
}
