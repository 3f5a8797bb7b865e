/** Who a request comes from: the user row behind a bearer token, its roles and what they add up to. */

import { linkedIds } from '../associations.ts';
import type { Reference, Row } from '../odata/table.ts';
import type { CallerEntry, Depth, TenantRole } from '../organization.ts';
import { callerUserId } from '../seed/caller-user.ts';
import type { Store } from '../store.ts';
import { uuidFrom } from '../uuid.ts';
import { text, type World } from '../world.ts';
import { callerEntries } from './caller-entries.ts';
import { deeper, type Privileges, parsePrivilege, privilegeName, readyMadeRoles } from './privileges.ts';

export interface Caller {
  readonly token: string;
  readonly userId: string;
  readonly user: Reference;
  readonly row: Row;
  readonly kind: 'person' | 'application';
  readonly roles: ReadonlySet<string>;
  readonly tenantRoles: ReadonlySet<TenantRole>;
  readonly privileges: Privileges;
  readonly approval: 'works' | 'silent' | '403' | undefined;
}

/** The token's text names a caller of the organization file; an unknown one, or none, is the first. */
export function findCaller(world: World, authorization: string | null): Caller {
  const token = /^Bearer\s+(.+)$/i.exec(authorization?.trim() ?? '')?.[1];
  const entries = callerEntries(world.organization);
  return resolveCaller(world, entries.find((entry) => entry.token === token) ?? entries[0]);
}

export function findCallerByToken(world: World, token: string): Caller {
  const entry = callerEntries(world.organization).find((known) => known.token === token);
  if (entry === undefined) throw new Error(`no caller has the token "${token}"`);
  return resolveCaller(world, entry);
}

/** Impersonation by CallerObjectId: the privileges are those of the impersonated user's roles. */
export function impersonate(world: World, objectId: string): Caller | undefined {
  for (const row of world.store.rows('systemuser')) {
    if (text(row.azureactivedirectoryobjectid) !== objectId.toLowerCase()) continue;
    return buildCaller(world, { token: objectId }, text(row.systemuserid));
  }
  return undefined;
}

/** The same by MSCRMCallerID, the id of the user's row. */
export function impersonateById(world: World, userId: string): Caller | undefined {
  const id = userId.toLowerCase();
  return world.store.get('systemuser', id) === undefined ? undefined : buildCaller(world, { token: id }, id);
}

/** The caller that a user row is, for work done later on its behalf. */
export function findCallerById(world: World, userId: string): Caller {
  const callers = callerEntries(world.organization).map((entry) => resolveCaller(world, entry));
  return callers.find((caller) => caller.userId === userId) ?? buildCaller(world, { token: userId }, userId);
}

/** Finding a user by name takes time where there are many: a caller stays the same user. */
const userIds = new WeakMap<Store, Map<CallerEntry, string>>();

function resolveCaller(world: World, entry: CallerEntry): Caller {
  const known = userIds.get(world.store) ?? new Map<CallerEntry, string>();
  userIds.set(world.store, known);
  const userId = known.get(entry) ?? findUserId(world, entry);
  known.set(entry, userId);
  return buildCaller(world, entry, userId);
}

function findUserId(world: World, entry: CallerEntry): string {
  const organizationId = world.organization.organizationId.toLowerCase();
  const idFor = (table: string, key: string, given?: string): string =>
    given?.toLowerCase() ?? uuidFrom(organizationId, table, key.toLowerCase());
  return callerUserId({ world, idFor }, entry);
}

function buildCaller(world: World, entry: CallerEntry, userId: string): Caller {
  const row = world.store.get('systemuser', userId) ?? {};
  const roles = roleNames(world, userId);
  return {
    token: entry.token,
    userId,
    user: world.store.reference('systemuser', userId),
    row,
    kind: typeof row.applicationid === 'string' ? 'application' : 'person',
    roles,
    tenantRoles: new Set(entry.tenantRoles ?? []),
    privileges: effectivePrivileges(world, roles, entry),
    approval: entry.approval === undefined ? undefined : (String(entry.approval) as Caller['approval']),
  };
}

/** The user's own roles and those of its teams. */
function roleNames(world: World, userId: string): ReadonlySet<string> {
  const teams = linkedIds(world, 'teammembership_association', 'systemuser', userId);
  const ids = [
    ...linkedIds(world, 'systemuserroles_association', 'systemuser', userId),
    ...teams.flatMap((team) => linkedIds(world, 'teamroles_association', 'team', team)),
  ];
  return new Set(ids.map((id) => text(world.store.get('role', id)?.name)));
}

/** Privileges of any user; of the caller itself with what the file says of it. */
export function callerPrivileges(world: World, caller: Caller, userId: string): Privileges {
  return userId === caller.userId ? caller.privileges : findCallerById(world, userId).privileges;
}

function privilegesOfRoles(world: World, roles: Iterable<string>): Map<string, Depth> {
  const readyMade = readyMadeRoles(world.tables);
  const found = new Map<string, Depth>();
  const add = (name: string, depth: Depth): void => {
    found.set(name, deeper(depth, found.get(name) ?? 'none'));
  };
  for (const role of roles) {
    for (const [name, depth] of readyMade.get(role) ?? []) add(name, depth);
    const declared = world.organization.roles?.find((entry) => entry.name === role)?.privileges ?? [];
    for (const entry of declared) add(...parsePrivilege(entry));
  }
  return found;
}

interface Granted {
  readonly roles: string;
  readonly privileges: Privileges;
}

/** Adding them up for every request would be a good part of its work. */
const granted = new WeakMap<Store, WeakMap<CallerEntry, Granted>>();

function effectivePrivileges(world: World, roles: ReadonlySet<string>, entry: CallerEntry): Privileges {
  const ofStore = granted.get(world.store) ?? new WeakMap<CallerEntry, Granted>();
  granted.set(world.store, ofStore);
  const key = [...roles].join('\n');
  const known = ofStore.get(entry);
  if (known?.roles === key) return known.privileges;
  const privileges = addUp(world, roles, entry);
  ofStore.set(entry, { roles: key, privileges });
  return privileges;
}

/** Roles first, then what the organization file says of this caller in particular. */
function addUp(world: World, roles: ReadonlySet<string>, entry: CallerEntry): Privileges {
  const found = privilegesOfRoles(world, roles);
  for (const privilege of entry.privileges ?? []) {
    const [name, depth] = parsePrivilege(privilege);
    found.set(name, depth);
  }
  for (const [table, depth] of Object.entries(entry.readDepth ?? {})) {
    found.set(privilegeName('Read', middle(world, table)), depth);
  }
  for (const [table, allowed] of Object.entries(entry.writes ?? {})) {
    found.set(privilegeName('Write', middle(world, table)), allowed ? 'global' : 'none');
  }
  return new Map([...found].filter(([, depth]) => depth !== 'none'));
}

function middle(world: World, table: string): string {
  const facts = world.tables.get(table);
  if (facts === undefined) throw new Error(`callers: there is no table "${table}"`);
  return facts.privilege;
}
