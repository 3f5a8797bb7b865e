/**
 * Lets Microsoft's sign-in library send its requests as all others are sent: through the same proxy, trusting the same
 * certificates, within a time limit. Remembers what kept the last one from being answered as an authority answers.
 */

import type { TokenCredentialOptions } from '@azure/identity';
import type { Fetch } from './http.ts';

export type HttpClient = NonNullable<TokenCredentialOptions['httpClient']>;
type PipelineRequest = Parameters<HttpClient['sendRequest']>[0];
type PipelineResponse = Awaited<ReturnType<HttpClient['sendRequest']>>;

export interface IdentityHttp {
  readonly client: HttpClient;
  /** Host that did not answer, and what came instead; `null` after an answer. */
  lastFailure(): { readonly host: string; readonly error: unknown } | null;
  /** The last answer, if it is none that a sign-in can have: an error of the server's own, or a page. */
  lastOutage(): { readonly host: string; readonly status: number; readonly isJson: boolean } | null;
}

const TIMEOUT_MS = 30_000;

export function createIdentityHttp(fetch: Fetch): IdentityHttp {
  let failure: ReturnType<IdentityHttp['lastFailure']> = null;
  let outage: ReturnType<IdentityHttp['lastOutage']> = null;
  return {
    lastFailure: () => failure,
    lastOutage: () => outage,
    client: {
      sendRequest: async (request) => {
        try {
          const answer = await send(fetch, request);
          failure = null;
          outage = outageOf(answer);
          return answer;
        } catch (error) {
          failure = { host: new URL(request.url).host, error };
          outage = null;
          throw error;
        }
      },
    },
  };
}

function outageOf({ request, status, headers }: PipelineResponse): ReturnType<IdentityHttp['lastOutage']> {
  const isJson = /\bjson\b/iu.test(headers.get('content-type') ?? '');
  if (status < 500 && status !== 429 && isJson) return null;
  return { host: new URL(request.url).host, status, isJson };
}

async function send(fetch: Fetch, request: PipelineRequest): Promise<PipelineResponse> {
  const { url, method, headers, body, timeout, abortSignal } = request;
  if (new URL(url).protocol !== 'https:' && request.allowInsecureConnection !== true) {
    throw new TypeError('A sign-in is sent over https alone');
  }
  if (typeof body !== 'string' && body !== undefined && body !== null) {
    throw new TypeError('A sign-in has a body of text');
  }
  const limit = AbortSignal.timeout(timeout > 0 ? timeout : TIMEOUT_MS);
  const answer = await fetch(
    new Request(url, {
      method,
      headers: [...headers],
      redirect: 'manual',
      signal: abortSignal instanceof AbortSignal ? AbortSignal.any([limit, abortSignal]) : limit,
      ...(typeof body === 'string' ? { body } : {}),
    }),
  );
  return {
    request,
    status: answer.status,
    headers: toPipelineHeaders(answer.headers),
    bodyAsText: await answer.text(),
  };
}

function toPipelineHeaders(headers: Headers): PipelineResponse['headers'] {
  return {
    get: (name) => headers.get(name) ?? undefined,
    has: (name) => headers.has(name),
    set: (name, value) => headers.set(name, String(value)),
    delete: (name) => headers.delete(name),
    toJSON: () => Object.fromEntries(headers),
    [Symbol.iterator]: () => headers.entries(),
  };
}
