/**
 * Users and queues that mailboxes belong to, as little of each as the mailboxes need: an environment has a hundred
 * thousand of them. Decides nothing about what may be managed.
 */

import type { OwnerTable, RawRow } from '../catalogue/field.ts';
import { textIn } from './caller.ts';
import { objectSharer } from './shared-values.ts';
import { UNIT_COLUMNS } from './tables.ts';

export interface MailboxOwner {
  readonly table: OwnerTable;
  /** As the service prints it. */
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  readonly signIn: string | null;
  readonly enabled: boolean;
  readonly person: boolean;
  readonly applicationUser: boolean;
  /** Of users: whether a licence is assigned. */
  readonly licensed: boolean | null;
  readonly privateQueue: boolean;
  readonly ids: readonly string[];
  /** The business unit's id in lower case, where it was read. */
  readonly unit: string | null;
  /** Of queues: the id of the user or team that it belongs to, in lower case. */
  readonly ownedBy: string | null;
  /** Columns that fields of its mailbox are decoded from. */
  readonly cells: RawRow;
}

/** 0 Read-Write and 2 Read; the others are administrative, support, non-interactive and delegated access. */
const INTERACTIVE_ACCESS: ReadonlySet<unknown> = new Set([0, 2]);
const PRIVATE_QUEUE = 1;

/** `columns`: those that fields of the mailbox are decoded from. `null`: the row has no id. */
export function userReader(columns: readonly string[]): (row: RawRow) => MailboxOwner | null {
  const cellsOf = cellReader(columns);
  return (row) => {
    const id = textIn(row, 'systemuserid');
    if (id === null) return null;
    const signIn = textIn(row, 'domainname');
    const fullName = textIn(row, 'fullname');
    const applicationUser = textIn(row, 'applicationid') !== null;
    const objectId = textIn(row, 'azureactivedirectoryobjectid');
    return {
      table: 'systemuser',
      id,
      // The platform's own users, such as SYSTEM, have no sign-in name.
      name: signIn ?? fullName ?? id,
      displayName: fullName ?? signIn ?? id,
      signIn,
      enabled: isEnabled('systemuser', row),
      person: !applicationUser && isPerson(row, fullName),
      applicationUser,
      licensed: row.islicensed === true,
      privateQueue: false,
      ids: objectId === null ? [id] : [objectId, id],
      unit: idIn(row, UNIT_COLUMNS.systemuser),
      ownedBy: null,
      cells: cellsOf(row),
    };
  };
}

export function queueReader(columns: readonly string[]): (row: RawRow) => MailboxOwner | null {
  const cellsOf = cellReader(columns);
  return (row) => {
    const id = textIn(row, 'queueid');
    if (id === null) return null;
    const name = textIn(row, 'name') ?? id;
    return {
      table: 'queue',
      id,
      name,
      displayName: name,
      signIn: null,
      enabled: isEnabled('queue', row),
      person: false,
      applicationUser: false,
      licensed: null,
      privateQueue: row.queueviewtype === PRIVATE_QUEUE,
      ids: [id],
      unit: idIn(row, UNIT_COLUMNS.queue),
      ownedBy: idIn(row, '_ownerid_value'),
      cells: cellsOf(row),
    };
  };
}

/** Whether the user is enabled, or the queue active. */
export function isEnabled(table: OwnerTable, row: RawRow): boolean {
  return table === 'systemuser' ? row.isdisabled !== true : row.statecode === 0;
}

/** Ids come in either case. */
export function idIn(row: RawRow, column: string): string | null {
  return textIn(row, column)?.toLowerCase() ?? null;
}

/** Reads these columns alone; rows of which they are alike have one object. */
export function cellReader(columns: readonly string[]): (row: RawRow) => RawRow {
  const share = objectSharer<unknown>(columns);
  const values: unknown[] = columns.map(() => null);
  return (row) => {
    let place = 0;
    for (const column of columns) values[place++] = row[column];
    return share(values);
  };
}

/**
 * Interactive, known to the directory, and none of the platform's identities, whose names start with `#`
 * (Microsoft Learn, "User (SystemUser) table reference"; SupportArticles, "Server-side synchronization new admin
 * identity"). Columns that the environment does not have say nothing.
 */
function isPerson(user: RawRow, fullName: string | null): boolean {
  return (
    INTERACTIVE_ACCESS.has(user.accessmode) &&
    user.isintegrationuser !== true &&
    isZeroOrAbsent(user.azurestate) &&
    isZeroOrAbsent(user.systemmanagedusertype) &&
    !(fullName ?? '').startsWith('#')
  );
}

function isZeroOrAbsent(cell: unknown): boolean {
  return cell === undefined || cell === null || cell === 0;
}
