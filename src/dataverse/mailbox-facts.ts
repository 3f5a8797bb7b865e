/** Who a mailbox belongs to, told from its row and its owner's. Decides nothing about what may be managed. */

import type { OwnerTable, RawRow } from '../catalogue/field.ts';
import type { Sort } from '../model/address.ts';
import type { MailboxFacts } from '../model/snapshot.ts';
import { textIn } from './caller.ts';
import type { MembershipFacts, MembershipIndex } from './memberships.ts';

export interface MailboxRecord {
  readonly self: RawRow;
  readonly owner: RawRow | null;
  readonly ownerTable: OwnerTable | null;
}

const SORT_OF: Readonly<Record<OwnerTable, Sort>> = { systemuser: 'user', queue: 'queue' };

/** 0 Read-Write and 2 Read; the others are administrative, support, non-interactive and delegated access. */
const INTERACTIVE_ACCESS: ReadonlySet<unknown> = new Set([0, 2]);
const PRIVATE_QUEUE = 1;
const NOBODYS = { licensed: null, businessUnits: [], teams: [], securityRoles: [] } as const;

/** `defaultQueues`: ids of the queues that a user's or a team's `queueid` names, in lower case. */
export function mailboxFacts(
  record: MailboxRecord,
  defaultQueues: ReadonlySet<string>,
  memberships: MembershipIndex,
  users: ReadonlyMap<string, RawRow>,
): MailboxFacts {
  const { self, owner, ownerTable } = record;
  const own = { emailAddress: textIn(self, 'emailaddress'), active: self.statecode === 0 };
  if (owner === null || ownerTable === null) return { ...forwardFacts(self), ...own };
  if (ownerTable === 'queue')
    return {
      ...queueFacts(owner, defaultQueues),
      ...memberships.ofQueue(owner),
      ...own,
      queueOwner: queueOwnerOf(owner, users),
    };
  return { ...userFacts(owner), ...memberships.ofUser(owner), ...own };
}

type OwnerFacts = Omit<MailboxFacts, 'emailAddress' | 'active' | keyof MembershipFacts>;

function userFacts(user: RawRow): OwnerFacts {
  const id = textIn(user, 'systemuserid') ?? '';
  const signIn = textIn(user, 'domainname');
  const fullName = textIn(user, 'fullname');
  const applicationUser = textIn(user, 'applicationid') !== null;
  return {
    sort: SORT_OF.systemuser,
    // The platform's own users, such as SYSTEM, have no sign-in name.
    name: signIn ?? fullName ?? id,
    displayName: fullName ?? signIn ?? id,
    signIn,
    ownerEnabled: user.isdisabled !== true,
    person: !applicationUser && isPerson(user),
    applicationUser,
    personalQueue: false,
    queueOwner: null,
    licensed: user.islicensed === true,
    ids: [textIn(user, 'azureactivedirectoryobjectid') ?? '', id].filter((key) => key !== ''),
  };
}

/**
 * Interactive, known to the directory, and none of the platform's identities, whose names start with `#`
 * (Microsoft Learn, "User (SystemUser) table reference"; SupportArticles, "Server-side synchronization new admin
 * identity"). Columns that the environment does not have say nothing.
 */
function isPerson(user: RawRow): boolean {
  const zeroOrAbsent = (cell: unknown): boolean => cell === undefined || cell === null || cell === 0;
  return (
    INTERACTIVE_ACCESS.has(user.accessmode) &&
    user.isintegrationuser !== true &&
    zeroOrAbsent(user.azurestate) &&
    zeroOrAbsent(user.systemmanagedusertype) &&
    !(textIn(user, 'fullname') ?? '').startsWith('#')
  );
}

function queueFacts(queue: RawRow, defaultQueues: ReadonlySet<string>): OwnerFacts {
  const id = textIn(queue, 'queueid') ?? '';
  const name = textIn(queue, 'name') ?? id;
  return {
    sort: SORT_OF.queue,
    name,
    displayName: name,
    signIn: null,
    ownerEnabled: queue.statecode === 0,
    person: false,
    applicationUser: false,
    licensed: null,
    queueOwner: null,
    personalQueue: isPersonalQueue(queue, id, name, defaultQueues),
    ids: id === '' ? [] : [id],
  };
}

function queueOwnerOf(queue: RawRow, users: ReadonlyMap<string, RawRow>): MailboxFacts['queueOwner'] {
  const owner = users.get(textIn(queue, '_ownerid_value')?.toLowerCase() ?? '');
  if (owner === undefined) return null;
  const name = textIn(owner, 'fullname') ?? textIn(owner, 'domainname') ?? '';
  return { name, enabled: owner.isdisabled !== true };
}

/**
 * The platform makes a private queue for each user and team and names it in angle brackets; people may make another
 * queue the default, so that being one alone proves nothing (Microsoft Learn, "Queue tables").
 */
function isPersonalQueue(
  queue: RawRow,
  id: string,
  name: string,
  defaultQueues: ReadonlySet<string>,
): boolean {
  if (queue.queueviewtype !== PRIVATE_QUEUE) return false;
  return defaultQueues.has(id.toLowerCase()) || /^<.*>$/su.test(name);
}

function forwardFacts(self: RawRow): OwnerFacts & MembershipFacts {
  const name = textIn(self, 'name') ?? textIn(self, 'mailboxid') ?? '';
  return {
    sort: 'forward',
    name,
    displayName: name,
    signIn: null,
    ownerEnabled: true,
    person: false,
    applicationUser: false,
    ...NOBODYS,
    personalQueue: false,
    queueOwner: null,
    ids: [],
  };
}
