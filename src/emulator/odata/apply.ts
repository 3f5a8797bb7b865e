/**
 * $apply as far as the service has it: filter, then groupby, aggregate or both (Microsoft Learn, "Aggregate data using
 * OData"). This file is the parsed form and its parser.
 */

import { badRequest } from './errors.ts';
import { literalTypeOf } from './literal.ts';
import { hasProperty, propertyOf } from './names.ts';
import { parseFilter } from './parse-filter.ts';
import { bindPath } from './parse-path.ts';
import type { Expression, Path, SkipToken } from './query.ts';
import { DEFAULT_SWITCHES, type QuerySwitches, type Scope } from './scope.ts';
import { parseSkipToken } from './skip-token.ts';
import { splitOutside } from './split-outside.ts';
import { splitSearch } from './split-search.ts';
import type { Column, Database, Table } from './table.ts';

const METHODS = ['sum', 'average', 'min', 'max', 'countdistinct'] as const;
export type Method = (typeof METHODS)[number];

export type Aggregate =
  | { readonly kind: 'count'; readonly alias: string }
  | { readonly kind: 'column'; readonly method: Method; readonly path: Path; readonly alias: string };

export interface Group {
  readonly path: Path;
  /** A column behind a lookup is named after its table: contact_fullname. */
  readonly property: string;
  readonly descending: boolean;
}

export interface Apply {
  readonly filter: Expression | null;
  /** In order of the answer's sorting. */
  readonly groups: readonly Group[];
  readonly aggregates: readonly Aggregate[];
  readonly skip: SkipToken | null;
}

const ALLOWED: readonly string[] = ['$apply', '$orderby', '$skiptoken'];

/** Null where the search has no $apply. */
export function parseApply(
  search: string,
  table: Table,
  database: Database,
  switches: QuerySwitches = DEFAULT_SWITCHES,
): Apply | null {
  const { options, aliases } = splitSearch(search);
  const text = options.get('$apply');
  if (text === undefined) return null;
  for (const name of options.keys()) {
    if (!ALLOWED.includes(name))
      throw badRequest(`The query option '${name}' cannot be combined with '$apply'.`);
  }
  const scope: Scope = { table, variable: null, database, aliases, switches };
  const steps = splitOutside(text, '/').map(readStep);
  const last = steps.at(-1);
  if (last === undefined || last.name === 'filter') throw unsupported(text);
  const skip = options.get('$skiptoken');
  const { groups, aggregates } = parseLast(last, scope);
  return {
    filter: parseFilters(steps.slice(0, -1), scope),
    groups: orderGroups(groups, options.get('$orderby')),
    aggregates,
    skip: skip === undefined ? null : parseSkipToken(skip),
  };
}

interface Step {
  readonly name: string;
  readonly body: string;
}

function readStep(text: string): Step {
  const found = /^\s*(filter|groupby|aggregate)\s*\((.*)\)\s*$/s.exec(text);
  if (found === null) throw unsupported(text);
  return { name: found[1] ?? '', body: found[2] ?? '' };
}

function unsupported(text: string): Error {
  return badRequest(`The transformation '${text.trim()}' is not supported in $apply.`);
}

function parseFilters(steps: readonly Step[], scope: Scope): Expression | null {
  const operands = steps.map(({ name, body }) => {
    if (name !== 'filter') throw unsupported(`${name}(${body})`);
    return parseFilter(body, scope);
  });
  const [first] = operands;
  if (first === undefined) return null;
  return operands.length === 1 ? first : { kind: 'and', operands };
}

function parseLast({ name, body }: Step, scope: Scope): Pick<Apply, 'groups' | 'aggregates'> {
  if (name === 'aggregate') return { groups: [], aggregates: parseAggregates(body, scope) };
  const [columns = '', ...rest] = splitOutside(body, ',').map((part) => part.trim());
  const list = /^\((.*)\)$/s.exec(columns)?.[1];
  if (list === undefined || rest.length > 1) throw unsupported(`groupby(${body})`);
  const groups = splitOutside(list, ',').map((item) => parseGroup(item.trim(), scope));
  const [second] = rest;
  if (second === undefined) return { groups, aggregates: [] };
  const inner = readStep(second);
  if (inner.name !== 'aggregate') throw unsupported(second);
  return { groups, aggregates: parseAggregates(inner.body, scope) };
}

function parseGroup(text: string, scope: Scope): Group {
  const path = bindPath(text.split('/'), scope);
  if (literalTypeOf(path.column) === 'date')
    throw badRequest(`Grouping by the date and time column '${path.column.name}' is not supported.`);
  const target = path.hops.at(-1)?.target;
  const property = target === undefined ? propertyOf(path.column) : `${target}_${path.column.name}`;
  return { path, property, descending: false };
}

function parseAggregates(text: string, scope: Scope): readonly Aggregate[] {
  const aggregates = splitOutside(text, ',').map((item) => parseAggregate(item.trim(), scope));
  const aliases = new Set(aggregates.map(({ alias }) => alias));
  if (aliases.size < aggregates.length) throw badRequest(`An alias is given twice in 'aggregate(${text})'.`);
  return aggregates;
}

function parseAggregate(text: string, scope: Scope): Aggregate {
  const count = /^\$count\s+as\s+(\w+)$/.exec(text)?.[1];
  if (count !== undefined) return { kind: 'count', alias: checkAlias(count, scope.table) };
  const found = /^([\w/]+)\s+with\s+(\w+)\s+as\s+(\w+)$/.exec(text);
  const method = METHODS.find((name) => name === found?.[2]);
  if (found === null || method === undefined) throw badRequest(`Syntax error in 'aggregate(${text})'.`);
  const path = bindPath((found[1] ?? '').split('/'), scope);
  requireFit(method, path.column);
  return { kind: 'column', method, path, alias: checkAlias(found[3] ?? '', scope.table) };
}

function checkAlias(alias: string, table: Table): string {
  if (!hasProperty(table, alias)) return alias;
  throw badRequest(
    `The alias '${alias}' is the name of a property of 'Microsoft.Dynamics.CRM.${table.name}'.`,
  );
}

const NUMBERS: readonly string[] = ['Integer', 'BigInt', 'Double', 'Decimal'];

function requireFit(method: Method, column: Column): void {
  const fits =
    method === 'countdistinct' ||
    NUMBERS.includes(column.type) ||
    (column.type === 'DateTime' && (method === 'min' || method === 'max'));
  if (!fits) throw badRequest(`The method '${method}' cannot be used with the column '${column.name}'.`);
}

/** Aggregated values cannot be ordered by, in exactly these words. */
function orderGroups(groups: readonly Group[], orderBy: string | undefined): readonly Group[] {
  if (orderBy === undefined) return groups;
  const named = splitOutside(orderBy, ',').map((item) => {
    const [property = '', direction = 'asc'] = item.trim().split(/\s+/);
    const group = groups.find((known) => known.property === property);
    if (group === undefined || !['asc', 'desc'].includes(direction))
      throw badRequest('The query node SingleValueOpenPropertyAccess is not supported');
    return { ...group, descending: direction === 'desc' };
  });
  const rest = groups.filter(({ property }) => !named.some((group) => group.property === property));
  return [...named, ...rest];
}
