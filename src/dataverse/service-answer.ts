/**
 * Turns what a server answered into JSON or into a `ServiceError`. Says what was found and what to do; a body is
 * never shown whole, since it can hold rows, and a page of a proxy helps nobody.
 */

import { ServiceError } from '../model/service-error.ts';
import type { HttpAnswer } from './http.ts';
import { explained, serviceHint } from './service-hints.ts';

export type Json = Readonly<Record<string, unknown>>;

/** The service's own words about a failure. */
interface ServiceFault {
  /** `0x…`, or `null`: some answers have an empty code (Microsoft Learn, "Use conditional operations"). */
  readonly code: string | null;
  readonly message: string;
}

const PROXY_HINT =
  'Something between here and the environment answered, such as a proxy or a sign-in page. Check the URL of the environment and the proxy settings.';

const LATER_HINT = 'A gateway in trouble answers so as well: try again later.';

/** Of what stands before a service that cannot be reached, or not now (RFC 9110, 15.6). */
const GATEWAY_STATUSES: ReadonlySet<number> = new Set([502, 503, 504]);

/** An answer of success that does not have its end: asking again may help. */
export class CutAnswerError extends ServiceError {}

/** An answer of success that is none of Dataverse: a page of whatever stands in between, for a moment or for good. */
export class OtherAnswerError extends ServiceError {}

/** The JSON object of a successful answer. */
export function jsonOf(answer: HttpAnswer, request: string): Json {
  if (answer.status < 200 || answer.status > 299) throw answerError(answer, request);
  if (!isJsonType(answer)) throw notDataverse(answer, request);
  const body = parse(answer.text);
  if (body === undefined) throw broken(answer, request, 'broke off: its JSON is not complete');
  if (!isObject(body)) throw noObject(answer, request);
  const flaw = flawOf(body);
  if (flaw !== null) throw broken(answer, request, flaw);
  return body;
}

/** Success is said before the rows are read: what fails then ends the list (OData JSON Format 4.01, "In-Stream Error"). */
function flawOf({ error, value }: Json): string | null {
  if (isObject(error)) {
    const words = typeof error.message === 'string' ? oneLine(error.message) : 'no reason given';
    return `broke off with an error of the service: ${words}`;
  }
  if (Array.isArray(value) && !value.every(isObject)) return 'is damaged: it lists what is no row';
  return null;
}

function broken({ status }: HttpAnswer, request: string, flaw: string): CutAnswerError {
  return new CutAnswerError(`The answer to ${request} ${flaw}`, {
    kind: 'server',
    status,
    request,
    hint: 'Run the command again; if it persists, look for a proxy that cuts answers.',
  });
}

function noObject({ status }: HttpAnswer, request: string): OtherAnswerError {
  return new OtherAnswerError(`${request} was answered with JSON that is no object: no answer of Dataverse`, {
    kind: 'not-dataverse',
    status,
    request,
    hint: PROXY_HINT,
  });
}

/** The `error` object of a failed answer; `null` when the answer is none of Dataverse's. */
export function faultOf(answer: HttpAnswer): ServiceFault | null {
  const error = parseObject(answer.text)?.error;
  if (!isObject(error)) return null;
  const code = typeof error.code === 'string' && error.code !== '' ? error.code : null;
  return { code, message: typeof error.message === 'string' ? oneLine(error.message) : '' };
}

/** The service's own id of a request; errors within a `$batch` carry it as `REQ_ID`. */
export function requestIdOf({ headers }: HttpAnswer): string | null {
  return headers.get('x-ms-service-request-id') ?? headers.get('req_id');
}

/** The error that an answer other than 2xx stands for. */
export function answerError(answer: HttpAnswer, request: string): ServiceError {
  const { status } = answer;
  if (status === 304) return notModified(request);
  if (status >= 300 && status < 400) return redirected(answer, request);
  const fault = faultOf(answer);
  if (status === 401) return signInRefused(answer, fault, request);
  if (fault === null && !isJsonType(answer) && answer.text !== '') return notDataverse(answer, request);
  return faultError(answer, fault ?? { code: null, message: '' }, request);
}

