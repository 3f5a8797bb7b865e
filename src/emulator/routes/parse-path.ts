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
      readonly name: string;
      readonly rest: readonly string[];
    }
  | {
      readonly kind: 'function';
      readonly table: TableFacts;
      readonly id: string;
      readonly name: string;
      readonly parameters: string;
    };

const definitionSets: readonly DefinitionSet[] = [
  'EntityDefinitions',
  'RelationshipDefinitions',
  'GlobalOptionSetDefinitions',
];
const functionPrefix = 'Microsoft.Dynamics.CRM.';

export function parsePath(
  segments: readonly string[],
  tables: Tables,
  functions: readonly string[],
): Resource {
  const [first = '', second, ...rest] = segments;
  if (first === '') return { kind: 'service' };
  if (first === '$metadata') return { kind: 'metadata' };
  if (first === '$batch') return { kind: 'batch' };
  if (first === 'ExchangeGmailAuthorizationCode') return { kind: 'gmail-sign-in' };
  const { name, key } = splitKey(first);
  const set = definitionSets.find((known) => known === name);
  if (set !== undefined) return { kind: 'definitions', set, key, rest: segments.slice(1) };
  if (functions.includes(name) && second === undefined) {
    return { kind: 'unbound', name, parameters: key ?? '' };
  }
  const table = findBySet(tables, name);
  if (table === undefined) throw unknownResource(name);
  if (key === null) return collectionResource(table, second);
  const id = readId(key, table);
  if (second === undefined) return { kind: 'row', table, id };
  if (second.startsWith(functionPrefix)) return boundFunction(table, id, second.slice(functionPrefix.length));
  return { kind: 'member', table, id, name: second, rest };
}

function collectionResource(table: TableFacts, second: string | undefined): Resource {
  if (second === undefined) return { kind: 'rows', table };
  if (second === '$count') return { kind: 'count', table };
  throw unknownResource(second);
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

function boundFunction(table: TableFacts, id: string, call: string): Resource {
  const { name, key } = splitKey(call);
  return { kind: 'function', table, id, name, parameters: key ?? '' };
}
