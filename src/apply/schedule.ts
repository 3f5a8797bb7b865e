/** What to do next: which steps end without being sent, what is read, what is sent, and how long to wait. */

import type { Sending } from '../model/ports.ts';
import { type ApplyState, type Command, leftToSend } from './apply-state.ts';
import { withEnded } from './end-unsent.ts';
import { MOST_LANES, READINGS } from './lanes.ts';
import { bestSize, holdUntil, lanesNow, sizeOf } from './pace.ts';
import { toRead } from './read-ahead.ts';

/** A lookup names two hundred rows, a mailbox and its owner for each resource. */
const RESOURCES_OF_A_LOOKUP = 100;
/** A refusal comes at once; who was not refused by then is not going to be. */
const CAREFUL_MS = 300;
const NEVER = Number.POSITIVE_INFINITY;

interface Scheduled {
  readonly state: ApplyState;
  readonly commands: readonly Command[];
}

export function schedule(before: ApplyState, now: number): Scheduled {
  const state = withEnded(before, now);
  if (state.table.count('ended') === state.steps.length) {
    return { state: { ...state, finished: true }, commands: before.finished ? [] : [{ kind: 'finish' }] };
  }
  const commands: Command[] = [];
  const next = sendReady(readDue(state, now, commands), now, commands);
  return awake(next, now, commands);
}

function readDue(state: ApplyState, now: number, commands: Command[]): ApplyState {
  if (state.reading !== null || now < state.unreadableUntil) return state;
  const places = toRead(state, now);
  if (places.length === 0) return state;
  const steps = places.map((place) => state.table.at(place));
  const addresses = new Set(steps.map(({ step }) => step.address));
  // Asked for one by one, what one request in the way fails does not fail with it.
  const isUnsure = state.failedReads > 0 || steps.some(({ phase }) => phase === 'settling');
  const hurry = isUnsure || steps.some(({ phase }) => phase === 'waiting');
  commands.push({ kind: 'read', addresses: [...addresses], hurry });
  return { ...state, reading: new Set(places) };
}

function sendReady(before: ApplyState, now: number, commands: Command[]): ApplyState {
  if (before.pausedUntil !== null && now < before.pausedUntil) return before;
  const { table, pace } = before;
  const careful = carefulNow(before, now);
  const lookups = lookupsUnderWay(before);
  const most = Math.min(careful?.most ?? MOST_LANES, MOST_LANES - lookups);
  let { requests } = before;
  let heldUntil: number | null = null;
  for (let ready = table.firstReady(); ready !== null; ready = table.firstReady()) {
    const wanted = sizeOf(pace, leftToSend(before), requests);
    const free =
      lanesNow(pace, Math.max(wanted, sizeUnderWay(before, requests))) -
      requests -
      Math.max(0, lookups - READINGS);
    if (free <= 0 || requests >= most) break;
    // What is ready is spread over the lanes that are free, so that none of them stands idle.
    const size = Math.min(wanted, Math.ceil(ready.count / free));
    heldUntil = holdUntil(pace, table.count('sending'), size, now);
    if (heldUntil !== null) break;
    commands.push({ kind: 'send', sendings: take(before, table.takeReady(ready.sort, size)) });
    requests += 1;
  }
  return { ...before, requests, pausedUntil: null, careful, heldUntil };
}

function carefulNow(
  { careful, pausedUntil, pace, requests }: ApplyState,
  now: number,
): ApplyState['careful'] {
  if (pausedUntil === null) return careful === null || now >= careful.until ? null : careful;
  const free = Math.max(0, lanesNow(pace, bestSize(pace)) - requests);
  return { until: now + CAREFUL_MS, most: requests + Math.ceil(free / 2) };
}

function sizeUnderWay({ table }: ApplyState, requests: number): number {
  return requests === 0 ? 0 : table.count('sending') / requests;
}

/** A reading of many is several requests. */
function lookupsUnderWay({ reading }: ApplyState): number {
  return Math.ceil((reading?.size ?? 0) / RESOURCES_OF_A_LOOKUP);
}

function take({ table }: ApplyState, places: readonly number[]): readonly Sending[] {
  return places.map((place) => {
    const state = table.at(place);
    const { send: step, reading } = state;
    if (step === null || reading === null) throw new Error(`${state.step.id} is ready without a reading`);
    table.set(place, { ...state, phase: 'sending' });
    return { step, reading };
  });
}

/**
 * Whoever has nothing under way waits; so do those who may send or read again at a time that no answer will tell, and
 * those who await an answer no longer than the run may last.
 */
function awake(state: ApplyState, now: number, commands: readonly Command[]): Scheduled {
  const { table, requests, reading, waitingUntil } = state;
  const isIdle = commands.length === 0 && reading === null && requests === 0;
  const held = Math.max(state.pausedUntil ?? 0, state.heldUntil ?? 0, state.careful?.until ?? 0);
  const isHeld = table.firstReady() !== null && held > now;
  const wanted = isIdle ? wakeAt(state, now) : isHeld ? held : NEVER;
  const readAgain = reading === null && state.unreadableUntil > now ? state.unreadableUntil : NEVER;
  const until = Math.min(wanted, readAgain, endOfAwaiting(state, now));
  if (until === NEVER || (waitingUntil !== null && waitingUntil <= until)) return { state, commands };
  return { state: { ...state, waitingUntil: until }, commands: [...commands, { kind: 'wait', until }] };
}

/** The service may halt a reading or a write for minutes: a run that stops does not wait for it. */
function endOfAwaiting({ reading, requests, settleUntil, settings }: ApplyState, now: number): number {
  const end = reading === null && requests === 0 ? null : (settleUntil ?? settings.deadline);
  return end !== null && end > now ? end : NEVER;
}

/** Only times to come: what is due already and was not read has to wait for something else first. */
function wakeAt(state: ApplyState, now: number): number {
  const { table, pausedUntil, heldUntil, careful, unreadableUntil, settings } = state;
  const ends = [pausedUntil, heldUntil, careful?.until, unreadableUntil, settings.deadline];
  const times = ends.flatMap((time) => time ?? []);
  const next = [...times, table.lookAfter(now)].reduce(
    (soonest, time) => (time > now && time < soonest ? time : soonest),
    NEVER,
  );
  if (next === NEVER) throw new Error('The run waits for nothing and cannot go on');
  return next;
}
