/** What a query may ask about the request it came with: who sent it, when, and to which address. */

import { linkedIds } from '../associations.ts';
import type { Cell } from '../odata/table.ts';
import { isReference } from '../world.ts';
import type { Operation } from './operation.ts';

export interface QueryContext {
  readonly origin: string;
  readonly now: number;
  readonly caller: {
    readonly userId: string;
    readonly businessUnitId: string;
    readonly teamIds: () => readonly string[];
    readonly roleUnitIds: () => readonly string[];
  };
}

export function queryContext({ world, caller, origin }: Operation): QueryContext {
  const { userId, row } = caller;
  const idOf = (cell: Cell | undefined): string => (isReference(cell) ? cell.id : '');
  const linked = (association: 'teammembership_association' | 'systemuserroles_association') =>
    linkedIds(world, association, 'systemuser', userId);
  return {
    origin,
    now: world.clock.now(),
    caller: {
      userId,
      businessUnitId: idOf(row.businessunitid),
      teamIds: () => linked('teammembership_association'),
      roleUnitIds: () =>
        linked('systemuserroles_association').map((id) => idOf(world.store.get('role', id)?.businessunitid)),
    },
  };
}
