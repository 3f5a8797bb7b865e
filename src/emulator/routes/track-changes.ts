/**
 * Change tracking: what a delta link stands for and what it answers – rows that are new or changed, then those that
 * were deleted (Microsoft Learn, "Use change tracking to synchronize data with external systems").
 */

import {
  compareKeys,
  formatContext,
  formatNextLink,
  type JsonRow,
  MAX_PAGE_SIZE,
  ODataError,
  parseQuery,
  type Row,
  rowRenderer,
  type SkipToken,
  splitSearch,
} from '../odata/index.ts';
import { depthOf } from '../security/row-security.ts';
import { privilegeDenied, ServiceError } from '../service-error.ts';
import type { TableFacts } from '../tables/tables.ts';
import { text } from '../world.ts';
import type { Operation, Reply } from './operation.ts';
import { annotationsApplied, appliedHeader, readPreferences, sizeApplied } from './preferences.ts';
import { queryContext } from './query-context.ts';

const dayMs = 86_400_000;
/** The default of the organization's expirechangetrackingindays. */
const expiryMs = 7 * dayMs;
const refused: readonly string[] = ['$filter', '$orderby', '$expand', '$top'];

/** Throws what stands in the way of a request that begins to track, or goes on. */
export function requireTracking({ search, caller }: Operation, table: TableFacts): void {
  if (!table.changeTracking) {
    throw new ServiceError(400, '0x80072491', `Change tracking is not enabled for entity '${table.name}'.`);
  }
  if (depthOf(caller, table, 'Read') !== 'global') {
    throw privilegeDenied(caller.userId, `prvRead${table.privilege}`);
  }
  const wrong = [...splitSearch(search).options.keys()].find((name) => refused.includes(name));
  if (wrong === undefined) return;
  throw new ODataError(
    400,
    '0x80060888',
    `The "${wrong}" query parameter isn't supported when Change Tracking is enabled.`,
  );
}

export function hasDeltaToken({ search }: Operation): boolean {
  return splitSearch(search).options.has('$deltatoken');
}

/** The address under which a client asks for what happened after a version. */
export function deltaLink(operation: Operation, table: TableFacts, version: number): string {
  const kept = withoutTokens(operation.search);
  const token = encodeURIComponent(`${version}!${stampOf(operation.world.clock.now())}`)
    .replaceAll('!', '%21')
    .replace(/%[0-9A-F]{2}/g, (found) => found.toLowerCase());
  return `${operation.origin}${table.entitySet}?${kept === '' ? '' : `${kept}&`}$deltatoken=${token}`;
}

function withoutTokens(search: string): string {
  return search
    .split('&')
    .filter((part) => part !== '' && !/^(\$|%24)(deltatoken|skiptoken)=/i.test(part))
    .join('&');
}

/** 08/22/2017 08:10:44 */
function stampOf(now: number): string {
  const [date = '', time = ''] = new Date(now).toISOString().slice(0, 19).split('T');
  const [year = '', month = '', day = ''] = date.split('-');
  return `${month}/${day}/${year} ${time}`;
}

interface Change {
  /** New and changed rows first, then deleted ones, each in order of version. */
  readonly keys: readonly [phase: number, version: number];
  readonly id: string;
  readonly row: Row | null;
}

export function listChanges(operation: Operation, table: TableFacts): Reply {
  const { world, origin, search } = operation;
  requireTracking(operation, table);
  const preferences = readPreferences(operation.headers);
  const query = parseQuery(withoutDelta(search), table, operation.database, world.switches);
  const all = changesAfter(operation, table, query.skip);
  const page = all.slice(0, Math.min(preferences.maxPageSize ?? MAX_PAGE_SIZE, MAX_PAGE_SIZE));
  const options = { ...queryContext(operation), annotations: preferences.annotations };
  const render = rowRenderer(query, table, operation.database, options);
  const version = query.skip?.tracking ?? world.store.version;
  return {
    status: 200,
    headers: appliedHeader([sizeApplied(preferences), annotationsApplied(preferences)]),
    body: {
      '@odata.context': `${formatContext(query, table, origin, 'collection')}/$delta`,
      ...linkOf(operation, table, all.length > page.length ? page.at(-1) : undefined, version),
      value: page.map(({ id, row }) => (row === null ? deleted(operation, table, id) : render(row))),
    },
  };
}

function linkOf(
  operation: Operation,
  table: TableFacts,
  last: Change | undefined,
  version: number,
): Readonly<Record<string, string>> {
  if (last === undefined) return { '@odata.deltaLink': deltaLink(operation, table, version) };
  const token: SkipToken = { page: 2, keys: last.keys, id: '', remaining: null, tracking: version };
  const url = `${operation.origin}${table.entitySet}?${operation.search}`;
  return { '@odata.nextLink': formatNextLink(url, token) };
}

/** `/$count?$deltatoken=…` */
export function countChanges(operation: Operation, table: TableFacts): Reply {
  requireTracking(operation, table);
  const count = changesAfter(operation, table, null).length;
  return { status: 200, headers: { 'Content-Type': 'text/plain' }, body: String(count) };
}

function deleted({ origin }: Operation, table: TableFacts, id: string): JsonRow {
  return { '@odata.context': `${origin}$metadata#${table.entitySet}/$deletedEntity`, id, reason: 'deleted' };
}

function withoutDelta(search: string): string {
  return search
    .split('&')
    .filter((part) => !/^(\$|%24)deltatoken=/i.test(part))
    .join('&');
}

function changesAfter(operation: Operation, table: TableFacts, skip: SkipToken | null): readonly Change[] {
  const { store } = operation.world;
  const since = readToken(operation);
  const found: Change[] = [];
  for (const [id, row] of store.entries(table.name)) {
    const version = Number(row.versionnumber);
    if (version > since) found.push({ keys: [0, version], id, row });
  }
  for (const row of store.rows('_deleted')) {
    const version = Number(row.versionnumber);
    const id = text(row.id);
    if (row.table !== table.name || version <= since || store.get(table.name, id) !== undefined) continue;
    found.push({ keys: [1, version], id, row: null });
  }
  const position = skip?.keys ?? [];
  return found
    .filter(({ keys }) => skip === null || compareChanges(keys, position) > 0)
    .sort((a, b) => compareChanges(a.keys, b.keys));
}

function compareChanges(a: SkipToken['keys'], b: SkipToken['keys']): number {
  return compareKeys(a[0] ?? null, b[0] ?? null) || compareKeys(a[1] ?? null, b[1] ?? null);
}

function readToken({ search, world }: Operation): number {
  const token = splitSearch(search).options.get('$deltatoken') ?? '';
  const found = /^(\d+)!(\d\d)\/(\d\d)\/(\d{4}) (\d\d:\d\d:\d\d)$/.exec(token);
  const [, version, month, day, year, time] = found ?? [];
  const at = Date.parse(`${year}-${month}-${day}T${time}Z`);
  if (version === undefined || Number.isNaN(at)) {
    throw new ODataError(400, '0x80060888', `The delta token '${token}' is not valid.`);
  }
  if (world.clock.now() - at <= expiryMs) return Number(version);
  throw new ServiceError(
    400,
    '0x80044352',
    'Version stamp associated with the client has expired. Please perform a full sync.',
  );
}
