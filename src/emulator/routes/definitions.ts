/**
 * EntityDefinitions, RelationshipDefinitions and GlobalOptionSetDefinitions: which definitions a path names. There is
 * no paging (Microsoft Learn, "Query table definitions using the Web API").
 */

import { ServiceError, unknownResource } from '../service-error.ts';
import type { TableFacts } from '../tables/tables.ts';
import { type Definition, expandable, manyToMany, manyToOne, tableDefinition } from './definition-facts.ts';
import { definitionsOf, members, memberView, privilegesOf } from './definition-members.ts';
import {
  type Children,
  choiceView,
  type DefinitionView,
  isDefinition,
  namespace,
  splitKeyOf,
  viewOptions,
} from './definition-view.ts';
import type { Operation, Reply } from './operation.ts';
import { requireEnd } from './parse-members.ts';
import type { DefinitionSet } from './parse-path.ts';

export function definitions(
  operation: Operation,
  set: DefinitionSet,
  key: string | null,
  rest: readonly string[],
): Reply {
  if (set === 'EntityDefinitions') return tableDefinitions(operation, key, rest);
  const { tables } = operation.world;
  const all = set === 'RelationshipDefinitions' ? [...manyToOne(tables), ...manyToMany(tables)] : [];
  const view = { what: set, type: set.replace(/Definitions$/, 'MetadataBase'), properties: null };
  return answer(operation, view, all, key, rest);
}

function tableDefinitions(operation: Operation, key: string | null, rest: readonly string[]): Reply {
  const view = { what: 'EntityDefinitions', type: 'EntityMetadata', properties: null };
  const [member, ...more] = rest;
  const tables = [...operation.world.tables.values()];
  if (key === null) {
    requireEnd(rest);
    return list(
      operation,
      view,
      tables.map((table) => fullDefinition(operation, table)),
    );
  }
  const wanted = findByKey(tables.map(tableDefinition), key, 'EntityMetadata');
  const table = operation.world.tables.get(String(wanted.LogicalName));
  if (table === undefined) throw unknownResource(key);
  if (member === undefined) return one(operation, view, fullDefinition(operation, table));
  if (!members.includes(splitKeyOf(member).name)) throw unknownResource(member);
  const { name, key: memberKey } = splitKeyOf(member);
  const inside = memberView(`EntityDefinitions('${table.name}')/${name}`, name);
  return answer(operation, inside, definitionsOf(operation, table, name), memberKey, more);
}

function fullDefinition(operation: Operation, table: TableFacts): Definition {
  return { ...tableDefinition(table), Privileges: privilegesOf(operation, table) };
}

/** A set, perhaps cast to a type; or one of it, perhaps cast, perhaps followed to its choice. */
function answer(
  operation: Operation,
  view: DefinitionView,
  all: readonly Definition[],
  key: string | null,
  rest: readonly string[],
): Reply {
  const cast = rest[0]?.startsWith(namespace) === true ? rest[0] : undefined;
  const more = cast === undefined ? rest : rest.slice(1);
  const typed =
    cast === undefined ? all : all.filter((definition) => definition['@odata.type'] === `#${cast}`);
  const seen: DefinitionView =
    cast === undefined
      ? view
      : { what: `${view.what}/${cast}`, type: cast.slice(namespace.length), properties: null };
  if (key === null) {
    if (more.length > 0) throw unknownResource(more[0] ?? '');
    return list(operation, seen, typed);
  }
  const found = findByKey(typed, key, seen.type);
  const [next, ...tail] = more;
  if (next === undefined) return one(operation, seen, found);
  if (!expandable.has(next) || !(next in found) || cast === undefined || tail.length > 0)
    throw unknownResource(next);
  const value = found[next];
  if (!isDefinition(value)) return { status: 204 };
  return one(operation, choiceView(`${seen.what}/${next}`), value);
}

/** LogicalName='mailbox', Name='…', SchemaName='…' or a MetadataId. */
function findByKey(all: readonly Definition[], key: string, type: string): Definition {
  const named = /^(LogicalName|Name|SchemaName)='([^']*)'$/.exec(key);
  const id = key.replace(/^MetadataId=/, '').toLowerCase();
  const found = all.find((definition) =>
    named === null ? definition.MetadataId === id : definition[named[1] ?? ''] === named[2],
  );
  if (found !== undefined) return found;
  throw new ServiceError(
    404,
    '0x80060888',
    `Could not find ${type} with ${named === null ? `MetadataId ${id}` : `${named[1]} ${named[2]}`}.`,
  );
}

function one(operation: Operation, view: DefinitionView, definition: Definition): Reply {
  const { select, shape, refuseFilter } = viewOptions(
    operation.search,
    view,
    [definition],
    childrenOf(operation, view),
  );
  refuseFilter();
  const context = `${operation.origin}$metadata#${view.what}${select}/$entity`;
  return { status: 200, body: { '@odata.context': context, ...shape(definition) } };
}

function list(operation: Operation, view: DefinitionView, all: readonly Definition[]): Reply {
  const { select, keep, shape } = viewOptions(operation.search, view, all, childrenOf(operation, view));
  const context = `${operation.origin}$metadata#${view.what}${select}`;
  return { status: 200, body: { '@odata.context': context, value: all.filter(keep).map(shape) } };
}

/** The collections of a table definition can be expanded; nothing else has any. */
function childrenOf(operation: Operation, view: DefinitionView): Children {
  return (definition, name) => {
    const table = operation.world.tables.get(String(definition.LogicalName));
    if (view.what !== 'EntityDefinitions' || table === undefined || !members.includes(name)) return undefined;
    return { view: memberView(name, name), all: definitionsOf(operation, table, name) };
  };
}
