/** Test results that a changed profile, method or address puts back to Not Run, as far as the switches say so. */

import type { Row } from '../odata/table.ts';
import { directions, overallStatus } from '../test-and-enable/directions.ts';
import { isReference, text, type World } from '../world.ts';

export function resetResults(world: World, before: Row, columns: Row): Row {
  const statuses = new Set([
    ...byMethod(world, before, columns),
    ...byProfile(world, before, columns),
    ...byAddress(world, before, columns),
  ]);
  if (statuses.size === 0) return {};
  const reset: Row = Object.fromEntries([...statuses].map((status) => [status, 0]));
  return { ...reset, mailboxstatus: overallStatus({ ...before, ...columns, ...reset }) };
}

const everyStatus: readonly string[] = directions.map((direction) => direction.status);

function byMethod(world: World, before: Row, columns: Row): readonly string[] {
  const changed = directions.filter(
    ({ method }) => columns[method] !== undefined && columns[method] !== before[method],
  );
  const { methodChangeResets } = world.switches;
  if (changed.length === 0 || methodChangeResets === 'none') return [];
  return methodChangeResets === 'all' ? everyStatus : changed.map(({ status }) => status);
}

function byProfile(world: World, before: Row, columns: Row): readonly string[] {
  const { emailserverprofile: after } = columns;
  const { profileChangeResets } = world.switches;
  if (
    after === undefined ||
    profileChangeResets === 'none' ||
    idOf(after) === idOf(before.emailserverprofile)
  )
    return [];
  if (profileChangeResets === 'all') return everyStatus;
  const merged = { ...before, ...columns };
  return directions
    .filter(({ method, synchronized }) => merged[method] === synchronized)
    .map(({ status }) => status);
}

function byAddress(world: World, before: Row, columns: Row): readonly string[] {
  const { emailaddress } = columns;
  if (emailaddress === undefined || text(emailaddress) === text(before.emailaddress)) return [];
  return world.switches.addressChangeResetsTests === 'all' ? everyStatus : [];
}

function idOf(cell: Row[string] | undefined): string {
  return isReference(cell) ? cell.id : '';
}
