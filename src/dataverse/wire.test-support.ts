/** A transport whose server is a function, and answers for it to give, for tests of this folder. */

import type { Clock } from '../model/ports.ts';
import { ServiceError } from '../model/service-error.ts';
import { createTransport, type TransportOptions, type WriteTransport } from './transport.ts';
import { parseEnvironmentUrl } from './url.ts';

export const ORIGIN = 'https://contoso.crm4.dynamics.com';
export const START = Date.parse('2026-11-21T09:00:00Z');
export const DATE = 'Sat, 21 Nov 2026 08:59:00 GMT';
export const TOKEN = 'canary-token-1';

export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly at: number;
}

export interface Wire {
  readonly transport: WriteTransport;
  readonly sent: Sent[];
  readonly clock: Clock;
}

export type Reply = (request: Request, index: number) => Response | Promise<Response>;

/** A transport whose server is a function; sleeping moves the clock. */
export function wire(reply: Reply, options: Partial<TransportOptions> = {}): Wire {
  let now = START;
  const clock: Clock = {
    now: () => now,
    sleep: async (ms) => {
      now += ms;
    },
  };
  const sent: Sent[] = [];
  const transport = createTransport({
    url: parseEnvironmentUrl(ORIGIN),
    clock,
    random: () => 0.5,
    tokens: { token: async () => TOKEN },
    fetch: async (request) => {
      const { method, url } = request;
      const headers = Object.fromEntries(request.headers);
      sent.push({ method, url, headers, body: await request.clone().text(), at: now - START });
      return reply(request, sent.length - 1);
    },
    ...options,
  });
  return { transport, sent, clock };
}

export function json(body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/json; odata.metadata=minimal', Date: DATE, ...headers },
  });
}

export function fault(status: number, code: string, message: string, headers = {}): Response {
  return json({ error: { code, message } }, status, headers);
}

export function lost(code?: string): TypeError {
  const cause = Object.assign(new Error('gone'), code === undefined ? {} : { code });
  return new TypeError('fetch failed', { cause });
}

export async function errorOf(promise: Promise<unknown>): Promise<ServiceError> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof ServiceError) return error;
  throw new Error(`No service error but ${String(error)}`);
}

/** A part of an answer to `$batch`; `head`: its MIME headers, such as a Content-ID. */
export function part(
  status: string,
  body: unknown,
  head: readonly string[] = [],
  headers: readonly string[] = [],
): string {
  return [
    '--batchresponse_1',
    'Content-Type: application/http',
    'Content-Transfer-Encoding: binary',
    ...head,
    '',
    `HTTP/1.1 ${status}`,
    ...(body === null ? [] : ['Content-Type: application/json; odata.metadata=minimal']),
    ...headers,
    '',
    body === null ? '' : JSON.stringify(body),
    '',
  ].join('\r\n');
}

export function batch(...parts: readonly string[]): Response {
  return multipart(`${parts.join('')}--batchresponse_1--\r\n`);
}

/** The text may be cut, or anything else. */
export function multipart(text: string, init: ResponseInit = {}): Response {
  return new Response(text, {
    ...init,
    headers: { 'Content-Type': 'multipart/mixed; boundary=batchresponse_1', Date: DATE, ...init.headers },
  });
}
