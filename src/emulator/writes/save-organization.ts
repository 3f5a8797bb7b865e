/** An update of the organization row: who may change the two "only approved" switches, and how large uploads may be. */

import { approvalRefused, holdsApproverRights } from '../approval.ts';
import type { Row } from '../odata/table.ts';
import type { Caller } from '../security/caller.ts';
import { ServiceError } from '../service-error.ts';
import { patchRow, type World } from '../world.ts';

const onlyApproved: ReadonlySet<string> = new Set([
  'requireapprovalforuseremail',
  'requireapprovalforqueueemail',
]);

export function saveOrganization(world: World, caller: Caller, before: Row, written: Row): Row {
  const columns = readOnlyApproved(world, caller, before, written);
  refuseUploadLimit(world, columns);
  return patchRow(world, 'organization', before, columns, caller.user);
}

function readOnlyApproved(world: World, caller: Caller, before: Row, written: Row): Row {
  const changed = Object.keys(written).filter(
    (column) => onlyApproved.has(column) && written[column] !== before[column],
  );
  if (changed.length === 0 || holdsApproverRights(caller, true)) return written;
  switch (world.switches.onlyApprovedDenied) {
    case 'allowed':
      return written;
    case '403':
      throw approvalRefused();
    case 'silent':
      return Object.fromEntries(Object.entries(written).filter(([column]) => !onlyApproved.has(column)));
    default:
      return world.switches.onlyApprovedDenied satisfies never;
  }
}

function refuseUploadLimit(world: World, written: Row): void {
  const size = written.maxuploadfilesize;
  const limit = Number(world.switches.maxUploadLimit);
  if (typeof size !== 'number' || size <= limit) return;
  throw new ServiceError(
    400,
    '0x8004432f',
    `The value ${size} of 'maxuploadfilesize' is outside the valid range (0 to ${limit}).`,
  );
}
