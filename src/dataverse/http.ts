/**
 * One exchange with a server, over ky: no retries, no redirects, one time limit for headers and body together.
 * Knows nothing of Dataverse. The only file that imports ky.
 */

import ky from 'ky';

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';
export type Fetch = (request: Request) => Promise<Response>;

export interface HttpRequest {
  readonly method: Method;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Who is not let in, in words; of refusals alone. */
  readonly caller?: string;
  /** Why the token was refused, where that is seen; of a status 401 alone. */
  readonly reason?: string | null;
}

type Http = (request: HttpRequest) => Promise<HttpAnswer>;

export class TimeoutError extends Error {
  override readonly name = 'TimeoutError';
}

export function createHttp(fetch: Fetch, timeoutMs: number): Http {
  const client = ky.create({
    fetch: (input) => fetch(input instanceof Request ? input : new Request(input)),
    retry: 0,
    throwHttpErrors: false,
    timeout: false,
    redirect: 'manual',
  });
  return ({ method, url, headers, body }) =>
    withTimeLimit(timeoutMs, async (signal) => {
      const answer = await client(url, { method, headers, signal, ...(body === undefined ? {} : { body }) });
      return { status: answer.status, headers: answer.headers, text: await answer.text() };
    });
}

/** ky's own limit ends with the headers; a body may hang as well. */
async function withTimeLimit<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new TimeoutError(`No complete answer within ${Math.round(ms / 1000)} seconds`));
      controller.abort();
    }, ms);
  });
  try {
    return await Promise.race([work(controller.signal), limit]);
  } finally {
    clearTimeout(timer);
  }
}
