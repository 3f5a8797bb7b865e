/**
 * An update of a mailbox, step by step: what is refused while a test runs, what the service keeps to itself, approval,
 * address, state, results that a change resets, and at the end the request for a test.
 */

import { approvalAfterAddressChange, approvalColumns, approvalRefused, decideApproval } from '../approval.ts';
import type { Row } from '../odata/table.ts';
import { checkMailbox } from '../rules/mailbox-rules.ts';
import type { Caller } from '../security/caller.ts';
import { ServiceError } from '../service-error.ts';
import { isTesting, requestTest } from '../test-and-enable/request-test.ts';
import { patchRow, text, type World } from '../world.ts';
import { mirrorToOwner, ownerOf } from './linked-rows.ts';
import { resetResults } from './reset-results.ts';
import { withState } from './state-columns.ts';

const testFlag = 'testemailconfigurationscheduled';

/** Columns that only the test and the engine are meant to write. */
const observed: ReadonlySet<string> = new Set([
  'incomingemailstatus',
  'outgoingemailstatus',
  'actstatus',
  'enabledforincomingemail',
  'enabledforoutgoingemail',
  'enabledforact',
  'testmailboxaccesscompletedon',
]);

/** Columns that may go with a test without being an edit. */
const besideTest: ReadonlySet<string> = new Set([
  testFlag,
  'orgmarkedasprimaryforexchangesync',
  'statecode',
  'statuscode',
]);

const configuration: ReadonlySet<string> = new Set([
  testFlag,
  'emailserverprofile',
  'incomingemaildeliverymethod',
  'outgoingemaildeliverymethod',
  'actdeliverymethod',
  'emailaddress',
  'username',
  'password',
  'allowemailconnectortousecredentials',
  'statecode',
]);

export function saveMailbox(world: World, caller: Caller, before: Row, written: Row): Row {
  refuseDuringTest(world, before, written);
  const { [testFlag]: flag, ...edits } = withoutIgnoredTest(world, written);
  const columns = readStatusWrites(world, withState(world, 'mailbox', before, edits));
  const approved = applyApproval(world, caller, before, readTenantFlag(world, columns));
  const addressed = applyAddress(world, before, approved);
  const changes = { ...addressed, ...resetResults(world, before, addressed) };
  checkMailbox(world, before, { ...before, ...changes }, changes);
  const saved = patchRow(world, 'mailbox', before, changes, caller.user);
  mirrorToOwner(world, before, saved, caller.user);
  return flag === true ? requestTest(world, saved, caller.user) : saved;
}

function refuseDuringTest(world: World, before: Row, written: Row): void {
  if (!isTesting(world, text(before.mailboxid))) return;
  const { savesDuringTest } = world.switches;
  if (savesDuringTest === 'allowed') return;
  if (savesDuringTest === 'config' && !Object.keys(written).some((column) => configuration.has(column)))
    return;
  throw testInProgress();
}

export function testInProgress(): ServiceError {
  return new ServiceError(
    400,
    '0x8005e248',
    'Test email configuration is scheduled for this mailbox. Save the mailbox after the test is completed.',
  );
}

function withoutIgnoredTest(world: World, written: Row): Row {
  const isCombined =
    written[testFlag] === true && Object.keys(written).some((column) => !besideTest.has(column));
  if (!isCombined || world.switches.editWithTest === 'accepted') return written;
  if (world.switches.editWithTest === 'refused') throw testInProgress();
  const { [testFlag]: _ignored, ...edits } = written;
  return edits;
}

function readStatusWrites(world: World, columns: Row): Row {
  if (world.switches.statusWrites === 'accepted') return columns;
  return Object.fromEntries(Object.entries(columns).filter(([column]) => !observed.has(column)));
}

function readTenantFlag(world: World, columns: Row): Row {
  const { isemailaddressapprovedbyo365admin: flag, ...rest } = columns;
  if (flag === undefined || world.switches.tenantFlagWrite === 'ignored') return rest;
  if (world.switches.tenantFlagWrite === 'refused') throw approvalRefused();
  return columns;
}

function applyApproval(world: World, caller: Caller, before: Row, columns: Row): Row {
  const { emailrouteraccessapproval: status, ...rest } = columns;
  if (typeof status !== 'number' || status === before.emailrouteraccessapproval) return rest;
  const isOwned = ownerOf(world, before) !== undefined;
  if (isOwned && world.switches.approvalOn === 'owner') return rest;
  const decision = decideApproval(world, caller, { ...before, ...rest });
  if (decision === 'refused') throw approvalRefused();
  if (decision === 'silent') return rest;
  return { ...rest, ...approvalColumns(world, caller, { ...before, ...rest }, status) };
}

/** An approval in the same request speaks of the new address. */
function applyAddress(world: World, before: Row, columns: Row): Row {
  const { emailaddress } = columns;
  if (emailaddress === undefined || text(emailaddress) === text(before.emailaddress)) return columns;
  if (ownerOf(world, before) !== undefined && world.switches.mailboxAddressWrite === 'refused') {
    throw new ServiceError(
      400,
      '0x8005e208',
      'The email address of a mailbox that is associated with a user or queue cannot be modified.',
    );
  }
  return { ...approvalAfterAddressChange(world, emailaddress), ...columns };
}
