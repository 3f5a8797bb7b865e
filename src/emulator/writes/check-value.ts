/** One written value against the facts of its column: type, length, range, choice, required. */

import type { Cell } from '../odata/table.ts';
import { ServiceError } from '../service-error.ts';
import type { ColumnFacts } from '../tables/parse-facts.ts';
import type { TableFacts } from '../tables/tables.ts';
import { isGuid } from '../uuid.ts';

export function checkValue(table: TableFacts, column: ColumnFacts, value: unknown): Cell {
  if (value === null) return checkNull(table, column);
  switch (column.type) {
    case 'Boolean':
      return typeof value === 'boolean' ? value : refuseType(column, value, 'Edm.Boolean');
    case 'Integer':
    case 'BigInt':
      return checkRange(table, column, checkInteger(column, value));
    case 'Picklist':
    case 'State':
    case 'Status':
      return checkChoice(table, column, checkInteger(column, value));
    case 'Double':
    case 'Decimal':
      return typeof value === 'number' ? value : refuseType(column, value, 'Edm.Double');
    case 'DateTime':
      return checkDate(column, value);
    case 'Uniqueidentifier':
      return checkGuid(column, value);
    case 'String':
    case 'Memo':
    case 'EntityName':
      return checkLength(table, column, value);
    case 'Lookup':
    case 'Owner':
      return refuseType(column, value, 'Edm.Guid');
    default:
      return column.type satisfies never;
  }
}

function refuseType(column: ColumnFacts, value: unknown, type: string): never {
  const shown = typeof value === 'object' ? 'the given object' : `the literal '${String(value)}'`;
  throw new ServiceError(
    400,
    '0x80048d19',
    `Error identified in Payload provided by the user: Cannot convert ${shown} of '${column.name}' to the expected type '${type}'.`,
  );
}

function checkNull(table: TableFacts, column: ColumnFacts): null {
  if (column.required !== 'system') return null;
  throw new ServiceError(
    400,
    '0x80040203',
    `A validation error occurred. The required column '${column.name}' of '${table.name}' cannot be null.`,
  );
}

function checkInteger(column: ColumnFacts, value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  return refuseType(column, value, column.type === 'BigInt' ? 'Edm.Int64' : 'Edm.Int32');
}

function checkRange(table: TableFacts, column: ColumnFacts, value: number): number {
  const [low, high] = column.range ?? [-2_147_483_648, 2_147_483_647];
  if (column.type === 'BigInt' || (value >= low && value <= high)) return value;
  throw new ServiceError(
    400,
    '0x8004432f',
    `A validation error occurred. The value ${value} of '${column.name}' on record of type '${table.name}' is outside the valid range (${low} to ${high}).`,
  );
}

function checkChoice(table: TableFacts, column: ColumnFacts, value: number): number {
  if (column.options?.has(value)) return value;
  const accepted = [...(column.options?.keys() ?? [])].join(',');
  throw new ServiceError(
    400,
    '0x8004431a',
    `A validation error occurred. The value ${value} of '${column.name}' on record of type '${table.name}' is outside the valid range. Accepted Values: ${accepted}`,
  );
}

function checkDate(column: ColumnFacts, value: unknown): string {
  const isDate =
    typeof value === 'string' &&
    /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/.test(value);
  const time = isDate ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time)) return refuseType(column, value, 'Edm.DateTimeOffset');
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

function checkGuid(column: ColumnFacts, value: unknown): string {
  if (typeof value === 'string' && isGuid(value)) return value.toLowerCase();
  return refuseType(column, value, 'Edm.Guid');
}

function checkLength(table: TableFacts, column: ColumnFacts, value: unknown): string {
  if (typeof value !== 'string') return refuseType(column, value, 'Edm.String');
  if (value === '' && column.required === 'system') checkNull(table, column);
  if (column.maxLength === undefined || value.length <= column.maxLength) return value;
  throw new ServiceError(
    400,
    '0x80044331',
    `A validation error occurred. The length of the '${column.name}' attribute of the '${table.name}' entity exceeded the maximum allowed length of '${column.maxLength}'.`,
  );
}
