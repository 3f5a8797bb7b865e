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
import { answerError, faultOf, isJsonType, type Json, notDataverse, requestIdOf } from './service-answer.ts';
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

export interface WriteContext {
  readonly url: EnvironmentUrl;
  readonly exchange: Exchange;
  readonly pause: SharedPause;
  readonly clock: Clock;
}

export interface WriteRequest {
  readonly method: 'PATCH' | 'DELETE';
  /** Below the API's base, encoded. */
  readonly path: string;
  readonly body: Json | null;
  readonly condition: WriteCondition;
}

/** Of a write that asks for no representation (Microsoft Learn, "Update and delete table rows using the Web API"). */
const DONE = 204;
/**
 * Refusals by status alone (Microsoft Learn, "Compose HTTP requests and handle errors", "Identify status codes"), whose
 * code can be empty; 429 is a pause.
 */
const REFUSALS: ReadonlySet<number> = new Set([400, 401, 403, 404, 405, 412, 413]);
/** At least so long, whatever the service asks for. */
const SHORTEST_PAUSE_MS = 1_000;
/** When the service names no time: as long as microsoft/terraform-provider-power-platform waits at least. */
const UNNAMED_PAUSE_MS = 10_000;

export async function sendWrite(context: WriteContext, write: WriteRequest): Promise<WriteAnswer> {
  const { url, exchange } = context;
  const { method, path } = write;
  const request: HttpRequest = { method, url: `${url.api}${path}`, ...headersAndBody(write) };
  const label = exchange.label(request);
  const sent = await sendOnce(context, request, label);
  return sent.ok ? judgeAnswer(context, sent.answer, label, dateOf(sent.answer)) : sent.failed;
}

/** What a write carries of its own, alone and within a batch. */
export function headersAndBody({
  body,
  condition,
}: WriteRequest): Pick<HttpRequest, 'headers'> & { readonly body?: string } {
  const headers = { ...PROTOCOL_HEADERS, ...condition };
  if (body === null) return { headers };
  const json = { ...headers, 'Content-Type': 'application/json; charset=utf-8' };
  return { headers: json, body: JSON.stringify(body) };
}

type Sent =
  | { readonly ok: true; readonly answer: HttpAnswer }
  | { readonly ok: false; readonly failed: Exclude<WriteAnswer, { kind: 'accepted' }> };

/** Never waits: what may have changed by the end of a pause is for who sends the write to look at again. */
export async function sendOnce(
  { url, exchange, pause }: WriteContext,
  request: HttpRequest,
  label: string,
): Promise<Sent> {
  try {
    const answer = await exchange.send(request, () => pause.left() === 0);
    // Right at its end the pause may have run out since.
    if (answer === null)
      return { ok: false, failed: { kind: 'throttled', retryAfterMs: Math.max(1, pause.left()) } };
    return { ok: true, answer };
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    const { message, hint, notSent } = networkFailure(error, new URL(url.origin).host);
    const words = `${label}: ${message}`;
    if (!notSent) return { ok: false, failed: { kind: 'lost', message: words } };
    return {
      ok: false,
      failed: { kind: 'refused', status: 0, code: null, message: `${words}; nothing was sent`, hint },
    };
  }
}

/** The pause that an answer asks for, which holds for all from now on; `null`: it asks for none. */
export function askedPause({ pause, clock }: WriteContext, answer: HttpAnswer): number | null {
  const askedMs = retryAfterMs(answer.headers, clock.now());
  if (answer.status !== 429 && (askedMs === null || !isUnavailable(answer))) return null;
  const waitMs = Math.max(SHORTEST_PAUSE_MS, askedMs ?? UNNAMED_PAUSE_MS);
  pause.extend(waitMs);
  return waitMs;
}

/** What an answer, of a request or of a part of a batch, says of its write. */
export function judgeAnswer(
  context: WriteContext,
  answer: HttpAnswer,
  label: string,
  at: string | null,
): WriteAnswer {
  const { status } = answer;
  const waitMs = askedPause(context, answer);
  if (waitMs !== null) return { kind: 'throttled', retryAfterMs: waitMs };
  if (status === DONE) return { kind: 'accepted', at };
  if (status >= 200 && status < 300) return { kind: 'lost', message: noSuchSuccess(answer, label) };
  const { message, code, hint } = answerError(answer, label);
  const words = withRequestId(message, answer);
  if (!isRefusal(answer)) return { kind: 'lost', message: words };
  return { kind: 'refused', status, code, message: words, hint };
}

/** A gateway's success, or that of whoever is spoken to by mistake, says nothing of a write. */
function noSuchSuccess(answer: HttpAnswer, label: string): string {
  if (answer.text !== '' && !isJsonType(answer)) return notDataverse(answer, label).message;
  return `${label} was answered with status ${answer.status}: Dataverse answers a write that is done with ${DONE}`;
}

/** Whether an answer proves that nothing was written; a gateway that gave up waiting proves nothing. */
function isRefusal(answer: HttpAnswer): boolean {
  if (answer.status === 502 || answer.status === 504) return false;
  return REFUSALS.has(answer.status) || isCodeOfService(faultOf(answer)?.code ?? '');
}

/** The service itself says that it does not take requests now; a gateway's 503 says nothing of the kind. */
function isUnavailable(answer: HttpAnswer): boolean {
  const fault = faultOf(answer);
  return answer.status === 503 && fault !== null && (fault.code === null || isCodeOfService(fault.code));
}

/** They are hexadecimal (Microsoft Learn, "Web service error codes"); gateways have words in their place. */
function isCodeOfService(code: string): boolean {
  return /^0x[0-9a-f]+$/iu.test(code);
}

function withRequestId(message: string, answer: HttpAnswer): string {
  const id = requestIdOf(answer);
  return id === null ? message : `${message}; request id ${id}`;
}
