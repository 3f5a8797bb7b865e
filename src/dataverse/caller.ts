/** Who the caller is: its user row, roles and privileges. */

import type { RawRow } from '../catalogue/field.ts';
import type { Caller } from '../model/snapshot.ts';
import { type Depths, PRIVILEGES } from './privileges.ts';
import { withOptions } from './url.ts';

/** The role's template is the same in every environment and language; Business Central's connector relies on it. */
const SYSTEM_ADMINISTRATOR = {
  template: '627090ff-40a3-4053-8790-584edc5be201',
  name: 'System Administrator',
} as const;

/**
 * The role comes from a solution, so that its root row has one id everywhere (recorded role rows in
 * microsoft/terraform-provider-power-platform); names are translated.
 */
const DELEGATED_MAILBOX_APPROVER = {
  root: 'd19d7df9-96e3-440a-ada1-7f469d2a00d1',
  name: 'Delegated Mailbox Approver',
} as const;

export function callerPath(userId: string): string {
  return withOptions(`systemusers(${userId})`, { $select: 'fullname,domainname,applicationid' });
}

/** Whole rows: they are few, and the template column is missing from some servers. */
export function callerRolesPath(userId: string): string {
  return `systemusers(${userId})/systemuserroles_association`;
}

/** Roles reach people through teams as well, such as those that follow a group of the directory. */
export function callerTeamsPath(userId: string): string {
  return withOptions(`systemusers(${userId})/teammembership_association`, {
    $select: 'teamid',
    $expand: TEAM_ROLES,
  });
}

/** The roles of the caller's teams, from the rows of that path. */
export function teamRoles(teams: readonly RawRow[]): readonly RawRow[] {
  return teams.flatMap((team) => (Array.isArray(team[TEAM_ROLES]) ? (team[TEAM_ROLES] as RawRow[]) : []));
}

const TEAM_ROLES = 'teamroles_association';

/** `user` is `null` where the caller may not read its own row. */
export function callerOf(
  userId: string,
  user: RawRow | null,
  roles: readonly RawRow[],
  depths: Depths,
): Caller {
  return {
    name: textIn(user, 'fullname') ?? textIn(user, 'domainname') ?? userId,
    applicationUser: textIn(user, 'applicationid') !== null,
    roles: [...new Set(roles.map(({ name }) => String(name)))].sort(),
    privileges: PRIVILEGES.filter((name) => (depths.get(name) ?? 'none') !== 'none'),
    systemAdministrator: roles.some(isSystemAdministrator),
    mailboxApprover: roles.some(isMailboxApprover),
    signIn: textIn(user, 'domainname'),
    depths: Object.fromEntries(depths),
  };
}

function isSystemAdministrator(role: RawRow): boolean {
  const { template, name } = SYSTEM_ADMINISTRATOR;
  return textIn(role, '_roletemplateid_value')?.toLowerCase() === template || role.name === name;
}

function isMailboxApprover(role: RawRow): boolean {
  const { root, name } = DELEGATED_MAILBOX_APPROVER;
  const ids = [textIn(role, '_parentrootroleid_value'), textIn(role, 'roleid')];
  return ids.some((id) => id?.toLowerCase() === root) || role.name === name;
}

export function textIn(row: RawRow | null, column: string): string | null {
  const cell = row?.[column];
  return typeof cell === 'string' && cell !== '' ? cell : null;
}
