/** Teams, their members, roles and private queues. */

import { associate } from '../associations.ts';
import type { TeamEntry } from '../organization.ts';
import type { Seed } from './seed-context.ts';
import { seedPersonalQueue } from './seed-queues.ts';
import { roleId } from './seed-roles.ts';

export function seedTeam(seed: Seed, entry: TeamEntry): void {
  const { world } = seed;
  const id = seed.idFor('team', entry.name, entry.id);
  const team = world.store.reference('team', id);
  const row = {
    teamid: id,
    name: entry.name,
    teamtype: 0,
    isdefault: false,
    businessunitid: seed.businessUnit(entry.businessUnit),
    administratorid: seed.owner(undefined),
    organizationid: world.store.reference('organization', seed.organizationId),
    createdon: seed.daysAgo(300),
    modifiedon: seed.daysAgo(300),
  };
  seed.put('team', id, row);
  if (world.switches.personalQueues === 'true') {
    seed.put('team', id, { ...row, queueid: seedPersonalQueue(seed, entry.name, `team ${id}`, team) });
  }
  for (const member of entry.members ?? [])
    associate(world, 'teammembership_association', seed.owner(member).id, id);
  for (const role of entry.roles ?? []) associate(world, 'teamroles_association', id, roleId(seed, role));
}
