/**
 * The Web API as reads and writes. Who only reads is given `ReadTransport`, which has no writing method. Reads are
 * repeated when that may help; a write is sent once, and what came of it is told. Knows no table.
 */

import { setImmediate } from 'node:timers/promises';
import type { RawRow } from '../catalogue/field.ts';
import type { Clock, ServiceBudget } from '../model/ports.ts';
import { ServiceError } from '../model/service-error.ts';
import { type AtOnce, atMostAtOnce } from './at-once.ts';
import {
  createExchange,
  dateOf,
  type Exchange,
  type MayLeave,
  type RequestReport,
  type TokenProvider,
} from './exchange.ts';
import type { Fetch, HttpAnswer, HttpRequest } from './http.ts';
import { type AwaitedPause, createSharedPause, type SharedPause } from './pause.ts';
import { type BatchAnswered, PAGE_HEADERS, READ_HEADERS, type Read, sendReadBatch } from './read-batch.ts';
import { type RetryLimits, readWithRetry } from './retry-read.ts';
import { isObject, type Json, jsonOf } from './service-answer.ts';
import { type Trouble, tellSometimes } from './trouble.ts';
import type { EnvironmentUrl } from './url.ts';
import { sendWriteBatch, type WriteBatchAnswer } from './write-batch.ts';
import { sendWrite, type WriteAnswer, type WriteCondition, type WriteRequest } from './write-request.ts';

export type { AwaitedPause } from './pause.ts';
export type { BatchAnswered, BatchPart } from './read-batch.ts';
export type { Trouble } from './trouble.ts';

export interface Answered {
  readonly body: Json;
  /** Service time of the answer; `null` when it has none. */
  readonly at: string | null;
}

/** What is done with the rows of a page; the page behind it is not looked at before. */
export type TakePage = (rows: readonly RawRow[]) => void | Promise<void>;

/** Can only GET, or send a `$batch` of GETs. Paths are relative to the API's base and encoded. */
export interface ReadTransport {
  get(path: string): Promise<Answered>;
  /** Hands over the rows of each page as it comes; the next one is under way while they are looked at. */
  eachPage(path: string, take: TakePage): Promise<void>;
  batchGet(paths: readonly string[]): Promise<BatchAnswered>;
  /** Rows of a first page that is there already, and of all pages behind it. */
  allRowsOf(firstPage: Json): Promise<readonly RawRow[]>;
  lastServiceTime(): string | null;
  /** Requests that the service recommends to have under way at once. */
  parallelism(): number | null;
  /** What the last answers say that is left of the service's limits. */
  remaining(): ServiceBudget;
  /** Requests sent so far, repeated ones included. */
  requests(): number;
}

export interface WriteTransport extends ReadTransport {
  /** `condition` is not optional: without one, PATCH creates rows that are not there. */
  patch(path: string, body: Json, condition: WriteCondition): Promise<WriteAnswer>;
  delete(path: string, condition: WriteCondition): Promise<WriteAnswer>;
  /** Runs what sends one write after the other when there is a place for it among the requests under way. */
  inTurn: AtOnce;
  /** Tells when a pause ends that the service asks a read or write for: it is for all. */
  onPause(tell: (until: number) => void): void;
  /** Writes of different rows with one request, each whatever becomes of the others, then the lookups. */
  batch(writes: readonly WriteRequest[], lookups: readonly string[]): Promise<WriteBatchAnswer>;
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
  /** Most reads, and writes in turn, under way at once; without it, as many as are asked for side by side. */
  readonly requestsAtOnce?: number;
  /** Told once of each pause that a read waits for, until somebody listens by `onPause`. */
  readonly onWait?: (pause: AwaitedPause) => void;
  /** Told of reads that are not answered or have to be sent again: the first time, then at most each half minute. */
  readonly onTrouble?: (trouble: Trouble) => void;
}

