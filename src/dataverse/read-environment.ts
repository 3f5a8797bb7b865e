/** Reads an environment: the only way in which anybody learns what it holds. Has no means of writing. */

import type { Catalogue } from '../catalogue/catalogue.ts';
import type { RawRow, Table } from '../catalogue/field.ts';
import type { Kind } from '../model/address.ts';
import type { Clock, Identity, StateReader } from '../model/ports.ts';
import { ServiceError } from '../model/service-error.ts';
import { NO_MEMBERSHIPS, type Observed, type Query, type Snapshot } from '../model/snapshot.ts';
import { ALERTS_PATH, type AlertList, alertList } from './alerts.ts';
import { textIn } from './caller.ts';
import { notSeenOf } from './completeness.ts';
import { absentOf, type FirstLook, firstLook, partRows } from './first-look.ts';
import { type MailboxList, mailboxList } from './mailbox-list.ts';
import { readMemberships } from './memberships.ts';
import { explainMissingColumn } from './missing-column.ts';
import { observeProfiles, observeSettings } from './observe.ts';
import type { Privilege } from './privileges.ts';
import { indexProfiles, type ProfileIndex, renamedIn } from './profile-index.ts';
import { readNamed } from './read-named.ts';
import {
  type Background,
  findInParallel,
  findTogether,
  lookupsFor,
  readingsFrom,
  unknownProfiles,
} from './reread.ts';
import {
  columnsOf,
  OPTIONAL_TABLES,
  optionalColumnsPath,
  profileNamesPath,
  rowsPath,
  UNIT_COLUMNS,
} from './tables.ts';
import type { BatchPart, ReadTransport, TakePage } from './transport.ts';

/** One page: where there are no more mailboxes, whole lists take fewer requests than looking for some. */
const FEW_MAILBOXES = 5000;

/** `few`: up to how many mailboxes all are read, whichever are asked for. */
export function createStateReader(
  transport: ReadTransport,
  catalogue: Catalogue,
  clock: Clock,
  { few = FEW_MAILBOXES }: { readonly few?: number } = {},
): StateReader {
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
    const lists = await readLists(transport, catalogue, query, look, few);
    background = { profiles: lists.profiles, absent: look.absent };
    const { resources, notSeen } = observe(catalogue, query.kinds, look, lists);
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
      ...(lists.onlyNamed ? { onlyNamed: true } : {}),
      notSeen,
      unseenMemberships: lists.members.unseen,
      requests: transport.requests() - before,
    };
  };

  const reread: StateReader['reread'] = async (records, { hurry } = { hurry: false }) => {
    const ask = hurry ? eachByItself : together;
    let known = background ?? (await readBackground(transport, catalogue, null, ask));
    const lookups = lookupsFor(catalogue, known.absent, records);
    const found = await (hurry ? findInParallel : findTogether)(transport, lookups);
    const unknown = unknownProfiles(found.rows.values(), known.profiles);
    if (unknown.some((id) => !unreadable.has(id))) {
      known = await readBackground(transport, catalogue, known, ask);
      for (const id of unknownProfiles(found.rows.values(), known.profiles)) unreadable.add(id);
    }
    const profiles = renamedIn(known.profiles, records);
    background = { ...known, profiles };
    const at = timeOf(found.at);
    return readingsFrom(catalogue, background, records, found.rows, at);
  };

  return { identify, read, reread };
}

async function whoAmI(transport: ReadTransport): Promise<Identity> {
  const { body, at } = await transport.get('WhoAmI');
  const organizationId = textIn(body, 'OrganizationId');
  const userId = textIn(body, 'UserId');
  if (organizationId !== null && userId !== null) {
    return { organizationId: organizationId.toLowerCase(), userId: userId.toLowerCase(), at };
  }
  throw new ServiceError('WhoAmI names no user and organization', {
    kind: 'not-dataverse',
    request: 'GET WhoAmI',
    hint: 'Check that the URL is that of a Dataverse environment.',
  });
}

interface Lists {
  readonly profiles: ProfileIndex;
  readonly mailboxes: MailboxList;
  readonly onlyNamed: boolean;
  readonly members: Awaited<ReturnType<typeof readMemberships>>;
  readonly alerts: AlertList;
  /** Privileges without which a list was refused. */
  readonly denied: ReadonlySet<Privilege>;
}

/** All lists side by side; one that is refused is empty and noted. */
async function readLists(
  transport: ReadTransport,
  catalogue: Catalogue,
  query: Query,
  look: FirstLook,
  few: number,
): Promise<Lists> {
  const { kinds } = query;
  const denied = new Set<Privilege>();
  const each: EachPage = async (path, privilege, take) => {
    try {
      await transport.eachPage(path, take);
    } catch (error) {
      if (!(error instanceof ServiceError) || error.kind !== 'permission') {
        throw explainMissingColumn(error, path);
      }
      denied.add(privilege);
    }
  };
  const alerts = alertList();
  const wanted = kinds.includes('mailbox');
  // Mailboxes refer to profiles: their first page waits for these, which are few.
  const profiles =
    kinds.length === 0 ? Promise.resolve(indexProfiles([])) : readProfiles(catalogue, look, each);
  const list = profiles.then(({ nameRecord }) => mailboxList(catalogue, nameRecord));
  const [members, onlyNamed] = await Promise.all([
    readMemberships(transport, wanted ? query.memberships : NO_MEMBERSHIPS, look.depths),
    wanted && readMailboxes(transport, catalogue, query, look, few, { each, profiles, list }),
    wanted && query.alerts && each(ALERTS_PATH, 'prvReadTraceLog', alerts.add),
    list,
  ]);
  return { profiles: await profiles, mailboxes: await list, onlyNamed, members, alerts, denied };
}

