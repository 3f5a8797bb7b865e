/** Ends what cannot or may not go on: behind a failure, handed off after refusals, or because the run stops. */

import { type ApplyState, isApproval, type StepState } from './apply-state.ts';
import { end } from './outcomes.ts';

const FAILED_READS_LIMIT = 3;
const NOT_BEGUN = {
  interrupted: 'Not begun',
  'time-out': 'Not begun: the time of the run was over',
} as const;

export function withEnded(state: ApplyState, now: number): ApplyState {
  const timedOut = state.settings.deadline !== null && now >= state.settings.deadline;
  const stopped = state.stopped ?? (timedOut ? 'time-out' : null);
  const unreadable = state.failedReads >= FAILED_READS_LIMIT;
  if (stopped === null && !unreadable && !state.steps.some(isNotApplied)) return state;
  const steps = [...state.steps];
  for (const [place, step] of state.steps.entries()) {
    if (step.phase === 'ended' || step.phase === 'sending') continue;
    // A reading that is under way settles it: calling it unknown now would be less than what is known in a moment.
    if (step.phase === 'verifying' && state.reading?.has(place) === true) continue;
    steps[place] =
      endedBehind(step, steps) ??
      handedOff(step, state) ??
      (stopped === null ? null : stop(step, stopped)) ??
      (unreadable ? giveUp(step, state.readError) : step);
  }
  return { ...state, steps, stopped };
}

function isNotApplied({ outcome }: StepState): boolean {
  return outcome !== null && outcome.kind !== 'applied';
}

/** Steps stand behind those that they need, so that one pass ends a whole chain. */
function endedBehind(step: StepState, steps: readonly StepState[]): StepState | null {
  const needed = step.after.map((place) => steps[place]).find((other) => other && isNotApplied(other));
  if (needed === undefined) return null;
  return end(step, 'skipped', {
    reason: 'behind',
    message: `Behind ${needed.step.id}, which was not applied`,
  });
}

function handedOff(step: StepState, { refusals, settings }: ApplyState): StepState | null {
  if (refusals < settings.refusalsUntilHandOff || !isApproval(step.step) || wasSent(step)) return null;
  return end(step, 'handed-off', {
    reason: 'refused-before',
    message: 'The service refused this caller such approvals in this run',
  });
}

function stop(step: StepState, reason: 'interrupted' | 'time-out'): StepState {
  if (!wasSent(step)) return end(step, 'skipped', { reason, message: NOT_BEGUN[reason] });
  return end(step, 'unknown', {
    reason,
    message:
      step.step.verb === 'test'
        ? 'The test was requested and goes on in the service'
        : 'Sent, and not read back',
    hint: 'Run again: it goes on from what is there.',
  });
}

function giveUp(step: StepState, error: string): StepState {
  const message = `The environment could not be read any more: ${error}`;
  return end(step, wasSent(step) ? 'unknown' : 'failed', { reason: 'unreadable', message });
}

function wasSent({ phase }: StepState): boolean {
  return phase === 'verifying' || phase === 'settling' || phase === 'testing';
}
