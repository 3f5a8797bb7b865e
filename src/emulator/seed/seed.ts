/**
 * Fills an empty store from an organization file, in the order in which rows refer to each other.
 * The ids come from names, so the same file always gives the same rows.
 */

import type { World } from '../world.ts';
import { seedAlerts } from './seed-alerts.ts';
import { createSeed } from './seed-context.ts';
import { seedBusinessUnits, seedOrganizationRow } from './seed-organization.ts';
import { seedForwardMailboxes, seedProfiles } from './seed-profiles.ts';
import { seedQueue } from './seed-queues.ts';
import { seedRoles } from './seed-roles.ts';
import { seedTeam } from './seed-teams.ts';
import { assignUserRoles, seedCallerUsers, seedSystemUsers, seedUser } from './seed-users.ts';

export function seedWorld(world: World): void {
  const seed = createSeed(world);
  seedOrganizationRow(seed);
  seedBusinessUnits(seed);
  seedRoles(seed);
  seedSystemUsers(seed);
  seedProfiles(seed);
  for (const user of world.organization.users ?? []) seedUser(seed, user);
  seedCallerUsers(seed);
  for (const team of world.organization.teams ?? []) seedTeam(seed, team);
  for (const queue of world.organization.queues ?? []) seedQueue(seed, queue);
  assignUserRoles(seed);
  seedForwardMailboxes(seed);
  seedAlerts(seed);
}
