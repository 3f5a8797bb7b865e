/**
 * The executor: a pure reducer from events to new state and commands. It knows no service and never waits; the
 * driver carries out its commands and reports what came of them.
 */

import type { ServiceBudget, WriteResult } from '../model/ports.ts';
import type { Reading } from '../model/snapshot.ts';
import type { ApplyState, Next } from './apply-state.ts';
import { afterAnswer } from './on-answer.ts';
import { afterReadings } from './on-reading.ts';
import { schedule } from './schedule.ts';

/** The answer to one request: its steps and what came of each. */
export interface Answered {
  readonly kind: 'answered';
  readonly steps: readonly string[];
  readonly results: readonly WriteResult[];
  readonly sentAt: number;
  readonly now: number;
  readonly budget: ServiceBudget;
}

/** `now` is the clock in milliseconds; service times are in the readings and answers. */
export type ApplyEvent =
  | { readonly kind: 'started'; readonly now: number }
  | { readonly kind: 'read'; readonly readings: ReadonlyMap<string, Reading>; readonly now: number }
  | { readonly kind: 'read-failed'; readonly message: string; readonly now: number }
  | Answered
  | { readonly kind: 'woke'; readonly now: number }
  /** The service asked a reading to wait until then, which is still under way; the pause is for all. */
  | { readonly kind: 'paused'; readonly until: number; readonly now: number }
  | { readonly kind: 'interrupted'; readonly now: number };

/** The first pause after a reading that failed; each one after it is twice as long. */
const READ_AGAIN_MS = 3_000;

export function next(before: ApplyState, event: ApplyEvent): Next {
  const { table } = before;
  const version = table.begin(before.version);
  const { state, commands } = schedule(absorb(before, event), event.now);
  return { state: { ...state, version }, commands, ended: table.takeEnded() };
}

function absorb(state: ApplyState, event: ApplyEvent): ApplyState {
  switch (event.kind) {
    case 'started':
      return state;
    case 'woke':
      return { ...state, waitingUntil: null };
    case 'paused':
      return { ...state, careful: null, pausedUntil: Math.max(state.pausedUntil ?? 0, event.until) };
    case 'interrupted':
      return { ...state, stopped: 'interrupted' };
    case 'read':
      return afterReadings({ ...state, failedReads: 0 }, event.readings, event.now);
    case 'read-failed':
      return afterReadings(unreadable(state, event), new Map(), event.now);
    case 'answered':
      return afterAnswer({ ...state, requests: state.requests - 1 }, event);
    default:
      return event satisfies never;
  }
}

/** What failed at once may fail at once again: whatever it is needs time to pass. */
function unreadable(state: ApplyState, { message, now }: { message: string; now: number }): ApplyState {
  const unreadableUntil = now + READ_AGAIN_MS * 2 ** state.failedReads;
  return { ...state, failedReads: state.failedReads + 1, readError: message, unreadableUntil };
}
