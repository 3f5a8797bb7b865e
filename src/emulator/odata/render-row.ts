/**
 * One row as the service prints it: etag first, lookups as `_x_value`, nulls present, write-only columns absent,
 * annotations before the value they belong to.
 */

import { annotationFilter } from './annotations.ts';
import { type Caller, compileQueryFilter } from './compile-filter.ts';
import { type Annotator, annotate } from './format-value.ts';
import { leadsTo, propertyOf } from './names.ts';
import { comparePlaces, FirstRows, placer } from './order-rows.ts';
import type { Expand, Query } from './query.ts';
import { formatNextLink } from './skip-token.ts';
import { splitOutside } from './split-outside.ts';
import type { Cell, Column, Database, Reference, Row, Table } from './table.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonRow = Readonly<Record<string, Json>>;
export type Annotations = 'none' | 'all' | readonly string[];

export interface RenderOptions {
  readonly annotations: Annotations;
  /** `https://host/api/data/v9.2/` */
  readonly origin: string;
  /** Needed by EqualUserId and its kin only. */
  readonly caller?: Caller | undefined;
  /** Milliseconds; needed by the functions on dates only. */
  readonly now?: number | undefined;
  /** Rows of an expanded collection on a page; asked for where expands are nested. */
  readonly nestedPageSize?: number | undefined;
  /** Whether `x ne 1` keeps rows where x is null; default true. */
  readonly notEqualMatchesNull?: boolean | undefined;
}

/** A collection expanded without a limit of its own. */
const MAX_EXPANDED = 5000;

type Writer = (target: Record<string, Json>, row: Row) => void;

export function renderRow(
  row: Row,
  query: Query,
  table: Table,
  database: Database,
  options: RenderOptions,
): JsonRow {
  return rowRenderer(query, table, database, options)(row);
}

/** The same for many rows: everything that does not depend on the row is settled once. */
export function rowRenderer(
  query: Query,
  table: Table,
  database: Database,
  options: RenderOptions,
): (row: Row) => JsonRow {
  return writerOf([
    writeEtag,
    ...columnWriters(query, table, options),
    ...expandWriters(query, table, database, options),
  ]);
}

function writerOf(writers: readonly Writer[]): (row: Row) => JsonRow {
  return (row) => {
    const target: Record<string, Json> = {};
    for (const write of writers) write(target, row);
    return target;
  };
}

function writeEtag(target: Record<string, Json>, row: Row): void {
  const version = row.versionnumber;
  if (typeof version === 'number') target['@odata.etag'] = `W/"${version}"`;
}

function columnWriters(query: Query, table: Table, options: RenderOptions): readonly Writer[] {
  const annotator = annotationFilter(options.annotations);
  const writers = columnsOf(query, table).map((column) => columnWriter(column, annotator));
  return table.inheritedKey === undefined
    ? writers
    : [...writers, inheritedKeyWriter(table, table.inheritedKey)];
}

/** "Both systemuserid and ownerid properties are returned" (Microsoft Learn, "Join tables using OData"). */
function inheritedKeyWriter(table: Table, key: string): Writer {
  return (target, row) => {
    target[key] = jsonOf(row[table.primaryId] ?? null);
  };
}

export function columnsOf(query: Query, table: Table): readonly Column[] {
  if (query.select === null) return [...table.columns.values()].filter(({ readable }) => readable);
  const primary = table.columns.get(table.primaryId);
  const missing = primary !== undefined && !query.select.includes(primary);
  return missing ? [...query.select, primary] : query.select;
}

function columnWriter(column: Column, annotator: Annotator | null): Writer {
  const { name } = column;
  const property = propertyOf(column);
  return (target, row) => {
    const cell = row[name] ?? null;
    if (annotator !== null && cell !== null) annotate(target, property, column, cell, annotator);
    target[property] = jsonOf(cell);
  };
}

function jsonOf(cell: Cell): Json {
  return cell !== null && typeof cell === 'object' ? cell.id : cell;
}

function expandWriters(
  query: Query,
  table: Table,
  database: Database,
  options: RenderOptions,
): readonly Writer[] {
  return query.expand.map((expand) =>
    expand.column === null
      ? collectionWriter(expand, table, database, options)
      : lookupWriter(expand, expand.column, database, options),
  );
}

/** A row behind a lookup comes without an etag (Microsoft Learn, "Join tables using OData"). */
function lookupWriter(expand: Expand, column: string, database: Database, options: RenderOptions): Writer {
  const { query, table, property } = expand;
  const render = writerOf([
    ...columnWriters(query, table, options),
    ...expandWriters(query, table, database, options),
  ]);
  const reference = (row: Row, { table: name }: Reference): JsonRow => ({
    '@odata.id': `${options.origin}${database.table(name)?.entitySet ?? ''}(${String(row[table.primaryId])})`,
  });
  return (target, row) => {
    const cell = row[column] ?? null;
    const link = leadsTo(cell, table.name) ? cell : undefined;
    const reached = link === undefined ? undefined : database.row(table.name, link.id);
    if (link === undefined || reached === undefined) target[property] = null;
    else target[property] = expand.reference ? reference(reached, link) : render(reached);
  };
}

function collectionWriter(expand: Expand, owner: Table, database: Database, options: RenderOptions): Writer {
  const { query, table, property } = expand;
  const render = rowRenderer(query, table, database, options);
  const keep = compileQueryFilter(query, database, options);
  return (target, row) => {
    const id = String(row[owner.primaryId]);
    const limit = options.nestedPageSize ?? MAX_EXPANDED;
    const found = firstRows(expand, database.related(owner.name, id, property), keep, limit);
    target[property] = found.map(render);
    const link = collectionLink(expand, `${options.origin}${owner.entitySet}(${id})/${property}`);
    const last = found.at(-1);
    target[`${property}@odata.nextLink`] =
      options.nestedPageSize === undefined || last === undefined
        ? link
        : formatNextLink(link, { page: 2, keys: [], id: String(last[table.primaryId]), remaining: null });
  };
}

function firstRows(
  expand: Expand,
  rows: Iterable<Row>,
  keep: (row: Row) => boolean | null,
  limit: number,
): readonly Row[] {
  const { orderBy, top } = expand.query;
  const place = placer(orderBy, expand.table.primaryId);
  const first = new FirstRows(Math.min(top ?? limit, limit), comparePlaces(orderBy));
  for (const row of rows) if (keep(row) === true) first.add(place(row));
  return first.sorted().map(({ row }) => row);
}

/**
 * Always present: the same rows by a request of their own, or those after them where expands are nested and pages asked
 * for (Microsoft Learn, "Join tables using OData").
 */
function collectionLink(expand: Expand, address: string): string {
  if (expand.text === '') return address;
  return `${address}?${splitOutside(expand.text, ';').map(encodeOption).join('&')}`;
}

function encodeOption(option: string): string {
  return option.trim().replace(/[%&+#]/g, encodeURIComponent);
}
