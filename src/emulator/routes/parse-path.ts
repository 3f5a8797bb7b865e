/** The path of a request: which resource of the Web API it names. */

import { ServiceError, unknownResource } from '../service-error.ts';
import { findBySet, type TableFacts, type Tables } from '../tables/tables.ts';
import { isGuid } from '../uuid.ts';

export type DefinitionSet = 'EntityDefinitions' | 'RelationshipDefinitions' | 'GlobalOptionSetDefinitions';

export type Resource =
  | { readonly kind: 'service' }
  | { readonly kind: 'metadata' }
  | { readonly kind: 'batch' }
  | { readonly kind: 'gmail-sign-in' }
  | { readonly kind: 'unbound'; readonly name: string; readonly parameters: string }
  | {
      readonly kind: 'definitions';
      readonly set: DefinitionSet;
      readonly key: string | null;
      readonly rest: readonly string[];
    }
  | { readonly kind: 'rows'; readonly table: TableFacts }
  | { readonly kind: 'count'; readonly table: TableFacts }
  | { readonly kind: 'row'; readonly table: TableFacts; readonly id: string }
  | {
      readonly kind: 'member';
      readonly table: TableFacts;
      readonly id: string;
      readonly segments: readonly string[];
    };

const definitionSets: readonly DefinitionSet[] = [
  'EntityDefinitions',
  'RelationshipDefinitions',
  'GlobalOptionSetDefinitions',
];
/** Resources that nothing lies below. */
const single: ReadonlyMap<string, Resource> = new Map([
  ['', { kind: 'service' }],
  ['$metadata', { kind: 'metadata' }],
  ['$batch', { kind: 'batch' }],
  ['ExchangeGmailAuthorizationCode', { kind: 'gmail-sign-in' }],
]);

export function parsePath(
  segments: readonly string[],
  tables: Tables,
  functions: readonly string[],
): Resource {
  const [first = '', ...rest] = segments;
  const [second] = rest;
  const alone = single.get(first);
  if (alone !== undefined) {
    if (second !== undefined) throw unknownResource(second);
    return alone;
  }
  const { name, key } = splitKey(first);
  const set = definitionSets.find((known) => known === name);
  if (set !== undefined) return { kind: 'definitions', set, key, rest };
  if (functions.includes(name)) {
    if (second !== undefined) throw unknownResource(second);
    return { kind: 'unbound', name, parameters: key ?? '' };
  }
  const table = findBySet(tables, name);
  if (table === undefined) throw unknownResource(name);
  if (key === null) return collectionResource(table, rest);
  const id = readId(key, table);
  return second === undefined ? { kind: 'row', table, id } : { kind: 'member', table, id, segments: rest };
}

function collectionResource(table: TableFacts, [second, third]: readonly string[]): Resource {
  if (second === undefined) return { kind: 'rows', table };
  if (second !== '$count') throw unknownResource(second);
  if (third !== undefined) throw unknownResource(third);
  return { kind: 'count', table };
}

export function splitKey(segment: string): { readonly name: string; readonly key: string | null } {
  const match = /^([^(]*)\((.*)\)$/.exec(segment);
  return match === null ? { name: segment, key: null } : { name: match[1] ?? '', key: match[2] ?? '' };
}

/** An id, bare or in quotes, or the primary id named: mailboxes(mailboxid=…). No alternate keys are documented. */
export function readId(key: string, table: TableFacts): string {
  const value = key.startsWith(`${table.primaryId}=`) ? key.slice(table.primaryId.length + 1) : key;
  const bare = value.replace(/^'(.*)'$/, '$1').replace(/^\{(.*)\}$/, '$1');
  if (isGuid(bare)) return bare.toLowerCase();
  if (/^\w+=/.test(value)) {
    throw new ServiceError(
      400,
      '0x80060888',
      `The specified key is invalid for entity '${table.name}': no alternate key has these properties.`,
    );
  }
  throw new ServiceError(
    400,
    '0x80060888',
    `Error identified in Payload provided by the user: '${bare}' is not a valid key of '${table.entitySet}'.`,
  );
}
