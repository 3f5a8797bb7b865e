/** Roles and privileges as rows. Which privileges a role holds is decided in security/privileges.ts. */

import { allPrivileges, delegatedMailboxApprover, readyMadeRoles } from '../security/privileges.ts';
import { delegatedApproverRoleId } from '../world.ts';
import { rootBusinessUnit, type Seed } from './seed-context.ts';

export function seedRoles(seed: Seed): void {
  const { world, organizationId } = seed;
  for (const name of allPrivileges(world.tables)) {
    const id = seed.idFor('privilege', name);
    seed.put('privilege', id, {
      privilegeid: id,
      name,
      canbebasic: true,
      canbelocal: true,
      canbedeep: true,
      canbeglobal: true,
    });
  }
  for (const name of roleNames(seed)) {
    const id = roleId(seed, name);
    seed.put('role', id, {
      roleid: id,
      name,
      ismanaged: readyMadeRoles(world.tables).has(name),
      businessunitid: rootBusinessUnit(world, organizationId),
      parentrootroleid: world.store.reference('role', id),
      parentroleid: null,
      createdon: seed.daysAgo(400),
      modifiedon: seed.daysAgo(400),
    });
  }
}

/** Every role that the file names anywhere, and the ready-made ones. */
function roleNames(seed: Seed): ReadonlySet<string> {
  const { callers, users, teams, roles } = seed.world.organization;
  const named = [...(callers ?? []), ...(users ?? []), ...(teams ?? [])].flatMap(
    (entry) => entry.roles ?? [],
  );
  return new Set([
    ...readyMadeRoles(seed.world.tables).keys(),
    ...(roles ?? []).map((role) => role.name),
    ...named,
  ]);
}

export function roleId(seed: Pick<Seed, 'world' | 'idFor'>, name: string): string {
  const given = seed.world.organization.roles?.find((role) => role.name === name)?.id;
  if (name === delegatedMailboxApprover) return given ?? delegatedApproverRoleId;
  return seed.idFor('role', name, given);
}
