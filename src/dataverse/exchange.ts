/**
 * Sends one request with sign-in and the protocol's headers, and notes what every answer tells besides its body:
 * service time, recommended parallelism and what is left of the limits. Retries nothing but a refused token, once.
 */

import type { Clock, ServiceBudget } from '../model/ports.ts';
import { isMultipart } from './batch-codec.ts';
import { createHttp, type Fetch, type HttpAnswer, type HttpRequest, type Method } from './http.ts';
import { requestIdOf } from './service-answer.ts';
import type { Refusal } from './token-claims.ts';
import { tellSlow } from './trouble.ts';
import type { EnvironmentUrl } from './url.ts';

/** Bearer tokens for one environment. */
export interface TokenProvider {
  /** `refused`: the environment does not take this one, so that another is wanted. */
  token(options: { readonly refused: string | null }): Promise<string>;
  /** Whom the last token stands for, and how it was had; nothing of the token itself. */
  caller?(): string;
  /** Why the last token was refused with 401, where it can be told from it. */
  whyRefused?(refusal: Refusal): string | null;
}

/** What a log or recording is told of a request; no header or body. */
export interface RequestReport {
  readonly method: Method;
  readonly path: string;
  /** Shortened, and without values that could hold names; empty where there is none. */
  readonly query: string;
  /** How often it was sent, this time included: more than 1 where it is sent again. */
  readonly attempt: number;
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
  /** Told once of a request whose answer takes long. */
  readonly onSlow: (tookMs: number) => void;
}

/** Asked right before a request leaves, with every token that it is sent with; may wait until it may leave. */
export type MayLeave = () => boolean | Promise<boolean>;

export interface Exchange {
  /** The answer, whatever its status; `null`: it may not leave. Rejects with what the network failed with. */
  send(request: HttpRequest, mayLeave: MayLeave, attempt?: number): Promise<HttpAnswer | null>;
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
    attempt: number,
  ): Promise<HttpAnswer | null> => {
    if (!(await mayLeave())) return null;
    const bearer = token === null ? {} : { Authorization: `Bearer ${token}` };
    requests += 1;
    const started = clock.now();
    const report = (answer: HttpAnswer | null): void =>
      options.onRequest?.({
        method: request.method,
        path: pathOf(request),
        query: shortQuery(request.url),
        attempt,
        status: answer?.status ?? null,
        durationMs: clock.now() - started,
        serviceTime: answer === null ? null : dateOf(answer),
        requestId: answer === null ? null : requestIdOf(answer),
      });
    try {
      const sent = { ...request, headers: { ...request.headers, ...bearer } };
      const answer = await tellSlow(options.onSlow, () => http(sent));
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
    send: async (request, mayLeave, attempt = 1) => {
      if (tokens === null) return once(request, null, mayLeave, attempt);
      const token = await tokens.token({ refused: null });
      const first = await once(request, token, mayLeave, attempt);
      if (first?.status !== 401) return withCaller(first, tokens, clock);
      const another = await tokens.token({ refused: token });
      if (another === token) return withCaller(first, tokens, clock);
      return withCaller(await once(request, another, mayLeave, attempt), tokens, clock);
    },
    label: (request) => `${request.method} ${pathOf(request)}`,
    lastServiceTime: () => serviceTime,
    parallelism: () => budget.parallelism,
    remaining: () => budget,
    requests: () => requests,
  };
}

const SHOWN_OPTIONS: ReadonlySet<string> = new Set(['$select', '$filter', '$orderby', '$top', '$count']);
const SHOWN_LENGTH = 60;

/** What stands in quotes may be a name or an e-mail address, and so may anything in a link to a next page. */
function shortQuery(url: string): string {
  const { search } = new URL(url);
  const options = search
    .slice(1)
    .split('&')
    .filter((option) => option !== '');
  return options.map(shortOption).join('&');
}

function shortOption(option: string): string {
  const [name = '', ...rest] = option.split('=');
  if (!SHOWN_OPTIONS.has(name)) return `${name}=…`;
  const value = decoded(rest.join('=')).replace(/'[^']*('|$)|"[^"]*("|$)/gu, "'…'");
  return `${name}=${value.length > SHOWN_LENGTH ? `${value.slice(0, SHOWN_LENGTH)}…` : value}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text).replace(/\p{Cc}+/gu, ' ');
  } catch {
    // Not ours: what cannot be read is not shown.
    return '…';
  }
}

/** Whoever is refused wants to know as whom, and why. */
function withCaller(
  answer: HttpAnswer | null,
  tokens: TokenProvider,
  clock: Pick<Clock, 'now'>,
): HttpAnswer | null {
  if (answer === null) return null;
  const mayRefuse = answer.status === 401 || answer.status === 403 || isMultipart(answer);
  if (!mayRefuse || tokens.caller === undefined) return answer;
  const caller = tokens.caller();
  if (answer.status !== 401) return { ...answer, caller };
  const at = Date.parse(dateOf(answer) ?? '');
  const refusal = { challenge: answer.headers.get('www-authenticate'), at: at || clock.now() };
  return { ...answer, caller, reason: tokens.whyRefused?.(refusal) ?? null };
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
