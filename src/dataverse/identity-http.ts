/**
 * Lets Microsoft's sign-in library send its requests as all others are sent: through the same proxy, trusting the same
 * certificates, within a time limit. Remembers what kept the last one from being answered.
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
}

const TIMEOUT_MS = 30_000;

export function createIdentityHttp(fetch: Fetch): IdentityHttp {
  let failure: ReturnType<IdentityHttp['lastFailure']> = null;
  return {
    lastFailure: () => failure,
    client: {
      sendRequest: async (request) => {
        try {
          const answer = await send(fetch, request);
          failure = null;
          return answer;
        } catch (error) {
          failure = { host: new URL(request.url).host, error };
          throw error;
        }
      },
    },
  };
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
