/** What to do next: which steps end without being sent, what is read, what is sent, and how long to wait. */

import {
  type ApplyState,
  type Command,
  isApproval,
  isNext,
  isWatched,
  type Next,
  type StepState,
} from './apply-state.ts';
import { end } from './outcomes.ts';

/** Rows that one request can name. */
const READ_AT_ONCE = 50;
const FAILED_READS_LIMIT = 3;
/** Looks that are due this soon are taken along: one poll for all running tests. */
const TOGETHER_MS = 2_000;

export function schedule(before: ApplyState, now: number): Next {
  const state = withEnded(before, now);
  const steps = [...state.steps.values()];
  if (steps.every(({ phase }) => phase === 'ended')) {
    return { state: { ...state, finished: true }, commands: before.finished ? [] : [{ kind: 'finish' }] };
  }
  const commands: Command[] = [];
  let next = state;
  if (!state.reading) {
    const addresses = toRead(steps, state, now);
    if (addresses.length > 0) {
      commands.push({ kind: 'read', addresses });
      next = { ...next, reading: true };
    }
  }
  next = sendReady(next, now, commands);
  const idle = commands.length === 0 && !next.reading && next.sending === 0;
  if (idle && next.waitingUntil === null) {
    const until = wakeAt(steps, next, now);
    commands.push({ kind: 'wait', until });
    next = { ...next, waitingUntil: until };
  }
  return { state: next, commands };
}

/** Resources to read now: of steps whose turn it is, and of those that wait for the service and are due. */
function toRead(steps: readonly StepState[], state: ApplyState, now: number): readonly string[] {
  const ready = steps.filter(({ phase }) => phase === 'ready').length;
  const due = steps.some((step) => isWatched(step) && now >= step.nextLook);
  const addresses = new Set<string>();
  for (const step of steps) {
    if (addresses.size >= READ_AT_ONCE) break;
    const wanted =
      step.phase === 'waiting'
        ? ready < READ_AT_ONCE && isNext(step, state)
        : due && isWatched(step) && now >= step.nextLook - TOGETHER_MS;
    if (wanted) addresses.add(step.step.address);
  }
  return [...addresses];
}

function sendReady(state: ApplyState, now: number, commands: Command[]): ApplyState {
  if (state.pausedUntil !== null && now < state.pausedUntil) return state;
  let sending = state.sending;
  const steps = new Map(state.steps);
  for (const [id, step] of state.steps) {
    if (sending >= state.settings.lanes) break;
    if (step.phase !== 'ready' || step.send === null || step.reading === null) continue;
    commands.push({ kind: 'send', step: step.send, reading: step.reading });
    steps.set(id, { ...step, phase: 'sending' });
    sending += 1;
  }
  return { ...state, steps, sending, pausedUntil: null };
}

function wakeAt(steps: readonly StepState[], { pausedUntil, settings }: ApplyState, now: number): number {
  const times = steps.filter(isWatched).map(({ nextLook }) => nextLook);
  if (pausedUntil !== null) times.push(pausedUntil);
  if (settings.deadline !== null) times.push(settings.deadline);
  return times.length === 0 ? now : Math.max(now, Math.min(...times));
}

/** Ends what cannot or may not go on: behind a failure, handed off after refusals, or because the run stops. */
function withEnded(state: ApplyState, now: number): ApplyState {
  const timedOut = state.settings.deadline !== null && now >= state.settings.deadline;
  const stopped = state.stopped ?? (timedOut ? 'time-out' : null);
  const unreadable = state.failedReads >= FAILED_READS_LIMIT;
  const steps = new Map(state.steps);
  for (const [id, step] of steps) {
    const ended = endedWithout(step, { ...state, steps, stopped }, unreadable);
    if (ended !== null) steps.set(id, ended);
  }
  return { ...state, steps, stopped };
}

function endedWithout(step: StepState, state: ApplyState, unreadable: boolean): StepState | null {
  if (step.phase === 'ended' || step.phase === 'sending') return null;
  const behind = step.step.after.map((id) => state.steps.get(id)?.outcome).find(isNotApplied);
  if (behind !== undefined && behind !== null) {
    return end(step, 'skipped', {
      reason: 'behind',
      message: `Behind ${behind.step}, which was not applied`,
    });
  }
  if (
    step.phase === 'waiting' &&
    isApproval(step.step) &&
    state.refusals >= state.settings.refusalsUntilHandOff
  ) {
    return end(step, 'handed-off', {
      reason: 'refused-before',
      message: 'The service refused this caller such approvals in this run',
    });
  }
  if (state.stopped !== null) return stop(step, state.stopped);
  return unreadable ? giveUp(step, state.readError) : null;
}

function isNotApplied(outcome: StepState['outcome'] | undefined): boolean {
  return outcome !== undefined && outcome !== null && outcome.kind !== 'applied';
}

function stop(step: StepState, reason: 'interrupted' | 'time-out'): StepState {
  if (wasSent(step)) {
    return end(step, 'unknown', {
      reason,
      message:
        step.step.verb === 'test'
          ? 'The test was requested and goes on in the service'
          : 'Sent, and not read back',
      hint: 'Run again: it goes on from what is there.',
    });
  }
  return end(step, 'skipped', { reason, message: 'Not begun' });
}

function giveUp(step: StepState, error: string): StepState {
  const message = `The environment could not be read any more: ${error}`;
  return wasSent(step)
    ? end(step, 'unknown', { reason: 'unreadable', message })
    : end(step, 'failed', { reason: 'unreadable', message });
}

function wasSent({ phase }: StepState): boolean {
  return phase === 'verifying' || phase === 'settling' || phase === 'testing';
}
