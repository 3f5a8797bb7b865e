/** Carries out a parsed query over rows: filter, count, order, page, render. Knows nothing of HTTP. */

import { compileQueryFilter, type Predicate } from './compile-filter.ts';
import { badRequest } from './errors.ts';
import { comparePlaces, FirstRows, type Placed, placer } from './order-rows.ts';
import type { Query, SkipToken } from './query.ts';
import { type JsonRow, type RenderOptions, rowRenderer } from './render-row.ts';
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
}

export interface Page {
  readonly value: readonly JsonRow[];
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
  const { found, total } = collect(query, rows, table, keep, skip, size + 1);
  const page = found.slice(0, size);
  const render = rowRenderer(query, table, database, options);
  const next = nextToken(page, found.length > size, skip, remaining - size);
  return {
    value: page.map(({ row }) => render(row)),
    ...(query.count ? { count: Math.min(total, MAX_COUNT), countLimitExceeded: total > MAX_COUNT } : {}),
    ...(next === null ? {} : { next }),
  };
}

function pageSize(asked: number): number {
  return Math.min(Math.max(1, Math.trunc(asked)), MAX_PAGE_SIZE);
}

function collect(
  query: Query,
  rows: Iterable<Row>,
  table: Table,
  keep: Predicate,
  skip: SkipToken | null,
  limit: number,
): { readonly found: readonly Placed[]; readonly total: number } {
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
): SkipToken | null {
  const last = page.at(-1);
  if (last === undefined || !more || left <= 0) return null;
  const remaining = Number.isFinite(left) ? left : null;
  return { page: (skip?.page ?? 1) + 1, keys: last.keys, id: last.id, remaining };
}