/** Long enough for a full page over a slow line; a connection that hangs has to end all the same. */
const TIMEOUT_MS = 130_000;
const RETRY: RetryLimits = { attempts: 6, totalMs: 15 * 60_000 };
/** Ten million rows: of no table that is read here has any environment so many. */
const MOST_PAGES = 2_000;
/** A row that moves while pages are read may start two of them. */
const MOST_STARTS = 2;
/**
 * One behind the other. What a filter or security leaves out is left out before pages are filled, so that only the
 * last one has a reason to be empty; a few more are forgiven.
 */
const MOST_EMPTY_PAGES = 5;

interface Parts {
  readonly url: EnvironmentUrl;
  readonly clock: Clock;
  readonly random: () => number;
  readonly exchange: Exchange;
  readonly pause: SharedPause;
  readonly read: Read;
  readonly inTurn: AtOnce;
}

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
  const { host } = new URL(url.origin);
  const onTrouble = tellSometimes(clock, options.onTrouble ?? (() => {}));
  const exchange = createExchange({
    url,
    fetch: options.fetch,
    clock,
    tokens: options.tokens,
    timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
    onRequest: options.onRequest,
    onSlow: (tookMs) => onTrouble({ host, what: 'slow', tookMs, again: null }),
  });
  const pause = createSharedPause(clock, options.onWait);
  const context = { clock, random, pause, limits: options.retry ?? RETRY, host, onTrouble };
  const inTurn = atMostAtOnce(options.requestsAtOnce ?? Number.POSITIVE_INFINITY);
  const read: Read = (request, judge = (answer) => answer) =>
    readWithRetry(context, exchange.label(request()), async (mayLeave, attempt) => {
      const answer = await sendInTurn(pause, inTurn, mayLeave, () =>
        exchange.send(request(), mayLeave, attempt),
      );
      return answer === null ? null : judge(answer);
    });
  return { url, clock, random, exchange, pause, read, inTurn };
}

/** Who waits for the end of a pause leaves the place to those who do not wait. */
async function sendInTurn(
  pause: SharedPause,
  inTurn: AtOnce,
  mayLeave: MayLeave,
  send: () => Promise<HttpAnswer | null>,
): Promise<HttpAnswer | null> {
  for (;;) {
    if (!(await mayLeave())) return null;
    const sent = await inTurn(async () => (pause.left() > 0 ? 'paused' : send()));
    if (sent !== 'paused') return sent;
  }
}

function readMethods(parts: Parts): ReadTransport {
  const { url, exchange } = parts;
  return {
    get: (path) => getJson(parts, `${url.api}${path}`, READ_HEADERS),
    eachPage: async (path, take) =>
      walkPages(parts, (await getPage(parts, `${url.api}${path}`)).body, take, newWalk()),
    allRowsOf: (firstPage) => allRows(parts, firstPage),
    batchGet: (paths) => sendReadBatch(parts, boundary(parts), paths),
    lastServiceTime: exchange.lastServiceTime,
    parallelism: exchange.parallelism,
    remaining: exchange.remaining,
    requests: exchange.requests,
  };
}

function writeMethods(parts: Parts): Omit<WriteTransport, keyof ReadTransport> {
  return {
    patch: (path, body, condition) => sendWrite(parts, { method: 'PATCH', path, body, condition }),
    delete: (path, condition) => sendWrite(parts, { method: 'DELETE', path, body: null, condition }),
    inTurn: parts.inTurn,
    onPause: parts.pause.onExtend,
    batch: (writes, lookups) => sendWriteBatch(parts, boundary(parts), writes, lookups),
  };
}

function boundary({ random }: Parts): string {
  return `batch_${Math.floor(random() * 2 ** 52).toString(36)}`;
}

