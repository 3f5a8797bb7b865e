/** What the caller cannot see all of, and what follows: nothing is claimed about it, nothing of it is created or deleted. */

import type { DoctorFinding } from '../model/doctor.generated.ts';
import type { NotSeen, Snapshot, UnseenMembership } from '../model/snapshot.ts';
import { RIGHTS } from './rights.ts';

const KINDS = { profile: 'server profiles', settings: 'e-mail settings', mailbox: 'mailboxes' } as const;

/** Tables whose rows have to be read to see all of a kind or sort. */
const READ_OF = {
  profile: ['profile'],
  settings: ['settings'],
  user: ['mailbox', 'user'],
  queue: ['mailbox', 'queue'],
  forward: ['mailbox'],
} as const;

const MEMBERSHIPS: Readonly<
  Record<UnseenMembership['membership'], readonly [what: string, privilege: string]>
> = {
  businessUnits: ['business units', 'prvReadBusinessUnit'],
  teams: ['teams', 'prvReadTeam'],
  securityRoles: ['security roles', 'prvReadRole'],
};

export function visibilityFindings({
  notSeen,
  unseenMemberships,
}: Pick<Snapshot, 'notSeen' | 'unseenMemberships'>): readonly DoctorFinding[] {
  const found = [...notSeen.map(unseen), ...unseenMemberships.map(unseenMembership)];
  if (found.length > 0) return found;
  const what = 'The account sees everything of the whole organization that the configuration is about.';
  return [{ id: 'visibility', level: 'ok', what, so_what: null, mend: null }];
}

/** What has to be held to read all of a kind or sort, and on what. */
export function readingOf(
  kind: NotSeen['kind'],
  sort: NotSeen['sort'],
): readonly { readonly on: string; readonly privilege: string }[] {
  return READ_OF[kind === 'mailbox' ? (sort ?? 'forward') : kind].flatMap((on) =>
    RIGHTS.filter((right) => right.on === on && right.right === 'read'),
  );
}

function unseen({ kind, sort, reason, depth }: NotSeen): DoctorFinding {
  const what = sort === null ? KINDS[kind] : `${KINDS[kind]} of sort ${sort}`;
  const privileges = readingOf(kind, sort).map(({ privilege }) => privilege);
  const closed = reason === 'no-privilege';
  const mend = `Give the account a security role that holds ${privileges.join(' and ')} for the whole organization.`;
  return {
    id: 'visibility',
    level: closed ? 'problem' : 'warning',
    what: closed ? `The account may not read ${what}.` : seenInPart(what, reason, depth),
    so_what: closed
      ? 'Nothing of them can be compared or applied: plan and apply end with exit 4.'
      : 'What it sees is compared and applied. What it does not see is neither created nor deleted, nor called missing or unmanaged.',
    mend,
  };
}

function seenInPart(what: string, reason: NotSeen['reason'], depth: NotSeen['depth']): string {
  return reason === 'unknown-depth'
    ? `How much the account sees of ${what} could not be found out.`
    : `The account sees only some ${what} (depth: ${depth}).`;
}

function unseenMembership({ membership }: UnseenMembership): DoctorFinding {
  const [what, privilege] = MEMBERSHIPS[membership];
  return {
    id: 'visibility',
    level: 'problem',
    what: `The account does not see all ${what}, and rules match on them.`,
    so_what: 'Such a rule reaches nobody.',
    mend: `Give the account a security role that holds ${privilege} for the whole organization.`,
  };
}
