/** GETs within a `$batch`: how one is written, what its answer is, and a whole batch of them. Can write no other verb. */

import { ServiceError } from '../model/service-error.ts';
import {
  type BatchEntry,
  batchRequest,
  decodeBatch,
  failedAs,
  isMultipart,
  type PartAnswer,
} from './batch-codec.ts';
import { dateOf, type Exchange, PROTOCOL_HEADERS } from './exchange.ts';
import type { HttpAnswer, HttpRequest } from './http.ts';
import { retryAfterMs } from './pause.ts';
import { isPassing, isPassingFault } from './retry-read.ts';
import { CutAnswerError, type Json, jsonOf, notDataverse } from './service-answer.ts';
import type { EnvironmentUrl } from './url.ts';

export type BatchPart =
  | { readonly ok: true; readonly body: Json }
  | { readonly ok: false; readonly error: ServiceError };

export interface BatchAnswered {
  /** In the order of the paths; a part that failed does not fail the others. */
  readonly parts: readonly BatchPart[];
  readonly at: string | null;
}

/**
 * Asks for the request anew each time that it is sent. `judge` picks the answer that decides whether it is sent again.
 */
export type Read = (
  request: () => HttpRequest,
  judge?: (answer: HttpAnswer) => HttpAnswer,
) => Promise<HttpAnswer>;

/**
 * The literal word `null` keeps caches on the way from answering. No `Consistency: Strong`: it passes by the service's
 * cache of metadata and permissions, which no read here follows a change of, and it costs every request; rows are
 * never cached (Microsoft Learn, "Compose HTTP requests and handle errors").
 */
export const READ_HEADERS = { ...PROTOCOL_HEADERS, 'If-None-Match': 'null' } as const;

/** Fixed and documented as the service's most. */
const PAGE_SIZE = 5000;
export const PAGE_HEADERS = { ...READ_HEADERS, Prefer: `odata.maxpagesize=${PAGE_SIZE}` } as const;

/** `path`: below the API's base, with its query. */
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

/** A part that is refused for now is sent again, without those that are answered. */
export async function sendReadBatch(
  { url, exchange, read }: { readonly url: EnvironmentUrl; readonly exchange: Exchange; readonly read: Read },
  boundary: string,
  paths: readonly string[],
): Promise<BatchAnswered> {
  const answered = new Map<number, BatchPart>();
  const failed = new Map<number, PartAnswer>();
  const left = (): readonly number[] => [...paths.keys()].filter((place) => !answered.has(place));
  const label = exchange.label(batchOf(url, boundary, paths));
  let at: string | null = null;
  const answer = await read(
    () =>
      batchOf(
        url,
        boundary,
        left().map((place) => paths[place] ?? ''),
      ),
    (whole) => {
      if (whole.status !== 200) return whole;
      if (!isMultipart(whole)) throw notDataverse(whole, label);
      const places = left();
      const decoded = decodeBatch(whole, places.length, label);
      const parts = inOrder(decoded, whole, label).map((part) => failedAs(part, whole));
      let broken: CutAnswerError | null = null;
      for (const [index, place] of places.entries()) {
        const part = parts[index];
        if (part === undefined) continue;
        if (isPassing(part)) {
          if (isPassingFault(part)) failed.set(place, part);
          continue;
        }
        const own = readPart(part, paths[place] ?? '');
        if (own.ok || !(own.error instanceof CutAnswerError)) {
          answered.set(place, own);
          continue;
        }
        failed.set(place, part);
        broken = own.error;
      }
      // What was answered first was seen first.
      at ??= dateOf(whole);
      const paused = longestPause(parts);
      if (paused === null && broken !== null) throw broken;
      return paused ?? whole;
    },
  ).catch((error: unknown) => {
    // A part that keeps failing fails none of those that were answered.
    if (failed.size > 0 && left().every((place) => failed.has(place))) return null;
    throw error;
  });
  if (answer !== null && answer.status !== 200) jsonOf(answer, label);
  return {
    parts: paths.map((path, place) => {
      const known = answered.get(place);
      if (known !== undefined) return known;
      const own = failed.get(place) ?? answer;
      if (own === null) throw new Error(`${label}: no answer is there for ${pathLabel(path)}`);
      return readPart(own, path);
    }),
    at,
  };
}

function batchOf(url: EnvironmentUrl, boundary: string, paths: readonly string[]): HttpRequest {
  return batchRequest(url, boundary, READ_HEADERS, paths.map(readEntry));
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

/** The part that decides how long to wait; `null`: none is to be sent again. */
function longestPause(parts: readonly PartAnswer[]): PartAnswer | null {
  const asked = (part: PartAnswer): number => retryAfterMs(part.headers, 0) ?? -1;
  let longest: PartAnswer | null = null;
  for (const part of parts) {
    if (!isPassing(part)) continue;
    if (longest === null || asked(part) > asked(longest)) longest = part;
  }
  return longest;
}
