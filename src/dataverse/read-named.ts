/**
 * Reads only the mailboxes that a configuration names, with all that bears on them: their owners, namesakes, who else
 * has their e-mail addresses, whose queue is whose. Gives up wherever one of these is not as plain as it mostly is;
 * the whole lists are read then, so that absence and ambiguity are told from those alone.
 */

import type { Catalogue } from '../catalogue/catalogue.ts';
import type { RawRow } from '../catalogue/field.ts';
import { isProfileType, PROFILE_TYPE_FACTS } from '../catalogue/profile-types.ts';
import type { NamedMailbox } from '../model/snapshot.ts';
import { foldText } from '../model/value.ts';
import { textIn } from './caller.ts';
import { idIn, type MailboxOwner, queueReader, userReader } from './mailbox-owners.ts';
import { orFilters } from './or-filters.ts';
import type { ProfileIndex } from './profile-index.ts';
import { type AbsentColumns, columnsOf, rowsPath } from './tables.ts';
import type { BatchPart, ReadTransport } from './transport.ts';
import { textLiteral } from './url.ts';

type ListTable = 'mailbox' | 'systemuser' | 'queue';

interface Asked {
  readonly transport: ReadTransport;
  readonly catalogue: Catalogue;
  readonly absent: AbsentColumns;
}

