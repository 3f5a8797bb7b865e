/** GET of a collection: query, pages, counts. */

import {
  type Annotations,
  type Apply,
  annotationFilter,
  formatContext,
  formatNextLink,
  MAX_PAGE_SIZE,
  type Page,
  parseApply,
  parseQuery,
  type Query,
  type Row,
  runApply,
  runQuery,
  sourceRows,
} from '../odata/index.ts';
import { requirePrivilege } from '../security/row-security.ts';
import type { TableFacts } from '../tables/tables.ts';
import { withWriteOnly } from './get-row.ts';
import type { Operation, Reply } from './operation.ts';
import { annotationsApplied, appliedHeader, readPreferences, sizeApplied } from './preferences.ts';
import { queryContext } from './query-context.ts';
import { countChanges, deltaLink, hasDeltaToken, listChanges, requireTracking } from './track-changes.ts';

export function listRows(operation: Operation, table: TableFacts): Reply {
  requirePrivilege(operation.caller, table, 'Read');
  if (hasDeltaToken(operation)) return listChanges(operation, table);
  const apply = parseApply(operation.search, table, operation.database, operation.world.switches);
  if (apply !== null) return applyRows(operation, table, apply);
  if (!readPreferences(operation.headers).trackChanges) {
    return listThese(operation, table, null, table.entitySet);
  }
  requireTracking(operation, table);
  return listThese(operation, table, null, table.entitySet, operation.world.store.version);
}

function applyRows(operation: Operation, table: TableFacts, apply: Apply): Reply {
  const { database, origin, search } = operation;
  const preferences = readPreferences(operation.headers);
  const maxPageSize = Math.min(Math.max(1, preferences.maxPageSize ?? MAX_PAGE_SIZE), MAX_PAGE_SIZE);
  const options = { ...queryContext(operation), annotations: preferences.annotations, maxPageSize };
  const { value, next } = runApply(apply, database.rows(table.name), database, options);
  const url = `${origin}${table.entitySet}?${search}`;
  return {
    status: 200,
    headers: appliedHeader([sizeApplied(preferences), annotationsApplied(preferences)]),
    body: {
      '@odata.context': `${origin}$metadata#${table.entitySet}`,
      value,
      ...(next === undefined ? {} : { '@odata.nextLink': formatNextLink(url, next) }),
    },
  };
}

/**
 * `rows`: null is the whole table. `address`: the path of this collection below the service root. `version`: where a
 * tracked reading begins, unless an earlier page says so.
 */
export function listThese(
  operation: Operation,
  table: TableFacts,
  rows: Iterable<Row> | null,
  address: string,
  version?: number,
): Reply {
  const preferences = readPreferences(operation.headers);
  const query = parseQuery(operation.search, table, operation.database, operation.world.switches);
  const tracking = query.skip?.tracking ?? version;
  const source = rows === null ? sourceRows(query, table, operation.database) : { rows, ordered: false };
  const page = runQuery(query, source.rows, table, operation.database, {
    ...queryContext(operation),
    maxPageSize: preferences.maxPageSize ?? MAX_PAGE_SIZE,
    annotations: preferences.annotations,
    ignoreTop: preferences.maxPageSize !== null,
    ordered: source.ordered,
    tracking,
    asText: query.select !== null,
    nestedPageSize: nestedSize(query, preferences.maxPageSize),
  });
  const tracked = tracking === undefined ? null : 'odata.track-changes';
  const link =
    tracking === undefined || page.next !== undefined
      ? {}
      : { '@odata.deltaLink': deltaLink(operation, table, tracking) };
  const headers = appliedHeader([sizeApplied(preferences), tracked, annotationsApplied(preferences)]);
  return { status: 200, headers, ...pageBody(operation, table, query, page, address, link) };
}

/** "If you use a nested $expand anywhere in your query …, paging is applied to each of the expanded collections." */
function nestedSize({ expand }: Query, maxPageSize: number | null): number | undefined {
  const nests = expand.some(({ query }) => query.expand.length > 0);
  return nests && maxPageSize !== null ? Math.max(1, maxPageSize) : undefined;
}

function pageBody(
  operation: Operation,
  table: TableFacts,
  query: Query,
  page: Page,
  address: string,
  link: Readonly<Record<string, string>>,
): Pick<Reply, 'body' | 'json'> {
  const { origin, search } = operation;
  const url = `${origin}${address}${search === '' ? '' : `?${search}`}`;
  const head = {
    '@odata.context': formatContext(query, table, origin, 'collection'),
    ...link,
    ...countsOf(page, readPreferences(operation.headers).annotations),
  };
  const next = page.next === undefined ? {} : { '@odata.nextLink': formatNextLink(url, page.next) };
  if (page.text === undefined) {
    const value =
      query.select === null ? page.value.map((row) => withWriteOnly(table, query, row)) : page.value;
    return { body: { ...head, value, ...next } };
  }
  const after = page.next === undefined ? '' : `,${JSON.stringify(next).slice(1, -1)}`;
  return { json: `${JSON.stringify(head).slice(0, -1)},"value":[${page.text.join(',')}]${after}}` };
}

const crm = 'Microsoft.Dynamics.CRM.';
/** The metadata never change. */
const metadataVersion = '1';

/** All but the count itself only where it is asked for (Microsoft Learn, "Count rows using OData"). */
function countsOf(
  { count, countLimitExceeded = false }: Page,
  annotations: Annotations,
): Readonly<Record<string, unknown>> {
  const known = {
    totalrecordcount: count ?? -1,
    totalrecordcountlimitexceeded: countLimitExceeded,
    globalmetadataversion: metadataVersion,
  };
  const wants = annotationFilter(annotations);
  const wanted = Object.entries(known).filter(([name]) => wants?.(crm + name) === true);
  return {
    ...(count === undefined ? {} : { '@odata.count': count }),
    ...Object.fromEntries(wanted.map(([name, value]) => [`@${crm}${name}`, value])),
  };
}

/** `/$count` below a collection of a row. */
export function countThese(operation: Operation, table: TableFacts, rows: Iterable<Row>): Reply {
  const { database, world } = operation;
  const query = { ...parseQuery(operation.search, table, database, world.switches), count: true };
  const options = { ...queryContext(operation), maxPageSize: 1, annotations: 'none' } as const;
  const { count } = runQuery(query, rows, table, database, options);
  return { status: 200, headers: { 'Content-Type': 'text/plain' }, body: String(count ?? 0) };
}

/** `/mailboxes/$count`: a plain number, at most 5000 (Microsoft Learn, "Count rows using OData"). */
export function countRows(operation: Operation, table: TableFacts): Reply {
  const { database, world } = operation;
  requirePrivilege(operation.caller, table, 'Read');
  if (hasDeltaToken(operation)) return countChanges(operation, table);
  const query = parseQuery(operation.search, table, database, world.switches);
  return countThese(operation, table, sourceRows({ ...query, count: true }, table, database).rows);
}
