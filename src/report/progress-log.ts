/**
 * How far a run is, as plain lines for a log: of a short run every step, of a long one what went wrong and, now and
 * then, where it stands. Draws nothing and knows no clock.
 */

import type { JournalEvent } from '../model/events.generated.ts';
import { printableText } from './printable.ts';
import { progressLine } from './progress-line.ts';
import { hasFailure, type ProgressState } from './progress-state.ts';
import type { Style } from './style.ts';
import { exactTimeText } from './time-text.ts';
import { resultsText, words } from './value-text.ts';

/** Of runs with more steps than this, those that go well are counted, not listed. */
const LISTED_STEPS = 40;
/** So often a long run says where it stands, at most; and a silent one, at least. */
const EVERY_MS = 15_000;
const SILENCE_MS = 60_000;

export interface ProgressLog {
  /** When a line was written last, in milliseconds. */
  readonly toldAt: number;
  /** When the pause that was told last ends, or has ended; a longer one is the same pause until then. */
  readonly pausedUntil: number;
}

export function startLog(now: number): ProgressLog {
  return { toldAt: now, pausedUntil: now };
}

interface Logged {
  readonly log: ProgressLog;
  readonly lines: readonly string[];
}

/** The lines for an event, after which the run is at `state`. */
export function logEvent(log: ProgressLog, event: JournalEvent, state: ProgressState, style: Style): Logged {
  if (event.event === 'paused') return logPause(log, event, state);
  const told = isListed(event, state) ? progressEvent(event) : null;
  if (told !== null && event.event === 'run-ended' && isLong(state)) {
    const { log: after, lines } = whereItStands(log, state, style);
    return { log: after, lines: [...lines, told] };
  }
  if (told !== null) return { log: { ...log, toldAt: state.now }, lines: [told] };
  const due = event.event === 'settled' && state.now - log.toldAt >= EVERY_MS;
  return due ? whereItStands(log, state, style) : { log, lines: [] };
}

/** Each lane may make a pause longer; that there is one is told once. */
function logPause(log: ProgressLog, event: JournalEvent, { now, pausedUntil }: ProgressState): Logged {
  const after = { ...log, pausedUntil: Math.max(log.pausedUntil, pausedUntil ?? now) };
  const told = now < log.pausedUntil ? null : progressEvent(event);
  return told === null ? { log: after, lines: [] } : { log: { ...after, toldAt: now }, lines: [told] };
}

/** Says that it is still alive where nothing happened for long. */
export function logSilence(log: ProgressLog, state: ProgressState, style: Style): Logged {
  return state.now - log.toldAt < SILENCE_MS ? { log, lines: [] } : whereItStands(log, state, style);
}

function whereItStands(log: ProgressLog, state: ProgressState, style: Style): Logged {
  const time = new Date(state.now).toISOString().slice(11, 19);
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
