/**
 * The executor: a pure reducer from events to new state and commands. It knows no service and never waits; the
 * driver carries out its commands and reports what came of them.
 */

import type { WriteResult } from '../model/ports.ts';
import type { Reading } from '../model/snapshot.ts';
import type { ApplyState, Next } from './apply-state.ts';
import { afterAnswer } from './on-answer.ts';
import { afterReadings } from './on-reading.ts';
import { schedule } from './schedule.ts';

/** `now` is the clock in milliseconds; service times are in the readings and answers. */
export type ApplyEvent =
  | { readonly kind: 'started'; readonly now: number }
  | { readonly kind: 'read'; readonly readings: ReadonlyMap<string, Reading>; readonly now: number }
  | { readonly kind: 'read-failed'; readonly message: string; readonly now: number }
  | { readonly kind: 'answered'; readonly step: string; readonly result: WriteResult; readonly now: number }
  | { readonly kind: 'woke'; readonly now: number }
  | { readonly kind: 'interrupted'; readonly now: number };

export function next(state: ApplyState, event: ApplyEvent): Next {
  return schedule(absorb(state, event), event.now);
}

function absorb(state: ApplyState, event: ApplyEvent): ApplyState {
  switch (event.kind) {
    case 'started':
      return state;
    case 'woke':
      return { ...state, waitingUntil: null };
    case 'interrupted':
      return { ...state, stopped: 'interrupted' };
    case 'read':
      return afterReadings(
        { ...state, reading: null, failedReads: 0 },
        state.reading,
        event.readings,
        event.now,
      );
    case 'read-failed':
      return { ...state, reading: null, failedReads: state.failedReads + 1, readError: event.message };
    case 'answered':
      return afterAnswer({ ...state, sending: state.sending - 1 }, event.step, event.result, event.now);
    default:
      return event satisfies never;
  }
}
