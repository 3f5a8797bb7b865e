/**
 * Which rows a caller may read or write: depth of the privilege against owner and business unit of the row
 * (Microsoft Learn, "Security concepts in Dataverse"). Rows out of reach are left out of lists without a word.
 */

import { linkedIds } from '../associations.ts';
import type { Cell, Row } from '../odata/table.ts';
import type { Depth } from '../organization.ts';
import { accessDenied, privilegeDenied } from '../service-error.ts';
import type { TableFacts } from '../tables/tables.ts';
import { follow, isReference, text, type World } from '../world.ts';
import type { Caller } from './caller.ts';
import { privilegeName, type RowRight } from './privileges.ts';

export function depthOf(caller: Caller, table: TableFacts, right: RowRight): Depth {
  if (table.ownership === 'none') return right === 'Read' ? 'global' : 'none';
  return caller.privileges.get(privilegeName(right, table.privilege)) ?? 'none';
}

export function requirePrivilege(caller: Caller, table: TableFacts, right: RowRight): Depth {
  const depth = depthOf(caller, table, right);
  if (depth === 'none') throw privilegeDenied(caller.userId, privilegeName(right, table.privilege));
  return depth;
}

/** One test for many rows of a table. */
export function reach(
  world: World,
  caller: Caller,
  table: TableFacts,
  right: RowRight,
): (row: Row) => boolean {
  const depth = depthOf(caller, table, right);
  if (depth === 'none') return () => false;
  if (depth === 'global' || table.name === 'organization') return () => true;
  const units = depth === 'basic' ? new Set<string>() : unitsOf(world, caller, depth === 'deep');
  const owners = new Set([
    caller.userId,
    ...linkedIds(world, 'teammembership_association', 'systemuser', caller.userId),
  ]);
  return (row) => {
    const { owner, unit } = holder(world, table, row);
    return owners.has(owner) || units.has(unit);
  };
}

export function requireAccess(
  world: World,
  caller: Caller,
  table: TableFacts,
  row: Row,
  right: RowRight,
): void {
  requirePrivilege(caller, table, right);
  if (reach(world, caller, table, right)(row)) return;
  throw accessDenied(caller.userId, table.name, text(row[table.primaryId]), `${right}Access`);
}

interface Holder {
  readonly owner: string;
  readonly unit: string;
}

/** A user belongs to itself; an alert to whoever holds the row it is about. */
function holder(world: World, table: TableFacts, row: Row): Holder {
  if (table.name === 'systemuser') return { owner: text(row.systemuserid), unit: idOf(row.businessunitid) };
  if (table.name === 'tracelog') {
    const regarding = follow(world, row.regardingobjectid);
    return { owner: idOf(regarding?.ownerid), unit: idOf(regarding?.owningbusinessunit) };
  }
  if (table.name === 'team') return { owner: text(row.teamid), unit: idOf(row.businessunitid) };
  if (table.name === 'businessunit') return { owner: '', unit: text(row.businessunitid) };
  return { owner: idOf(row.ownerid), unit: idOf(row.owningbusinessunit ?? row.businessunitid) };
}

function idOf(cell: Cell | undefined): string {
  return isReference(cell) ? cell.id : '';
}

function unitsOf(world: World, caller: Caller, below: boolean): Set<string> {
  const units = new Set([idOf(caller.row.businessunitid)]);
  if (!below) return units;
  for (let grown = true; grown; ) {
    grown = false;
    for (const row of world.store.rows('businessunit')) {
      const id = text(row.businessunitid);
      if (units.has(id) || !units.has(idOf(row.parentbusinessunitid))) continue;
      units.add(id);
      grown = true;
    }
  }
  return units;
}
