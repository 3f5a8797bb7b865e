/** What the caller may do and how much of each table it sees. Knows names and depths, no rows of e-mail tables. */

import type { RawRow } from '../catalogue/field.ts';
import type { ReadDepth } from '../model/snapshot.ts';
import { textLiteral, withOptions } from './url.ts';

/** The privileges that matter here, as the service spells them (it compares without case). */
export const PRIVILEGES = [
  'prvApproveRejectEmailAddress',
  'prvReadMailbox',
  'prvWriteMailbox',
  'prvCreateMailbox',
  'prvDeleteMailbox',
  'prvReadEmailServerProfile',
  'prvWriteEmailServerProfile',
  'prvCreateEmailServerProfile',
  'prvDeleteEmailServerProfile',
  'prvAppendMailbox',
  'prvAppendToEmailServerProfile',
  'prvReadUser',
  'prvWriteUser',
  'prvReadQueue',
  'prvWriteQueue',
  'prvReadOrganization',
  'prvWriteOrganization',
  'prvReadTraceLog',
  'prvReadBusinessUnit',
  'prvReadTeam',
  'prvReadRole',
] as const;

export type Privilege = (typeof PRIVILEGES)[number];

/** Depth by privilege; `null`: not known, which counts as incomplete. */
export type Depths = ReadonlyMap<Privilege, ReadDepth | null>;

const DEPTHS: readonly ReadDepth[] = ['none', 'basic', 'local', 'deep', 'global'];

export const PRIVILEGES_PATH = withOptions('privileges', {
  $select: 'name,privilegeid',
  $filter: PRIVILEGES.map((name) => `name eq ${textLiteral(name)}`).join(' or '),
});

export function userPrivilegesPath(userId: string): string {
  return `systemusers(${userId})/Microsoft.Dynamics.CRM.RetrieveUserPrivileges()`;
}

/**
 * `held`: the `RolePrivileges` of RetrieveUserPrivileges, which count those that come through teams. `null` for
 * either list: it could not be read.
 */
export function depthsOf(names: readonly RawRow[] | null, held: readonly RawRow[] | null): Depths {
  return new Map(PRIVILEGES.map((privilege) => [privilege, depthOf(privilege, names, held)]));
}

export function shallowest(depths: readonly (ReadDepth | null)[]): ReadDepth | null {
  let found: ReadDepth = 'global';
  for (const depth of depths) {
    if (depth === null) return null;
    if (DEPTHS.indexOf(depth) < DEPTHS.indexOf(found)) found = depth;
  }
  return found;
}

function depthOf(
  privilege: Privilege,
  names: readonly RawRow[] | null,
  held: readonly RawRow[] | null,
): ReadDepth | null {
  const row = names?.find(({ name }) => String(name).toLowerCase() === privilege.toLowerCase());
  if (row === undefined || held === null) return null;
  const entries = held.filter(({ PrivilegeId }) => sameId(PrivilegeId, row.privilegeid));
  const depths = entries.map(({ Depth }) => readDepth(Depth));
  if (depths.length === 0) return 'none';
  const known = depths.filter((depth) => depth !== null);
  return known.length === 0 ? null : deepest(known);
}

function deepest(depths: readonly ReadDepth[]): ReadDepth {
  return DEPTHS[Math.max(...depths.map((depth) => DEPTHS.indexOf(depth)))] ?? 'none';
}

/** The name of the PrivilegeDepth member, or its number, counted from Basic. */
function readDepth(depth: unknown): ReadDepth | null {
  if (typeof depth === 'number') return depth >= 0 ? (DEPTHS[depth + 1] ?? null) : null;
  const name = String(depth).toLowerCase();
  return DEPTHS.find((known) => known !== 'none' && known === name) ?? null;
}

function sameId(a: unknown, b: unknown): boolean {
  return typeof a === 'string' && typeof b === 'string' && a.toLowerCase() === b.toLowerCase();
}
