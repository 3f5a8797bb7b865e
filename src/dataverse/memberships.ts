/**
 * Business units, teams and security roles of the owners of mailboxes. Each is a few lists of its own, read side by
 * side and joined in memory. Decides nothing about who is covered by what.
 */

import type { RawRow } from '../catalogue/field.ts';
import { ServiceError } from '../model/service-error.ts';
import type { MailboxFacts, Memberships, UnseenMembership } from '../model/snapshot.ts';
import { compareText } from '../model/value.ts';
import { textIn } from './caller.ts';
import { type Depths, type Privilege, shallowest } from './privileges.ts';
import type { ReadTransport } from './transport.ts';
import { withOptions } from './url.ts';

export type MembershipFacts = Pick<MailboxFacts, 'businessUnits' | 'teams' | 'securityRoles'>;

/** Names what an owner belongs to; empty where it was not read. */
export interface MembershipIndex {
  readonly ofUser: (user: RawRow) => MembershipFacts;
  readonly ofQueue: (queue: RawRow) => MembershipFacts;
}

const PATHS = {
  units: withOptions('businessunits', { $select: 'businessunitid,name,_parentbusinessunitid_value' }),
  teams: withOptions('teams', { $select: 'teamid,name' }),
  teamMembers: withOptions('teammemberships', { $select: 'teamid,systemuserid' }),
  roles: withOptions('roles', { $select: 'roleid,name' }),
  userRoles: withOptions('systemuserrolescollection', { $select: 'roleid,systemuserid' }),
  teamRoles: withOptions('teamrolescollection', { $select: 'roleid,teamid' }),
} as const;

type List = keyof typeof PATHS;
export type MembershipRows = Readonly<Record<List, readonly RawRow[]>>;

interface Need {
  readonly lists: readonly List[];
  readonly privileges: readonly Privilege[];
}

/** Roles reach people through teams as well. */
const NEEDS: Readonly<Record<keyof Memberships, Need>> = {
  businessUnits: { lists: ['units'], privileges: ['prvReadBusinessUnit'] },
  teams: { lists: ['teams', 'teamMembers'], privileges: ['prvReadTeam'] },
  securityRoles: {
    lists: ['roles', 'userRoles', 'teamMembers', 'teamRoles'],
    privileges: ['prvReadRole', 'prvReadTeam'],
  },
};

const NO_ROWS: MembershipRows = {
  units: [],
  teams: [],
  teamMembers: [],
  roles: [],
  userRoles: [],
  teamRoles: [],
};

/** What cannot be seen whole is not asked for: an incomplete membership says of nobody that he is no member. */
export async function readMemberships(
  transport: ReadTransport,
  asked: Memberships,
  depths: Depths,
): Promise<{ readonly rows: MembershipRows; readonly unseen: readonly UnseenMembership[] }> {
  const wanted = (['businessUnits', 'teams', 'securityRoles'] as const).filter((name) => asked[name]);
  const closed = wanted.flatMap((membership) => closedTo(membership, depths));
  const open = wanted.filter((name) => !closed.some(({ membership }) => membership === name));
  const lists = [...new Set(open.flatMap((name) => NEEDS[name].lists))];
  const read = await Promise.all(lists.map((list) => rowsOrNull(transport, PATHS[list])));
  const rows = new Map(lists.map((list, index) => [list, read[index] ?? null]));
  const refused = open.filter((name) => NEEDS[name].lists.some((list) => rows.get(list) === null));
  const unseen = [...closed, ...refused.map(refusedTo)];
  const seen = [...rows].filter((entry): entry is [List, readonly RawRow[]] => entry[1] !== null);
  return { rows: { ...NO_ROWS, ...Object.fromEntries(seen) }, unseen };
}

