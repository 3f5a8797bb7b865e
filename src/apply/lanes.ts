/**
 * How many requests a run has under way at once. Answers are taken together in rounds, and each round tells what is
 * tried next (lane-search.ts). A refusal halves the number.
 */

import {
  type Answer,
  DEFAULT_LANES,
  type LaneControl,
  type Lanes,
  type Round,
  UNPROVEN_LANES,
} from './lane-control.ts';
import { afterRound } from './lane-search.ts';

/** The service's own limit of concurrent requests (Microsoft Learn, "Service protection API limits"). */
export const MOST_LANES = 52;
/** Room for readings, which go side by side with what is written. */
export const READINGS = 8;
/** A recommendation beyond this is not believed before fewer have shown their worth. */
const BELIEVED = 32;
/** Operations that tell a difference, and a small one, from chance. */
const ENOUGH = 12;
const ENOUGH_FOR_LITTLE = 100;
/** No work takes no time. */
const LEAST_MS = 1;
/** Refusals that come again within so many answers have another cause. */
const ANSWERS_AFTER_HALVING = 20;

/** What was asked for is never exceeded; else it begins as the service recommends. */
export function lanesFor(wanted: number | null, recommended: number | null): Lanes {
  const most = Math.max(1, Math.min(wanted ?? MOST_LANES, MOST_LANES - READINGS));
  return { start: Math.max(1, Math.min(recommended ?? DEFAULT_LANES, most)), most };
}

/** One silent refusal is enough of an application user; a person's rights may be seen late. */
export function refusalsUntilHandOff(caller: { readonly applicationUser: boolean } | null): number {
  return caller !== null && !caller.applicationUser ? 3 : 1;
}

export function startLanes(limits: Lanes): LaneControl {
  return {
    limits,
    workers: limits.start <= BELIEVED ? limits.start : UNPROVEN_LANES,
    stage: 'first',
    low: null,
    high: null,
    half: null,
    round: newRound(0),
    quickMs: null,
    trial: null,
    towards: 1,
    rest: 0,
    patience: 1,
  };
}

function newRound(since: number): Round {
  return { since, answers: 0, operations: 0, ms: 0 };
}

/** Those that travel come on top of those that are worked on: the longer the way against the work, the more. */
export function lanesOf({ workers, limits }: LaneControl, roundTripMs: number, workMs: number): number {
  const travelling = workMs > 0 ? roundTripMs / workMs : 0;
  return Math.max(1, Math.min(limits.most, Math.round(workers * (1 + travelling))));
}

/**
 * The service refused for having too much: half of it. Where it goes on refusing the number is not what it minds, and is
 * as before. What left before counts once.
 */
export function halved(lanes: LaneControl, sentAt: number, now: number): LaneControl {
  const { workers, half } = lanes;
  if (sentAt < lanes.round.since || half === 'useless') return lanes;
  const anew = { ...lanes, trial: null, round: newRound(now) };
  if (half !== null) return { ...anew, workers: half.of, half: 'useless' };
  const fewer = Math.max(1, workers / 2);
  return { ...anew, workers: fewer, low: null, high: workers, half: { of: workers, answers: 0 } };
}

export function afterAnswer(before: LaneControl, answer: Answer): LaneControl {
  const lanes = { ...before, half: afterHalving(before.half) };
  if (answer.sentAt < lanes.round.since) return lanes;
  const round = withAnswer(lanes.round, answer);
  const { roundTripMs, operationMs } = answer;
  const enough = lanes.stage === 'settled' ? ENOUGH_FOR_LITTLE : ENOUGH;
  const isComplete = round.answers >= lanes.workers && round.operations >= enough;
  if (!isComplete || roundTripMs === null || operationMs === null) return { ...lanes, round };
  const eachMs = Math.max(LEAST_MS, round.ms - round.answers * roundTripMs) / round.operations;
  return afterRound({ ...lanes, round: newRound(answer.now) }, eachMs, { ...answer, operationMs });
}

/** Enough answers without a refusal: half was right. */
function afterHalving(half: LaneControl['half']): LaneControl['half'] {
  if (half === null || half === 'useless') return half;
  return half.answers >= ANSWERS_AFTER_HALVING ? null : { ...half, answers: half.answers + 1 };
}

function withAnswer(round: Round, { operations, ms }: Answer): Round {
  return {
    since: round.since,
    answers: round.answers + 1,
    operations: round.operations + operations,
    ms: round.ms + ms,
  };
}
