/**
 * Sends a read until it is answered: passing failures are tried again with growing, jittered waits, and a 429 halts
 * every caller of the transport for as long as the service asks. Bounded in attempts and in time.
 */

import type { Clock } from '../model/ports.ts';
import { ServiceError } from '../model/service-error.ts';
import type { MayLeave } from './exchange.ts';
import type { HttpAnswer } from './http.ts';
import { networkFailure, unreachable } from './network-failure.ts';
import { type PauseReason, retryAfterMs, type SharedPause } from './pause.ts';
import { answerError, CutAnswerError, faultOf, OtherAnswerError } from './service-answer.ts';
import type { Trouble } from './trouble.ts';

export interface RetryLimits {
  /** Attempts of one read that fail in passing; waits that the service asks for do not count. */
  readonly attempts: number;
  /** Time that one read may take with all waits. */
  readonly totalMs: number;
}

interface RetryContext {
  readonly clock: Clock;
  readonly random: () => number;
  readonly pause: SharedPause;
  readonly limits: RetryLimits;
  readonly host: string;
  /** Told of each failure after which the read is sent again, but for pauses, which are told as such. */
  readonly onTrouble?: (trouble: Trouble) => void;
}

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;
/** A page in place of rows is mostly that of a gateway in trouble; where the address is wrong, it comes each time. */
const ATTEMPTS_AT_PAGE = 3;
const PASSING_STATUSES: ReadonlySet<number> = new Set([
  408,
  429,
  502,
  503,
  504,
  // What stands before a service could not reach it, or not in time (Cloudflare, "5xx errors").
  ...[520, 521, 522, 523, 524],
]);
/** UnExpected: says nothing of what was asked (Microsoft Learn, "Web service error codes"). */
const UNEXPECTED = '0x80040216';
/** SqlTimeout: of how busy the database was just then. */
const SQL_TIMEOUT = '0x80044151';

/** The next attempt may succeed. */
export function isPassing(answer: HttpAnswer): boolean {
  return PASSING_STATUSES.has(answer.status) || isPassingFault(answer);
}

export function isPassingFault(answer: HttpAnswer): boolean {
  if (answer.status !== 500) return false;
  const code = faultOf(answer)?.code?.toLowerCase() ?? UNEXPECTED;
  return code === UNEXPECTED || code === SQL_TIMEOUT;
}

/**
 * `send` may hand over an answer, `null` where it may not leave, or fail as the network does or with an answer that
 * was cut or is none of the service; anything else it throws is passed on.
 */
export async function readWithRetry(
  context: RetryContext,
  request: string,
  send: (mayLeave: MayLeave, attempt: number) => Promise<HttpAnswer | null>,
): Promise<HttpAnswer> {
  const { clock, limits, pause } = context;
  const started = clock.now();
  const deadline = started + limits.totalMs;
  let last: ServiceError | null = null;
  for (let attempt = 1, throttled = 0; ; ) {
    if (!(await pause.passed(deadline))) throw last ?? pausedTooLong(request);
    const sentAt = clock.now();
    const outcome = await attemptOnce(context, request, () =>
      send(() => pause.passed(deadline), attempt + throttled),
    );
    if (outcome.kind === 'held') throw last ?? pausedTooLong(request);
    if (outcome.kind === 'answered') return outcome.answer;
    // A server that asks for no pause, or for one that is over, is not asked again at once.
    const failures = outcome.throttled ? throttled : attempt - 1;
    const isAsked = outcome.throttled && outcome.askedMs !== null && outcome.askedMs >= FIRST_WAIT_MS;
    const wait = Math.max(outcome.askedMs ?? 0, isAsked ? 0 : backOff(failures, context.random));
    last = givenUp(outcome.error, attempt + throttled, clock.now() - started);
    if (outcome.throttled) throttled += 1;
    else attempt += 1;
    const isPause = outcome.throttled || outcome.askedMs !== null;
    // The others wait as long as was asked, whether or not this read has the time.
    if (isPause) pause.extend(wait, reasonOf(outcome.throttled, isAsked));
    const most = Math.min(limits.attempts, outcome.attempts);
    if (attempt > most || clock.now() + wait > deadline) throw last;
    if (isPause) continue;
    const again = { inMs: wait, attempt, most };
    context.onTrouble?.({ host: context.host, what: outcome.what, tookMs: clock.now() - sentAt, again });
    await clock.sleep(wait);
  }
}

function reasonOf(isThrottled: boolean, isAsked: boolean): PauseReason {
  if (!isThrottled) return 'unavailable';
  return isAsked ? 'throttled' : 'throttled-without-time';
}

function pausedTooLong(request: string): ServiceError {
  return new ServiceError(`${request} was not sent: the service asks for a pause, again and again`, {
    kind: 'throttled',
    request,
    hint: 'Run the command again in a few minutes, when nothing else uses the same sign-in.',
  });
}

/** The error with how long it was tried; as it is where it was not. */
function givenUp(error: ServiceError, attempts: number, tookMs: number): ServiceError {
  if (attempts === 1 && tookMs < FIRST_WAIT_MS) return error;
  const tried = `given up after ${Math.round(tookMs / 1000)} s, attempts: ${attempts}`;
  return new ServiceError(`${error.message}; ${tried}`, { ...error, cause: error.cause });
}

type Outcome =
  | { readonly kind: 'answered'; readonly answer: HttpAnswer }
  /** A pause holds for longer than the read may take. */
  | { readonly kind: 'held' }
  | {
      readonly kind: 'failed';
      readonly throttled: boolean;
      readonly askedMs: number | null;
      /** So often it is worth trying. */
      readonly attempts: number;
      readonly what: Trouble['what'];
      readonly error: ServiceError;
    };

async function attemptOnce(
  context: RetryContext,
  request: string,
  send: () => Promise<HttpAnswer | null>,
): Promise<Outcome> {
  try {
    const answer = await send();
    if (answer === null) return { kind: 'held' };
    if (!isPassing(answer)) return { kind: 'answered', answer };
    const askedMs = retryAfterMs(answer.headers, context.clock.now());
    const error = answerError(answer, request);
    return { ...FAILED, throttled: answer.status === 429, askedMs, what: answer.status, error };
  } catch (error) {
    if (error instanceof CutAnswerError) return { ...FAILED, what: 'cut', error };
    if (error instanceof OtherAnswerError) {
      return { ...FAILED, what: 'page', attempts: ATTEMPTS_AT_PAGE, error };
    }
    if (error instanceof ServiceError) throw error;
    const failure = networkFailure(error, context.host);
    const known = unreachable(failure, request, error);
    if (!failure.passing) throw known;
    return { ...FAILED, what: 'none', error: known };
  }
}

const FAILED = {
  kind: 'failed',
  throttled: false,
  askedMs: null,
  attempts: Number.POSITIVE_INFINITY,
} as const;

/** Between half and the whole of 1, 2, 4 … seconds, so that callers do not come back together. */
function backOff(failures: number, random: () => number): number {
  const whole = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures);
  return Math.round(whole * (0.5 + random() / 2));
}
