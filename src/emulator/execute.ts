/** Carries out one data request – alone, or as a part of a batch – against the rows, all or nothing. */

import { randomUUID } from 'node:crypto';
import { bodyKeys, type LogPart } from './log.ts';
import type { Written } from './odata/index.ts';
import { errorReply, toErrorReply, toResponse } from './respond.ts';
import type { Operation, Reply } from './routes/operation.ts';
import { splitKey } from './routes/parse-path.ts';
import { requireFormat } from './routes/requested-format.ts';
import { route } from './routes/route.ts';
import type { Caller } from './security/caller.ts';
import { visibleDatabase } from './security/visible-database.ts';
import { ServiceError } from './service-error.ts';
import { findBySet } from './tables/tables.ts';
import type { World } from './world.ts';

/** A request, read and taken apart. */
export interface Incoming {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: string;
  readonly caller: Caller;
  /** A part of a batch: its address may be longer. */
  readonly inBatch?: boolean;
}

export interface Done {
  readonly response: Written;
  readonly log: LogPart;
}

const root = /^\/api\/data\/v9\.\d+(?=\/|$)/;

export function isDataPath(url: URL): boolean {
  return root.test(url.pathname);
}

/** https://host/api/data/v9.2/ */
export function originOf(url: URL): string {
  return `${url.origin}${root.exec(url.pathname)?.[0] ?? '/api/data/v9.2'}/`;
}

/** Everybody who looks at a request asks for them. */
const knownSegments = new WeakMap<URL, readonly string[]>();

export function segmentsOf(url: URL): readonly string[] {
  const segments = knownSegments.get(url) ?? splitPath(url.pathname);
  knownSegments.set(url, segments);
  return segments;
}

function splitPath(pathname: string): readonly string[] {
  const path = pathname.replace(root, '').replace(/^\//, '').replace(/\/$/, '');
  return path.split('/').map(decode);
}

export function execute(world: World, incoming: Incoming): Done {
  const reply = answer(world, incoming);
  return { response: toResponse(reply), log: logPart(world, incoming, reply.status) };
}

/** Characters of an address, alone and in a batch (Microsoft Learn, "Query data using the Web API"). */
const maxUrl = 32_768;
const maxUrlInBatch = 65_536;

function requireReadable({ url, body, headers, inBatch }: Incoming): void {
  if (url.href.length > (inBatch === true ? maxUrlInBatch : maxUrl)) {
    throw new ServiceError(414, '', 'The request URI is too long.');
  }
  requireFormat(headers, segmentsOf(url).at(-1) ?? '');
  const type = headers.get('content-type') ?? '';
  if (body === '' || /^application\/json(?=\s*(;|$))/i.test(type)) return;
  throw new ServiceError(
    415,
    '',
    `The request entity's media type '${type === '' ? 'application/octet-stream' : type}' is not supported for this resource.`,
  );
}

function answer(world: World, incoming: Incoming): Reply {
  try {
    requireReadable(incoming);
    return world.store.transaction(() => route(operationOf(world, incoming)));
  } catch (error) {
    const shown = errorReply(toErrorReply(error), incoming.headers.get('prefer'));
    const given = error instanceof ServiceError ? error.headers : {};
    return { ...shown, headers: { REQ_ID: randomUUID(), ...given } };
  }
}

function operationOf(world: World, { method, url, headers, body, caller }: Incoming): Operation {
  return {
    world,
    caller,
    database: visibleDatabase(world, caller),
    method,
    segments: segmentsOf(url),
    search: url.search.replace(/^\?/, ''),
    headers,
    body,
    origin: originOf(url),
  };
}

export function logPart(world: World, { method, url, body }: Incoming, status: number): LogPart {
  const path = `${segmentsOf(url).join('/')}${decode(url.search)}`;
  return { method, path, table: tableOf(world, url), status, keys: bodyKeys(body) };
}

export function tableOf(world: World, url: URL): string | null {
  const { name } = splitKey(segmentsOf(url)[0] ?? '');
  return findBySet(world.tables, name)?.name ?? null;
}

/** Text that is not encoded properly stays as it is: it names no resource, and is answered so. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}
