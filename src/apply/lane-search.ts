/**
 * Which number of requests to try next. Sought is the most that the service works on without making any of them wait,
 * since more would only make all of them slower: what an operation takes, against what it takes when nobody waits, tells
 * on which side of it a number is. It is closed in from below and above, and followed when it moves.
 */

import { type Answer, DEFAULT_LANES, type LaneControl, type Lanes, UNPROVEN_LANES } from './lane-control.ts';

/** Operations take so many times longer when requests wait for each other; a little more is chance. */
const WAITING = 1.25;
/** When it is so much slower than it was, the service can do less than before. */
const CROWDED = 1.6;
const SMALL_STEP = 0.08;
const LARGE_STEP = 0.5;
/** Of what more lanes could bring at best, this share at least has to come; of what fewer could cost, this may be lost. */
const WORTH = 0.5;
const BEARABLE = 0.3;
/** Rounds between trials when none is worth it. */
const MOST_PATIENCE = 8;
/** How far a single round moves what is known. */
const TRUST = 0.3;
/** Nearer than this two numbers make no difference worth a trial. */
const NEAR = 1.3;
/** Rounds that have to be left for a search to pay. */
const ROUNDS_TO_SEARCH = 4;
const ROUNDS_TO_LEAP = 20;
/** A cut is not made deeper than this, however long operations waited. */
const MOST_CUT = 4;

type Trial = NonNullable<LaneControl['trial']>;
type Told = Answer & { readonly operationMs: number };

/** `eachMs`: what an operation took at the service, on average of the round. */
export function afterRound(before: LaneControl, eachMs: number, answer: Told): LaneControl {
  // So quick as that it cannot be: the way was taken for longer than it is, as when connections were made first.
  if (before.quickMs !== null && eachMs < before.quickMs / 2) return anew(before, before.workers);
  const quickMs = quickened(before.quickMs ?? answer.operationMs, eachMs);
  const lanes = { ...before, quickMs };
  const waiting = eachMs / quickMs;
  if (!paysToSearch(lanes, answer, ROUNDS_TO_SEARCH)) return asItIs(lanes, eachMs, waiting);
  if (lanes.stage === 'first' && lanes.trial !== null && eachMs >= lanes.trial.eachMs)
    return notTooMany(uncut(lanes, lanes.trial), answer);
  // One alone waits for nobody.
  const most = lanes.stage === 'settled' ? CROWDED : WAITING;
  if (waiting > most && lanes.workers > 1) return tooMany(lanes, eachMs, waiting);
  if (lanes.stage === 'settled') return follow(lanes, eachMs);
  // Where nobody waited all requests of the first round tell what one costs.
  return notTooMany(lanes.stage === 'first' ? { ...lanes, quickMs: null, trial: null } : lanes, answer);
}

/** What is quicker than what was known cannot have been known rightly; a single round is a sample too. */
function quickened(quickMs: number, eachMs: number): number {
  return eachMs < quickMs ? quickMs + (eachMs - quickMs) * TRUST : quickMs;
}

/** What is left would be done before a trial tells anything: only what was tried is judged. */
function asItIs(lanes: LaneControl, eachMs: number, waiting: number): LaneControl {
  const { stage, trial, workers, low } = lanes;
  if (trial !== null)
    return {
      ...lanes,
      workers: isWorthIt(lanes, trial, eachMs) ? workers : trial.workers,
      trial: null,
      stage: 'settled',
    };
  if (stage === 'settled' || waiting <= WAITING) return { ...lanes, stage: 'settled' };
  // As many as that are worked on at once, whatever the others make them wait.
  return { ...lanes, workers: Math.max(1, low ?? 0, workers / waiting), stage: 'settled' };
}

function isWorthIt({ workers }: LaneControl, trial: Trial, eachMs: number): boolean {
  const share = workers / trial.workers;
  return (share * trial.eachMs) / eachMs > 1 + (share - 1) * (share > 1 ? WORTH : BEARABLE);
}

