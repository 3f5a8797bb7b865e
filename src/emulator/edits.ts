/**
 * Edits from outside: rows changed as a named caller or as the engine, at once, at a time, or before the nth request.
 * Pending ones are rows of a table of our own, so that they outlive the process.
 */

import { parseDuration } from './duration.ts';
import type { Row } from './odata/table.ts';
import type { EditEntry } from './organization.ts';
import { findCallerByToken } from './security/caller.ts';
import { createNames, readColumns } from './seed/read-columns.ts';
import type { TableFacts } from './tables/tables.ts';
import { takeMailbox } from './test-and-enable/link-mailbox.ts';
import { rememberTest, testTable } from './test-and-enable/request-test.ts';
import { patchAsEngine, text, type World } from './world.ts';
import { deleteRecord } from './writes/delete-record.ts';
import { mirrorToOwner } from './writes/linked-rows.ts';
import { updateRecord } from './writes/update-record.ts';

const editTable = '_edits';

export interface PendingEdit {
  readonly id: string;
  readonly at: number;
  readonly entry: EditEntry;
}

/** An edit without time and count is carried out at once. */
export function addEdit(world: World, entry: EditEntry): void {
  const id = String(world.store.version).padStart(12, '0');
  const pending: PendingEdit = { id, at: timeOf(world, entry), entry };
  if (entry.at === undefined && entry.nth === undefined) applyEdit(world, pending);
  else
    world.store.put(editTable, id, {
      id,
      at: pending.at,
      left: entry.nth ?? null,
      entry: JSON.stringify(entry),
    });
}

function timeOf(world: World, entry: EditEntry): number {
  if (entry.nth !== undefined) return Number.MAX_SAFE_INTEGER;
  if (entry.at === undefined) return world.clock.now();
  return /^\d+(ms|s|m|h|d)$/.test(entry.at)
    ? world.clock.now() + parseDuration(entry.at)
    : Date.parse(entry.at);
}

export function pendingEdits(world: World, now: number): readonly PendingEdit[] {
  return [...world.store.rows(editTable)].filter((row) => Number(row.at) <= now).map(readPending);
}

function readPending(row: Row): PendingEdit {
  return { id: text(row.id), at: Number(row.at), entry: JSON.parse(text(row.entry)) as EditEntry };
}

/** Counts a request: an edit of the nth request becomes due with it. Answers whether one did. */
export function countRequest(world: World): boolean {
  let isAnyDue = false;
  for (const row of [...world.store.rows(editTable)]) {
    const left = row.left;
    if (typeof left !== 'number') continue;
    const now = left <= 1;
    isAnyDue ||= now;
    world.store.put(editTable, text(row.id), {
      ...row,
      left: now ? null : left - 1,
      ...(now ? { at: world.clock.now() } : {}),
    });
  }
  return isAnyDue;
}

export function applyEdit(world: World, { id, entry }: PendingEdit): void {
  world.store.remove(editTable, id);
  const table = world.tables.get(entry.table);
  if (table === undefined) throw new Error(`edits: there is no table "${entry.table}"`);
  const row = findRow(world, table, entry);
  if (entry.taken === true) takeMailbox(world, row);
  else if (entry.delete === true) deleteAs(world, table, row, entry);
  else if (entry.as === undefined) editAsEngine(world, table, row, entry);
  else editAs(world, table, row, entry, entry.as);
}

function findRow(world: World, table: TableFacts, entry: EditEntry): Row {
  if (table.name === 'organization')
    return world.store.get('organization', world.organization.organizationId.toLowerCase()) ?? {};
  for (const row of world.store.rows(table.name)) if (isNamed(table, row, entry)) return row;
  throw new Error(
    `edits: no row of ${entry.table} is named ${entry.id ?? entry.name ?? entry.emailAddress ?? '(nothing given)'}`,
  );
}

function isNamed(table: TableFacts, row: Row, { id, name, emailAddress }: EditEntry): boolean {
  const same = (cell: Row[string] | undefined, wanted: string): boolean =>
    text(cell).toLowerCase() === wanted.toLowerCase();
  if (id !== undefined) return same(row[table.primaryId], id);
  if (name !== undefined) return same(row[table.primaryName], name) || same(row.domainname, name);
  if (emailAddress === undefined) return false;
  return same(row.emailaddress, emailAddress) || same(row.internalemailaddress, emailAddress);
}

function editAs(world: World, table: TableFacts, row: Row, entry: EditEntry, token: string): void {
  const columns = readColumns(world, table, entry.set ?? {}, createNames(world));
  updateRecord(world, findCallerByToken(world, token), table, row, columns);
}

function deleteAs(world: World, table: TableFacts, row: Row, entry: EditEntry): void {
  if (entry.as === undefined) world.store.remove(table.name, text(row[table.primaryId]));
  else deleteRecord(world, findCallerByToken(world, entry.as), table, row);
}

/** No rule holds the engine back; approval and address still show on both sides, and a raised test flag is a job. */
function editAsEngine(world: World, table: TableFacts, row: Row, entry: EditEntry): void {
  const columns = readColumns(world, table, entry.set ?? {}, createNames(world));
  const saved = patchAsEngine(world, table.name, row, columns);
  if (table.name !== 'mailbox') return;
  mirrorToOwner(world, row, saved, undefined);
  const flag = columns.testemailconfigurationscheduled;
  if (flag === true) rememberTest(world, saved, undefined);
  if (flag === false) world.store.remove(testTable, text(saved.mailboxid));
}
