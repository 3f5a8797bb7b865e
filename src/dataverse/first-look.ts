/** What a read has to know before it asks for lists, in one `$batch`: caller, privileges, optional columns, settings. */

import type { Catalogue } from '../catalogue/catalogue.ts';
import type { RawRow, Table } from '../catalogue/field.ts';
import type { Identity } from '../model/ports.ts';
import type { Caller, Query } from '../model/snapshot.ts';
import { callerOf, callerPath, callerRolesPath, callerTeamsPath, teamRoles, textIn } from './caller.ts';
import { explainMissingColumn } from './missing-column.ts';
import { type Depths, depthsOf, PRIVILEGES_PATH, userPrivilegesPath } from './privileges.ts';
import {
  type AbsentColumns,
  columnsOf,
  isTable,
  NOTHING_ABSENT,
  OPTIONAL,
  optionalColumnsPath,
  recordPath,
} from './tables.ts';
import { type BatchPart, type ReadTransport, rowsOf } from './transport.ts';
import { withOptions } from './url.ts';

export interface FirstLook {
  readonly caller: Caller;
  readonly depths: Depths;
  readonly absent: AbsentColumns;
  /** `null`: not asked for, or not visible to the caller. */
  readonly organization: RawRow | null;
  /** Ids of queues that are a team's default queue. */
  readonly teamQueues: readonly string[];
  /** How many mailboxes there are, about; `null`: not asked for, or not told. */
  readonly mailboxes: number | null;
  readonly at: string | null;
}

/** At most a day old (Microsoft Learn, "RetrieveTotalRecordCount Function"). */
const COUNTS_PATH = "RetrieveTotalRecordCount(EntityNames=['mailbox'])";

const TEAM_QUEUES_PATH = withOptions('teams', {
  $select: '_queueid_value',
  $filter: '_queueid_value ne null',
});

export async function firstLook(
  transport: ReadTransport,
  catalogue: Catalogue,
  identity: Identity,
  query: Query,
): Promise<FirstLook> {
  const wantsMailboxes = query.kinds.includes('mailbox');
  const paths = {
    user: callerPath(identity.userId),
    roles: callerRolesPath(identity.userId),
    memberOf: callerTeamsPath(identity.userId),
    held: userPrivilegesPath(identity.userId),
    privileges: PRIVILEGES_PATH,
    ...(query.kinds.includes('settings') ? { organization: settingsPath(catalogue, identity) } : {}),
    ...(query.kinds.length > 0 ? { profileColumns: optionalColumnsPath('emailserverprofile') } : {}),
    ...(wantsMailboxes
      ? {
          mailboxColumns: optionalColumnsPath('mailbox'),
          userColumns: optionalColumnsPath('systemuser'),
          teams: TEAM_QUEUES_PATH,
        }
      : {}),
    ...(wantsMailboxes && query.only !== undefined ? { counts: COUNTS_PATH } : {}),
  };
  const { parts, at } = await transport.batchGet(Object.values(paths));
  const answers = new Map(Object.keys(paths).map((name, index) => [name, parts[index]]));
  const rowsIn = async (name: keyof typeof paths, key?: string): Promise<readonly RawRow[] | null> =>
    partRows(transport, answers.get(name), key);

  const depths = depthsOf(await rowsIn('privileges'), await rowsIn('held', 'RolePrivileges'));
  const roles = [...((await rowsIn('roles')) ?? []), ...teamRoles((await rowsIn('memberOf')) ?? [])];
  const teams = (await rowsIn('teams')) ?? [];
  return {
    caller: callerOf(identity.userId, partBody(answers.get('user')), roles, depths),
    depths,
    absent: absentOf({
      ...(query.kinds.length > 0 ? { emailserverprofile: await rowsIn('profileColumns') } : {}),
      ...(wantsMailboxes
        ? { mailbox: await rowsIn('mailboxColumns'), systemuser: await rowsIn('userColumns') }
        : {}),
    }),
    organization: settingsIn(answers.get('organization'), paths.organization),
    teamQueues: teams.map((team) => textIn(team, '_queueid_value')).filter((id) => id !== null),
    mailboxes: mailboxesIn(answers.get('counts')),
    at,
  };
}

/** A missing or refused count is no failure of the read: it only tells which way of reading is the shorter one. */
function mailboxesIn(part: BatchPart | undefined): number | null {
  const counts = part?.ok === true ? part.body.EntityRecordCountCollection : null;
  if (typeof counts !== 'object' || counts === null || !('Values' in counts)) return null;
  const [count] = Array.isArray(counts.Values) ? counts.Values : [];
  return typeof count === 'number' ? count : null;
}

/** Optional columns that the metadata does not list; all of them where there is no metadata. */
export function absentOf(listed: Readonly<Partial<Record<Table, readonly RawRow[] | null>>>): AbsentColumns {
  const absent = new Map<string, Table>();
  for (const [table, rows] of Object.entries(listed)) {
    if (!isTable(table)) continue;
    const present = new Set((rows ?? []).map(({ LogicalName }) => String(LogicalName).toLowerCase()));
    for (const column of OPTIONAL[table] ?? []) if (!present.has(column)) absent.set(column, table);
  }
  return absent;
}

/** What the caller may not see, or the server does not have, gives no rows; any other failure fails the read. */
export async function partRows(
  transport: ReadTransport,
  part: BatchPart | undefined,
  key = 'value',
): Promise<readonly RawRow[] | null> {
  const body = partBody(part);
  if (body === null) return null;
  return key === 'value' ? transport.allRowsOf(body) : rowsOf({ value: body[key] });
}

function settingsIn(part: BatchPart | undefined, path = ''): RawRow | null {
  try {
    return partBody(part);
  } catch (error) {
    throw explainMissingColumn(error, path);
  }
}

function partBody(part: BatchPart | undefined): RawRow | null {
  if (part === undefined) return null;
  if (part.ok) return part.body;
  if (part.error.kind === 'permission' || part.error.kind === 'not-found') return null;
  throw part.error;
}

function settingsPath(catalogue: Catalogue, { organizationId }: Identity): string {
  const columns = columnsOf(catalogue, 'organization', NOTHING_ABSENT);
  return withOptions(recordPath('organization', organizationId), { $select: columns.join(',') });
}
