/**
 * What users and teams have in common as owners: one property, the key that both inherit, and no rows of its own
 * (Microsoft Learn, "principal EntityType"). It is why `$expand=ownerid` answers the owner's id alone, which "doesn't
 * tell you if the owner is a user or a team" (simple-odata-client issue 625).
 */

import { PRINCIPAL } from '../odata/names.ts';
import type { Table } from '../odata/table.ts';

export const principal: Table = {
  name: PRINCIPAL,
  entitySet: 'principals',
  primaryId: 'ownerid',
  primaryName: 'ownerid',
  columns: new Map([['ownerid', { name: 'ownerid', type: 'Uniqueidentifier', readable: true }]]),
};

/** The tables whose rows are principals. */
export const principalTables: readonly string[] = ['systemuser', 'team'];
