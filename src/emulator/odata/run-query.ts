/** Carries out a parsed query over rows: filter, count, order, page, render. Knows nothing of HTTP. */

import { compileQueryFilter, type Predicate } from './compile-filter.ts';
import { badRequest } from './errors.ts';
import { comparePlaces, FirstRows, type Placed, placer } from './order-rows.ts';
import type { Query, SkipToken } from './query.ts';
import { type JsonRow, type RenderOptions, rowRenderer } from './render-row.ts';
import { textRenderer } from './render-text.ts';
import type { Database, Row, Table } from './table.ts';

/** Default and maximum (Microsoft Learn, "Page results using OData"). */
export const MAX_PAGE_SIZE = 5000;
/** `@odata.count` never says more (Microsoft Learn, "Count rows using OData"). */
export const MAX_COUNT = 5000;

export interface RunOptions extends RenderOptions {
  readonly maxPageSize: number;
  /** Overrides the position in the query. */
  readonly skip?: SkipToken | undefined;
  /** "If you include both, $top is ignored" (Microsoft Learn, "Page results using OData"): set when a page size was asked for. */
  readonly ignoreTop?: boolean | undefined;
  /** The rows come in order of the primary id and begin after the position of the query. */
  readonly ordered?: boolean | undefined;
  /** The version at which a tracked reading began; handed on from page to page. */
  readonly tracking?: number | undefined;
  /** Rows may come as JSON text instead. */
  readonly asText?: boolean | undefined;
}

export interface Page {
  readonly value: readonly JsonRow[];
  /** In place of `value`: the rows as JSON text. */
  readonly text?: readonly string[];
  readonly count?: number;
  /** Present with `count`: there are more than can be counted. */
  readonly countLimitExceeded?: boolean;
  readonly next?: SkipToken;
}

export function runQuery(
  query: Query,
  rows: Iterable<Row>,
  table: Table,
  database: Database,
  options: RunOptions,
): Page {
  const skip = options.skip ?? query.skip;
  if (skip !== null && skip.keys.length !== query.orderBy.length)
    throw badRequest('The paging cookie does not belong to this query.');
  const top = options.ignoreTop === true ? null : query.top;
  const remaining = skip?.remaining ?? top ?? Number.POSITIVE_INFINITY;
  const size = Math.min(pageSize(options.maxPageSize), remaining);
  const keep = compileQueryFilter(query, database, options);
  const { found, total } =
    options.ordered === true
      ? takeFirst(rows, table, keep, size + 1)
      : collect(query, rows, table, keep, skip, size + 1);
  const page = found.slice(0, size);
  const next = nextToken(page, found.length > size, skip, remaining - size, options.tracking);
  return {
    ...rendered(query, page, table, database, options),
    ...(query.count ? { count: Math.min(total, MAX_COUNT), countLimitExceeded: total > MAX_COUNT } : {}),
    ...(next === null ? {} : { next }),
  };
}

function rendered(
  query: Query,
  page: readonly Placed[],
  table: Table,
  database: Database,
  options: RunOptions,
): Pick<Page, 'value' | 'text'> {
  const write = options.asText === true ? textRenderer(query, table, options) : null;
  if (write !== null) return { value: [], text: page.map(({ row }) => write(row)) };
  const render = rowRenderer(query, table, database, options);
  return { value: page.map(({ row }) => render(row)) };
}

function pageSize(asked: number): number {
  return Math.min(Math.max(1, Math.trunc(asked)), MAX_PAGE_SIZE);
}

interface Collected {
  readonly found: readonly Placed[];
  readonly total: number;
}

/** The total is not asked for where rows are ordered. */
function takeFirst(rows: Iterable<Row>, table: Table, keep: Predicate, limit: number): Collected {
  const place = placer([], table.primaryId);
  const found: Placed[] = [];
  for (const row of rows) {
    if (found.length >= limit) break;
    if (keep(row) === true) found.push(place(row));
  }
  return { found, total: found.length };
}

function collect(
  query: Query,
  rows: Iterable<Row>,
  table: Table,
  keep: Predicate,
  skip: SkipToken | null,
  limit: number,
): Collected {
  const place = placer(query.orderBy, table.primaryId);
  const compare = comparePlaces(query.orderBy);
  const first = new FirstRows(limit, compare);
  let total = 0;
  for (const row of rows) {
    if (keep(row) !== true) continue;
    total += 1;
    const placed = place(row);
    if (skip === null || compare(placed, skip) > 0) first.add(placed);
  }
  return { found: first.sorted(), total };
}

function nextToken(
  page: readonly Placed[],
  more: boolean,
  skip: SkipToken | null,
  left: number,
  tracking: number | undefined,
): SkipToken | null {
  const last = page.at(-1);
  if (last === undefined || !more || left <= 0) return null;
  const remaining = Number.isFinite(left) ? left : null;
  const start = tracking === undefined ? {} : { tracking };
  return { page: (skip?.page ?? 1) + 1, keys: last.keys, id: last.id, remaining, ...start };
}
