/**
 * Answers requests from a recording, instead of an environment: the same ones in the same order for each method and
 * path. Nothing is sent anywhere.
 */

import type { Fetch } from './http.ts';
import { withoutSecretColumns } from './recording.ts';
import { type RecordedExchange, type Recording, RecordingError } from './recording-lines.ts';

export function replay({ exchanges }: Recording): Fetch {
  const left = new Map<string, RecordedExchange[]>();
  for (const exchange of exchanges) {
    const { method, path, headers, body } = exchange.request;
    const key = keyOf(method, path, body, headers['content-type']);
    left.set(key, [...(left.get(key) ?? []), exchange]);
  }
  return async (request) => {
    const { pathname, search } = new URL(request.url);
    const body = request.body === null ? null : withoutSecretColumns(await request.text());
    const type = request.headers.get('content-type') ?? undefined;
    const next = left.get(keyOf(request.method, `${pathname}${search}`, body, type))?.shift();
    if (next !== undefined) return responseOf(next);
    throw new RecordingError(`The recording holds no further answer to ${request.method} ${pathname}`);
  };
}

/** Batches all have one path: their parts tell them apart, without the random boundary between these. */
function keyOf(method: string, path: string, body: string | null, type = ''): string {
  if (body === null || !path.endsWith('/$batch')) return `${method} ${path}`;
  const boundary = /boundary="?([^";]+)/u.exec(type)?.[1];
  return `${method} ${path} ${boundary === undefined ? body : body.replaceAll(boundary, 'boundary')}`;
}

function responseOf({ answer, failure }: RecordedExchange): Response {
  if (answer === null) throw new TypeError('fetch failed', { cause: new Error(failure ?? 'no answer') });
  const { status, headers, body } = answer;
  return new Response(body === '' ? null : body, { status, headers: { ...headers } });
}