/** A number below that is known to be good tells better where to go on than a guess. */
function tooMany(lanes: LaneControl, eachMs: number, waiting: number): LaneControl {
  const high = lanes.workers;
  const low = lanes.low !== null && lanes.low < high ? lanes.low : null;
  if (low !== null) return closeIn({ ...lanes, low, high });
  const fewer = Math.max(1, high / Math.min(MOST_CUT, waiting));
  return { ...anew({ ...lanes, high, low }, fewer), trial: { workers: high, eachMs } };
}

/** Fewer were no quicker: nobody waited, and what seemed so slow was what an operation takes. */
function uncut(lanes: LaneControl, { workers }: Trial): LaneControl {
  return { ...lanes, workers, quickMs: null, high: null, trial: null };
}

/** What a request costs is not known any more. */
function anew(lanes: LaneControl, workers: number): LaneControl {
  return { ...lanes, workers, quickMs: null, trial: null, stage: 'first' };
}

function notTooMany(lanes: LaneControl, answer: Told): LaneControl {
  const { workers, limits } = lanes;
  const low = Math.max(workers, lanes.low ?? 0);
  const high = lanes.high !== null && lanes.high > low ? lanes.high : null;
  const found: LaneControl = { ...lanes, low, high };
  if (workers >= mostWorkers(limits, answer)) return { ...found, stage: 'settled' };
  if (high !== null) return closeIn(found);
  // A recommendation is followed; where there is none worth the name, the number is sought.
  if (workers >= limits.start && limits.start > DEFAULT_LANES) return { ...found, stage: 'settled' };
  const isFar = workers <= DEFAULT_LANES && paysToSearch(lanes, answer, ROUNDS_TO_LEAP);
  const more = workers * (isFar ? 4 : workers <= UNPROVEN_LANES ? 2 : 1.5);
  return { ...found, workers: Math.min(mostWorkers(limits, answer), more), stage: 'search' };
}

/** Near enough from both sides: the lower one, of which none waits. */
function closeIn(lanes: LaneControl): LaneControl {
  const { low, high } = lanes;
  if (low === null || high === null) return lanes;
  if (high / low > NEAR) return { ...lanes, workers: Math.sqrt(low * high), stage: 'search' };
  return { ...lanes, workers: low, low: null, high: null, stage: 'settled' };
}

/**
 * Now and then a few more are tried, and kept where operations per second rise with them; or a few less, and kept where
 * they hardly fall.
 */
function follow(lanes: LaneControl, eachMs: number): LaneControl {
  const { trial, workers, rest, towards } = lanes;
  if (trial === null) return rest > 0 ? { ...lanes, rest: rest - 1 } : tried(lanes, eachMs, SMALL_STEP);
  const share = workers / trial.workers;
  const isWorth = isWorthIt(lanes, trial, eachMs);
  if (isWorth && towards === 1) return tried({ ...lanes, patience: 1 }, eachMs, (share - 1) * 2);
  if (isWorth) return { ...lanes, trial: null, rest: 1, patience: 1 };
  const patience = Math.min(MOST_PATIENCE, lanes.patience * 2);
  return {
    ...lanes,
    workers: trial.workers,
    trial: null,
    towards: towards === 1 ? -1 : 1,
    rest: patience,
    patience,
  };
}

function tried(lanes: LaneControl, eachMs: number, share: number): LaneControl {
  const { workers, towards, limits } = lanes;
  const step = Math.max(1, workers * Math.min(LARGE_STEP, share));
  const next = Math.max(1, Math.min(limits.most, workers + towards * step));
  return next === workers
    ? { ...lanes, towards: -1 }
    : { ...lanes, workers: next, trial: { workers, eachMs } };
}

/** Beyond this so many would travel that no lane is left for them, however much work a request carries. */
function mostWorkers({ most }: Lanes, { roundTripMs, operationMs }: Told): number {
  return most / (1 + Math.min(1 / 3, (roundTripMs ?? 0) / operationMs));
}

function paysToSearch({ workers }: LaneControl, { left, ms, operationMs }: Told, rounds: number): boolean {
  return (left * operationMs) / workers > rounds * ms;
}
