/** The query options of a request, from text to a bound Query. One place says which options exist. */

import { openCursor, peek, takeMark, takeName, unexpected } from './cursor.ts';
import { badRequest } from './errors.ts';
import { findColumn, findNavigation, hasProperty } from './names.ts';
import { parseExpand } from './parse-expand.ts';
import { parseFilter } from './parse-filter.ts';
import type { OrderItem, Query } from './query.ts';
import { DEFAULT_SWITCHES, type QuerySwitches } from './scope.ts';
import { parseSkipToken } from './skip-token.ts';
import { splitSearch } from './split-search.ts';
import type { Column, Database, Table } from './table.ts';

export interface ParseOptions extends Partial<QuerySwitches> {
  /** A single row is addressed: only $select and $expand make sense. */
  readonly single?: boolean;
}

export type OptionParser = (options: ReadonlyMap<string, string>, table: Table, collection: boolean) => Query;

interface Context {
  readonly database: Database;
  readonly aliases: ReadonlyMap<string, string>;
  readonly switches: QuerySwitches;
  readonly nested: boolean;
}

const OPTIONS: readonly string[] = [
  '$select',
  '$expand',
  '$orderby',
  '$filter',
  '$top',
  '$count',
  '$skiptoken',
];
const SINGLE_OPTIONS: readonly string[] = ['$select', '$expand'];
/** Options of the service for which this environment has nothing: other query languages, saved views, elastic tables. */
const ELSEWHERE: readonly string[] = [
  '$apply',
  '$deltatoken',
  'fetchXml',
  'savedQuery',
  'userQuery',
  'partitionId',
];

/** `search` is the text after `?`, still URL-encoded. Throws ODataError. */
export function parseQuery(
  search: string,
  table: Table,
  database: Database,
  given: ParseOptions = {},
): Query {
  const {
    single = false,
    inOnGuid = DEFAULT_SWITCHES.inOnGuid,
    expandRegarding = DEFAULT_SWITCHES.expandRegarding,
  } = given;
  const { options, aliases } = splitSearch(search);
  for (const name of options.keys()) requireOption(name);
  const context = { database, aliases, switches: { inOnGuid, expandRegarding }, nested: false };
  return parseOptions(options, table, !single, context);
}

function requireOption(name: string): void {
  if (OPTIONS.includes(name)) return;
  if (ELSEWHERE.includes(name))
    throw badRequest(`The embedded Dataverse does not have the query option '${name}'.`);
  if (name === '$skip') throw badRequest('Skip Clause is not supported in CRM');
  throw badRequest(`The query parameter '${name}' is not supported.`);
}

function parseOptions(
  options: ReadonlyMap<string, string>,
  table: Table,
  collection: boolean,
  context: Context,
): Query {
  if (!collection) requireSingleOptions(options);
  const select = options.get('$select');
  const filter = options.get('$filter');
  const orderBy = options.get('$orderby');
  const skip = options.get('$skiptoken');
  const scope = { ...context, table, variable: null };
  return {
    select: select === undefined ? null : parseSelect(select, table),
    expand: parseExpandOption(options.get('$expand'), table, context),
    filter: filter === undefined ? null : parseFilter(filter, scope),
    orderBy: orderBy === undefined ? [] : parseOrderBy(orderBy, table, context.aliases),
    top: parseTop(options.get('$top')),
    count: parseCount(options.get('$count')),
    skip: skip === undefined ? null : parseSkipToken(skip),
  };
}

function requireSingleOptions(options: ReadonlyMap<string, string>): void {
  for (const name of options.keys()) {
    if (!SINGLE_OPTIONS.includes(name))
      throw badRequest(`The query option '${name}' can be applied only on collections.`);
  }
}

/** Parameter aliases do not reach into $expand (Microsoft Learn, "Use OData to query data"). */
function parseExpandOption(text: string | undefined, table: Table, context: Context): Query['expand'] {
  if (text === undefined) return [];
  const inner: Context = { ...context, aliases: new Map(), nested: true };
  const parseNested: OptionParser = (options, target, collection) =>
    parseOptions(options, target, collection, inner);
  return parseExpand(text, { ...context, table, parseOptions: parseNested });
}

function parseSelect(text: string, table: Table): readonly Column[] | null {
  const names = text.split(',').map((name) => name.trim());
  if (names.includes('*')) return null;
  return [...new Set(names)].map((name) => selectColumn(name, table));
}

function selectColumn(name: string, table: Table): Column {
  if (!hasProperty(table, name) && findNavigation(table, name) !== undefined) {
    throw badRequest(
      `Selecting the navigation property '${name}' is not supported; select the '_..._value' property of its lookup.`,
    );
  }
  return findColumn(table, name);
}

function parseOrderBy(
  text: string,
  table: Table,
  aliases: ReadonlyMap<string, string>,
): readonly OrderItem[] {
  const cursor = openCursor(text, aliases);
  const items: OrderItem[] = [];
  do {
    const { kind, text: name } = peek(cursor);
    if (kind !== 'name') throw unexpected(cursor);
    cursor.at += 1;
    if (takeMark(cursor, '/'))
      throw badRequest(`Ordering by the related column '${name}/${peek(cursor).text}' is not supported.`);
    items.push({ column: orderColumn(name, table), descending: takeDirection(cursor) });
  } while (takeMark(cursor, ','));
  if (peek(cursor).kind !== 'end') throw unexpected(cursor);
  return items;
}

function orderColumn(name: string, table: Table): Column {
  if (!hasProperty(table, name) && findNavigation(table, name) !== undefined) {
    throw badRequest(
      `Ordering by the navigation property '${name}' is not supported; use the '_..._value' property of its lookup.`,
    );
  }
  return findColumn(table, name);
}

function takeDirection(cursor: Parameters<typeof takeName>[0]): boolean {
  if (takeName(cursor, 'desc')) return true;
  takeName(cursor, 'asc');
  return false;
}

function parseTop(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw badRequest(
    `Invalid value '${text}' for $top query option found. The $top query option requires a non-negative integer value.`,
  );
}

function parseCount(text: string | undefined): boolean {
  if (text === undefined || text === 'false') return false;
  if (text === 'true') return true;
  throw badRequest(`Invalid value '${text}' for $count query option found. Valid values are 'true, false'.`);
}
