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
    'islicensed',
    '_queueid_value',
    'azurestate',
    'systemmanagedusertype',
  ],
  queue: ['name', 'queueviewtype', 'statecode', '_ownerid_value'],
};

/** The business unit of an owner, read only where a rule asks for business units. */
export const UNIT_COLUMNS = {
  systemuser: '_businessunitid_value',
  queue: '_owningbusinessunit_value',
} as const;

/**
 * Columns that not every environment has; asking for one that is not there fails the whole read, so metadata is
 * asked first.
 */
export const OPTIONAL: Readonly<Partial<Record<Table, readonly string[]>>> = {
  mailbox: OPTIONAL_COLUMNS,
  // The first comes with a solution (msft_ServerSideSync_Extensions), the second is not in every release.
  emailserverprofile: ['aadresourceid', 'emailservertypename'],
  systemuser: ['azurestate', 'systemmanagedusertype'],
};

export const OPTIONAL_TABLES: readonly Table[] = Object.keys(OPTIONAL).filter(isTable);

/** Optional columns that the environment does not have, with their table. */
export type AbsentColumns = ReadonlyMap<string, Table>;

/** All that choosing columns needs to know of them. */
type Absence = Pick<AbsentColumns, 'has'>;

export const NOTHING_ABSENT: AbsentColumns = new Map();

/** All that a whole read asks of a table; `more` is what this read needs besides. */
export function columnsOf(
  catalogue: Catalogue,
  table: Table,
  absent: Absence,
  more: readonly string[] = [],
): readonly string[] {
  return present([...IDENTITY_COLUMNS[table], ...more, ...recordColumns(catalogue, table)], absent);
}

/** Asked for with every request that reads records again. */
const knownColumns = new WeakMap<Catalogue, Map<Table, readonly string[]>>();

/** What the fields are decoded from: enough where it is known whose a record is. */
function recordColumns(catalogue: Catalogue, table: Table): readonly string[] {
  const known = knownColumns.get(catalogue) ?? new Map<Table, readonly string[]>();
  knownColumns.set(catalogue, known);
  const columns = known.get(table) ?? [KEY_COLUMNS[table], ...selectedColumns(catalogue, table, new Set())];
  known.set(table, columns);
  return columns;
}

function present(columns: readonly string[], absent: Absence): readonly string[] {
  return [...new Set(columns)].filter((column) => !absent.has(column)).sort();
}

export function recordPath(table: Table, id: string): string {
  return `${ENTITY_SETS[table]}(${id})`;
}

/**
 * Rows with these columns: all, or those that the filter lets through. Owners are never expanded: no public client is
 * known to expand `regardingobjectid` of mailboxes, which points to two tables, and a page would name the same columns
 * once more for each row. They are lists of their own, joined in memory.
 */
export function rowsPath(table: Table, columns: readonly string[], filter?: string): string {
  const select = { $select: columns.join(',') };
  return withOptions(ENTITY_SETS[table], filter === undefined ? select : { ...select, $filter: filter });
}

/** Whether an owner is enabled: nobody is vouched for who is not. */
const OWNER_STATE: Readonly<Partial<Record<Table, readonly string[]>>> = {
  systemuser: ['isdisabled'],
  queue: ['statecode'],
};

/** Records that are read again: what their fields are decoded from and what steps rely on, with their versions. */
export function recordsPath(catalogue: Catalogue, table: Table, absent: Absence, filter: string): string {
  const columns = [...recordColumns(catalogue, table), ...(OWNER_STATE[table] ?? [])];
  return rowsPath(table, present(columns, absent), filter);
}

/** What profiles are called and of which type they are: no column that an environment may lack. */
export function profileNamesPath(catalogue: Catalogue): string {
  const type = catalogue.row('profile', 'type')?.codec?.columns.emailserverprofile ?? [];
  const columns = new Set([KEY_COLUMNS.emailserverprofile, 'name', ...type]);
  return withOptions(ENTITY_SETS.emailserverprofile, { $select: [...columns].sort().join(',') });
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