interface Running {
  readonly each: EachPage;
  readonly profiles: Promise<ProfileIndex>;
  readonly list: Promise<MailboxList>;
}

type EachPage = (path: string, privilege: Privilege, take: TakePage) => Promise<void>;

async function readProfiles(catalogue: Catalogue, look: FirstLook, each: EachPage): Promise<ProfileIndex> {
  const rows: RawRow[] = [];
  const path = rowsPath('emailserverprofile', columnsOf(catalogue, 'emailserverprofile', look.absent));
  await each(path, 'prvReadEmailServerProfile', (page) => void rows.push(...page));
  return indexProfiles(rows);
}

/** Into the list; whether it holds only those that were asked for. */
async function readMailboxes(
  transport: ReadTransport,
  catalogue: Catalogue,
  query: Query,
  look: FirstLook,
  few: number,
  { each, profiles, list }: Running,
): Promise<boolean> {
  const { absent, depths } = look;
  const { only, memberships } = query;
  const seesAll = notSeenOf(['mailbox'], depths, { denied: new Set(), ownerless: false }).length === 0;
  if (only !== undefined && seesAll && look.mailboxes !== null && look.mailboxes > few) {
    const found = await readNamed({ transport, catalogue, absent }, only, profiles);
    if (found !== null) {
      const { addMailboxes, addUsers, addQueues } = await list;
      addMailboxes(found.mailboxes);
      addUsers(found.users);
      addQueues(found.queues);
      return true;
    }
  }
  const path = (table: Table, more: readonly string[] = []): string =>
    rowsPath(table, columnsOf(catalogue, table, absent, more));
  const unit = (table: keyof typeof UNIT_COLUMNS): readonly string[] =>
    memberships.businessUnits ? [UNIT_COLUMNS[table]] : [];
  await Promise.all([
    each(path('mailbox'), 'prvReadMailbox', async (rows) => (await list).addMailboxes(rows)),
    each(path('systemuser', unit('systemuser')), 'prvReadUser', async (rows) => (await list).addUsers(rows)),
    each(path('queue', unit('queue')), 'prvReadQueue', async (rows) => (await list).addQueues(rows)),
  ]);
  return false;
}

function observe(
  catalogue: Catalogue,
  kinds: readonly Kind[],
  look: FirstLook,
  { profiles, mailboxes, members, alerts, denied: refused }: Lists,
): Pick<Snapshot, 'resources' | 'notSeen'> {
  const context = { catalogue, index: profiles, nameUser: mailboxes.nameUser };
  const denied = new Set(refused);
  const few: Observed[] = [];
  if (kinds.includes('profile')) few.push(...observeProfiles(context));
  if (kinds.includes('settings')) {
    if (look.organization === null) denied.add('prvReadOrganization');
    else few.push(observeSettings(context, look.organization));
  }
  const joined = mailboxes.join({
    teamQueues: look.teamQueues,
    memberships: members.index,
    alertsOf: alerts.of,
  });
  const gaps = { denied, ownerless: joined.ownerless };
  return { resources: [...few, ...joined.resources], notSeen: notSeenOf(kinds, look.depths, gaps) };
}

/** Without a whole read before, as when a saved plan is applied, names and columns are read for themselves. */
async function readBackground(
  transport: ReadTransport,
  catalogue: Catalogue,
  known: Background | null,
  ask: Ask,
): Promise<Background> {
  const [profiles, ...columns] = await ask(transport, [
    profileNamesPath(catalogue),
    ...OPTIONAL_TABLES.map(optionalColumnsPath),
  ]);
  const listed = await Promise.all(columns.map((part) => partRows(transport, part)));
  return {
    profiles: indexProfiles((await partRows(transport, profiles)) ?? [], known?.profiles.addresses),
    absent: absentOf(
      Object.fromEntries(OPTIONAL_TABLES.map((table, index) => [table, listed[index] ?? null])),
    ),
  };
}

type Ask = (transport: ReadTransport, paths: readonly string[]) => Promise<readonly BatchPart[]>;

/** One request, for those who look now and then. */
async function together(transport: ReadTransport, paths: readonly string[]): Promise<readonly BatchPart[]> {
  return (await transport.batchGet(paths)).parts;
}

/** For those who wait: parts of a batch are answered one after the other. */
function eachByItself(transport: ReadTransport, paths: readonly string[]): Promise<readonly BatchPart[]> {
  return Promise.all(paths.map((path) => partOf(transport, path)));
}

async function partOf(transport: ReadTransport, path: string): Promise<BatchPart> {
  try {
    const { body } = await transport.get(path);
    return { ok: true, body };
  } catch (error) {
    if (error instanceof ServiceError) return { ok: false, error };
    throw error;
  }
}
