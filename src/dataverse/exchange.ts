/**
 * Sends one request with sign-in and the protocol's headers, and notes what every answer tells besides its body:
 * service time, recommended parallelism and what is left of the limits. Retries nothing but a refused token, once.
 */

import type { Clock, ServiceBudget } from '../model/ports.ts';
import { isMultipart } from './batch-codec.ts';
import { createHttp, type Fetch, type HttpAnswer, type HttpRequest, type Method } from './http.ts';
import { requestIdOf } from './service-answer.ts';
import type { EnvironmentUrl } from './url.ts';

/** Bearer tokens for one environment. */
export interface TokenProvider {
  /** `refused`: the environment does not take this one, so that another is wanted. */
  token(options: { readonly refused: string | null }): Promise<string>;
  /** Whom the last token stands for, and how it was had; nothing of the token itself. */
  caller?(): string;
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

/** Asked right before a request leaves, with every token that it is sent with; may wait until it may leave. */
export type MayLeave = () => boolean | Promise<boolean>;

export interface Exchange {
  /** The answer, whatever its status; `null`: it may not leave. Rejects with what the network failed with. */
  send(request: HttpRequest, mayLeave: MayLeave): Promise<HttpAnswer | null>;
  /** Method and path, without the query: its values could hold names. */
  label(request: HttpRequest): string;
  lastServiceTime(): string | null;
  parallelism(): number | null;
  remaining(): ServiceBudget;
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
  let budget: ServiceBudget = { workMsLeft: null, requestsLeft: null, parallelism: null };
  let requests = 0;

  const pathOf = (request: HttpRequest): string =>
    request.url.replace(url.api, '').replace(url.origin, '').replace(/\?.*$/su, '');

  const once = async (
    request: HttpRequest,
    token: string | null,
    mayLeave: MayLeave,
  ): Promise<HttpAnswer | null> => {
    if (!(await mayLeave())) return null;
    const bearer = token === null ? {} : { Authorization: `Bearer ${token}` };
    requests += 1;
    const started = clock.now();
    const report = (answer: HttpAnswer | null): void =>
      options.onRequest?.({
        method: request.method,
        path: pathOf(request),
        status: answer?.status ?? null,
        durationMs: clock.now() - started,
        serviceTime: answer === null ? null : dateOf(answer),
        requestId: answer === null ? null : requestIdOf(answer),
      });
    try {
      const answer = await http({ ...request, headers: { ...request.headers, ...bearer } });
      serviceTime = later(serviceTime, dateOf(answer));
      budget = budgetOf(answer, budget);
      report(answer);
      return answer;
    } catch (error) {
      report(null);
      throw error;
    }
  };

  return {
    send: async (request, mayLeave) => {
      if (tokens === null) return once(request, null, mayLeave);
      const token = await tokens.token({ refused: null });
      const first = await once(request, token, mayLeave);
      if (first?.status !== 401) return withCaller(first, tokens);
      const another = await tokens.token({ refused: token });
      return withCaller(another === token ? first : await once(request, another, mayLeave), tokens);
    },
    label: (request) => `${request.method} ${pathOf(request)}`,
    lastServiceTime: () => serviceTime,
    parallelism: () => budget.parallelism,
    remaining: () => budget,
    requests: () => requests,
  };
}

/** Whoever is refused wants to know as whom. */
function withCaller(answer: HttpAnswer | null, tokens: TokenProvider): HttpAnswer | null {
  if (answer === null) return null;
  const mayRefuse = answer.status === 401 || answer.status === 403 || isMultipart(answer);
  return mayRefuse && tokens.caller !== undefined ? { ...answer, caller: tokens.caller() } : answer;
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

/**
 * Answers tell what is left of the limits, with thousands separators, and how many requests to have under way
 * (Microsoft Learn, "Service protection API limits" and "Send parallel requests"). What one does not tell stays known.
 */
function budgetOf({ headers }: HttpAnswer, before: ServiceBudget): ServiceBudget {
  const seconds = numberIn(headers, 'x-ms-ratelimit-time-remaining-xrm-requests');
  const hint = numberIn(headers, 'x-ms-dop-hint');
  return {
    workMsLeft: seconds === null ? before.workMsLeft : Math.round(seconds * 1000),
    requestsLeft: numberIn(headers, 'x-ms-ratelimit-burst-remaining-xrm-requests') ?? before.requestsLeft,
    parallelism: hint !== null && Number.isInteger(hint) && hint > 0 ? hint : before.parallelism,
  };
}

function numberIn(headers: Headers, name: string): number | null {
  const text = headers.get(name)?.trim() ?? '';
  return /^(\d+|\d{1,3}(,\d{3})+)(\.\d+)?$/u.test(text) ? Number(text.replaceAll(',', '')) : null;
}