async function getJson(
  { exchange, read }: Parts,
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<Answered> {
  const request: HttpRequest = { method: 'GET', url, headers };
  const label = exchange.label(request);
  const bodies: Json[] = [];
  // Within the attempt, so that an answer that was cut is asked for again.
  const answer = await read(
    () => request,
    (whole) => {
      if (whole.status === 200) bodies.push(jsonOf(whole, label));
      return whole;
    },
  );
  return { body: bodies[0] ?? jsonOf(answer, label), at: dateOf(answer) };
}

function getPage(parts: Parts, url: string): Promise<Answered> {
  return getJson(parts, url, PAGE_HEADERS);
}

async function allRows(parts: Parts, firstPage: Json): Promise<readonly RawRow[]> {
  const all: RawRow[] = [];
  const take: TakePage = (rows) => {
    for (const row of rows) all.push(row);
  };
  await walkPages(parts, firstPage, take, newWalk());
  return all;
}

/** What has to end a list that does not end by itself, whatever its links say. */
interface Walk {
  readonly links: Set<string>;
  /** Pages by the row they start with. */
  readonly starts: Map<string, number>;
  /** Pages without rows, since the last one with some. */
  emptyPages: number;
}

function newWalk(): Walk {
  return { links: new Set(), starts: new Map(), emptyPages: 0 };
}

/** No frame of it waits with a page in its hands: a page that was looked at is gone before the next one is there. */
function walkPages(parts: Parts, page: Json, take: TakePage, walk: Walk): Promise<void> {
  const rows = rowsOf(page);
  noteStart(rows, walk);
  const link = nextLink(parts.url, page, walk);
  const next = link === null ? null : getPage(parts, link);
  // Looking at a page keeps this thread busy: the request for the next one has to leave before.
  const taken = setImmediate(rows).then(take);
  return Promise.all([next, taken]).then(([answered]) =>
    answered === null ? undefined : walkPages(parts, answered.body, take, walk),
  );
}

export function rowsOf(body: Json): readonly RawRow[] {
  if (Array.isArray(body.value) && body.value.every(isObject)) return body.value;
  throw new ServiceError('An answer holds no list of rows where one was asked for', {
    kind: 'not-dataverse',
    hint: 'Check that the URL is that of a Dataverse environment.',
  });
}

/** Behind links that are new each time, the same rows may come again and again. */
function noteStart([first]: readonly RawRow[], walk: Walk): void {
  const { starts } = walk;
  walk.emptyPages = first === undefined ? walk.emptyPages + 1 : 0;
  if (first === undefined) return;
  const { '@odata.etag': _version, ...columns } = first;
  const key = JSON.stringify(columns);
  const times = (starts.get(key) ?? 0) + 1;
  if (times > MOST_STARTS) throw goesInCircles();
  starts.set(key, times);
}

/** The link is opaque and followed as it is, once; never to another server, since it is sent a token. */
function nextLink(url: EnvironmentUrl, body: Json, { links, emptyPages }: Walk): string | null {
  const link = body['@odata.nextLink'] ?? null;
  if (link === null) return null;
  if (emptyPages > MOST_EMPTY_PAGES) throw staysEmpty();
  if (typeof link === 'string' && URL.canParse(link) && new URL(link).origin === url.origin) {
    if (links.has(link)) throw goesInCircles();
    if (links.size === MOST_PAGES) throw neverEnds();
    links.add(link);
    return link;
  }
  const leads =
    typeof link === 'string' && URL.canParse(link)
      ? 'leads to another server'
      : 'is no complete address, as those of Dataverse are';
  throw new ServiceError(`The link to the next page ${leads}; it is not followed`, {
    kind: 'not-dataverse',
    hint: 'Something between here and the environment rewrites answers.',
  });
}

function staysEmpty(): ServiceError {
  return new ServiceError(
    `A list has more than ${MOST_EMPTY_PAGES} pages without a row, one behind the other, and a link to one more`,
    {
      kind: 'server',
      hint: 'Run the command again; if it persists, look for a proxy that changes answers, or ask the support of the service.',
    },
  );
}

function neverEnds(): ServiceError {
  return new ServiceError(`A list has more than ${MOST_PAGES} pages, and a link to one more`, {
    kind: 'server',
    hint: 'No environment has so many rows: look for a proxy that changes answers, or ask the support of the service.',
  });
}

function goesInCircles(): ServiceError {
  return new ServiceError('The link to the next page leads to a page that was read already', {
    kind: 'server',
    hint: 'Run the command again; if it persists, look for a proxy that changes or keeps answers.',
  });
}
