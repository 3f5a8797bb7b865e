/**
 * Property names of a table as the Web API spells them: a lookup `x` is read as `_x_value` and walked by its
 * navigation properties. Built once for each table.
 */

import { unknownProperty } from './errors.ts';
import type { Cell, Collection, Column, Reference, Table } from './table.ts';

export interface NavigationProperty {
  readonly column: Column;
  readonly target: string;
}

/**
 * What an owner is, user or team: the type of a property that leads to several tables (Microsoft Learn, "principal
 * EntityType").
 */
export const PRINCIPAL = 'principal';

interface Names {
  readonly properties: ReadonlyMap<string, Column>;
  readonly navigations: ReadonlyMap<string, NavigationProperty>;
}

const known = new WeakMap<Table, Names>();

export function propertyOf(column: Column): string {
  return isLookup(column) ? `_${column.name}_value` : column.name;
}

export function isLookup(column: Column): boolean {
  return column.type === 'Lookup' || column.type === 'Owner';
}

export function isGuid(column: Column): boolean {
  return isLookup(column) || column.type === 'Uniqueidentifier';
}

/** The column a property names; write-only columns are no properties of a query. */
export function findColumn(table: Table, property: string): Column {
  const column = namesOf(table).properties.get(property);
  if (column === undefined || !column.readable) throw unknownProperty(property, table.name);
  return column;
}

export function hasProperty(table: Table, property: string): boolean {
  return namesOf(table).properties.has(property);
}

export function findNavigation(table: Table, property: string): NavigationProperty | undefined {
  return namesOf(table).navigations.get(property);
}

/** Whether a lookup's value is a row of the table that a path expects. */
export function leadsTo(cell: Cell | undefined, target: string): cell is Reference {
  if (cell === undefined || cell === null || typeof cell !== 'object') return false;
  return target === PRINCIPAL || cell.table === target;
}

export function findCollection(table: Table, property: string): Collection | undefined {
  return table.collections?.get(property);
}

function namesOf(table: Table): Names {
  const found = known.get(table);
  if (found !== undefined) return found;
  const names = buildNames(table);
  known.set(table, names);
  return names;
}

function buildNames(table: Table): Names {
  const properties = new Map<string, Column>();
  const navigations = new Map<string, NavigationProperty>();
  for (const column of table.columns.values()) {
    properties.set(propertyOf(column), column);
    for (const { property, target } of column.navigation ?? []) {
      const isShared = navigations.get(property)?.column === column;
      navigations.set(property, { column, target: isShared ? PRINCIPAL : target });
    }
  }
  return { properties, navigations };
}
