/** Ends steps: outcomes with a code and words for people. */

import type { Outcome, OutcomeKind, OutcomeReason } from '../model/outcome.ts';
import type { TestResults } from '../model/value.ts';
import type { StepState } from './step-state.ts';

interface Details {
  readonly already?: boolean;
  readonly reason?: OutcomeReason;
  readonly message?: string;
  readonly hint?: string | null;
  readonly results?: TestResults;
}

/** The service refuses saves of a mailbox while its test is under way. */
export const TEST_UNDER_WAY: Details = {
  reason: 'test-under-way',
  message: 'A test of this mailbox is under way and does not end; the service refuses saves until it does',
  hint: 'Check that background operations are on in this environment, then run again.',
};

export function end(state: StepState, kind: OutcomeKind, details: Details = {}): StepState {
  const outcome: Outcome = {
    step: state.step.id,
    kind,
    already: details.already ?? false,
    reason: details.reason ?? null,
    message: details.message ?? null,
    hint: details.hint ?? null,
    results: details.results ?? null,
  };
  return { ...state, phase: 'ended', send: null, reading: null, outcome };
}