/** Rows that are enough; owners that only others refer to are among them. */
export interface NamedRows {
  readonly mailboxes: readonly RawRow[];
  readonly users: readonly RawRow[];
  readonly queues: readonly RawRow[];
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;
/**
 * Wildcards belong to `contains` and its like (Microsoft Learn, "Use wildcard characters in conditions for string
 * values"), but "Filter rows using OData" speaks of all filters: a bracket or a percent sign in `eq` is not tried; an
 * underscore would find more than itself and no less. How a database compares letters beyond ASCII is its own affair.
 */
const PLAIN = /^[ -$&-Z\\-~]+$/u;

/**
 * Mailboxes whose user or queue is not there: a whole read that meets one cannot call itself complete. That columns of
 * a row that is not there read as null is no documented promise; the contract suite has a case of it.
 */
const OWNERLESS =
  '_regardingobjectid_value ne null and regardingobjectid/systemuserid eq null and regardingobjectid_queue/queueid eq null';

export async function readNamed(
  asked: Asked,
  named: readonly NamedMailbox[],
  profiles: Promise<ProfileIndex>,
): Promise<NamedRows | null> {
  const owned = named.filter(({ sort }) => sort !== 'forward');
  if (!owned.every(isPlain)) return null;
  const [owners, index] = await Promise.all([readOwners(asked, owned), profiles]);
  if (owners === null || index.rows.some((row) => hasLimitOfUsers(asked.catalogue, row, index))) return null;
  const found = await readMailboxes(asked, owners, index);
  if (found === null || !(await areAlone(asked, named, owners, found))) return null;
  return found;
}

function isPlain({ name, id, emailAddress }: NamedMailbox): boolean {
  return PLAIN.test(name) && PLAIN.test(emailAddress ?? '-') && (id === null || GUID.test(id));
}

/** How many mailboxes use such a profile has to be counted. */
function hasLimitOfUsers(catalogue: Catalogue, self: RawRow, { nameRecord }: ProfileIndex): boolean {
  const type = catalogue
    .row('profile', 'type')
    ?.codec?.decode({ self, owner: null, ownerTable: null }, nameRecord);
  return typeof type === 'string' && isProfileType(type) && PROFILE_TYPE_FACTS[type].maxUsers !== null;
}

interface Owner extends MailboxOwner {
  readonly row: RawRow;
}

/** The user or queue of each name, and all forward mailboxes, which are few. */
interface Owners {
  readonly named: readonly Owner[];
  readonly forwards: readonly RawRow[];
}

/** `null`: one of them is not there exactly once, or some mailbox has lost its owner. */
async function readOwners(asked: Asked, named: readonly NamedMailbox[]): Promise<Owners | null> {
  const conditions = {
    // A user without a sign-in name is called by the full name.
    systemuser: named.flatMap(({ sort, name, id }) =>
      sort === 'user'
        ? [
            ...['domainname', 'fullname'].map((column) => `${column} eq ${textLiteral(name)}`),
            ...(id === null ? [] : [`systemuserid eq ${id}`, `azureactivedirectoryobjectid eq ${id}`]),
          ]
        : [],
    ),
    queue: named.flatMap(({ sort, name, id }) =>
      sort === 'queue' ? [`name eq ${textLiteral(name)}`, ...(id === null ? [] : [`queueid eq ${id}`])] : [],
    ),
    mailbox: ['isforwardmailbox eq true'],
  };
  const rows = await readRows(asked, conditions, [OWNERLESS]);
  if (rows === null || rows.mailbox.some((row) => idIn(row, '_regardingobjectid_value') !== null))
    return null;
  const known = ownersByName(rows);
  const owners = named.map(({ sort, name, id }) => {
    const [owner, ...namesakes] = known.get(nameKey(sort, name)) ?? [];
    const isMeant = id === null || owner?.ids.some((own) => own.toLowerCase() === id.toLowerCase());
    return owner !== undefined && namesakes.length === 0 && isMeant === true ? owner : null;
  });
  const found = owners.filter((owner) => owner !== null);
  return found.length < named.length ? null : { named: found, forwards: rows.mailbox };
}

function nameKey(sort: NamedMailbox['sort'], name: string): string {
  return `${sort} ${foldText(name)}`;
}

function ownersByName({ systemuser, queue }: TableRows): ReadonlyMap<string, readonly Owner[]> {
  const found = new Map<string, Owner>();
  for (const [rows, read] of [
    [systemuser, userReader([])],
    [queue, queueReader([])],
  ] as const) {
    for (const row of rows) {
      const owner = read(row);
      if (owner !== null) found.set(`${owner.table} ${owner.id.toLowerCase()}`, { ...owner, row });
    }
  }
  const byName = new Map<string, Owner[]>();
  for (const owner of found.values()) {
    const key = nameKey(owner.table === 'queue' ? 'queue' : 'user', owner.name);
    byName.set(key, [...(byName.get(key) ?? []), owner]);
  }
  return byName;
}

/** `null`: an owner has no mailbox, or more than one. */
async function readMailboxes(
  asked: Asked,
  { named, forwards }: Owners,
  profiles: ProfileIndex,
): Promise<NamedRows | null> {
  const people = new Set<string>();
  for (const { ownedBy } of named) if (ownedBy !== null) people.add(ownedBy);
  for (const row of [...forwards, ...profiles.rows]) people.add(idIn(row, '_modifiedby_value') ?? '');
  const rows = await readRows(asked, {
    mailbox: named.map(({ id }) => `_regardingobjectid_value eq ${id}`),
    systemuser: [
      ...[...people].filter((id) => id !== '').map((id) => `systemuserid eq ${id}`),
      // Who calls a private queue the own one makes it personal.
      ...named.filter(({ privateQueue }) => privateQueue).map(({ id }) => `_queueid_value eq ${id}`),
    ],
    queue: [],
  });
  if (rows === null) return null;
  const owned = rows.mailbox.map((row) => idIn(row, '_regardingobjectid_value'));
  if (owned.length !== named.length || new Set(owned).size !== named.length) return null;
  const rowsOf = (table: MailboxOwner['table']): readonly RawRow[] =>
    named.flatMap((owner) => (owner.table === table ? [owner.row] : []));
  return {
    mailboxes: [...forwards, ...rows.mailbox],
    users: [...rows.systemuser, ...rowsOf('systemuser')],
    queues: rowsOf('queue'),
  };
}

/** Nobody else has one of their e-mail addresses, or a sign-in name that is one. */
async function areAlone(
  asked: Asked,
  named: readonly NamedMailbox[],
  { named: owners }: Owners,
  { mailboxes }: NamedRows,
): Promise<boolean> {
  const addresses = new Set<string>();
  const note = (text: string | null): void => void (text !== null && addresses.add(foldText(text)));
  for (const { emailAddress } of named) note(emailAddress);
  for (const row of mailboxes) note(textIn(row, 'emailaddress'));
  if (![...addresses].every((text) => PLAIN.test(text))) return false;
  const literals = [...addresses].map(textLiteral);
  const rows = await readRows(asked, {
    mailbox: literals.map((literal) => `emailaddress eq ${literal}`),
    systemuser: literals.map((literal) => `domainname eq ${literal}`),
    queue: [],
  });
  if (rows === null) return false;
  const known = new Set([...mailboxes, ...owners.map(({ row }) => row)].map(recordId));
  return [
    ...rows.mailbox.filter((row) => addresses.has(foldText(textIn(row, 'emailaddress') ?? ''))),
    ...rows.systemuser.filter((row) => addresses.has(foldText(textIn(row, 'domainname') ?? ''))),
  ].every((row) => known.has(recordId(row)));
}

function recordId(row: RawRow): string | null {
  return idIn(row, 'mailboxid') ?? idIn(row, 'systemuserid');
}

type TableRows = Readonly<Record<ListTable, readonly RawRow[]>>;

/** Everything in one `$batch`. `null`: a list was refused, for whatever reason; who asks for whole lists is told it. */
async function readRows(
  { transport, catalogue, absent }: Asked,
  conditions: Readonly<Record<ListTable, readonly string[]>>,
  filtersOfMailboxes: readonly string[] = [],
): Promise<TableRows | null> {
  const tables = ['mailbox', 'systemuser', 'queue'] as const;
  const lookups = tables.flatMap((table) => {
    const filters = orFilters([...new Set(conditions[table])]);
    const all = table === 'mailbox' ? [...filters, ...filtersOfMailboxes] : filters;
    return all.map((filter) => ({
      table,
      path: rowsPath(table, columnsOf(catalogue, table, absent), filter),
    }));
  });
  const rows: Record<ListTable, RawRow[]> = { mailbox: [], systemuser: [], queue: [] };
  if (lookups.length === 0) return rows;
  const { parts } = await transport.batchGet(lookups.map(({ path }) => path));
  for (const [place, { table }] of lookups.entries()) {
    const part: BatchPart | undefined = parts[place];
    if (part?.ok !== true) return null;
    for (const row of await transport.allRowsOf(part.body)) rows[table].push(row);
  }
  return rows;
}
