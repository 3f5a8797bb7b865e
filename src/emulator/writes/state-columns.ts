/** statecode and statuscode belong together: a state alone takes its status, a pair that does not fit is refused. */

import type { Row } from '../odata/table.ts';
import { ServiceError } from '../service-error.ts';
import type { World } from '../world.ts';

/** Of every table here that has states: 0 Active with status 1, 1 Inactive with status 2. */
const statusOf: Readonly<Record<number, number>> = { 0: 1, 1: 2 };

export function withState(world: World, table: string, before: Row, columns: Row): Row {
  if (!('statecode' in columns) && !('statuscode' in columns)) return columns;
  if (!world.tables.get(table)?.columns.has('statecode')) return columns;
  const state = Number(columns.statecode ?? before.statecode ?? 0);
  const status = columns.statuscode ?? statusOf[state] ?? null;
  if (status === statusOf[state]) return { ...columns, statecode: state, statuscode: status };
  throw new ServiceError(
    400,
    '0x80048408',
    `${String(status)} is not a valid status code for state code ${state} on ${table}.`,
  );
}
