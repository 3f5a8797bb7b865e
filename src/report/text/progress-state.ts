/** How far a run is, from the events of its journal. Draws nothing and knows no clock: times come with the events. */

import type { JournalEvent } from '../../model/events.generated.ts';
import type { Plan } from '../../model/plan.generated.ts';
import { SETTLED_AFTER_MS } from '../../model/test-request.ts';

/** What came of a step; a test without a failure has passed, as has an applied step. */
export type SettledAs = 'passed' | 'failed' | 'skipped' | 'handed-off' | 'unknown';

export interface Tally {
  readonly total: number;
  readonly settled: Readonly<Record<SettledAs, number>>;
}

export interface Unanswered {
  readonly requestedAt: number;
  /** None will come any more. */
  readonly lost: boolean;
}

export interface ProgressState {
  readonly writes: Tally;
  readonly tests: Tally;
  /** Test steps that were requested and have not ended, with the time of the request; the oldest first. */
  readonly running: ReadonlyMap<string, number>;
  /** Test steps whose request has no answer, so that nobody knows whether they run. */
  readonly unanswered: ReadonlyMap<string, Unanswered>;
  /** Tests that ended here, and how long they took in all, in milliseconds. */
  readonly ended: { readonly tests: number; readonly ms: number };
  readonly startedAt: number;
  readonly now: number;
  /** The service asked for a pause until then, in milliseconds. */
  readonly pausedUntil: number | null;
}

export function startProgress({ steps }: Plan, now: number): ProgressState {
  const tests = steps.filter(({ verb }) => verb === 'test').length;
  return {
    writes: tallyOf(steps.length - tests),
    tests: tallyOf(tests),
    running: new Map(),
    unanswered: new Map(),
    ended: { tests: 0, ms: 0 },
    startedAt: now,
    now,
    pausedUntil: null,
  };
}

function tallyOf(total: number): Tally {
  return { total, settled: { passed: 0, failed: 0, skipped: 0, 'handed-off': 0, unknown: 0 } };
}

/** The clock moved; nothing else happened. */
export function tickProgress(state: ProgressState, now: number): ProgressState {
  return { ...state, now };
}

export function nextProgress(before: ProgressState, event: JournalEvent): ProgressState {
  const state = tickProgress(before, Date.parse(event.time));
  const { step } = event;
  if (event.event === 'paused') return { ...state, pausedUntil: pauseOf(event) };
  if (step === undefined) return state;
  if (event.event === 'settled') return settled(state, event, step);
  return isTest(step) ? requested(state, event, step) : state;
}

function settled(state: ProgressState, event: JournalEvent, step: string): ProgressState {
  const as = settledAs(event);
  if (!isTest(step)) return { ...state, writes: counted(state.writes, as) };
  return { ...withoutRunning(state, step), tests: counted(state.tests, as) };
}

/** A test runs when its request was answered with success; what was refused, or is to be sent again, does not. */
function requested(state: ProgressState, { event, answer }: JournalEvent, step: string): ProgressState {
  if (event === 'intent') return unansweredSince(state, step, { requestedAt: state.now, lost: false });
  if (event !== 'answered') return state;
  if (answer === 'lost') return lost(state, step);
  const known = withoutUnanswered(state, step);
  return answer === 'done' ? { ...known, running: new Map([...known.running, [step, state.now]]) } : known;
}

function lost(state: ProgressState, step: string): ProgressState {
  const known = state.unanswered.get(step);
  return known === undefined ? state : unansweredSince(state, step, { ...known, lost: true });
}

function unansweredSince(state: ProgressState, step: string, unanswered: Unanswered): ProgressState {
  return { ...state, unanswered: new Map([...state.unanswered, [step, unanswered]]) };
}

/** When the last of the tests whose request was lost may be requested again; `null`: there is none. */
export function askedAgainAt({ unanswered }: ProgressState): number | null {
  const times = [...unanswered.values()].flatMap((one) => (one.lost ? [one.requestedAt] : []));
  return times.length === 0 ? null : Math.max(...times) + SETTLED_AFTER_MS;
}

function withoutUnanswered(state: ProgressState, step: string): ProgressState {
  const unanswered = new Map(state.unanswered);
  return unanswered.delete(step) ? { ...state, unanswered } : state;
}

function withoutRunning(before: ProgressState, step: string): ProgressState {
  const state = withoutUnanswered(before, step);
  const since = state.running.get(step);
  if (since === undefined) return state;
  const running = new Map(state.running);
  running.delete(step);
  const ended = { tests: state.ended.tests + 1, ms: state.ended.ms + Math.max(0, state.now - since) };
  return { ...state, running, ended };
}

function pauseOf({ until }: JournalEvent): number | null {
  return until === undefined ? null : Date.parse(until);
}

/** Ids of steps are `address#verb`. */
function isTest(step: string): boolean {
  return step.endsWith('#test');
}

function counted({ total, settled }: Tally, as: SettledAs): Tally {
  return { total, settled: { ...settled, [as]: settled[as] + 1 } };
}

export function settledCount({ settled }: Tally): number {
  return Object.values(settled).reduce((sum, number) => sum + number, 0);
}

function settledAs({ outcome, results }: JournalEvent): SettledAs {
  if (outcome === 'applied' || outcome === undefined) return hasFailure(results) ? 'failed' : 'passed';
  return outcome;
}

export function hasFailure(results: JournalEvent['results']): boolean {
  return Object.values(results ?? {}).includes('failure');
}

/** Below this, a pace says nothing yet. */
const SETTLING_MS = 2_000;

/** Writes a second; `null` while it is too early to say. */
export function writeRate({ writes, startedAt, now }: ProgressState): number | null {
  const elapsed = now - startedAt;
  const done = settledCount(writes);
  return elapsed < SETTLING_MS || done === 0 ? null : (done * 1000) / elapsed;
}

/** "A few minutes" (Microsoft Learn, "Connect to Exchange Online", testing the configuration of mailboxes). */
const USUAL_TEST_MS = 180_000;

/**
 * Seconds until the writes are done, or, after them, until the newest test should be; `null` where nothing speaks for
 * a number. Tests run side by side, so that the newest decides.
 */
export function secondsLeft(state: ProgressState): number | null {
  const { writes, running, ended, now } = state;
  const left = writes.total - settledCount(writes);
  if (left > 0) {
    const rate = writeRate(state);
    return rate === null ? null : Math.ceil(left / rate);
  }
  const newest = Math.max(...running.values());
  if (running.size === 0) return null;
  const usual = ended.tests === 0 ? USUAL_TEST_MS : ended.ms / ended.tests;
  const ms = usual - (now - newest);
  return ms <= 0 ? null : Math.ceil(ms / 1000);
}