function closedTo(membership: keyof Memberships, depths: Depths): readonly UnseenMembership[] {
  const depth = shallowest(NEEDS[membership].privileges.map((name) => depths.get(name) ?? null));
  if (depth === 'global') return [];
  if (depth === null) return [{ membership, reason: 'unknown-depth', depth: 'none' }];
  return [{ membership, reason: depth === 'none' ? 'no-privilege' : 'read-depth', depth }];
}

function refusedTo(membership: keyof Memberships): UnseenMembership {
  return { membership, reason: 'no-privilege', depth: 'none' };
}

/** `null`: refused, or a set that this server does not have (assumption `membership-sets`). */
async function rowsOrNull(transport: ReadTransport, path: string): Promise<readonly RawRow[] | null> {
  try {
    return await transport.getAllPages(path);
  } catch (error) {
    if (error instanceof ServiceError && (error.kind === 'permission' || error.kind === 'not-found'))
      return null;
    throw error;
  }
}

export function indexMemberships(rows: MembershipRows): MembershipIndex {
  const units = new Map(keyed(rows.units, 'businessunitid'));
  const teamNames = names(rows.teams, 'teamid');
  const roleNames = names(rows.roles, 'roleid');
  const teamsOf = links(rows.teamMembers, 'systemuserid', 'teamid');
  const rolesOf = links(rows.userRoles, 'systemuserid', 'roleid');
  const rolesOfTeam = links(rows.teamRoles, 'teamid', 'roleid');
  const chains = new Map<string, readonly string[]>();
  const unitsOf = (id: string | null): readonly string[] => {
    if (id === null) return [];
    const chain = chains.get(id) ?? unitNames(units, id);
    chains.set(id, chain);
    return chain;
  };
  return {
    ofUser: (user) => {
      const id = keyIn(user, 'systemuserid') ?? '';
      const teams = teamsOf.get(id) ?? [];
      const roles = [...(rolesOf.get(id) ?? []), ...teams.flatMap((team) => rolesOfTeam.get(team) ?? [])];
      return {
        businessUnits: unitsOf(keyIn(user, '_businessunitid_value')),
        teams: named(teams, teamNames),
        securityRoles: named(roles, roleNames),
      };
    },
    ofQueue: (queue) => ({
      businessUnits: unitsOf(keyIn(queue, '_owningbusinessunit_value')),
      teams: [],
      securityRoles: [],
    }),
  };
}

/** The unit and those above it, nearest first. */
function unitNames(units: ReadonlyMap<string, RawRow>, id: string): readonly string[] {
  const found: string[] = [];
  const passed = new Set<string>();
  for (let next: string | null = id; next !== null && !passed.has(next); ) {
    passed.add(next);
    const unit: RawRow | null = units.get(next) ?? null;
    const name = textIn(unit, 'name');
    if (name !== null) found.push(name);
    next = unit === null ? null : keyIn(unit, '_parentbusinessunitid_value');
  }
  return found;
}

/** A role has a row in each business unit: one name is enough. */
function named(ids: readonly string[], known: ReadonlyMap<string, string>): readonly string[] {
  const found = ids.map((id) => known.get(id)).filter((name) => name !== undefined);
  return [...new Set(found)].sort(compareText);
}

function names(rows: readonly RawRow[], key: string): ReadonlyMap<string, string> {
  return new Map(keyed(rows, key).map(([id, row]) => [id, textIn(row, 'name') ?? id]));
}

function links(rows: readonly RawRow[], from: string, to: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const row of rows) {
    const [a, b] = [keyIn(row, from), keyIn(row, to)];
    if (a === null || b === null) continue;
    const known = found.get(a);
    if (known === undefined) found.set(a, [b]);
    else known.push(b);
  }
  return found;
}

function keyed(rows: readonly RawRow[], key: string): readonly (readonly [string, RawRow])[] {
  return rows.flatMap((row) => {
    const id = keyIn(row, key);
    return id === null ? [] : [[id, row] as const];
  });
}

/** Ids come in either case. */
function keyIn(row: RawRow, column: string): string | null {
  return textIn(row, column)?.toLowerCase() ?? null;
}
