/**
 * Sends one write, once. Whether it was carried out is known from a Dataverse answer only: without one it is lost,
 * and a reading has to settle it. Knows no table.
 */

import type { Clock } from '../model/ports.ts';
import { ServiceError } from '../model/service-error.ts';
import { dateOf, type Exchange, PROTOCOL_HEADERS } from './exchange.ts';
import type { HttpAnswer, HttpRequest } from './http.ts';
import { networkFailure } from './network-failure.ts';
import { retryAfterMs, type SharedPause } from './pause.ts';
import { answerError, faultOf, type Json } from './service-answer.ts';
import type { EnvironmentUrl } from './url.ts';

/** Update what is there in this version, or create what is not there. */
export type WriteCondition = { readonly 'If-Match': string } | { readonly 'If-None-Match': '*' };

export type WriteAnswer =
  | { readonly kind: 'accepted'; readonly at: string | null }
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly code: string | null;
      readonly message: string;
      readonly hint: string | null;
    }
  | { readonly kind: 'throttled'; readonly retryAfterMs: number }
  | { readonly kind: 'lost'; readonly message: string };

interface WriteContext {
  readonly url: EnvironmentUrl;
  readonly exchange: Exchange;
  readonly pause: SharedPause;
  readonly clock: Clock;
}

export interface WriteRequest {
  readonly method: 'PATCH' | 'POST' | 'DELETE';
  readonly url: string;
  readonly body: Json | null;
  readonly condition: WriteCondition | Record<string, never>;
}

/** At least so long, whatever the service asks for. */
const SHORTEST_PAUSE_MS = 1_000;
/** When the service names no time: as long as microsoft/terraform-provider-power-platform waits at least. */
const UNNAMED_PAUSE_MS = 10_000;

export async function sendWrite(context: WriteContext, write: WriteRequest): Promise<WriteAnswer> {
  const { url, exchange, pause, clock } = context;
  const request = toRequest(write);
  const label = exchange.label(request);
  await pause.passed();
  let answer: HttpAnswer;
  try {
    answer = await exchange.send(request);
  } catch (error) {
    return notAnswered(error, url, label);
  }
  const askedMs = retryAfterMs(answer.headers, clock.now());
  if (answer.status === 429 || (isUnavailable(answer) && askedMs !== null)) {
    const waitMs = Math.max(SHORTEST_PAUSE_MS, askedMs ?? UNNAMED_PAUSE_MS);
    pause.extend(waitMs);
    return { kind: 'throttled', retryAfterMs: waitMs };
  }
  return answered(answer, label);
}

/** The service itself says that it does not take requests now; a gateway's 503 says nothing of the kind. */
function isUnavailable(answer: HttpAnswer): boolean {
  return answer.status === 503 && faultOf(answer) !== null;
}

function toRequest({ method, url, body, condition }: WriteRequest): HttpRequest {
  const headers = { ...PROTOCOL_HEADERS, ...condition };
  if (body === null) return { method, url, headers };
  const json = { ...headers, 'Content-Type': 'application/json; charset=utf-8' };
  return { method, url, headers: json, body: JSON.stringify(body) };
}

function answered(answer: HttpAnswer, label: string): WriteAnswer {
  const { status } = answer;
  if (status >= 200 && status < 300) return { kind: 'accepted', at: dateOf(answer) };
  const { message, code, hint } = answerError(answer, label);
  if (status >= 500 && faultOf(answer) === null) return { kind: 'lost', message };
  return { kind: 'refused', status, code, message, hint };
}

function notAnswered(error: unknown, url: EnvironmentUrl, label: string): WriteAnswer {
  if (error instanceof ServiceError) throw error;
  const { message, hint, notSent } = networkFailure(error, new URL(url.origin).host);
  if (!notSent) return { kind: 'lost', message: `${label}: ${message}` };
  return { kind: 'refused', status: 0, code: null, message: `${label}: ${message}; nothing was sent`, hint };
}
