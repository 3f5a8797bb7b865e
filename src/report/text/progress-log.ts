/**
 * How far a run is, as plain lines for a log: of a short run every step, of a long one what went wrong and, now and
 * then, where it stands. Draws nothing and knows no clock.
 */

import type { JournalEvent } from '../../model/events.generated.ts';
import { countResources, shortName } from '../names.ts';
import { printableText } from '../printable.ts';
import type { Style } from '../style.ts';
import { count, thousands } from '../text.ts';
import { exactTimeText } from '../time-text.ts';
import { resultsText, words } from '../value-text.ts';
import { progressLine } from './progress-line.ts';
import { hasFailure, type ProgressState } from './progress-state.ts';

/** Of runs with more steps than this, those that go well are counted, not listed. */
const LISTED_STEPS = 40;
/** So often a long run says where it stands, at most; and a silent one, at least. */
const EVERY_MS = 15_000;
const SILENCE_MS = 60_000;
/** Of pauses that are shorter than this, at most one is told in so long. */
const PAUSES_EVERY_MS = 30_000;
const STOPPED_NAMES = 5;

export interface ProgressLog {
  /** When a line was written last, in milliseconds. */
  readonly toldAt: number;
  /** When the pause that was told last ends, or has ended; a longer one is the same pause until then. */
  readonly pausedUntil: number;
  /** When a pause was told last, and how many began since that were not. */
  readonly pauses: { readonly toldAt: number; readonly untold: number };
  /** Addresses of steps that a stop left unknown, by their verb and what is known of them; told together. */
  readonly stopped: ReadonlyMap<string, readonly string[]>;
}

export function startLog(now: number): ProgressLog {
  return {
    toldAt: now,
    pausedUntil: now,
    pauses: { toldAt: Number.NEGATIVE_INFINITY, untold: 0 },
    stopped: new Map(),
  };
}

interface Logged {
  readonly log: ProgressLog;
  readonly lines: readonly string[];
}

/** The lines for an event, after which the run is at `state`. */
export function logEvent(log: ProgressLog, event: JournalEvent, state: ProgressState, style: Style): Logged {
  if (event.event === 'paused') return logPause(log, event, state);
  if (isLong(state) && isStopped(event)) return { log: withStopped(log, event), lines: [] };
  const told = isListed(event, state) ? progressEvent(event) : null;
  if (told !== null && event.event === 'run-ended' && isLong(state)) {
    const { log: after, lines } = whereItStands(log, state, style);
    return { log: after, lines: [...lines, ...stoppedLines(log, event), told] };
  }
  if (told !== null) return { log: { ...log, toldAt: state.now }, lines: [told] };
  const due = event.event === 'settled' && state.now - log.toldAt >= EVERY_MS;
  return due ? whereItStands(log, state, style) : { log, lines: [] };
}

/** The run was stopped, and did not see what became of the step. */
function isStopped({ event, outcome, reason }: JournalEvent): boolean {
  return event === 'settled' && outcome === 'unknown' && (reason === 'interrupted' || reason === 'time-out');
}

function withStopped(log: ProgressLog, { verb, address, message }: JournalEvent): ProgressLog {
  const key = JSON.stringify([verb ?? '', message ?? '']);
  const addresses = [...(log.stopped.get(key) ?? []), address ?? ''];
  return { ...log, stopped: new Map([...log.stopped, [key, addresses]]) };
}

function stoppedLines({ stopped }: ProgressLog, { time }: JournalEvent): readonly string[] {
  return [...stopped].map(([key, addresses]) => {
    const [verb, message] = JSON.parse(key) as readonly [string, string];
    const names = addresses.slice(0, STOPPED_NAMES).map(shortName).join(', ');
    const more = addresses.length - STOPPED_NAMES;
    const rest = more > 0 ? ` and ${thousands(more)} more` : '';
    const text = `unknown  ${verb} of ${countResources(addresses)}: ${names}${rest}  ${message}`;
    return `${time.slice(11, 19)}  ${printableText(text)}`;
  });
}

/** Each lane may make a pause longer; that there is one is told once, and of many short ones how many there were. */
function logPause(log: ProgressLog, event: JournalEvent, { now, pausedUntil }: ProgressState): Logged {
  const until = pausedUntil ?? now;
  const after = { ...log, pausedUntil: Math.max(log.pausedUntil, until) };
  if (now < log.pausedUntil) return { log: after, lines: [] };
  const { toldAt, untold } = log.pauses;
  const isTold = now - toldAt >= PAUSES_EVERY_MS || until - now >= PAUSES_EVERY_MS;
  const told = isTold ? progressEvent(event) : null;
  if (told === null) return { log: { ...after, pauses: { toldAt, untold: untold + 1 } }, lines: [] };
  const many = untold === 0 ? '' : `; ${count(untold, 'more pause')} since ${timeOfDay(toldAt)}`;
  return { log: { ...after, toldAt: now, pauses: { toldAt: now, untold: 0 } }, lines: [`${told}${many}`] };
}

function timeOfDay(ms: number): string {
  return new Date(ms).toISOString().slice(11, 19);
}

/** Says that it is still alive where nothing happened for long. */
export function logSilence(log: ProgressLog, state: ProgressState, style: Style): Logged {
  return state.now - log.toldAt < SILENCE_MS ? { log, lines: [] } : whereItStands(log, state, style);
}

function whereItStands(log: ProgressLog, state: ProgressState, style: Style): Logged {
  const time = timeOfDay(state.now);
  // What is never redrawn may wrap.
  const line = progressLine(state, { ...style, width: Number.POSITIVE_INFINITY });
  return { log: { ...log, toldAt: state.now }, lines: [`${time}  ${line}`] };
}

/** Of a long run, steps that went well are not worth a line each. */
function isListed(event: JournalEvent, state: ProgressState): boolean {
  if (!isLong(state)) return true;
  if (event.event === 'intent') return false;
  if (event.event !== 'settled') return true;
  return (event.outcome !== 'applied' && event.outcome !== 'skipped') || hasFailure(event.results);
}

function isLong({ writes, tests }: ProgressState): boolean {
  return writes.total + tests.total > LISTED_STEPS;
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
      return `paused by the service${event.until === undefined ? '' : ` until ${exactTimeText(event.until)}`}`;
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
