/**
 * The Web API as reads and writes. Who only reads is given `ReadTransport`, which has no writing method. Reads are
 * repeated when that may help; a write is sent once, and what came of it is told. Knows no table.
 */

import type { RawRow } from '../catalogue/field.ts';
import type { Clock } from '../model/ports.ts';
import { ServiceError } from '../model/service-error.ts';
import { decodeBatch, encodeBatch } from './batch-codec.ts';
import {
  createExchange,
  dateOf,
  type Exchange,
  PROTOCOL_HEADERS,
  type RequestReport,
  type TokenProvider,
} from './exchange.ts';
import type { Fetch, HttpAnswer, HttpRequest } from './http.ts';
import { createSharedPause, type SharedPause } from './pause.ts';
import { isPassing, type RetryLimits, readWithRetry } from './retry-read.ts';
import { isObject, type Json, jsonOf } from './service-answer.ts';
import type { EnvironmentUrl } from './url.ts';
import { sendWrite, type WriteAnswer, type WriteCondition, type WriteRequest } from './write-request.ts';

export interface Answered {
  readonly body: Json;
  /** Service time of the answer; `null` when it has none. */
  readonly at: string | null;
}

export type BatchPart =
  | { readonly ok: true; readonly body: Json }
  | { readonly ok: false; readonly error: ServiceError };

export interface BatchAnswered {
  /** In the order of the paths; a part that failed does not fail the others. */
  readonly parts: readonly BatchPart[];
  readonly at: string | null;
}

/** Can only GET, or send a `$batch` of GETs. Paths are relative to the API's base and encoded. */
export interface ReadTransport {
  get(path: string): Promise<Answered>;
  getAllPages(path: string): Promise<readonly RawRow[]>;
  batchGet(paths: readonly string[]): Promise<BatchAnswered>;
  /** Rows of a first page that is there already, and of all pages behind it. */
  allRowsOf(firstPage: Json): Promise<readonly RawRow[]>;
  lastServiceTime(): string | null;
  /** Requests that the service recommends to have under way at once. */
  parallelism(): number | null;
  /** Requests sent so far, repeated ones included. */
  requests(): number;
}

export interface WriteTransport extends ReadTransport {
  /** `condition` is not optional: without one, PATCH creates rows that are not there. */
  patch(path: string, body: Json, condition: WriteCondition): Promise<WriteAnswer>;
  post(path: string, body: Json): Promise<WriteAnswer>;
  delete(path: string, condition: WriteCondition): Promise<WriteAnswer>;
}

export interface TransportOptions {
  readonly url: EnvironmentUrl;
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** Between 0 and 1, for jitter and batch boundaries. */
  readonly random: () => number;
  readonly tokens: TokenProvider | null;
  readonly timeoutMs?: number;
  readonly retry?: RetryLimits;
  readonly onRequest?: (report: RequestReport) => void;
}

/** Long enough for a full page over a slow line; a connection that hangs has to end all the same. */
const TIMEOUT_MS = 130_000;
const RETRY: RetryLimits = { attempts: 6, totalMs: 15 * 60_000 };
/** Fixed and documented as the service's most. */
const PAGE_SIZE = 5000;
const PAGE_PREFERENCE = `odata.maxpagesize=${PAGE_SIZE}`;

/** The literal word `null` keeps caches on the way from answering. */
const READ_HEADERS = { ...PROTOCOL_HEADERS, 'If-None-Match': 'null' } as const;

interface Parts {
  readonly url: EnvironmentUrl;
  readonly clock: Clock;
  readonly random: () => number;
  readonly exchange: Exchange;
  readonly pause: SharedPause;
  /** `judge` picks the answer that decides whether the request is repeated. */
  readonly read: (request: HttpRequest, judge?: Judge) => Promise<HttpAnswer>;
}

type Judge = (answer: HttpAnswer) => HttpAnswer;

/** What verbs that only read are given: there is nothing to write with, at run time either. */
export function createReadTransport(options: TransportOptions): ReadTransport {
  return readMethods(assemble(options));
}

export function createTransport(options: TransportOptions): WriteTransport {
  const parts = assemble(options);
  return { ...readMethods(parts), ...writeMethods(parts) };
}

function assemble(options: TransportOptions): Parts {
  const { url, clock, random } = options;
  const exchange = createExchange({
    url,
    fetch: options.fetch,
    clock,
    tokens: options.tokens,
    timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
    onRequest: options.onRequest,
  });
  const pause = createSharedPause(clock);
  const context = { clock, random, pause, limits: options.retry ?? RETRY, host: new URL(url.origin).host };
  const read: Parts['read'] = (request, judge = (answer) => answer) =>
    readWithRetry(context, exchange.label(request), async () => judge(await exchange.send(request)));
  return { url, clock, random, exchange, pause, read };
}

