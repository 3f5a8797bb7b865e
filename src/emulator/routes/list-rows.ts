/** GET of a collection: query, pages, counts. */

import {
  formatContext,
  formatNextLink,
  MAX_PAGE_SIZE,
  type Page,
  parseQuery,
  type Query,
  type Row,
  runQuery,
} from '../odata/index.ts';
import { requirePrivilege } from '../security/row-security.ts';
import type { TableFacts } from '../tables/tables.ts';
import { isReference } from '../world.ts';
import { withWriteOnly } from './get-row.ts';
import type { Operation, Reply } from './operation.ts';
import { annotationsApplied, appliedHeader, readPreferences } from './preferences.ts';

export function listRows(operation: Operation, table: TableFacts): Reply {
  requirePrivilege(operation.caller, table, 'Read');
  return listThese(operation, table, operation.database.rows(table.name), table.entitySet);
}

/** `address`: the path of this collection below the service root. */
export function listThese(
  operation: Operation,
  table: TableFacts,
  rows: Iterable<Row>,
  address: string,
): Reply {
  const preferences = readPreferences(operation.headers);
  const query = parseQuery(operation.search, table, operation.database, operation.world.switches);
  const page = runQuery(query, rows, table, operation.database, {
    maxPageSize: preferences.maxPageSize ?? MAX_PAGE_SIZE,
    annotations: preferences.annotations,
    origin: operation.origin,
    caller: { userId: operation.caller.userId, businessUnitId: unitOf(operation) },
    ignoreTop: preferences.maxPageSize !== null,
  });
  const size = preferences.maxPageSize === null ? null : `odata.maxpagesize=${preferences.maxPageSize}`;
  return {
    status: 200,
    headers: appliedHeader([size, annotationsApplied(preferences)]),
    body: pageBody(operation, table, query, page, address),
  };
}

function unitOf({ caller }: Operation): string {
  const unit = caller.row.businessunitid;
  return isReference(unit) ? unit.id : '';
}

function pageBody(
  operation: Operation,
  table: TableFacts,
  query: Query,
  page: Page,
  address: string,
): unknown {
  const { origin, search } = operation;
  const url = `${origin}${address}${search === '' ? '' : `?${search}`}`;
  return {
    '@odata.context': formatContext(query, table, origin, 'collection'),
    ...(page.count === undefined ? {} : { '@odata.count': page.count }),
    ...(page.countLimitExceeded === undefined
      ? {}
      : {
          '@Microsoft.Dynamics.CRM.totalrecordcount': page.count,
          '@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded': page.countLimitExceeded,
        }),
    value: query.select === null ? page.value.map((row) => withWriteOnly(table, query, row)) : page.value,
    ...(page.next === undefined ? {} : { '@odata.nextLink': formatNextLink(url, page.next) }),
  };
}

/** `/mailboxes/$count`: a plain number, at most 5000 (Microsoft Learn, "Count rows using OData"). */
export function countRows(operation: Operation, table: TableFacts): Reply {
  const { database, world, origin } = operation;
  requirePrivilege(operation.caller, table, 'Read');
  const query = { ...parseQuery(operation.search, table, database, world.switches), count: true };
  const options = { maxPageSize: 1, annotations: 'none', origin } as const;
  const { count } = runQuery(query, database.rows(table.name), table, database, options);
  return { status: 200, headers: { 'Content-Type': 'text/plain' }, body: String(count ?? 0) };
}
