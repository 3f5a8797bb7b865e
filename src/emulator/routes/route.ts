/** From a request to the operation that answers it. */

import { methodNotAllowed, noSuchOperation } from '../service-error.ts';
import { definitions } from './definitions.ts';
import { unboundFunction, unboundFunctions } from './functions.ts';
import { getRow } from './get-row.ts';
import { gmailSignIn } from './gmail-sign-in.ts';
import { countRows, listRows } from './list-rows.ts';
import { metadataDocument, serviceDocument } from './metadata.ts';
import type { Operation, Reply } from './operation.ts';
import { parsePath, type Resource } from './parse-path.ts';
import { rowMember } from './row-members.ts';
import { createRow, deleteRow, updateRow } from './write-rows.ts';

export function route(operation: Operation): Reply {
  const resource = parsePath(operation.segments, operation.world.tables, unboundFunctions);
  switch (resource.kind) {
    case 'rows':
      return routeRows(operation, resource);
    case 'row':
      return routeRow(operation, resource);
    case 'member':
      return rowMember(operation, resource.table, resource.id, resource.segments);
    case 'gmail-sign-in':
      return gmailSignIn(operation);
    case 'batch':
      throw methodNotAllowed(operation.method, ['POST']);
    case 'unbound':
      return routeFunction(operation, resource);
    default:
      return routeRead(operation, resource);
  }
}

function routeRows(operation: Operation, { table }: Extract<Resource, { kind: 'rows' }>): Reply {
  if (operation.method === 'GET') return listRows(operation, table);
  if (operation.method === 'POST') return createRow(operation, table);
  throw methodNotAllowed(operation.method, ['GET', 'POST']);
}

function routeRow(operation: Operation, { table, id }: Extract<Resource, { kind: 'row' }>): Reply {
  switch (operation.method) {
    case 'GET':
      return getRow(operation, table, id);
    case 'PATCH':
      return updateRow(operation, table, id);
    case 'DELETE':
      return deleteRow(operation, table, id);
    default:
      throw methodNotAllowed(operation.method, ['GET', 'PATCH', 'DELETE']);
  }
}

function routeFunction(operation: Operation, resource: Extract<Resource, { kind: 'unbound' }>): Reply {
  const { method, origin, segments } = operation;
  if (method !== 'GET') throw noSuchOperation(`${origin}${segments.join('/')}`);
  return unboundFunction(operation, resource.name, resource.parameters);
}

type ReadOnly = Extract<Resource, { kind: 'service' | 'metadata' | 'definitions' | 'count' }>;

function routeRead(operation: Operation, resource: ReadOnly): Reply {
  if (operation.method !== 'GET') throw methodNotAllowed(operation.method, ['GET']);
  switch (resource.kind) {
    case 'service':
      return serviceDocument(operation);
    case 'metadata':
      return metadataDocument(operation);
    case 'definitions':
      return definitions(operation, resource.set, resource.key, resource.rest);
    case 'count':
      return countRows(operation, resource.table);
    default:
      return resource satisfies never;
  }
}