function readMethods(parts: Parts): ReadTransport {
  const { url, exchange } = parts;
  return {
    get: (path) => getJson(parts, `${url.api}${path}`, READ_HEADERS),
    getAllPages: async (path) => allRows(parts, (await getPage(parts, `${url.api}${path}`)).body),
    allRowsOf: (firstPage) => allRows(parts, firstPage),
    batchGet: (paths) => batchGet(parts, paths),
    lastServiceTime: exchange.lastServiceTime,
    parallelism: exchange.parallelism,
    requests: exchange.requests,
  };
}

function writeMethods(parts: Parts): Omit<WriteTransport, keyof ReadTransport> {
  const send = (
    method: WriteRequest['method'],
    path: string,
    body: Json | null,
    condition: WriteRequest['condition'],
  ): Promise<WriteAnswer> => sendWrite(parts, { method, url: `${parts.url.api}${path}`, body, condition });
  return {
    patch: (path, body, condition) => send('PATCH', path, body, condition),
    post: (path, body) => send('POST', path, body, {}),
    delete: (path, condition) => send('DELETE', path, null, condition),
  };
}

async function getJson(
  { exchange, read }: Parts,
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<Answered> {
  const request: HttpRequest = { method: 'GET', url, headers };
  const answer = await read(request);
  return { body: jsonOf(answer, exchange.label(request)), at: dateOf(answer) };
}

function getPage(parts: Parts, url: string): Promise<Answered> {
  return getJson(parts, url, { ...READ_HEADERS, Prefer: PAGE_PREFERENCE });
}

async function allRows(parts: Parts, firstPage: Json): Promise<readonly RawRow[]> {
  const rows: RawRow[] = [...rowsOf(firstPage)];
  for (let link = nextLink(parts.url, firstPage); link !== null; ) {
    const { body } = await getPage(parts, link);
    for (const row of rowsOf(body)) rows.push(row);
    link = nextLink(parts.url, body);
  }
  return rows;
}

export function rowsOf(body: Json): readonly RawRow[] {
  if (Array.isArray(body.value)) return body.value.filter(isObject);
  throw new ServiceError('An answer holds no list of rows where one was asked for', {
    kind: 'not-dataverse',
    hint: 'Check that the URL is that of a Dataverse environment.',
  });
}

/** The link is opaque and followed as it is; never to another server, since it is sent a token. */
function nextLink(url: EnvironmentUrl, body: Json): string | null {
  const link = body['@odata.nextLink'];
  if (link === undefined) return null;
  if (typeof link === 'string' && URL.canParse(link) && new URL(link).origin === url.origin) return link;
  throw new ServiceError('The link to the next page leads to another server; it is not followed', {
    kind: 'not-dataverse',
    hint: 'Something between here and the environment rewrites answers.',
  });
}

async function batchGet(parts: Parts, paths: readonly string[]): Promise<BatchAnswered> {
  const { url, exchange, read, random } = parts;
  const boundary = `batch_${Math.floor(random() * 2 ** 52).toString(36)}`;
  const base = url.api.slice(url.origin.length);
  const request: HttpRequest = {
    method: 'POST',
    url: `${url.api}$batch`,
    headers: {
      ...READ_HEADERS,
      Prefer: 'odata.continue-on-error',
      'Content-Type': `multipart/mixed; boundary=${boundary}`,
    },
    body: encodeBatch(
      paths.map((path) => `${base}${path}`),
      boundary,
      { ...READ_HEADERS, Prefer: PAGE_PREFERENCE },
    ),
  };
  const label = exchange.label(request);
  const answer = await read(request, (whole) => firstPassing(whole, paths.length, label) ?? whole);
  if (answer.status !== 200) jsonOf(answer, label);
  const answers = decodeBatch(answer, paths.length, label);
  return { parts: answers.map((part, index) => partOf(part, paths[index] ?? '')), at: dateOf(answer) };
}

/** A part that asks to be sent again has the whole batch sent again: it holds nothing but reads. */
function firstPassing(answer: HttpAnswer, count: number, label: string): HttpAnswer | undefined {
  if (answer.status !== 200) return undefined;
  return decodeBatch(answer, count, label).find(({ status }) => isPassing(status));
}

function partOf(answer: HttpAnswer, path: string): BatchPart {
  try {
    return { ok: true, body: jsonOf(answer, `GET ${path.replace(/\?.*$/su, '')}`) };
  } catch (error) {
    if (error instanceof ServiceError) return { ok: false, error };
    throw error;
  }
}
