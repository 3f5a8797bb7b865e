/** The segments behind one row: which rows they lead over and what stands at their end. Knows tables, no rows. */

import { unknownResource } from '../service-error.ts';
import type { ColumnFacts } from '../tables/parse-facts.ts';
import type { TableFacts, Tables } from '../tables/tables.ts';
import { navigationColumn } from '../writes/read-body.ts';
import { splitKey } from './parse-path.ts';

/** A step to another row: over a lookup, or to one row of a collection. */
export type Hop =
  | { readonly kind: 'lookup'; readonly name: string; readonly column: ColumnFacts }
  | { readonly kind: 'item'; readonly name: string; readonly key: string };

export type End =
  | { readonly kind: 'row' }
  | { readonly kind: 'property' | 'value'; readonly name: string; readonly column: ColumnFacts }
  | { readonly kind: 'link'; readonly name: string; readonly column: ColumnFacts }
  | { readonly kind: 'collection' | 'count'; readonly name: string }
  | { readonly kind: 'links'; readonly name: string; readonly key: string | null }
  | { readonly kind: 'function'; readonly name: string; readonly parameters: string };

export interface Members {
  readonly hops: readonly Hop[];
  readonly end: End;
}

const functionPrefix = 'Microsoft.Dynamics.CRM.';

/** Every segment must name something: what is no resource is answered so, whatever the method. */
export function parseMembers(tables: Tables, table: TableFacts, segments: readonly string[]): Members {
  const [segment = '', ...rest] = segments;
  const { name, key } = splitKey(segment);
  if (segment.startsWith(functionPrefix)) {
    requireEnd(rest);
    return endOf({ kind: 'function', name: name.slice(functionPrefix.length), parameters: key ?? '' });
  }
  if (table.collections?.has(name) === true) return parseCollection(tables, table, name, key, rest);
  if (key !== null) throw unknownResource(segment);
  const navigation = navigationColumn(table, name);
  if (navigation !== undefined) return parseLookup(tables, navigation, name, rest);
  return parseProperty(table, name, rest);
}

function parseCollection(
  tables: Tables,
  table: TableFacts,
  name: string,
  key: string | null,
  rest: readonly string[],
): Members {
  const [next, ...more] = rest;
  if (next === '$ref') {
    requireEnd(more);
    return endOf({ kind: 'links', name, key });
  }
  if (key !== null) {
    const target = tables.get(table.collections?.get(name)?.target ?? '');
    return behind({ kind: 'item', name, key }, rest, () => parseMembers(tables, known(target, name), rest));
  }
  if (next === undefined) return endOf({ kind: 'collection', name });
  if (next !== '$count') throw unknownResource(next);
  requireEnd(more);
  return endOf({ kind: 'count', name });
}

function parseLookup(tables: Tables, column: ColumnFacts, name: string, rest: readonly string[]): Members {
  if (rest[0] === '$ref') {
    requireEnd(rest.slice(1));
    return endOf({ kind: 'link', name, column });
  }
  const targets = (column.navigation ?? []).filter(({ property }) => property === name);
  const target = tables.get(targets[0]?.target ?? '');
  const parse = (): Members =>
    targets.length > 1
      ? parsePrincipal(known(target, name), rest)
      : parseMembers(tables, known(target, name), rest);
  return behind({ kind: 'lookup', name, column }, rest, parse);
}

/**
 * An owner is a principal, user or team, which has one property, the key that both inherit (Microsoft Learn, "principal
 * EntityType").
 */
function parsePrincipal(table: TableFacts, rest: readonly string[]): Members {
  if (rest[0] !== table.inheritedKey) throw unknownResource(rest[0] ?? '');
  return parseProperty(table, rest[0] ?? '', rest.slice(1));
}

function parseProperty(table: TableFacts, name: string, rest: readonly string[]): Members {
  const column = columnOf(table, name);
  if (column === undefined) throw unknownResource(name);
  const [next, ...more] = rest;
  if (next === undefined) return endOf({ kind: 'property', name, column });
  if (next !== '$value') throw unknownResource(next);
  requireEnd(more);
  return endOf({ kind: 'value', name, column });
}

function columnOf(table: TableFacts, name: string): ColumnFacts | undefined {
  if (name === table.inheritedKey) return table.columns.get(table.primaryId);
  const lookupName = /^_(.+)_value$/.exec(name)?.[1];
  const column = table.columns.get(lookupName ?? name);
  if (column === undefined || column.virtual) return undefined;
  return (lookupName === undefined) === (column.navigation === undefined) ? column : undefined;
}

function behind(hop: Hop, rest: readonly string[], parse: () => Members): Members {
  if (rest.length === 0) return { hops: [hop], end: { kind: 'row' } };
  const { hops, end } = parse();
  return { hops: [hop, ...hops], end };
}

function endOf(end: End): Members {
  return { hops: [], end };
}

function known(table: TableFacts | undefined, segment: string): TableFacts {
  if (table === undefined) throw unknownResource(segment);
  return table;
}

export function requireEnd(rest: readonly string[]): void {
  if (rest[0] !== undefined) throw unknownResource(rest[0]);
}
