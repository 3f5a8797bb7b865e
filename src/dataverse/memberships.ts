/**
 * Business units, teams and security roles of the owners of mailboxes. Each is a few lists of its own, read side by
 * side and joined in memory. Decides nothing about who is covered by what.
 */

import type { RawRow } from '../catalogue/field.ts';
import { ServiceError } from '../model/service-error.ts';
import type { MailboxFacts, Memberships, UnseenMembership } from '../model/snapshot.ts';
import { compareText } from '../model/value.ts';
import { textIn } from './caller.ts';
import { idIn, type MailboxOwner } from './mailbox-owners.ts';
import { type Depths, type Privilege, shallowest } from './privileges.ts';
import { remembered } from './shared-values.ts';
import type { ReadTransport } from './transport.ts';
import { withOptions } from './url.ts';

export type MembershipFacts = Pick<MailboxFacts, 'businessUnits' | 'teams' | 'securityRoles'>;

/** Names what an owner belongs to; empty where it was not read. */
export type MembershipIndex = (owner: Pick<MailboxOwner, 'table' | 'id' | 'unit'>) => MembershipFacts;

const NONE: readonly string[] = [];

const PATHS = {
  units: withOptions('businessunits', { $select: 'businessunitid,name,_parentbusinessunitid_value' }),
  teams: withOptions('teams', { $select: 'teamid,name' }),
  teamMembers: withOptions('teammemberships', { $select: 'teamid,systemuserid' }),
  roles: withOptions('roles', { $select: 'roleid,name' }),
  userRoles: withOptions('systemuserrolescollection', { $select: 'roleid,systemuserid' }),
  teamRoles: withOptions('teamrolescollection', { $select: 'roleid,teamid' }),
} as const;

type List = keyof typeof PATHS;

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

/** What cannot be seen whole is not asked for: an incomplete membership says of nobody that he is no member. */
export async function readMemberships(
  transport: Pick<ReadTransport, 'eachPage'>,
  asked: Memberships,
  depths: Depths,
): Promise<{ readonly index: MembershipIndex; readonly unseen: readonly UnseenMembership[] }> {
  const wanted = (['businessUnits', 'teams', 'securityRoles'] as const).filter((name) => asked[name]);
  const closed = wanted.flatMap((membership) => closedTo(membership, depths));
  const open = wanted.filter((name) => !closed.some(({ membership }) => membership === name));
  const lists = [...new Set(open.flatMap((name) => NEEDS[name].lists))];
  const found = emptyLists();
  const seen = await Promise.all(lists.map((list) => isRead(transport, list, found)));
  const unread = new Set(lists.filter((_, place) => seen[place] !== true));
  const refused = open.filter((name) => NEEDS[name].lists.some((list) => unread.has(list)));
  for (const list of unread) found[list].clear();
  return { index: membershipIndex(found), unseen: [...closed, ...refused.map(refusedTo)] };
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

/** `false`: refused, or a set that this server does not have (assumption `membership-sets`). */
async function isRead(
  transport: Pick<ReadTransport, 'eachPage'>,
  list: List,
  found: Lists,
): Promise<boolean> {
  try {
    await transport.eachPage(PATHS[list], (rows) => {
      for (const row of rows) NOTE[list](row, found);
    });
    return true;
  } catch (error) {
    if (error instanceof ServiceError && (error.kind === 'permission' || error.kind === 'not-found'))
      return false;
    throw error;
  }
}

interface Unit {
  readonly name: string | null;
  readonly parent: string | null;
}

/** All ids are in lower case. */
interface Lists {
  readonly units: Map<string, Unit>;
  readonly teams: Map<string, string>;
  readonly roles: Map<string, string>;
  /** Teams by user. */
  readonly teamMembers: Map<string, string[]>;
  /** Roles by user. */
  readonly userRoles: Map<string, string[]>;
  /** Roles by team. */
  readonly teamRoles: Map<string, string[]>;
}

function emptyLists(): Lists {
  return {
    units: new Map(),
    teams: new Map(),
    roles: new Map(),
    teamMembers: new Map(),
    userRoles: new Map(),
    teamRoles: new Map(),
  };
}

/** Takes down what is needed of a row: a large environment has a million of them. */
const NOTE: Readonly<Record<List, (row: RawRow, found: Lists) => void>> = {
  units: (row, { units }) => {
    const id = idIn(row, 'businessunitid');
    const unit = { name: textIn(row, 'name'), parent: idIn(row, '_parentbusinessunitid_value') };
    if (id !== null) units.set(id, unit);
  },
  teams: (row, { teams }) => noteName(row, 'teamid', teams),
  roles: (row, { roles }) => noteName(row, 'roleid', roles),
  teamMembers: (row, { teamMembers }) => noteLink(row, 'systemuserid', 'teamid', teamMembers),
  userRoles: (row, { userRoles }) => noteLink(row, 'systemuserid', 'roleid', userRoles),
  teamRoles: (row, { teamRoles }) => noteLink(row, 'teamid', 'roleid', teamRoles),
};

function noteName(row: RawRow, key: string, names: Map<string, string>): void {
  const id = idIn(row, key);
  if (id !== null) names.set(id, textIn(row, 'name') ?? id);
}

function noteLink(row: RawRow, from: string, to: string, links: Map<string, string[]>): void {
  const [a, b] = [idIn(row, from), idIn(row, to)];
  if (a === null || b === null) return;
  const known = links.get(a);
  if (known === undefined) links.set(a, [b]);
  else known.push(b);
}

function membershipIndex({ units, teams, roles, teamMembers, userRoles, teamRoles }: Lists): MembershipIndex {
  // Many people belong to the same: equal lists are one.
  const unitsOf = remembered((id) => unitNames(units, id));
  const teamNames = remembered((ids) => named(ids.split(' '), teams));
  const roleNames = remembered((ids) => named(ids.split(' '), roles));
  const isNobodyMember = teamMembers.size + userRoles.size === 0;
  return ({ table, id, unit }) => {
    const businessUnits = unit === null ? NONE : unitsOf(unit);
    if (table === 'queue' || isNobodyMember) return { businessUnits, teams: NONE, securityRoles: NONE };
    const key = id.toLowerCase();
    const own = teamMembers.get(key) ?? NONE;
    const held = [...(userRoles.get(key) ?? NONE), ...own.flatMap((team) => teamRoles.get(team) ?? NONE)];
    return { businessUnits, teams: teamNames(own.join(' ')), securityRoles: roleNames(held.join(' ')) };
  };
}

/** The unit and those above it, nearest first. */
function unitNames(units: ReadonlyMap<string, Unit>, id: string): readonly string[] {
  const found: string[] = [];
  const passed = new Set<string>();
  for (let next: string | null = id; next !== null && !passed.has(next); ) {
    passed.add(next);
    const unit: Unit | undefined = units.get(next);
    if (typeof unit?.name === 'string') found.push(unit.name);
    next = unit?.parent ?? null;
  }
  return found;
}

/** A role has a row in each business unit: one name is enough. */
function named(ids: readonly string[], known: ReadonlyMap<string, string>): readonly string[] {
  const found = ids.map((id) => known.get(id)).filter((name) => name !== undefined);
  return [...new Set(found)].sort(compareText);
}
