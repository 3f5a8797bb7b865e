/**
 * What a read cannot have seen all of. Row security leaves rows out without a word, so a list is complete only when
 * the caller reads the whole organization (Microsoft Learn, "Security roles and privileges").
 */

import type { Kind, Sort } from '../model/address.ts';
import type { NotSeen } from '../model/snapshot.ts';
import { type Depths, type Privilege, shallowest } from './privileges.ts';

interface Need {
  readonly kind: Kind;
  readonly sort: Sort | null;
  readonly privileges: readonly Privilege[];
}

const NEEDS: readonly Need[] = [
  { kind: 'profile', sort: null, privileges: ['prvReadEmailServerProfile'] },
  { kind: 'settings', sort: null, privileges: ['prvReadOrganization'] },
  { kind: 'mailbox', sort: 'user', privileges: ['prvReadMailbox', 'prvReadUser'] },
  { kind: 'mailbox', sort: 'queue', privileges: ['prvReadMailbox', 'prvReadQueue'] },
  { kind: 'mailbox', sort: 'forward', privileges: ['prvReadMailbox'] },
];

interface Gaps {
  /** Privileges without which a list was refused. */
  readonly denied: ReadonlySet<Privilege>;
  /** A mailbox was read whose owner was not. */
  readonly ownerless: boolean;
}

export function notSeenOf(kinds: readonly Kind[], depths: Depths, gaps: Gaps): readonly NotSeen[] {
  const needs = NEEDS.filter(({ kind }) => kinds.includes(kind));
  const found = needs.flatMap((need) => gapOf(need, depths, gaps.denied));
  // Owners that are hidden are expected then; otherwise nobody knows which of the two sorts lacks rows.
  const explained = found.some(({ sort }) => sort === 'user' || sort === 'queue');
  if (!gaps.ownerless || explained) return found;
  return [
    ...found,
    { kind: 'mailbox', sort: 'user', reason: 'unknown-depth', depth: 'global' },
    { kind: 'mailbox', sort: 'queue', reason: 'unknown-depth', depth: 'global' },
  ];
}

function gapOf(
  { kind, sort, privileges }: Need,
  depths: Depths,
  denied: ReadonlySet<Privilege>,
): readonly NotSeen[] {
  const depth = shallowest(privileges.map((name) => depths.get(name) ?? null));
  if (privileges.some((name) => denied.has(name)) || depth === 'none') {
    return [{ kind, sort, reason: 'no-privilege', depth: 'none' }];
  }
  if (depth === null) return [{ kind, sort, reason: 'unknown-depth', depth: 'none' }];
  return depth === 'global' ? [] : [{ kind, sort, reason: 'read-depth', depth }];
}
