/** Who a mailbox belongs to, told from its row and its owner's. Decides nothing about what may be managed. */

import type { MailboxFacts } from '../model/snapshot.ts';
import type { MailboxOwner } from './mailbox-owners.ts';
import type { MembershipFacts } from './memberships.ts';

/** What the row of the mailbox itself says. */
export interface OwnFacts {
  /** Of the mailbox; counts only where it has no owner. */
  readonly name: string;
  readonly emailAddress: string | null;
  readonly active: boolean;
}

/** What is known of owners beside their own rows. */
export interface OwnerIndex {
  /** Ids of the queues that a user's or a team's `queueid` names, in lower case. */
  readonly defaultQueues: ReadonlySet<string>;
  readonly membershipsOf: (owner: MailboxOwner) => MembershipFacts;
  /** The user with this id (in lower case) as the owner of queues; `null`: no user that was read. */
  readonly queueOwner: (id: string) => MailboxFacts['queueOwner'];
}

export function mailboxFacts(owner: MailboxOwner, own: OwnFacts, index: OwnerIndex): MailboxFacts {
  const isQueue = owner.table === 'queue';
  const { businessUnits, teams, securityRoles } = index.membershipsOf(owner);
  return {
    sort: isQueue ? 'queue' : 'user',
    name: owner.name,
    displayName: owner.displayName,
    signIn: owner.signIn,
    emailAddress: own.emailAddress,
    ownerEnabled: owner.enabled,
    person: owner.person,
    applicationUser: owner.applicationUser,
    personalQueue: isQueue && isPersonalQueue(owner, index.defaultQueues),
    queueOwner: owner.ownedBy === null ? null : index.queueOwner(owner.ownedBy),
    active: own.active,
    licensed: owner.licensed,
    businessUnits,
    teams,
    securityRoles,
    ids: owner.ids,
  };
}

/**
 * The platform makes a private queue for each user and team and names it in angle brackets; people may make another
 * queue the default, so that being one alone proves nothing (Microsoft Learn, "Queue tables").
 */
function isPersonalQueue(
  { privateQueue, id, name }: MailboxOwner,
  defaultQueues: ReadonlySet<string>,
): boolean {
  if (!privateQueue) return false;
  return (name.startsWith('<') && name.endsWith('>')) || defaultQueues.has(id.toLowerCase());
}

const NOBODYS: readonly string[] = [];

export function forwardFacts({ name, emailAddress, active }: OwnFacts): MailboxFacts {
  return {
    sort: 'forward',
    name,
    displayName: name,
    signIn: null,
    emailAddress,
    ownerEnabled: true,
    person: false,
    applicationUser: false,
    personalQueue: false,
    queueOwner: null,
    active,
    licensed: null,
    businessUnits: NOBODYS,
    teams: NOBODYS,
    securityRoles: NOBODYS,
    ids: NOBODYS,
  };
}
