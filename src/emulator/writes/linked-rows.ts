/** A user or queue and its mailbox show the same address and approval: the columns that one write carries to the other. */

import type { Reference, Row } from '../odata/table.ts';
import { follow, isReference, patchRow, type World } from '../world.ts';

export type OwnerTable = 'systemuser' | 'queue';

export function addressColumn(table: OwnerTable): 'internalemailaddress' | 'emailaddress' {
  return table === 'systemuser' ? 'internalemailaddress' : 'emailaddress';
}

export interface MailboxOwner {
  readonly table: OwnerTable;
  readonly row: Row;
}

export function ownerOf(world: World, mailbox: Row): MailboxOwner | undefined {
  const regarding = mailbox.regardingobjectid;
  const row = follow(world, regarding);
  if (row === undefined || !isReference(regarding ?? null)) return undefined;
  const table = (regarding as Reference).table;
  return table === 'systemuser' || table === 'queue' ? { table, row } : undefined;
}

export function mailboxOf(world: World, owner: Row): Row | undefined {
  return follow(world, owner.defaultmailbox);
}

const mirrored = ['emailrouteraccessapproval', 'isemailaddressapprovedbyo365admin'] as const;

/** What a write changed of the approval; the two sides may differ from before, and then stay so. */
export function changedApproval(before: Row, after: Row): Row {
  const changed = mirrored.filter((column) => before[column] !== after[column]);
  return Object.fromEntries(changed.map((column) => [column, after[column] ?? null]));
}

export function mirrorToOwner(world: World, before: Row, after: Row, by: Reference | undefined): void {
  const owner = ownerOf(world, after);
  if (owner === undefined) return;
  const { table, row } = owner;
  const isMoved = (before.emailaddress ?? null) !== (after.emailaddress ?? null);
  const address = isMoved ? { [addressColumn(table)]: after.emailaddress ?? null } : {};
  const columns = { ...changedApproval(before, after), ...address };
  if (differs(row, columns)) patchRow(world, table, row, columns, by);
}

export function differs(row: Row, columns: Row): boolean {
  return Object.entries(columns).some(([column, cell]) => (row[column] ?? null) !== cell);
}
