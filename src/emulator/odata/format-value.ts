/**
 * The annotations of a column: formatted value, table and navigation property of a lookup. English (United States),
 * as a new environment has it.
 */

import { isLookup } from './names.ts';
import type { Json } from './render-row.ts';
import type { Cell, Column, Reference } from './table.ts';

export type Annotator = (name: string) => boolean;

const FORMATTED = 'OData.Community.Display.V1.FormattedValue';
const NAVIGATION = 'Microsoft.Dynamics.CRM.associatednavigationproperty';
const LOGICAL_NAME = 'Microsoft.Dynamics.CRM.lookuplogicalname';
/** Recorded rows carry no navigation property for these. */
const AUDIT_COLUMNS: readonly string[] = [
  'createdby',
  'modifiedby',
  'createdonbehalfby',
  'modifiedonbehalfby',
];

/** By the number of decimals. Made when first used: that takes longer than most commands. */
const FORMATS = new Map<number, Intl.NumberFormat>();

export function annotate(
  target: Record<string, Json>,
  property: string,
  column: Column,
  cell: Cell,
  wants: Annotator,
): void {
  const text = wants(FORMATTED) ? formatValue(column, cell) : null;
  if (text !== null) target[`${property}@${FORMATTED}`] = text;
  if (cell === null || typeof cell !== 'object') return;
  const navigation = wants(NAVIGATION) ? navigationOf(column, cell) : undefined;
  if (navigation !== undefined) target[`${property}@${NAVIGATION}`] = navigation;
  if (wants(LOGICAL_NAME)) target[`${property}@${LOGICAL_NAME}`] = cell.table;
}

/** Null for what has no other form than its value: text and ids. */
export function formatValue(column: Column, cell: Cell): string | null {
  if (cell === null) return null;
  if (typeof cell === 'object') return isLookup(column) ? cell.name : null;
  if (typeof cell === 'boolean') return column.options?.get(Number(cell)) ?? (cell ? 'Yes' : 'No');
  if (typeof cell === 'number') return formatNumber(column, cell);
  return column.type === 'DateTime' ? formatDate(cell) : null;
}

function formatNumber(column: Column, value: number): string {
  const label = column.options?.get(value);
  if (label !== undefined) return label;
  return formatWith(column.type === 'Double' || column.type === 'Decimal' ? 2 : 0).format(value);
}

function formatWith(decimals: number): Intl.NumberFormat {
  const limits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  const format = FORMATS.get(decimals) ?? new Intl.NumberFormat('en-US', limits);
  FORMATS.set(decimals, format);
  return format;
}

/** `9/22/2025 10:03 AM`, in UTC. */
function formatDate(text: string): string {
  const date = new Date(text);
  const hours = date.getUTCHours();
  const minutes = String(date.getUTCMinutes()).padStart(2, '0');
  const day = `${date.getUTCMonth() + 1}/${date.getUTCDate()}/${date.getUTCFullYear()}`;
  return `${day} ${hours % 12 === 0 ? 12 : hours % 12}:${minutes} ${hours < 12 ? 'AM' : 'PM'}`;
}

function navigationOf(column: Column, reference: Reference): string | undefined {
  if (AUDIT_COLUMNS.includes(column.name)) return undefined;
  return column.navigation?.find(({ target }) => target === reference.table)?.property;
}
