/**
 * Sends one request with sign-in and the protocol's headers, and notes what every answer tells besides its body:
 * service time and recommended parallelism. Retries nothing but a refused token, once.
 */

import type { Clock } from '../model/ports.ts';
import { createHttp, type Fetch, type HttpAnswer, type HttpRequest, type Method } from './http.ts';
import type { EnvironmentUrl } from './url.ts';

/** Bearer tokens for one environment. `fresh`: the last one was refused, a kept one will not do. */
export interface TokenProvider {
  token(options: { readonly fresh: boolean }): Promise<string>;
}

/** What a log or recording is told of a request; no header, body or query value. */
export interface RequestReport {
  readonly method: Method;
  readonly path: string;
  /** `null`: no answer came. */
  readonly status: number | null;
  readonly durationMs: number;
  readonly serviceTime: string | null;
  /** The service's own id of the request, for its support. */
  readonly requestId: string | null;
}

interface ExchangeOptions {
  readonly url: EnvironmentUrl;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly tokens: TokenProvider | null;
  readonly timeoutMs: number;
  readonly onRequest: ((report: RequestReport) => void) | undefined;
}

export interface Exchange {
  /** The answer, whatever its status. Rejects with what the network failed with. */
  send(request: HttpRequest): Promise<HttpAnswer>;
  /** Method and path, without the query: its values could hold names. */
  label(request: HttpRequest): string;
  lastServiceTime(): string | null;
  parallelism(): number | null;
  requests(): number;
}

/** Headers that every request carries (Microsoft Learn, "Compose HTTP requests and handle errors"). */
export const PROTOCOL_HEADERS = {
  Accept: 'application/json',
  'OData-MaxVersion': '4.0',
  'OData-Version': '4.0',
} as const;

export function createExchange(options: ExchangeOptions): Exchange {
  const { url, clock, tokens } = options;
  const http = createHttp(options.fetch, options.timeoutMs);
  let serviceTime: string | null = null;
  let parallelism: number | null = null;
  let requests = 0;

  const pathOf = (request: HttpRequest): string =>
    request.url.replace(url.api, '').replace(url.origin, '').replace(/\?.*$/su, '');

  const once = async (request: HttpRequest, fresh: boolean): Promise<HttpAnswer> => {
    const bearer = tokens === null ? {} : { Authorization: `Bearer ${await tokens.token({ fresh })}` };
    requests += 1;
    const started = clock.now();
    const report = (answer: HttpAnswer | null): void =>
      options.onRequest?.({
        method: request.method,
        path: pathOf(request),
        status: answer?.status ?? null,
        durationMs: clock.now() - started,
        serviceTime: answer === null ? null : dateOf(answer),
        requestId: answer?.headers.get('x-ms-service-request-id') ?? null,
      });
    try {
      const answer = await http({ ...request, headers: { ...request.headers, ...bearer } });
      serviceTime = later(serviceTime, dateOf(answer));
      parallelism = hintOf(answer) ?? parallelism;
      report(answer);
      return answer;
    } catch (error) {
      report(null);
      throw error;
    }
  };

  return {
    send: async (request) => {
      const answer = await once(request, false);
      return answer.status === 401 && tokens !== null ? once(request, true) : answer;
    },
    label: (request) => `${request.method} ${pathOf(request)}`,
    lastServiceTime: () => serviceTime,
    parallelism: () => parallelism,
    requests: () => requests,
  };
}

/** Service time of an answer, ISO 8601. */
export function dateOf({ headers }: HttpAnswer): string | null {
  const time = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

function later(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? b : a;
}

/** Microsoft Learn, "Send parallel requests": the recommended degree of parallelism. */
function hintOf({ headers }: HttpAnswer): number | null {
  const hint = Number(headers.get('x-ms-dop-hint') ?? '');
  return Number.isInteger(hint) && hint > 0 ? hint : null;
}
