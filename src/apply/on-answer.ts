/** What the answer to a write means for its step. */

import type { OutcomeReason } from '../model/outcome.ts';
import type { WriteResult } from '../model/ports.ts';
import { READ_BACK_VERBS } from '../model/read-back-verbs.ts';
import { type ApplyState, leftToSend } from './apply-state.ts';
import type { Answered } from './next.ts';
import { afterLook } from './on-reading.ts';
import { end, TEST_UNDER_WAY } from './outcomes.ts';
import { type AnsweredRequest, afterRequest } from './pace.ts';
import { isApproval, MAX_ATTEMPTS, type StepState, watch } from './step-state.ts';

/** The service says that a test is under way, whatever the row shows: twice this is waited, and longer each time. */
const BUSY_MS = 5_000;
/** An answer may be lost by chance; where the next ones are too, what is in the way needs time to pass. */
const LOST_AGAIN_MS = 500;

export function afterAnswer(before: ApplyState, event: Answered): ApplyState {
  const { steps, results, now } = event;
  let state = { ...before, pace: afterRequest(before.pace, requestOf(event, leftToSend(before))) };
  for (const [index, id] of steps.entries()) {
    const place = state.places.get(id);
    const result = results[index];
    if (place === undefined || result === undefined) throw new Error(`No answer is there for ${id}`);
    state = afterResult(state, place, result, event);
  }
  const isThrottled = results.length > 0 && results.every(({ kind }) => kind === 'throttled');
  return { ...state, throttledSince: isThrottled ? (before.throttledSince ?? now) : null };
}

function requestOf({ results, sentAt, now, budget }: Answered, left: number): AnsweredRequest {
  const pauses = results.flatMap((result) => (result.kind === 'throttled' ? result.retryAfterMs : []));
  return { operations: results.length, sentAt, now, left, isThrottled: pauses.length > 0, budget };
}

function afterResult(
  state: ApplyState,
  place: number,
  result: WriteResult,
  { sentAt, now }: Answered,
): ApplyState {
  const { table, pausedUntil, refusals } = state;
  const before = table.at(place);
  const { step } = before;
  table.set(place, answered(before, result, sentAt, now));
  switch (result.kind) {
    case 'throttled':
      return { ...state, careful: null, pausedUntil: Math.max(pausedUntil ?? 0, now + result.retryAfterMs) };
    case 'refused':
      return isApproval(step) && result.status === 403 ? { ...state, refusals: refusals + 1 } : state;
    case 'done':
      // Requesting a test is no change that a test could be older than.
      if (step.verb !== 'test') table.lastWrite.set(step.address, result.at);
      return result.after !== undefined && table.at(place).phase === 'verifying'
        ? afterLook(state, place, result.after, now)
        : state;
    case 'conflict':
    case 'busy':
    case 'lost':
      return state;
    default:
      return result satisfies never;
  }
}

function answered(state: StepState, result: WriteResult, sentAt: number, now: number): StepState {
  const { step } = state;
  const attempts = state.attempts + 1;
  const again: StepState = { ...state, phase: 'waiting', reading: null, send: null, attempts };
  switch (result.kind) {
    case 'done':
      if (step.verb === 'test') return watch(state, 'testing', now);
      return READ_BACK_VERBS.has(step.verb) ? watch(state, 'verifying', now, 0) : end(state, 'applied');
    case 'conflict':
      if (attempts < MAX_ATTEMPTS) return again;
      return end(state, 'failed', {
        reason: 'contended',
        message: 'The record changed each time between reading and writing',
        hint: 'Run again when the mailbox is quieter.',
      });
    case 'busy':
      if (attempts < MAX_ATTEMPTS) return watch(again, 'blocked', now, BUSY_MS * 2 ** attempts);
      return end(state, 'failed', TEST_UNDER_WAY);
    case 'throttled':
      return { ...again, attempts: state.attempts };
    case 'refused':
      return end(state, 'failed', refusal(result));
    case 'lost':
      // After the last one, too: only what cannot be read is unknown.
      return { ...watch({ ...state, attempts }, 'settling', now, lostPause(attempts)), since: sentAt };
    default:
      return result satisfies never;
  }
}

function lostPause(attempts: number): number {
  return attempts === 1 ? 0 : LOST_AGAIN_MS * 2 ** (attempts - 1);
}

function refusal({ status, code, message, hint }: Extract<WriteResult, { kind: 'refused' }>): {
  reason: OutcomeReason;
  message: string;
  hint: string | null;
} {
  return { reason: 'refused', message: `${status}${code === null ? '' : ` ${code}`}  ${message}`, hint };
}
