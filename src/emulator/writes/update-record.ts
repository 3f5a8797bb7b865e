/** Updating a row: the tables that have rules of their own, and the plain case. */

import { ownership } from '../new-rows.ts';
import type { Row } from '../odata/table.ts';
import { checkProfile } from '../rules/profile-rules.ts';
import type { Caller } from '../security/caller.ts';
import { messageNotSupported } from '../service-error.ts';
import type { TableFacts } from '../tables/tables.ts';
import { patchRow, type World } from '../world.ts';
import { saveMailbox } from './save-mailbox.ts';
import { saveOrganization } from './save-organization.ts';
import { saveOwner } from './save-owner.ts';
import { withState } from './state-columns.ts';
import { storeSecrets } from './store-secrets.ts';

export function updateRecord(
  world: World,
  caller: Caller,
  table: TableFacts,
  before: Row,
  written: Row,
): Row {
  if (!table.operations.has('update')) throw messageNotSupported('Update', table.name);
  const columns = storeSecrets(written);
  switch (table.name) {
    case 'mailbox':
      return saveMailbox(world, caller, before, withOwner(world, columns));
    case 'systemuser':
    case 'queue':
      return saveOwner(world, caller, table.name, before, columns);
    case 'organization':
      return saveOrganization(world, caller, before, columns);
    case 'emailserverprofile':
      return saveProfile(world, caller, before, withOwner(world, columns));
    default:
      return patchRow(world, table.name, before, withState(world, table.name, before, columns), caller.user);
  }
}

function withOwner(world: World, columns: Row): Row {
  return 'ownerid' in columns ? { ...columns, ...ownership(world, columns.ownerid ?? null) } : columns;
}

function saveProfile(world: World, caller: Caller, before: Row, written: Row): Row {
  const columns = withState(world, 'emailserverprofile', before, written);
  checkProfile(world, before, { ...before, ...columns }, columns);
  return patchRow(world, 'emailserverprofile', before, columns, caller.user);
}
