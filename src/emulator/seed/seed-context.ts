/** What the seeding functions share: ids from names, places in time before the start, business units, a name index. */

import { toStamp } from '../clock.ts';
import type { Cell, Reference, Row } from '../odata/table.ts';
import { callerEntries } from '../security/caller-entries.ts';
import { uuidFrom } from '../uuid.ts';
import type { World } from '../world.ts';
import { callerUserId } from './caller-user.ts';
import { createNames, type Names } from './read-columns.ts';

export interface Seed {
  readonly world: World;
  readonly names: Names;
  readonly organizationId: string;
  /** Days before the start, as a time of a row. */
  daysAgo(days: number): string;
  idFor(table: string, key: string, given?: string): string;
  businessUnit(name: string | undefined): Reference;
  put(table: string, id: string, row: Record<string, Cell>): Row;
  /** Whoever made the queues that name no owner. */
  readonly firstCaller: Reference;
  /** The user or team that owns a queue. */
  owner(name: string | undefined): Reference;
}

export const systemUserKey = 'SYSTEM';

export function createSeed(world: World): Seed {
  const organizationId = world.organization.organizationId.toLowerCase();
  const start = world.clock.now();
  const names = createNames(world);
  const idFor = (table: string, key: string, given?: string): string =>
    given?.toLowerCase() ?? uuidFrom(organizationId, table, key.toLowerCase());

  const stamps = new Map<number, string>();
  function daysAgo(days: number): string {
    const known = stamps.get(days) ?? toStamp(start - days * 86_400_000);
    stamps.set(days, known);
    return known;
  }
  function find(table: string, name: string): Reference {
    const id = names.find(table, name);
    if (id === undefined) throw new Error(`no ${table} is named "${name}"`);
    return world.store.reference(table, id);
  }
  return {
    world,
    names,
    organizationId,
    daysAgo,
    idFor,
    businessUnit: (name) =>
      name === undefined ? rootBusinessUnit(world, organizationId) : find('businessunit', name),
    firstCaller: world.store.reference(
      'systemuser',
      callerUserId({ world, idFor }, callerEntries(world.organization)[0]),
    ),
    put: (table, id, row) => world.store.insert(table, id, row),
    owner(name) {
      if (name === undefined) return world.store.reference('systemuser', idFor('systemuser', systemUserKey));
      const user = idFor('systemuser', name);
      if (world.store.get('systemuser', user) !== undefined) return world.store.reference('systemuser', user);
      const team = idFor('team', name);
      if (world.store.get('team', team) !== undefined) return world.store.reference('team', team);
      throw new Error(`owner "${name}" is neither the sign-in name of a user nor the name of a team`);
    },
  };
}

export function rootBusinessUnit(world: World, organizationId: string): Reference {
  return world.store.reference('businessunit', uuidFrom(organizationId, 'businessunit', ''));
}
