import { expect, it } from 'vitest';
import { formatValue } from './format-value.ts';
import type { Cell, Column, ColumnType } from './table.ts';

const options = new Map([
  [0, 'Disable'],
  [1, 'Enable'],
]);

function columnOf(type: ColumnType, labelled: boolean): Column {
  return { name: 'x', type, readable: true, ...(labelled ? { options } : {}) };
}

it.each<[ColumnType, boolean, Cell, string | null]>([
  ['BigInt', false, 2101560, '2,101,560'],
  ['Integer', false, 10, '10'],
  ['Integer', false, -1500, '-1,500'],
  ['Decimal', false, 1234.5, '1,234.50'],
  ['Double', false, 0, '0.00'],
  ['Picklist', true, 1, 'Enable'],
  ['Picklist', true, 1033, '1,033'],
  ['Boolean', false, true, 'Yes'],
  ['Boolean', false, false, 'No'],
  ['Boolean', true, false, 'Disable'],
  ['DateTime', false, '2025-09-22T10:03:12Z', '9/22/2025 10:03 AM'],
  ['DateTime', false, '2025-09-22T12:06:32Z', '9/22/2025 12:06 PM'],
  ['DateTime', false, '1900-01-01T00:00:00Z', '1/1/1900 12:00 AM'],
  ['DateTime', false, '2025-12-31T23:59:59Z', '12/31/2025 11:59 PM'],
  ['Lookup', false, { table: 'queue', id: '1', name: 'Support' }, 'Support'],
  ['Lookup', false, { table: 'queue', id: '1', name: null }, null],
  ['String', false, 'text', null],
  ['Uniqueidentifier', false, '00000000-0000-0000-0000-000000000001', null],
  ['Integer', false, null, null],
])('%s, labelled %j: %j is %j', (type, labelled, cell, expected) => {
  expect(formatValue(columnOf(type, labelled), cell)).toBe(expected);
});
