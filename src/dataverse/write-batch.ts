/**
 * Sends writes of different rows with one `$batch`, once, and lookups behind them that see what they did. An answer
 * is believed for a write only where it is sure to be that write's. Knows no table.
 */

import { ServiceError } from '../model/service-error.ts';
import {
  type BatchEntry,
  batchRequest,
  failedAs,
  isMultipart,
  type PartAnswer,
  readBatch,
} from './batch-codec.ts';
import { dateOf, PROTOCOL_HEADERS } from './exchange.ts';
import type { HttpAnswer, HttpRequest } from './http.ts';
import { type BatchPart, pathLabel, readEntry, readPart } from './read-batch.ts';
import { isJsonType } from './service-answer.ts';
import {
  askedPause,
  headersAndBody,
  judgeAnswer,
  sendOnce,
  type WriteAnswer,
  type WriteContext,
  type WriteRequest,
} from './write-request.ts';

export interface WriteBatchAnswer {
  /** In the order of the writes. */
  readonly answers: readonly WriteAnswer[];
  /** In the order of the lookups; `null`: not answered, or it cannot be told which answer is its own. */
  readonly found: readonly (BatchPart | null)[];
  readonly at: string | null;
}

export async function sendWriteBatch(
  context: WriteContext,
  boundary: string,
  writes: readonly WriteRequest[],
  lookups: readonly string[],
): Promise<WriteBatchAnswer> {
  const request = requestOf(context, boundary, writes, lookups);
  const label = context.exchange.label(request);
  const sent = await sendOnce(context, request, label);
  if (!sent.ok) return sameForAll(sent.failed, writes, lookups, null);
  const { answer } = sent;
  const at = dateOf(answer);
  // With parts in it, an answer of any status tells of what was carried out.
  if (!isMultipart(answer)) {
    // Too large for the service or something on the way, so that nothing of it was taken (RFC 9110, 15.5.14).
    if (answer.status === 413 && writes.length > 1) return sendHalves(context, boundary, writes, lookups);
    const { status, text } = answer;
    const isEmptySuccess = status >= 200 && status < 300 && (text === '' || isJsonType(answer));
    const whole = isEmptySuccess ? noBatch(label) : judgeAnswer(context, answer, label, at);
    return sameForAll(whole, writes, lookups, at);
  }
  const parts = partsByEntry(answer, writes.length + lookups.length);
  return {
    answers: writes.map(({ method, path }, place) => {
      const part = parts[place] ?? null;
      if (part === null) return unproven(label);
      return judgeAnswer(context, failedAs(part, answer), `${method} ${pathLabel(path)}`, at);
    }),
    found: lookups.map((path, place) => {
      const part = parts[writes.length + place] ?? null;
      if (part === null) return null;
      const own = failedAs(part, answer);
      askedPause(context, own);
      return readPart(own, path);
    }),
    at,
  };
}

/** One after the other, so that the lookups of the second see what both did. */
async function sendHalves(
  context: WriteContext,
  boundary: string,
  writes: readonly WriteRequest[],
  lookups: readonly string[],
): Promise<WriteBatchAnswer> {
  const half = Math.ceil(writes.length / 2);
  const first = await sendWriteBatch(context, boundary, writes.slice(0, half), []);
  const others = writes.slice(half);
  const second = await sendWriteBatch(context, boundary, others, lookups).catch((error: unknown) => {
    // A sign-in that fails by now takes nothing back of what the first did.
    if (!(error instanceof ServiceError)) throw error;
    const { status, code, message, hint } = error;
    return sameForAll({ kind: 'refused', status: status ?? 0, code, message, hint }, others, lookups, null);
  });
  return { ...second, answers: [...first.answers, ...second.answers] };
}

function requestOf(
  { url }: WriteContext,
  boundary: string,
  writes: readonly WriteRequest[],
  lookups: readonly string[],
): HttpRequest {
  const paths = writes.map(({ path }) => path.toLowerCase());
  if (new Set(paths).size < paths.length) {
    throw new RangeError('Two writes of one row cannot travel together');
  }
  const entries: readonly BatchEntry[] = [
    ...writes.map((write) => ({ method: write.method, path: write.path, ...headersAndBody(write) })),
    ...lookups.map(readEntry),
  ];
  return batchRequest(url, boundary, PROTOCOL_HEADERS, entries);
}

/**
 * The part of each entry, `null` where it is not sure. The service answers in order and may echo Content-IDs: where
 * all parts are there and no Content-ID says otherwise, order is proof enough; else only both together are.
 */
function partsByEntry(answer: HttpAnswer, count: number): readonly (PartAnswer | null)[] {
  const { parts, ended } = readBatch(answer);
  const ids = contentIdsOnce(parts);
  const isOwn = ({ contentId }: PartAnswer, place: number): boolean =>
    contentId === String(place + 1) && ids.has(contentId);
  const whole =
    ended &&
    parts.length === count &&
    parts.every((part, place) => part.status !== 0 && (part.contentId === null || isOwn(part, place)));
  return Array.from({ length: count }, (_none, place) => {
    const part = parts[place];
    if (part === undefined || part.status === 0) return null;
    return whole || isOwn(part, place) ? part : null;
  });
}

/** One that several parts claim tells nothing. */
function contentIdsOnce(parts: readonly PartAnswer[]): ReadonlySet<string> {
  const once = new Set<string>();
  const seen = new Set<string>();
  for (const { contentId } of parts) {
    if (contentId === null) continue;
    if (seen.has(contentId)) once.delete(contentId);
    else once.add(contentId);
    seen.add(contentId);
  }
  return once;
}

function sameForAll(
  answer: WriteAnswer,
  writes: readonly WriteRequest[],
  lookups: readonly string[],
  at: string | null,
): WriteBatchAnswer {
  return { answers: writes.map(() => answer), found: lookups.map(() => null), at };
}

function unproven(label: string): WriteAnswer {
  return {
    kind: 'lost',
    message: `The answer to ${label} is not complete, or not in order: what it says of this write cannot be told`,
  };
}

function noBatch(label: string): WriteAnswer {
  return { kind: 'lost', message: `${label} was answered with success and without the answers of its parts` };
}
