/** What every part of the embedded Dataverse works on: the rows, the clock, the switches, the organization file. */

import type { VirtualClock } from './clock.ts';
import { toStamp } from './clock.ts';
import type { MailboxLinks } from './mailbox-links.ts';
import type { Cell, Reference, Row } from './odata/table.ts';
import type { Organization } from './organization.ts';
import type { Store } from './store.ts';
import type { Switches } from './switches.ts';
import type { Tables } from './tables/tables.ts';

export interface World {
  readonly organization: Organization;
  readonly switches: Switches;
  readonly tables: Tables;
  readonly store: Store;
  readonly clock: Pick<VirtualClock, 'now'>;
  readonly links: MailboxLinks;
}

export const never = '1900-01-01T00:00:00Z';
export const exchangeOnlineProfileId = '7eedeb22-6a30-4a66-808b-00c25a95b03f';
/** Root id of the role "Delegated Mailbox Approver"; it comes with a solution and is the same everywhere. */
export const delegatedApproverRoleId = 'd19d7df9-96e3-440a-ada1-7f469d2a00d1';

export function stamp(world: World): string {
  return toStamp(world.clock.now());
}

export function isReference(cell: Cell | undefined): cell is Reference {
  return typeof cell === 'object' && cell !== null;
}

/** The row that a lookup points to. */
export function follow(world: World, cell: Cell | undefined): Row | undefined {
  return isReference(cell) ? world.store.get(cell.table, cell.id) : undefined;
}

export function text(cell: Cell | undefined): string {
  return typeof cell === 'string' ? cell : '';
}

export function organizationRow(world: World): Row {
  return world.store.get('organization', world.organization.organizationId.toLowerCase()) ?? {};
}

/** Changes some columns of a row, with the modified columns of a person's write. */
export function patchRow(world: World, table: string, row: Row, columns: Row, by?: Reference): Row {
  const id = text(row[`${table}id`]);
  return world.store.put(table, id, {
    ...row,
    ...columns,
    modifiedon: stamp(world),
    ...(by === undefined ? {} : { modifiedby: by }),
  });
}

/** Changes columns as the sync engine does: the version moves, modifiedon and modifiedby stay. */
export function patchAsEngine(world: World, table: string, row: Row, columns: Row): Row {
  return world.store.put(table, text(row[`${table}id`]), { ...row, ...columns });
}
