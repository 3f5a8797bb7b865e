/**
 * How far a run is, from the events of its journal: one line for a terminal that redraws, plain lines for a log.
 * Draws nothing itself and knows no clock: times come with the events and from the caller.
 */

import type { JournalEvent } from '../model/events.generated.ts';
import type { Plan } from '../model/plan.generated.ts';
import { printableText } from './printable.ts';
import type { Style } from './style.ts';
import { textWidth } from './text.ts';
import { clockText, timeText } from './time-text.ts';
import { resultsText, words } from './value-text.ts';

/** "A few minutes" (Microsoft Learn, "Connect to Exchange Online", testing the configuration of mailboxes). */
const USUAL = 'usual: up to 5 min';

/** What came of a step; a test without a failure has passed, as has an applied step. */
type SettledAs = 'passed' | 'failed' | 'skipped' | 'handed-off' | 'unknown';

interface Tally {
  readonly total: number;
  readonly settled: Readonly<Record<SettledAs, number>>;
}

export interface ProgressState {
  readonly writes: Tally;
  readonly tests: Tally;
  /** Ids of the test steps that were requested and have not ended. */
  readonly running: ReadonlySet<string>;
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
    running: new Set(),
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
  if (event.event === 'intent' && isTest(step))
    return { ...state, running: new Set([...state.running, step]) };
  if (event.event !== 'settled') return state;
  const as = settledAs(event);
  if (!isTest(step)) return { ...state, writes: counted(state.writes, as) };
  const running = new Set([...state.running].filter((id) => id !== step));
  return { ...state, running, tests: counted(state.tests, as) };
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

function settledCount({ settled }: Tally): number {
  return Object.values(settled).reduce((sum, number) => sum + number, 0);
}

function settledAs({ outcome, results }: JournalEvent): SettledAs {
  if (outcome === 'applied' || outcome === undefined) return hasFailure(results) ? 'failed' : 'passed';
  return outcome;
}

function hasFailure(results: JournalEvent['results']): boolean {
  return Object.values(results ?? {}).includes('failure');
}

/** `Testing 12/38  9 passed  2 failed  1 running  00:42  usual: up to 5 min`; never wider than the terminal. */
export function progressLine(state: ProgressState, style: Style): string {
  const parts = [
    ...writingParts(state, style),
    ...testingParts(state, style),
    clockText(state.now - state.startedAt),
  ];
  if (state.pausedUntil !== null && state.pausedUntil > state.now) {
    parts.push(style.colors.yellow(`paused by the service for ${clockText(state.pausedUntil - state.now)}`));
  } else if (state.running.size > 0) parts.push(style.colors.dim(USUAL));
  return fitting(parts, style.width);
}

/** Shown until the last write is settled. */
function writingParts({ writes }: ProgressState, style: Style): readonly string[] {
  const done = settledCount(writes);
  return done === writes.total ? [] : [`Writing ${done}/${writes.total}`, ...troubleParts(writes, style)];
}

/** Counts the tests that were begun; the running ones are among them. */
function testingParts({ tests, running }: ProgressState, style: Style): readonly string[] {
  const begun = settledCount(tests) + running.size;
  if (begun === 0) return [];
  const passed = style.colors.green(`${tests.settled.passed} passed`);
  return [
    `Testing ${begun}/${tests.total}`,
    passed,
    ...troubleParts(tests, style),
    `${running.size} running`,
  ];
}

function troubleParts({ settled }: Tally, { colors }: Style): readonly string[] {
  return (['failed', 'skipped', 'unknown'] as const).flatMap((as) => {
    const colour = as === 'failed' ? colors.red : colors.yellow;
    return settled[as] === 0 ? [] : [colour(`${settled[as]} ${as}`)];
  });
}

/** The first parts that fit on one line; a terminal that redraws must never wrap. */
function fitting(parts: readonly string[], width: number): string {
  let line = '';
  for (const part of parts) {
    const longer = line === '' ? part : `${line}  ${part}`;
    if (textWidth(longer) > width) break;
    line = longer;
  }
  return line;
}

/** One plain line for a log; `null` for events that only the journal needs. */
export function progressEvent(event: JournalEvent): string | null {
  const text = eventText(event);
  return text === null ? null : `${event.time.slice(11, 19)}  ${printableText(text)}`;
}

function eventText(event: JournalEvent): string | null {
  switch (event.event) {
    case 'run-started':
      return `run ${event.run} started: ${event.steps ?? 0} steps${event.environment === undefined ? '' : ` in ${event.environment}`}`;
    case 'intent':
      return event.verb === 'test' ? `testing  ${event.address ?? event.step ?? ''}` : null;
    case 'settled':
      return settledText(event);
    case 'paused':
      return `paused by the service${event.until === undefined ? '' : ` until ${timeText(event.until)}`}`;
    case 'interrupted':
      return 'interrupted; the same command goes on where this run stopped';
    case 'run-ended':
      return `run ${event.run} ended: ${event.result ?? 'complete'}`;
    case 'observed':
    case 'answered':
      return null;
    default:
      return event.event satisfies never;
  }
}

function settledText({ step, outcome, already, reason, message, results }: JournalEvent): string {
  const word = hasFailure(results)
    ? 'test failed'
    : already === true
      ? 'already so'
      : words(outcome ?? 'applied');
  const why = message ?? (reason === undefined || reason === null ? '' : words(reason));
  const parts = [word, step ?? '', results === undefined ? '' : resultsText(results), why];
  return parts.filter((part) => part !== '').join('  ');
}
