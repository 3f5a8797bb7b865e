/**
 * Many-to-many links: users and roles, users and teams, teams and roles. Kept as rows of tables of our own – one row
 * for each left side with the ids of its right sides –, so that undo and the journal cover them.
 */

import type { Row } from './odata/table.ts';
import { uuidFrom } from './uuid.ts';
import { text, type World } from './world.ts';

export type Association =
  | 'systemuserroles_association'
  | 'teammembership_association'
  | 'teamroles_association';

interface Sides {
  readonly left: string;
  readonly right: string;
  /** The table whose rows are the links, and its id. */
  readonly table: string;
  readonly id: string;
}

const sides: Readonly<Record<Association, Sides>> = {
  systemuserroles_association: {
    left: 'systemuser',
    right: 'role',
    table: 'systemuserroles',
    id: 'systemuserroleid',
  },
  teammembership_association: {
    left: 'systemuser',
    right: 'team',
    table: 'teammembership',
    id: 'teammembershipid',
  },
  teamroles_association: { left: 'team', right: 'role', table: 'teamroles', id: 'teamroleid' },
};

export function isAssociation(name: string): name is Association {
  return name in sides;
}

export function otherSide(association: Association, table: string): string {
  return sides[association].left === table ? sides[association].right : sides[association].left;
}

export function associate(world: World, association: Association, left: string, right: string): void {
  const ids = new Set(rightIds(world, association, left));
  ids.add(right);
  write(world, association, left, ids);
}

export function disassociate(world: World, association: Association, left: string, right: string): void {
  const ids = new Set(rightIds(world, association, left));
  ids.delete(right);
  write(world, association, left, ids);
}

function write(world: World, association: Association, left: string, ids: ReadonlySet<string>): void {
  world.store.put(`_${association}`, left, { left, ids: [...ids].join(',') });
}

/** Ids linked to a row, whichever side of the association its table is. */
export function linkedIds(
  world: World,
  association: Association,
  table: string,
  id: string,
): readonly string[] {
  if (sides[association].left === table) return rightIds(world, association, id);
  const found: string[] = [];
  for (const row of world.store.rows(`_${association}`)) {
    if (splitIds(row).includes(id)) found.push(text(row.left));
  }
  return found;
}

function rightIds(world: World, association: Association, left: string): readonly string[] {
  return splitIds(world.store.get(`_${association}`, left));
}

function splitIds(row: Row | undefined): readonly string[] {
  const ids = text(row?.ids);
  return ids === '' ? [] : ids.split(',');
}

/** The association whose links a table holds. */
export function associationOf(table: string): Association | undefined {
  const names = Object.keys(sides) as Association[];
  return names.find((name) => sides[name].table === table);
}

export interface Link {
  readonly left: { readonly table: string; readonly id: string };
  readonly right: { readonly table: string; readonly id: string };
  /** As a row of the table of links. */
  readonly row: Row;
}

const known = new WeakMap<Row, readonly Link[]>();

/** Every link as a row; made once for each row that holds them. */
export function* links(world: World, association: Association): Iterable<Link> {
  for (const row of world.store.rows(`_${association}`)) {
    const made = known.get(row) ?? linksOf(row, association);
    known.set(row, made);
    yield* made;
  }
}

function linksOf(row: Row, association: Association): readonly Link[] {
  const { left, right, id } = sides[association];
  const leftId = text(row.left);
  return splitIds(row).map((rightId) => ({
    left: { table: left, id: leftId },
    right: { table: right, id: rightId },
    row: {
      [id]: uuidFrom(association, leftId, rightId),
      [`${left}id`]: leftId,
      [`${right}id`]: rightId,
      versionnumber: row.versionnumber ?? null,
    },
  }));
}