function faultError(answer: HttpAnswer, fault: ServiceFault, request: string): ServiceError {
  const { status } = answer;
  const known = serviceHint(fault.code);
  const said = fault.message === '' ? (known?.meaning ?? 'no reason given') : fault.message;
  const code = fault.code === null ? '' : ` (${fault.code})`;
  const details = { status, code: fault.code, request, requestId: requestIdOf(answer) };
  // The service speaks the language of its organization: what the code means is said in ours as well.
  const hint = known === null ? null : fault.message === '' ? known.hint : explained(known);
  if (status === 403) {
    const grant = hint ?? 'Give the caller a security role with this privilege.';
    return new ServiceError(`${request} is not permitted${missing(fault.message)}: ${said}${code}`, {
      ...details,
      kind: 'permission',
      hint: `${grant}${asCaller(answer)}`,
    });
  }
  if (status === 404) {
    return new ServiceError(`${request} found nothing: ${said}${code}`, {
      ...details,
      kind: 'not-found',
      hint: hint ?? 'The record is gone, or the URL names no Dataverse environment.',
    });
  }
  if (status === 429) {
    return new ServiceError(`${request} was throttled: ${said}${code}`, {
      ...details,
      kind: 'throttled',
      hint: hint ?? 'The service asks for a pause. Run the command again in a few minutes.',
    });
  }
  if (status === 501) {
    return new ServiceError(`${request} is not supported there: ${said}${code}`, {
      ...details,
      kind: 'refused',
      hint: hint ?? 'The server does not offer this operation; an emulator names what it leaves out.',
    });
  }
  const kind = status >= 500 ? 'server' : 'refused';
  return new ServiceError(`${request} was refused with status ${status}: ${said}${code}`, {
    ...details,
    kind,
    hint: hint ?? (kind === 'server' ? 'Run the command again; the service had an error of its own.' : null),
  });
}

export function parseObject(text: string): Json | null {
  const value = parse(text);
  return isObject(value) ? value : null;
}

/** `undefined`: no JSON, a finding of the caller, who knows the status and the content type. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isJsonType({ headers }: HttpAnswer): boolean {
  return /^application\/(\w+\+)?json\b/iu.test(headers.get('content-type') ?? '');
}

/** Requests forbid it (Microsoft Learn, "Compose HTTP requests and handle errors", `If-None-Match: null`). */
function notModified(request: string): ServiceError {
  return new ServiceError(`${request} was answered with status 304, as if an earlier answer were kept here`, {
    kind: 'not-dataverse',
    status: 304,
    request,
    hint: 'Something between here and the environment, such as a proxy with a cache, drops or changes the header If-None-Match.',
  });
}

function redirected(answer: HttpAnswer, request: string): ServiceError {
  const location = answer.headers.get('location') ?? '';
  const host = URL.canParse(location) ? ` to ${new URL(location).host}` : '';
  return new ServiceError(`${request} was redirected${host}; Dataverse never does that`, {
    kind: 'not-dataverse',
    status: answer.status,
    request,
    hint: `${PROXY_HINT} A redirect to a sign-in page also means that no token was sent.`,
  });
}

function signInRefused(answer: HttpAnswer, fault: ServiceFault | null, request: string): ServiceError {
  const words = [answer.reason ?? '', fault?.message ?? '']
    .filter((text) => text !== '')
    .map((text) => `: ${text}`);
  const known = serviceHint(fault?.code ?? null);
  return new ServiceError(`The environment does not accept the sign-in${words.join('')}`, {
    kind: 'sign-in',
    status: 401,
    code: fault?.code ?? null,
    request,
    requestId: requestIdOf(answer),
    hint: `${known === null ? SIGN_IN_HINT : explained(known)}${asCaller(answer)}`,
  });
}

const SIGN_IN_HINT =
  'Check that tenant and client belong to this environment and that the token is for its URL and still valid; an application needs an application user there (Power Platform admin center, Environments, Settings, Users + permissions).';

function asCaller({ caller }: HttpAnswer): string {
  return caller === undefined ? '' : `\n  The caller is ${caller}.`;
}

export function notDataverse(answer: HttpAnswer, request: string): ServiceError {
  const type = (answer.headers.get('content-type') ?? '').split(';')[0]?.trim() ?? '';
  const what = type === 'text/html' ? 'an HTML page' : type === '' ? 'an untyped body' : type;
  const { status } = answer;
  const Failure = status >= 200 && status <= 299 ? OtherAnswerError : ServiceError;
  return new Failure(`${request} was answered with ${what} and status ${status}: no answer of Dataverse`, {
    kind: 'not-dataverse',
    status,
    request,
    hint: GATEWAY_STATUSES.has(status) ? `${PROXY_HINT} ${LATER_HINT}` : PROXY_HINT,
  });
}

/** Privilege failures name the privilege in their text (Microsoft Learn, "Compose HTTP requests and handle errors"). */
function missing(message: string): string {
  const name = /\bprv[A-Z]\w+/u.exec(message)?.[0];
  return name === undefined ? '' : `; privilege ${name} is missing`;
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  return line.length > 400 ? `${line.slice(0, 400)}…` : line;
}
