/** $expand: navigation properties with their nested options in parentheses, separated by semicolons. */

import { badRequest, unknownProperty } from './errors.ts';
import { findCollection, findNavigation } from './names.ts';
import { requireTable } from './parse-path.ts';
import type { OptionParser } from './parse-query.ts';
import type { Expand } from './query.ts';
import { EMPTY_QUERY } from './query.ts';
import type { QuerySwitches } from './scope.ts';
import { splitOutside } from './split-outside.ts';
import type { Database, Table } from './table.ts';

/** Microsoft Learn, "Join tables using OData". */
const MAX_EXPANDS = 15;
const REFERENCE = '/$ref';
const NESTED_OPTIONS: readonly string[] = ['$select', '$filter', '$orderby', '$top', '$expand'];

export interface ExpandContext {
  readonly table: Table;
  readonly database: Database;
  readonly switches: QuerySwitches;
  readonly parseOptions: OptionParser;
  readonly nested: boolean;
}

export function parseExpand(text: string, context: ExpandContext): readonly Expand[] {
  const items = splitOutside(text, ',');
  if (items.length > MAX_EXPANDS)
    throw badRequest(`The number of $expand options exceeds the limit of ${MAX_EXPANDS}.`);
  const expands = items.map((item) => parseItem(item.trim(), context));
  requireDistinct(expands);
  requirePlainJoins(expands, context);
  return expands;
}

function parseItem(item: string, context: ExpandContext): Expand {
  const [name, text] = splitParentheses(item);
  const reference = name.endsWith(REFERENCE);
  const property = reference ? name.slice(0, -REFERENCE.length) : name;
  const { column, target, manyToMany } = bindProperty(property, context);
  const table = requireTable(target, context.database);
  if (reference && column === null)
    throw badRequest('Expand with $ref is only supported on lookup type navigation property.');
  const query = text === '' ? EMPTY_QUERY : context.parseOptions(splitNested(text), table, column === null);
  return { property, column, manyToMany, table, reference, text, query };
}

interface Bound extends Pick<Expand, 'column' | 'manyToMany'> {
  readonly target: string;
}

function bindProperty(property: string, context: ExpandContext): Bound {
  const navigation = findNavigation(context.table, property);
  if (navigation !== undefined) {
    if (navigation.column.name === 'regardingobjectid' && context.switches.expandRegarding === '400') {
      throw badRequest(`The navigation property '${property}' cannot be expanded.`);
    }
    return { column: navigation.column.name, target: navigation.target, manyToMany: false };
  }
  const collection = findCollection(context.table, property);
  if (collection !== undefined)
    return { column: null, target: collection.target, manyToMany: collection.oneToMany !== true };
  throw unknownProperty(property, context.table.name);
}

function splitParentheses(item: string): readonly [string, string] {
  const open = item.indexOf('(');
  if (open < 0) return [item, ''];
  if (!item.endsWith(')')) throw badRequest(`Syntax error in $expand: '${item}'.`);
  return [item.slice(0, open).trim(), item.slice(open + 1, -1).trim()];
}

function splitNested(text: string): ReadonlyMap<string, string> {
  const options = new Map<string, string>();
  for (const part of splitOutside(text, ';')) {
    if (part.trim() === '') continue;
    const equals = part.indexOf('=');
    const name = part.slice(0, Math.max(equals, 0)).trim();
    if (!NESTED_OPTIONS.includes(name))
      throw badRequest(`The option '${name === '' ? part.trim() : name}' is not supported in $expand.`);
    if (options.has(name)) throw badRequest(`Query option '${name}' was specified more than once.`);
    options.set(name, part.slice(equals + 1).trim());
  }
  return options;
}

function requireDistinct(expands: readonly Expand[]): void {
  const seen = new Set<string>();
  for (const { property } of expands) {
    if (seen.has(property))
      throw badRequest(`The navigation property '${property}' is expanded more than once.`);
    seen.add(property);
  }
}

/** What can be expanded together (Microsoft Learn, "Join tables using OData", Supported Relationship types for $expand). */
function requirePlainJoins(expands: readonly Expand[], context: ExpandContext): void {
  const nests = expands.some(({ query }) => query.expand.length > 0);
  const many = expands.filter(({ manyToMany }) => manyToMany).length;
  if (many > 0 && (context.nested || nests || many < expands.length)) {
    throw badRequest(
      'A many-to-many relationship cannot be expanded together with another relationship or in a nested $expand.',
    );
  }
  if (nests && expands.some(({ query }) => query.top !== null || query.orderBy.length > 0)) {
    throw badRequest(
      'Only $select and $filter clause can be provided while doing $expand on many-to-one relationship or nested one-to-many relationship.',
    );
  }
}
