/** How far a run is, as one line: counts, pace, time left, what is awaited. For a terminal that redraws, and for logs. */

import { shortName } from '../names.ts';
import { printableText } from '../printable.ts';
import type { Style } from '../style.ts';
import { textWidth, thousands } from '../text.ts';
import { clockText, durationText } from '../time-text.ts';
import {
  askedAgainAt,
  type ProgressState,
  secondsLeft,
  settledCount,
  type Tally,
  writeRate,
} from './progress-state.ts';

const USUAL = 'usual: up to 5 min';

/** `Testing 12/38  9 passed  2 failed  1 running  00:42  usual: up to 5 min`; never wider than the page. */
export function progressLine(state: ProgressState, style: Style): string {
  const parts = [
    ...writingParts(state, style),
    ...testingParts(state, style),
    clockText(state.now - state.startedAt),
  ];
  return fitting(parts, awaited(state, style), style.width);
}

/** Shown until the last write is settled; where nothing follows, also afterwards. */
function writingParts(state: ProgressState, style: Style): readonly string[] {
  const { writes, tests } = state;
  const done = settledCount(writes);
  if (done === writes.total) {
    return tests.total > 0
      ? []
      : [`Writing ${thousands(done)}/${thousands(writes.total)}`, ...troubleParts(writes, style)];
  }
  const rate = writeRate(state);
  const seconds = secondsLeft(state);
  return [
    `Writing ${thousands(done)}/${thousands(writes.total)}`,
    ...troubleParts(writes, style),
    ...(rate === null ? [] : [style.colors.dim(rateText(rate))]),
    ...(seconds === null ? [] : [leftText(seconds)]),
  ];
}

function rateText(rate: number): string {
  if (rate >= 10) return `${thousands(Math.round(rate))}/s`;
  return rate >= 1 ? `${rate.toFixed(1)}/s` : `${Math.round(rate * 60)}/min`;
}

function leftText(seconds: number): string {
  return `${durationText(seconds)} left`;
}

/**
 * Counts the tests that were begun; the running ones are among them, and so are those whose request has no answer.
 * Those to come may be under way since an earlier run.
 */
function testingParts(state: ProgressState, style: Style): readonly string[] {
  const { tests, running, unanswered, writes } = state;
  const begun = settledCount(tests) + running.size + unanswered.size;
  const isWriting = settledCount(writes) < writes.total;
  if (tests.total === 0 || (begun === 0 && isWriting)) return [];
  const toCome = isWriting || running.size + unanswered.size > 0 ? 0 : tests.total - begun;
  const passed = style.colors.green(`${thousands(tests.settled.passed)} passed`);
  return [
    `Testing ${thousands(begun)}/${thousands(tests.total)}`,
    passed,
    ...troubleParts(tests, style),
    toCome === 0 ? `${thousands(running.size)} running` : `${thousands(toCome)} to come`,
    ...(unanswered.size === 0 ? [] : [unansweredText(state)]),
  ];
}

/** Each test sends a real message: whether one was requested has to be certain before it is requested again. */
function unansweredText(state: ProgressState): string {
  const at = askedAgainAt(state);
  const text = `${thousands(state.unanswered.size)} without an answer`;
  if (at === null || at <= state.now) return text;
  return `${text}, asked for again in ${durationText(Math.ceil((at - state.now) / 1000))}`;
}

function troubleParts({ settled }: Tally, { colors }: Style): readonly string[] {
  return (['failed', 'skipped', 'unknown'] as const).flatMap((as) => {
    const colour = as === 'failed' ? colors.red : colors.yellow;
    return settled[as] === 0 ? [] : [colour(`${thousands(settled[as])} ${as}`)];
  });
}

/** What the run waits for, in ever fewer words. */
function awaited(state: ProgressState, { colors }: Style): readonly (readonly string[])[] {
  const { pausedUntil, now, running } = state;
  if (pausedUntil !== null && pausedUntil > now)
    return [[colors.yellow(`paused by the service for ${clockText(pausedUntil - now)}`)]];
  const [oldest] = running;
  if (oldest === undefined) return [];
  const [step, since] = oldest;
  const name = printableText(shortName(step.slice(0, step.lastIndexOf('#'))));
  const longest = colors.dim(`longest: ${name} ${clockText(now - since)}`);
  const usual = colors.dim(USUAL);
  const writing = settledCount(state.writes) < state.writes.total;
  const seconds = writing ? null : secondsLeft(state);
  const left = seconds === null ? [] : [`about ${leftText(seconds)}`];
  return [[...left, usual, longest], [...left, usual], [usual]];
}

/** The first parts that fit on one line, and the first of the endings that does; what is redrawn must never wrap. */
function fitting(parts: readonly string[], endings: readonly (readonly string[])[], width: number): string {
  let line = '';
  for (const part of parts) {
    const longer = line === '' ? part : `${line}  ${part}`;
    if (textWidth(longer) > width) return line;
    line = longer;
  }
  const wholes = endings.map((ending) => [line, ...ending].join('  '));
  return wholes.find((whole) => textWidth(whole) <= width) ?? line;
}
