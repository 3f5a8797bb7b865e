/** Deleting a row, and what the relationships do then: links to a profile are removed, a mailbox goes with its owner. */

import type { Row } from '../odata/table.ts';
import type { Caller } from '../security/caller.ts';
import { messageNotSupported, ServiceError } from '../service-error.ts';
import type { TableFacts } from '../tables/tables.ts';
import { isTesting, testTable } from '../test-and-enable/request-test.ts';
import { isReference, organizationRow, patchRow, text, type World } from '../world.ts';
import { mailboxOf, ownerOf } from './linked-rows.ts';
import { testInProgress } from './save-mailbox.ts';

export function deleteRecord(world: World, caller: Caller, table: TableFacts, row: Row): void {
  if (!table.operations.has('delete')) throw messageNotSupported('Delete', table.name);
  const id = text(row[table.primaryId]);
  if (table.name === 'mailbox') refuseMailbox(world, row, id);
  if (table.name === 'emailserverprofile') removeLinks(world, caller, id);
  if (table.name === 'systemuser') refuseUser(row);
  if (table.name === 'queue') removeMailbox(world, row);
  world.store.remove(table.name, id);
  removeAlerts(world, id);
}

function refuseMailbox(world: World, row: Row, id: string): void {
  if (ownerOf(world, row) !== undefined) {
    throw new ServiceError(
      400,
      '0x8005e200',
      'The mailbox cannot be deleted because it is associated with a user or queue.',
    );
  }
  if (isTesting(world, id) && world.switches.savesDuringTest !== 'allowed') throw testInProgress();
  world.store.remove(testTable, id);
}

/** Users are disabled, not deleted, unless they are disabled already (Microsoft Learn, "Delete users"). */
function refuseUser(row: Row): void {
  if (row.isdisabled === true) return;
  throw new ServiceError(405, '0x80040800', 'The user must be disabled before it can be deleted.');
}

function removeLinks(world: World, caller: Caller, profileId: string): void {
  const organization = organizationRow(world);
  if (pointsTo(organization.defaultemailserverprofileid, profileId)) {
    if (world.switches.profileDefaultDelete === 'refused') {
      throw new ServiceError(
        405,
        '0x80048d21',
        'The email server profile is the default of the organization and cannot be deleted.',
      );
    }
    patchRow(world, 'organization', organization, { defaultemailserverprofileid: null }, caller.user);
  }
  for (const mailbox of [...world.store.rows('mailbox')]) {
    if (pointsTo(mailbox.emailserverprofile, profileId))
      patchRow(world, 'mailbox', mailbox, { emailserverprofile: null }, caller.user);
  }
}

function removeMailbox(world: World, owner: Row): void {
  const mailbox = mailboxOf(world, owner);
  if (mailbox === undefined) return;
  const id = text(mailbox.mailboxid);
  world.store.remove(testTable, id);
  world.store.remove('mailbox', id);
  removeAlerts(world, id);
}

function removeAlerts(world: World, regardingId: string): void {
  for (const alert of [...world.store.rows('tracelog')]) {
    if (pointsTo(alert.regardingobjectid, regardingId))
      world.store.remove('tracelog', text(alert.tracelogid));
  }
}

function pointsTo(cell: Row[string] | undefined, id: string): boolean {
  return isReference(cell) && cell.id === id;
}
