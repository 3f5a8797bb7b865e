/** What the answer to a write means for its step. */

import type { PlanStep } from '../model/plan.generated.ts';
import type { WriteResult } from '../model/ports.ts';
import { type ApplyState, isApproval, type StepState, watch } from './apply-state.ts';
import { end, TEST_UNDER_WAY } from './outcomes.ts';

/** The engine writes to these rows all the time; a row that changes this often is left alone. */
const MAX_ATTEMPTS = 5;
/** The service says that a test is under way, whatever the row shows: twice this is waited, and longer each time. */
const BUSY_MS = 5_000;

/** The service may answer success and change nothing, or mirror it on another row: these are read back. */
const READ_BACK: ReadonlySet<PlanStep['verb']> = new Set([
  'approve',
  'reject',
  'readdress',
  'approval-policy',
  'delete',
]);

export function afterAnswer(state: ApplyState, id: string, result: WriteResult, now: number): ApplyState {
  const place = state.places.get(id);
  const before = place === undefined ? undefined : state.steps[place];
  if (place === undefined || before === undefined) return state;
  const steps = [...state.steps];
  steps[place] = answered(before, result, now);
  const paused =
    result.kind === 'throttled'
      ? Math.max(state.pausedUntil ?? 0, now + result.retryAfterMs)
      : state.pausedUntil;
  const refused = result.kind === 'refused' && isApproval(before.step) && result.status === 403;
  const lastWrite =
    result.kind === 'done' ? withWrite(state.lastWrite, before.step, result.at) : state.lastWrite;
  return { ...state, steps, pausedUntil: paused, refusals: state.refusals + (refused ? 1 : 0), lastWrite };
}

function answered(state: StepState, result: WriteResult, now: number): StepState {
  const { step } = state;
  const attempts = state.attempts + 1;
  const again: StepState = { ...state, phase: 'waiting', reading: null, send: null, attempts };
  switch (result.kind) {
    case 'done':
      if (step.verb === 'test') return watch(state, 'testing', now);
      return READ_BACK.has(step.verb) ? watch(state, 'verifying', now, 0) : end(state, 'applied');
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
      if (attempts < MAX_ATTEMPTS) return watch({ ...state, attempts }, 'settling', now, 0);
      return end(state, 'unknown', {
        reason: 'no-answer',
        message: `No answer came: ${result.message}`,
        hint: 'Run again: what happened is settled by reading.',
      });
    default:
      return result satisfies never;
  }
}

function refusal({ status, code, message, hint }: Extract<WriteResult, { kind: 'refused' }>): {
  reason: string;
  message: string;
  hint: string | null;
} {
  return { reason: 'refused', message: `${status}${code === null ? '' : ` ${code}`}  ${message}`, hint };
}

/** Requesting a test is no change that a test could be older than. */
function withWrite(
  lastWrite: ReadonlyMap<string, string>,
  { verb, address }: PlanStep,
  at: string,
): ReadonlyMap<string, string> {
  return verb === 'test' ? lastWrite : new Map(lastWrite).set(address, at);
}
