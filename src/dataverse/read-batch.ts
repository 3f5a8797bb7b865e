/** GETs within a `$batch`: how one is written, what its answer is, and a whole batch of them. Can write no other verb. */

import { ServiceError } from '../model/service-error.ts';
import {
  type BatchEntry,
  decodeBatch,
  encodeBatch,
  failedAs,
  isMultipart,
  type PartAnswer,
} from './batch-codec.ts';
import { dateOf, type Exchange, PROTOCOL_HEADERS } from './exchange.ts';
import type { HttpAnswer, HttpRequest } from './http.ts';
import { retryAfterMs } from './pause.ts';
import { isPassing } from './retry-read.ts';
import { type Json, jsonOf, notDataverse } from './service-answer.ts';
import type { EnvironmentUrl } from './url.ts';

export type BatchPart =
  | { readonly ok: true; readonly body: Json }
  | { readonly ok: false; readonly error: ServiceError };

export interface BatchAnswered {
  /** In the order of the paths; a part that failed does not fail the others. */
  readonly parts: readonly BatchPart[];
  readonly at: string | null;
}

/** `judge` picks the answer that decides whether the request is repeated. */
export type Read = (request: HttpRequest, judge?: (answer: HttpAnswer) => HttpAnswer) => Promise<HttpAnswer>;

/**
 * The literal word `null` keeps caches on the way from answering. No `Consistency: Strong`: it passes by the service's
 * cache of metadata and permissions, which no read here follows a change of, and it costs every request; rows are
 * never cached (Microsoft Learn, "Compose HTTP requests and handle errors").
 */
export const READ_HEADERS = { ...PROTOCOL_HEADERS, 'If-None-Match': 'null' } as const;

/** Fixed and documented as the service's most. */
const PAGE_SIZE = 5000;
export const PAGE_HEADERS = { ...READ_HEADERS, Prefer: `odata.maxpagesize=${PAGE_SIZE}` } as const;

/** `path`: absolute, with its query. */
export function readEntry(path: string): BatchEntry {
  return { method: 'GET', path, headers: PAGE_HEADERS };
}

export function readPart(answer: HttpAnswer, path: string): BatchPart {
  try {
    return { ok: true, body: jsonOf(answer, `GET ${pathLabel(path)}`) };
  } catch (error) {
    if (error instanceof ServiceError) return { ok: false, error };
    throw error;
  }
}

/** Without the query: its values could hold names. */
export function pathLabel(path: string): string {
  return path.replace(/\?.*$/su, '');
}

export async function sendReadBatch(
  { url, exchange, read }: { readonly url: EnvironmentUrl; readonly exchange: Exchange; readonly read: Read },
  boundary: string,
  paths: readonly string[],
): Promise<BatchAnswered> {
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
      paths.map((path) => readEntry(`${base}${path}`)),
      boundary,
    ),
  };
  const label = exchange.label(request);
  let parts: readonly PartAnswer[] = [];
  const answer = await read(request, (whole) => {
    if (whole.status !== 200) return whole;
    if (!isMultipart(whole)) throw notDataverse(whole, label);
    parts = inOrder(decodeBatch(whole, paths.length, label), whole, label).map((part) =>
      failedAs(part, whole),
    );
    return longestPause(parts) ?? whole;
  });
  if (answer.status !== 200) jsonOf(answer, label);
  return { parts: parts.map((part, place) => readPart(part, paths[place] ?? '')), at: dateOf(answer) };
}

function inOrder(
  parts: readonly PartAnswer[],
  { status }: HttpAnswer,
  request: string,
): readonly PartAnswer[] {
  if (parts.every(({ contentId }, place) => contentId === null || contentId === String(place + 1)))
    return parts;
  throw new ServiceError(`The answer to ${request} is not in the order of its requests`, {
    kind: 'server',
    status,
    request,
    hint: 'Run the command again; if it persists, look for a proxy that changes answers.',
  });
}

/** A part that asks to be sent again has the whole batch sent again, since it holds nothing but reads. */
function longestPause(parts: readonly PartAnswer[]): PartAnswer | null {
  const asked = (part: PartAnswer): number => retryAfterMs(part.headers, 0) ?? -1;
  let longest: PartAnswer | null = null;
  for (const part of parts) {
    if (!isPassing(part.status)) continue;
    if (longest === null || asked(part) > asked(longest)) longest = part;
  }
  return longest;
}
