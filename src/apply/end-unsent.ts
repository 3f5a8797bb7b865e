/** Ends what cannot or may not go on: behind a failure, handed off after refusals, or because the run stops. */

import type { ApplyState } from './apply-state.ts';
import { Heap } from './heap.ts';
import { end } from './outcomes.ts';
import { isApproval, type StepState } from './step-state.ts';

const FAILED_READS_LIMIT = 3;
/** Pauses that the service asks for, one after the other, without carrying anything out. */
const LONGEST_PAUSE_MS = 60 * 60_000;
/** Whoever stops a run does not wait longer for an answer, or for what a reading may still show; either may hang. */
const SETTLE_MS = 10_000;
const NOT_BEGUN = {
  interrupted: 'Not begun',
  'time-out': 'Not begun: the time of the run was over',
} as const;

export function withEnded(before: ApplyState, now: number): ApplyState {
  const why = whyOf(before, now);
  const settleUntil = before.settleUntil ?? (why.stopped === null ? null : now + SETTLE_MS);
  const endedFor = JSON.stringify(why);
  const state = { ...before, stopped: why.stopped, settleUntil, endedFor };
  const touched = state.table.takeTouched();
  // What holds for all is looked at when it comes true; afterwards only what has changed since can fall under it.
  const places = endedFor === before.endedFor || endedFor === NOTHING ? touched : state.steps.keys();
  const queue = new Heap();
  for (const place of places) queue.push(place, place);
  for (let place = queue.pop(); place !== undefined; place = queue.pop()) endOne(state, place, why, queue);
  // Their ends were dealt with in this pass.
  state.table.takeTouched();
  return state;
}

/** Reasons for which steps end without being sent. */
interface Why {
  readonly stopped: ApplyState['stopped'];
  /** What was sent is not waited for any longer. */
  readonly isOver: boolean;
  readonly unreadable: boolean;
  readonly handedOff: boolean;
  readonly throttled: boolean;
}

const NOTHING = JSON.stringify({
  stopped: null,
  isOver: false,
  unreadable: false,
  handedOff: false,
  throttled: false,
});

function whyOf(
  { settings, stopped, settleUntil, failedReads, refusals, throttledSince, pausedUntil }: ApplyState,
  now: number,
): Why {
  const timedOut = settings.deadline !== null && now >= settings.deadline;
  return {
    stopped: stopped ?? (timedOut ? 'time-out' : null),
    isOver: settleUntil !== null && now >= settleUntil,
    unreadable: failedReads >= FAILED_READS_LIMIT,
    handedOff: refusals >= settings.refusalsUntilHandOff,
    throttled: throttledSince !== null && (pausedUntil ?? 0) - throttledSince > LONGEST_PAUSE_MS,
  };
}

/** Ends a step that may not go on, and has those behind one that was not applied looked at. */
function endOne(state: ApplyState, place: number, why: Why, queue: Heap): void {
  const { table } = state;
  const step = table.at(place);
  // A reading that is under way settles it: calling it unknown now would be less than what is known in a moment.
  const isRead = step.phase === 'verifying' && state.reading?.has(place) === true && !why.isOver;
  const isAwaited = step.phase === 'sending' && !why.isOver;
  if (step.phase !== 'ended' && !isAwaited && !isRead) {
    const ended =
      endedBehind(step, state.steps) ??
      (why.handedOff ? handedOff(step) : null) ??
      (why.stopped === null ? null : stop(step, why.stopped)) ??
      (why.unreadable ? giveUp(step, state.readError) : null) ??
      (why.throttled ? throttled(step) : null);
    if (ended !== null) table.set(place, ended);
  }
  if (isNotApplied(table.at(place))) for (const other of table.behind(place)) queue.push(other, other);
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

function handedOff(step: StepState): StepState | null {
  if (!isApproval(step.step) || wasSent(step)) return null;
  return end(step, 'handed-off', {
    reason: 'refused-before',
    message: 'The service refused this caller such approvals in this run',
  });
}

function throttled(step: StepState): StepState | null {
  if (wasSent(step)) return null;
  return end(step, 'failed', {
    reason: 'throttled',
    message: 'The service has asked for pauses for an hour and carried nothing out',
    hint: 'Run again later: it goes on from what is there. Look at what else uses this account.',
  });
}

function stop(step: StepState, reason: 'interrupted' | 'time-out'): StepState {
  if (!wasSent(step)) return end(step, 'skipped', { reason, message: NOT_BEGUN[reason] });
  return end(step, 'unknown', {
    reason,
    message: knownOf(step),
    hint: 'Run again: it goes on from what is there.',
  });
}

/** What is known of a step that was sent and has no outcome. */
function knownOf({ step: { verb }, phase }: StepState): string {
  if (phase === 'testing') return 'The test was requested and goes on in the service';
  if (phase === 'verifying') return 'Sent, and not read back';
  const done = verb === 'test' ? 'the test was requested' : 'it was carried out';
  return `Sent, and no answer came: it is not known whether ${done}`;
}

function giveUp(step: StepState, error: string): StepState {
  const message = `The environment could not be read any more: ${error}`;
  return end(step, wasSent(step) ? 'unknown' : 'failed', { reason: 'unreadable', message });
}

function wasSent({ phase }: StepState): boolean {
  return phase === 'sending' || phase === 'verifying' || phase === 'settling' || phase === 'testing';
}
