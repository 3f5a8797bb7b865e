/** What to do next: which steps end without being sent, what is read, what is sent, and how long to wait. */

import {
  type ApplyState,
  type Command,
  isApproval,
  isNext,
  isWatched,
  type Next,
  type Phase,
} from './apply-state.ts';
import { withEnded } from './end-unsent.ts';

/** Rows that one request can name. */
const READ_AT_ONCE = 50;
/** Looks that are due this soon are taken along: one poll for all running tests. */
const TOGETHER_MS = 2_000;
const NEVER = Number.POSITIVE_INFINITY;

export function schedule(before: ApplyState, now: number): Next {
  const state = withEnded(before, now);
  if (state.steps.every(({ phase }) => phase === 'ended')) {
    return { state: { ...state, finished: true }, commands: before.finished ? [] : [{ kind: 'finish' }] };
  }
  const commands: Command[] = [];
  const next = sendReady(readDue(state, now, commands), now, commands);
  const idle = commands.length === 0 && next.reading === null && next.sending === 0;
  if (!idle || next.waitingUntil !== null) return { state: next, commands };
  const until = wakeAt(next, now);
  return { state: { ...next, waitingUntil: until }, commands: [{ kind: 'wait', until }] };
}

function readDue(state: ApplyState, now: number, commands: Command[]): ApplyState {
  if (state.reading !== null) return state;
  const places = toRead(state, now);
  if (places.size === 0) return state;
  const addresses = new Set([...places].flatMap((place) => state.steps[place]?.step.address ?? []));
  commands.push({ kind: 'read', addresses: [...addresses] });
  return { ...state, reading: places };
}

/** After a reading in these phases a step may be sent. */
const MAY_BE_SENT: ReadonlySet<Phase> = new Set(['waiting', 'blocked', 'settling']);

/**
 * Steps that are read for: those whose turn it is, and those that wait for the service and are due. Of a resource
 * only one at a time that may be sent, since its write changes what the others' reading showed.
 */
function toRead(state: ApplyState, now: number): ReadonlySet<number> {
  const { steps } = state;
  const underWay = steps.filter(({ phase }) => phase === 'ready' || phase === 'sending');
  const inUse = new Set(underWay.map(({ step }) => step.address));
  const ready = underWay.length - state.sending;
  const due = steps.some((step) => isWatched(step) && now >= step.nextLook);
  let approvals = approvalsLeft(state);
  const addresses = new Set<string>();
  const places = new Set<number>();
  for (const [place, step] of steps.entries()) {
    if (addresses.size >= READ_AT_ONCE) break;
    const { address } = step.step;
    const mayBeSent = MAY_BE_SENT.has(step.phase);
    if (mayBeSent && inUse.has(address)) continue;
    if (step.phase === 'waiting') {
      if (ready >= READ_AT_ONCE || !isNext(step, state)) continue;
      if (isApproval(step.step) && approvals-- <= 0) continue;
    } else if (!due || !isWatched(step) || now < step.nextLook - TOGETHER_MS) continue;
    places.add(place);
    addresses.add(address);
    if (mayBeSent) inUse.add(address);
  }
  return places;
}

/** Until one was read back, no more approvals are tried than refusals are borne: all would be refused alike. */
function approvalsLeft({ steps, settings, refusals, approvalsWork }: ApplyState): number {
  if (approvalsWork) return NEVER;
  const tried = steps.filter(
    ({ step, phase }) => isApproval(step) && phase !== 'waiting' && phase !== 'ended',
  );
  return settings.refusalsUntilHandOff - refusals - tried.length;
}

function sendReady(state: ApplyState, now: number, commands: Command[]): ApplyState {
  if (state.pausedUntil !== null && now < state.pausedUntil) return state;
  let { sending } = state;
  const steps = [...state.steps];
  for (const [place, step] of state.steps.entries()) {
    if (sending >= state.settings.lanes) break;
    if (step.phase !== 'ready' || step.send === null || step.reading === null) continue;
    commands.push({ kind: 'send', step: step.send, reading: step.reading });
    steps[place] = { ...step, phase: 'sending' };
    sending += 1;
  }
  return { ...state, steps, sending, pausedUntil: null };
}

/** Only times to come: what is due already and was not read has to wait for something else first. */
function wakeAt({ steps, pausedUntil, settings }: ApplyState, now: number): number {
  const looks = steps.filter(isWatched).map(({ nextLook }) => nextLook);
  const times = [...looks, pausedUntil, settings.deadline].flatMap((time) => time ?? []);
  const next = times.reduce((soonest, time) => (time > now && time < soonest ? time : soonest), NEVER);
  if (next === NEVER) throw new Error('The run waits for nothing and cannot go on');
  return next;
}
