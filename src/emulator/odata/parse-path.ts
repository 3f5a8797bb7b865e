/** Property paths: `column`, `lookup/column`, `variable/lookup/column`. Binds every segment to the table facts. */

import { badRequest, unknownProperty } from './errors.ts';
import { findColumn, findNavigation, hasProperty } from './names.ts';
import type { Hop, Path } from './query.ts';
import type { Scope } from './scope.ts';
import type { Database, Table } from './table.ts';

export function bindPath(segments: readonly string[], scope: Scope): Path {
  const rest = withoutVariable(segments, scope);
  const hops: Hop[] = [];
  let table = scope.table;
  for (const property of rest.slice(0, -1)) {
    const hop = bindHop(property, table);
    hops.push(hop);
    table = requireTable(hop.target, scope.database);
  }
  const column = bindColumn(rest.at(-1) ?? '', table);
  return { variable: scope.variable, hops, column };
}

export function requireTable(name: string, database: Database): Table {
  const table = database.table(name);
  if (table === undefined) throw badRequest(`The table '${name}' is not part of this environment.`);
  return table;
}

function withoutVariable(segments: readonly string[], scope: Scope): readonly string[] {
  if (scope.variable === null) return segments;
  if (segments[0] === scope.variable && segments.length > 1) return segments.slice(1);
  throw badRequest(
    `Inside a lambda only properties of its own variable '${scope.variable}' are supported: '${segments.join('/')}'.`,
  );
}

function bindHop(property: string, table: Table): Hop {
  const navigation = findNavigation(table, property);
  if (navigation !== undefined)
    return { property, column: navigation.column.name, target: navigation.target };
  if (table.collections?.has(property))
    throw badRequest(`The collection '${property}' can only be filtered with any or all.`);
  if (hasProperty(table, property))
    throw badRequest(`The property '${property}' is not a navigation property.`);
  throw unknownProperty(property, table.name);
}

function bindColumn(property: string, table: Table) {
  if (!hasProperty(table, property) && findNavigation(table, property) !== undefined) {
    throw badRequest(
      `The navigation property '${property}' cannot be used as a value; use '_${property}_value'.`,
    );
  }
  return findColumn(table, property);
}
