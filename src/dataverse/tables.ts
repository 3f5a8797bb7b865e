/** Names of tables, key columns and what is selected of each. The only place that spells them. */

import { type Catalogue, selectedColumns } from '../catalogue/catalogue.ts';
import type { Table } from '../catalogue/field.ts';
import { OPTIONAL_COLUMNS } from '../catalogue/mailbox-tests.ts';
import { withOptions } from './url.ts';

export const ENTITY_SETS: Readonly<Record<Table, string>> = {
  mailbox: 'mailboxes',
  emailserverprofile: 'emailserverprofiles',
  organization: 'organizations',
  systemuser: 'systemusers',
  queue: 'queues',
};

export const KEY_COLUMNS: Readonly<Record<Table, string>> = {
  mailbox: 'mailboxid',
  emailserverprofile: 'emailserverprofileid',
  organization: 'organizationid',
  systemuser: 'systemuserid',
  queue: 'queueid',
};

/** Columns that tell who a row belongs to, besides those of the catalogue. */
const IDENTITY_COLUMNS: Readonly<Record<Table, readonly string[]>> = {
  mailbox: [
    'name',
    '_regardingobjectid_value',
    'isforwardmailbox',
    'statecode',
    'modifiedon',
    '_modifiedby_value',
  ],
  emailserverprofile: [
    'name',
    'servertype',
    'incomingcredentialretrieval',
    'modifiedon',
    '_modifiedby_value',
  ],
  organization: ['modifiedon'],
  systemuser: [
    'domainname',
    'fullname',
    'isdisabled',
    'accessmode',
    'applicationid',
    'azureactivedirectoryobjectid',
    'isintegrationuser',
    '_queueid_value',
    'azurestate',
    'systemmanagedusertype',
  ],
  queue: ['name', 'queueviewtype', 'statecode'],
};

/**
 * Columns that not every environment has; asking for one that is not there fails the whole read, so metadata is
 * asked first.
 */
export const OPTIONAL: Readonly<Partial<Record<Table, readonly string[]>>> = {
  mailbox: OPTIONAL_COLUMNS,
  systemuser: ['azurestate', 'systemmanagedusertype'],
};

/** Optional columns that the environment does not have. */
export type AbsentColumns = ReadonlySet<string>;

export function columnsOf(catalogue: Catalogue, table: Table, absent: AbsentColumns): readonly string[] {
  const columns = new Set([KEY_COLUMNS[table], ...IDENTITY_COLUMNS[table]]);
  for (const column of selectedColumns(catalogue, table, absent)) columns.add(column);
  return [...columns].filter((column) => !absent.has(column)).sort();
}

export function recordPath(table: Table, id: string): string {
  return `${ENTITY_SETS[table]}(${id})`;
}

/** All rows of a table, or those that the filter lets through. */
export function rowsPath(catalogue: Catalogue, table: Table, absent: AbsentColumns, filter?: string): string {
  const select = { $select: columnsOf(catalogue, table, absent).join(',') };
  return withOptions(ENTITY_SETS[table], filter === undefined ? select : { ...select, $filter: filter });
}

export function optionalColumnsPath(table: Table): string {
  const names = OPTIONAL[table] ?? [];
  return withOptions(`EntityDefinitions(LogicalName='${table}')/Attributes`, {
    $select: 'LogicalName',
    $filter: names.map((name) => `LogicalName eq '${name}'`).join(' or '),
  });
}

export function isTable(name: string): name is Table {
  return Object.hasOwn(ENTITY_SETS, name);
}
