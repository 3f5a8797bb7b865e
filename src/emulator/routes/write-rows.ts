/**
 * POST, PATCH and DELETE of rows: create, update, upsert, and the conditions under which they happen
 * (Microsoft Learn, "Perform conditional operations using the Web API").
 */

import { parseQuery, type Row } from '../odata/index.ts';
import { requireAccess, requirePrivilege } from '../security/row-security.ts';
import { messageNotSupported, notFound, ServiceError } from '../service-error.ts';
import type { TableFacts } from '../tables/tables.ts';
import { requestTest } from '../test-and-enable/request-test.ts';
import { createRecord, duplicate, freshId } from '../writes/create-record.ts';
import { deleteRecord } from '../writes/delete-record.ts';
import { readBody } from '../writes/read-body.ts';
import { updateRecord } from '../writes/update-record.ts';
import { etagOf, represent, rowUrl } from './get-row.ts';
import { noContent, type Operation, type Reply } from './operation.ts';
import { annotationsApplied, appliedHeader, readPreferences } from './preferences.ts';

export function createRow(operation: Operation, table: TableFacts): Reply {
  requireCreatable(operation, table);
  const written = readBody(operation.world, table, operation.body, 'create');
  const given = written[table.primaryId];
  const id = typeof given === 'string' ? given : freshId(operation.world, table.name);
  return created(operation, table, insert(operation, table, id, written));
}

function requireCreatable(operation: Operation, table: TableFacts): void {
  if (!table.operations.has('create')) throw messageNotSupported('Create', table.name);
  requirePrivilege(operation.caller, table, 'Create');
}

/** A test asked for on creation starts once the row is there. */
function insert(operation: Operation, table: TableFacts, id: string, written: Row): Row {
  const { world, caller } = operation;
  const row = createRecord(world, caller, table, id, written);
  const asksForTest = table.name === 'mailbox' && written.testemailconfigurationscheduled === true;
  return asksForTest && world.switches.editWithTest === 'accepted'
    ? requestTest(world, row, caller.user)
    : row;
}

function created(operation: Operation, table: TableFacts, row: Row): Reply {
  const url = rowUrl(operation, table, row);
  const headers = { 'OData-EntityId': url, Location: url };
  const preferences = readPreferences(operation.headers);
  if (!preferences.representation) return { status: 204, headers };
  return {
    status: 201,
    headers: { ...headers, ...representationHeaders(operation, row) },
    body: representation(operation, table, row),
  };
}

function representationHeaders(operation: Operation, row: Row): Readonly<Record<string, string>> {
  const applied = ['return=representation', annotationsApplied(readPreferences(operation.headers))];
  return { ETag: etagOf(row), ...appliedHeader(applied) };
}

/** $expand is ignored in the answer to a write. */
function representation(operation: Operation, table: TableFacts, row: Row): unknown {
  const { inOnGuid, expandRegarding } = operation.world.switches;
  const options = { inOnGuid, expandRegarding, single: true };
  const query = parseQuery(operation.search, table, operation.database, options);
  return represent(operation, table, row, { ...query, expand: [] });
}

export function updateRow(operation: Operation, table: TableFacts, id: string): Reply {
  const before = operation.world.store.get(table.name, id);
  const ifMatch = operation.headers.get('if-match');
  if (before === undefined) return upsert(operation, table, id, ifMatch);
  if (operation.headers.get('if-none-match') === '*') throw duplicate();
  requireAccess(operation.world, operation.caller, table, before, 'Write');
  requireVersion(operation, before, ifMatch);
  const written = readBody(operation.world, table, operation.body, 'update');
  if ('ownerid' in written) requirePrivilege(operation.caller, table, 'Assign');
  const saved = updateRecord(operation.world, operation.caller, table, before, written);
  return updated(operation, table, saved);
}

/** PATCH creates a row that is not there, unless If-Match says that it must be. */
function upsert(operation: Operation, table: TableFacts, id: string, ifMatch: string | null): Reply {
  if (ifMatch !== null || !table.operations.has('create')) throw notFound(table.schemaName, id);
  requireCreatable(operation, table);
  const written = readBody(operation.world, table, operation.body, 'create');
  return created(operation, table, insert(operation, table, id, written));
}

export function requireVersion(operation: Operation, row: Row, ifMatch: string | null): void {
  if (ifMatch === null || ifMatch === '*' || ifMatch === etagOf(row)) return;
  const { conflictCode } = operation.world.switches;
  throw new ServiceError(
    412,
    conflictCode === 'empty' ? '' : conflictCode,
    "The version of the existing record doesn't match the RowVersion property provided.",
  );
}

export function updated(operation: Operation, table: TableFacts, row: Row): Reply {
  const headers = { 'OData-EntityId': rowUrl(operation, table, row) };
  if (!readPreferences(operation.headers).representation) return { ...noContent, headers };
  return {
    status: 200,
    headers: { ...headers, ...representationHeaders(operation, row) },
    body: representation(operation, table, row),
  };
}

export function deleteRow(operation: Operation, table: TableFacts, id: string): Reply {
  const { world, caller } = operation;
  const row = world.store.get(table.name, id);
  if (row === undefined) throw notFound(table.schemaName, id);
  requireAccess(world, caller, table, row, 'Delete');
  requireVersion(operation, row, operation.headers.get('if-match'));
  deleteRecord(world, caller, table, row);
  return noContent;
}
