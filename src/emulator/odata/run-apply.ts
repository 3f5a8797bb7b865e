/** Carries out a parsed $apply over rows. Values that are not there are left out, as the documented answers show. */

import { annotationFilter } from './annotations.ts';
import type { Aggregate, Apply, Group } from './apply.ts';
import { normalizerOf } from './compile-comparison.ts';
import { compileFilter } from './compile-filter.ts';
import { compilePath, type Scalar } from './compile-path.ts';
import { ODataError } from './errors.ts';
import { annotate, formatValue } from './format-value.ts';
import { compareKeys } from './order-rows.ts';
import type { Key, SkipToken } from './query.ts';
import type { Json, JsonRow, RenderOptions } from './render-row.ts';
import type { Cell, Column, Database, Row } from './table.ts';

/** Microsoft Learn, "Aggregate data using OData". */
const MAX_AGGREGATED = 50_000;

export interface ApplyOptions extends RenderOptions {
  readonly maxPageSize: number;
}

export interface Applied {
  readonly value: readonly JsonRow[];
  readonly next?: SkipToken;
}

interface Bucket {
  readonly keys: readonly Key[];
  readonly cells: readonly Cell[];
  readonly rows: Row[];
}

export function runApply(
  apply: Apply,
  rows: Iterable<Row>,
  database: Database,
  options: ApplyOptions,
): Applied {
  const buckets = [...bucketsOf(apply, rows, database, options)].sort((a, b) =>
    compareBuckets(apply.groups, a, b),
  );
  const page = apply.skip?.page ?? 1;
  const end = page * options.maxPageSize;
  const value = buckets
    .slice(end - options.maxPageSize, end)
    .map((bucket) => renderBucket(apply, bucket, database, options));
  if (buckets.length <= end) return { value };
  return { value, next: { page: page + 1, keys: [], id: '', remaining: null } };
}

function bucketsOf(
  { filter, groups }: Apply,
  rows: Iterable<Row>,
  database: Database,
  { caller, now, notEqualMatchesNull = true }: ApplyOptions,
): Iterable<Bucket> {
  const keep =
    filter === null ? () => true : compileFilter(filter, { database, caller, now, notEqualMatchesNull });
  const readers = groups.map((group) => readerOf(group, database));
  const found = new Map<string, Bucket>();
  if (groups.length === 0) found.set('[]', { keys: [], cells: [], rows: [] });
  let count = 0;
  for (const row of rows) {
    if (keep(row) !== true) continue;
    count += 1;
    if (count > MAX_AGGREGATED) throw tooMany();
    const cells = readers.map((read) => read(row));
    const keys = groups.map(({ path }, index) => keyOf(path.column, cells[index] ?? null));
    const name = JSON.stringify(keys);
    const bucket = found.get(name) ?? { keys, cells, rows: [] };
    found.set(name, bucket);
    bucket.rows.push(row);
  }
  return found.values();
}

function tooMany(): Error {
  return new ODataError(
    400,
    '0x8004E023',
    'AggregateQueryRecordLimit exceeded. Cannot perform this operation.',
  );
}

/** A lookup of the row itself keeps its reference, for its annotations. */
function readerOf({ path }: Group, database: Database): (row: Row) => Cell {
  const { name } = path.column;
  return path.hops.length === 0 ? (row) => row[name] ?? null : compilePath(path, database);
}

function keyOf(column: Column, cell: Cell): Key {
  return cell !== null && typeof cell === 'object' ? cell.id : normalizerOf(column)(cell);
}

function compareBuckets(groups: readonly Group[], a: Bucket, b: Bucket): number {
  for (const [index, { descending }] of groups.entries()) {
    const order = compareKeys(a.keys[index] ?? null, b.keys[index] ?? null);
    if (order !== 0) return descending ? -order : order;
  }
  return 0;
}

function renderBucket(apply: Apply, bucket: Bucket, database: Database, options: ApplyOptions): JsonRow {
  const target: Record<string, Json> = {};
  const annotator = annotationFilter(options.annotations);
  const isOwn = ({ path }: Group): boolean => path.hops.length === 0;
  const write = ({ path, property }: Group, index: number): void => {
    const cell = bucket.cells[index] ?? null;
    if (cell === null) return;
    if (annotator !== null) annotate(target, property, path.column, cell, annotator);
    target[property] = typeof cell === 'object' ? cell.id : cell;
  };
  for (const [index, group] of apply.groups.entries()) if (isOwn(group)) write(group, index);
  for (const aggregate of apply.aggregates) {
    const value = aggregated(aggregate, bucket.rows, database);
    if (value === null) continue;
    const column: Column = columnOf(aggregate);
    const text = annotator?.(FORMATTED) === true ? formatValue(column, value) : null;
    if (text !== null) target[`${aggregate.alias}@${FORMATTED}`] = text;
    target[aggregate.alias] = value;
  }
  for (const [index, group] of apply.groups.entries()) if (!isOwn(group)) write(group, index);
  return target;
}

const FORMATTED = 'OData.Community.Display.V1.FormattedValue';
const COUNT: Column = { name: '', type: 'Integer', readable: true };

function columnOf(aggregate: Aggregate): Column {
  return aggregate.kind === 'count' || aggregate.method === 'countdistinct' ? COUNT : aggregate.path.column;
}

function aggregated(aggregate: Aggregate, rows: readonly Row[], database: Database): Scalar {
  if (aggregate.kind === 'count') return rows.length;
  const { method, path } = aggregate;
  const read = compilePath(path, database);
  const values = rows.map(read).filter((value) => value !== null);
  if (method === 'countdistinct') return new Set(values.map(normalizerOf(path.column))).size;
  if (values.length === 0) return null;
  if (path.column.type === 'DateTime') return extremeDate(method === 'max', values.map(String));
  const numbers = values.map(Number);
  switch (method) {
    case 'sum':
      return sum(numbers);
    case 'average':
      return average(path.column, numbers);
    case 'min':
      return numbers.reduce((a, b) => Math.min(a, b));
    case 'max':
      return numbers.reduce((a, b) => Math.max(a, b));
    default:
      return method satisfies never;
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}

/** Whole numbers have a whole average, as AVG of T-SQL. */
function average({ type }: Column, numbers: readonly number[]): number {
  const exact = sum(numbers) / numbers.length;
  return type === 'Integer' || type === 'BigInt' ? Math.trunc(exact) : exact;
}

function extremeDate(latest: boolean, texts: readonly string[]): string {
  return texts.reduce((a, b) => (Date.parse(a) > Date.parse(b) === latest ? a : b));
}
