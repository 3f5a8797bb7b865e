/** An update of a user or queue, and what it carries over to the mailbox: approval, address, owner, state. */

import { approvalAfterAddressChange, approvalColumns, approvalRefused, decideApproval } from '../approval.ts';
import { ownership } from '../new-rows.ts';
import type { Row } from '../odata/table.ts';
import type { Caller } from '../security/caller.ts';
import { ServiceError } from '../service-error.ts';
import { patchRow, text, type World } from '../world.ts';
import { addressColumn, changedApproval, differs, mailboxOf, type OwnerTable } from './linked-rows.ts';
import { resetResults } from './reset-results.ts';
import { withState } from './state-columns.ts';

interface OwnerWrite {
  readonly world: World;
  readonly caller: Caller;
  readonly table: OwnerTable;
  readonly before: Row;
  readonly mailbox: Row | undefined;
}

export function saveOwner(world: World, caller: Caller, table: OwnerTable, before: Row, written: Row): Row {
  refuseDirectoryColumns(table, before, written);
  const write: OwnerWrite = { world, caller, table, before, mailbox: mailboxOf(world, before) };
  const columns = withState(world, table, before, written);
  const addressed = { ...afterAddressChange(write, columns), ...withoutApproval(columns) };
  const approval = readApproval(write, columns);
  const owned = 'ownerid' in columns && table === 'queue' ? ownership(world, columns.ownerid ?? null) : {};
  const { emailaddressapprovedby: _by, emailaddressapprovedon: _on, ...own } = approval;
  const saved = patchRow(
    world,
    table,
    before,
    { ...addressed, ...own, ...fullName(before, addressed), ...owned },
    caller.user,
  );
  carryToMailbox(write, saved, approval, owned);
  return saved;
}

/** Names and addresses of an application user are generated (Microsoft Learn, "Create an application user"). */
function refuseDirectoryColumns(table: OwnerTable, before: Row, written: Row): void {
  if (table !== 'systemuser' || (before.applicationid ?? null) === null) return;
  if (!['domainname', 'internalemailaddress', 'firstname', 'lastname'].some((column) => column in written))
    return;
  throw new ServiceError(400, '0x80041d48', 'The details of an application user cannot be updated.');
}

function fullName(before: Row, columns: Row): Row {
  if (!('firstname' in columns) && !('lastname' in columns)) return {};
  const { firstname, lastname } = { ...before, ...columns };
  return { fullname: `${text(firstname)} ${text(lastname)}`.trim() };
}

function withoutApproval(columns: Row): Row {
  const { emailrouteraccessapproval: _status, ...rest } = columns;
  return rest;
}

function afterAddressChange({ world, table, before }: OwnerWrite, columns: Row): Row {
  const column = addressColumn(table);
  if (!(column in columns) || text(columns[column]) === text(before[column])) return {};
  return approvalAfterAddressChange(world, columns[column]);
}

function readApproval({ world, caller, table, before, mailbox }: OwnerWrite, columns: Row): Row {
  const status = columns.emailrouteraccessapproval;
  if (typeof status !== 'number' || status === before.emailrouteraccessapproval) return {};
  if (world.switches.approvalOn === 'mailbox' || mailbox === undefined) return {};
  const address = columns[addressColumn(table)] ?? mailbox.emailaddress ?? null;
  const current = { ...mailbox, emailaddress: address };
  const decision = decideApproval(world, caller, current);
  if (decision === 'refused') throw approvalRefused();
  return decision === 'silent' ? {} : approvalColumns(world, caller, current, status);
}

function carryToMailbox(
  { world, caller, table, before, mailbox }: OwnerWrite,
  saved: Row,
  approval: Row,
  owned: Row,
): void {
  if (mailbox === undefined) return;
  const column = addressColumn(table);
  const isMoved = (before[column] ?? null) !== (saved[column] ?? null);
  const address: Row = isMoved ? { emailaddress: saved[column] ?? null } : {};
  const columns = {
    ...approval,
    ...changedApproval(before, saved),
    ...address,
    ...owned,
    ...stateOfMailbox(world, table, before, saved),
  };
  const changes = { ...columns, ...resetResults(world, mailbox, address) };
  if (differs(mailbox, changes)) patchRow(world, 'mailbox', mailbox, changes, caller.user);
}

function stateOfMailbox(world: World, table: OwnerTable, before: Row, saved: Row): Row {
  const isOff = (row: Row): boolean =>
    table === 'systemuser' ? row.isdisabled === true : row.statecode === 1;
  if (isOff(before) || !isOff(saved) || world.switches.disabledUserMailbox !== 'inactive') return {};
  return { statecode: 1, statuscode: 2 };
}
