/**
 * How many requests a run has under way at once. The service recommends a number of requests to be worked on at a
 * time; those that travel come on top. More are tried while each is worked on as fast as before, that is while
 * operations per second rise with them; when they only wait for each other, they are taken back.
 */

export interface Lanes {
  /** Requests to be worked on at once to begin with. */
  readonly start: number;
  /** The most that may be under way. */
  readonly most: number;
}

export interface LaneControl {
  readonly limits: Lanes;
  /** Requests that the service shall have at once; what travels comes on top. */
  readonly workers: number;
  /**
   * `first`: requests of two sizes show the cost. `climbing`: more are tried, as waves that arrive together. `settled`: the
   * number is found, and is only moved a little from time to time.
   */
  readonly stage: 'first' | 'climbing' | 'settled';
  /** The number before the last one, and what it was worth; only while another is tried. */
  readonly before: Level | null;
  /** Rounds since a number was last tried. */
  readonly rested: number;
  /** Which way to try next: more or fewer. */
  readonly towards: 1 | -1;
  /** The number before it was halved, and the answers that came since; or that halving it was of no use. */
  readonly half: { readonly of: number; readonly answers: number } | 'useless' | null;
  readonly round: Round;
}

interface Level {
  readonly workers: number;
  /** Time at the service for each operation, in milliseconds. */
  readonly each: number;
  /** Of the requests under way, those that were at the service. */
  readonly atService: number;
}

/** Answers to requests that were sent since the number is as it is. */
interface Round {
  readonly since: number;
  readonly answers: number;
  readonly operations: number;
  /** Time in all, and of it the time at the service. */
  readonly ms: number;
  readonly workMs: number;
  /** The latest of them, as long as the number is sought. */
  readonly requests: readonly { readonly operations: number; readonly ms: number }[];
}

/** Where the service recommends nothing. */
const DEFAULT_LANES = 4;
/** The service's own limit of concurrent requests (Microsoft Learn, "Service protection API limits"). */
export const MOST_LANES = 52;
/** A recommendation beyond this is believed when it has shown its worth. */
const MOST_AT_FIRST = 24;
const MOST_UNPROVEN = 32;
/** A recommendation up to this is tried to be exceeded at once; a higher one only with care. */
const LOW = 4;
/** Of what more lanes could bring at best, this share at least has to come. */
const WORTH = 0.5;
/** Of what fewer lanes could cost at worst, this share may be lost. */
const BEARABLE = 0.3;
/** Operations that tell a small difference from chance. */
const ENOUGH = 150;
/** Rounds that have to be left for a search to pay. */
const ROUNDS_TO_SEARCH = 8;
const ROUNDS_TO_REST = 3;
const ROUNDS_TO_STEP = 3;
/** Too many make each other slow, so that what they achieve is less than what fewer would. */
const BENEATH = 1.1;
/** So many for each that is worked on are taken back without a trial. */
const TOO_MANY = 1.3;
/** Refusals that come again within so many answers have another cause. */
const ANSWERS_AFTER_HALVING = 20;
const SMALL_STEP = 0.08;
/** A wave in which more than this share waited was too large. */
const MOST_WAITING = 0.2;
/** Requests of a size that tell which were quick. */
const ENOUGH_SINGLES = 8;

/** What was asked for is never exceeded; else it begins as the service recommends. */
export function lanesFor(wanted: number | null, recommended: number | null): Lanes {
  const most = Math.max(1, Math.min(wanted ?? MOST_LANES, MOST_LANES));
  return { start: Math.max(1, Math.min(recommended ?? DEFAULT_LANES, most)), most };
}

/** One silent refusal is enough of an application user; a person's rights may be seen late. */
export function refusalsUntilHandOff(caller: { readonly applicationUser: boolean } | null): number {
  return caller !== null && !caller.applicationUser ? 3 : 1;
}

export function startLanes(limits: Lanes): LaneControl {
  return {
    limits,
    workers: Math.min(limits.start, MOST_AT_FIRST),
    stage: 'first',
    before: null,
    rested: 0,
    towards: 1,
    half: null,
    round: newRound(0),
  };
}

function newRound(since: number): Round {
  return { since, answers: 0, operations: 0, ms: 0, workMs: 0, requests: [] };
}

/**
 * Those that travel come on top of those that are worked on: the longer the way against the work, the more. A wave that
 * is to show how many are worked on at once has to fit into the service at once.
 */
export function lanesOf(
  { workers, limits, stage }: LaneControl,
  roundTripMs: number,
  workMs: number,
): number {
  const travelling = workMs > 0 && stage === 'settled' ? roundTripMs / workMs : 0;
  return Math.max(1, Math.min(limits.most, Math.round(workers * (1 + travelling))));
}

/**
 * The service refused for having too much: half of it. Where it goes on refusing the number is not what it minds, and is as
 * before. What left before counts once.
 */
export function halved(lanes: LaneControl, sentAt: number, now: number): LaneControl {
  const { workers, half } = lanes;
  if (sentAt < lanes.round.since || half === 'useless') return lanes;
  const round = newRound(now);
  if (half !== null) return { ...lanes, workers: half.of, half: 'useless', round };
  return { ...lanes, workers: Math.max(1, workers / 2), half: { of: workers, answers: 0 }, round };
}

export interface Answer {
  readonly operations: number;
  readonly sentAt: number;
  readonly now: number;
  readonly ms: number;
  /** Way there and back; `null`: not known yet. */
  readonly roundTripMs: number | null;
  /** Work for one operation when nobody waits; `null`: not known yet. */
  readonly operationMs: number | null;
  /** Steps that are still to be sent. */
  readonly left: number;
}

export function afterAnswer(before: LaneControl, answer: Answer): LaneControl {
  const lanes = { ...before, half: afterHalving(before.half) };
  if (answer.sentAt < lanes.round.since) return lanes;
  const round = withAnswer(lanes.round, answer, lanes.stage === 'first');
  const isEnough = lanes.stage !== 'settled' || round.operations >= ENOUGH;
  if (round.answers < lanes.workers || !isEnough) return { ...lanes, round };
  return { ...afterRound({ ...lanes, round }, answer), round: newRound(answer.now) };
}

/** Enough answers without a refusal: half was right. */
function afterHalving(half: LaneControl['half']): LaneControl['half'] {
  if (half === null || half === 'useless') return half;
  return half.answers >= ANSWERS_AFTER_HALVING ? null : { ...half, answers: half.answers + 1 };
}

function withAnswer(round: Round, { operations, ms, roundTripMs }: Answer, isSought: boolean): Round {
  return {
    since: round.since,
    answers: round.answers + 1,
    operations: round.operations + operations,
    ms: round.ms + ms,
    workMs: round.workMs + Math.max(0, ms - (roundTripMs ?? 0)),
    requests: isSought ? [...round.requests, { operations, ms }].slice(-MOST_LANES) : [],
  };
}

function afterRound(lanes: LaneControl, answer: Answer): LaneControl {
  const { stage, workers, round } = lanes;
  const each = Math.max(round.workMs / round.operations, Number.EPSILON);
  const level = { workers, each, atService: (workers * round.workMs) / round.ms };
  switch (stage) {
    case 'first':
      return afterFirst(lanes, level, answer);
    case 'climbing':
      return afterWave(lanes, level, answer);
    case 'settled':
      return afterRest(lanes, level, answer);
    default:
      return stage satisfies never;
  }
}

function afterFirst(lanes: LaneControl, level: Level, answer: Answer): LaneControl {
  const waited = shareThatWaited(lanes.round);
  if (waited > MOST_WAITING)
    return { ...lanes, workers: Math.max(1, Math.round(level.workers * (1 - waited))) };
  if (answer.roundTripMs === null) return lanes;
  const { start } = lanes.limits;
  if (start > LOW && level.workers === MOST_AT_FIRST)
    return { ...lanes, stage: 'settled', workers: Math.min(start, MOST_UNPROVEN) };
  if (start > LOW) return { ...lanes, stage: 'settled' };
  return climb(lanes, level, answer);
}

function climb(lanes: LaneControl, level: Level, answer: Answer): LaneControl {
  const { workers } = level;
  const { most } = lanes.limits;
  if (workers >= most || !paysToSearch(level, answer, ROUNDS_TO_SEARCH))
    return { ...lanes, workers: Math.max(1, busyOf(level, answer)), before: null, stage: 'settled' };
  const factor = workers <= 4 ? 4 : workers <= 16 ? 2 : 1.5;
  return { ...lanes, stage: 'climbing', before: level, workers: Math.min(most, workers * factor) };
}

function afterWave(lanes: LaneControl, level: Level, answer: Answer): LaneControl {
  const { before } = lanes;
  if (before === null || isBetter(level, before)) return climb(lanes, level, answer);
  const busy = Math.max(busyOf(before, answer), busyOf(level, answer));
  return {
    ...lanes,
    stage: 'settled',
    before: null,
    workers: Math.max(1, busy * BENEATH),
    rested: ROUNDS_TO_REST,
  };
}

/** Of the requests at the service, those that were worked on: the others made each of them longer. */
function busyOf({ atService, each }: Level, { operationMs }: Answer): number {
  return atService * Math.min(1, (operationMs ?? each) / each);
}

function paysToSearch({ atService, each }: Level, { left, ms }: Answer, rounds: number): boolean {
  return (left * each) / atService > rounds * ms;
}

/**
 * Of requests that came at once, those that are worked on at once are quick, and the others waited for them. The quick
 * ones of two sizes tell what one operation takes; what took one more than that has waited.
 */
function shareThatWaited({ requests }: Round): number {
  const singles = requests.filter(({ operations }) => operations === 1).map(({ ms }) => ms);
  const others = requests.filter(({ operations }) => operations > 1);
  const size = others[0]?.operations ?? 1;
  if (singles.length < ENOUGH_SINGLES || others.length < ENOUGH_SINGLES) return 0;
  const quick = quickOf(singles);
  const each = Math.max(0, quickOf(others.map(({ ms }) => ms)) - quick) / (size - 1);
  return singles.filter((ms) => ms > quick + 0.7 * each).length / singles.length;
}

function quickOf(times: readonly number[]): number {
  const sorted = [...times].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 5)] ?? 0;
}

/** From time to time a few more or fewer are tried, and kept where they are worth it. */
function afterRest(lanes: LaneControl, level: Level, answer: Answer): LaneControl {
  const { before, rested, towards, limits } = lanes;
  if (before !== null) {
    const after: LaneControl = { ...lanes, before: null };
    // What was worth it is tried again at once.
    if (isBetter(level, before)) return { ...after, rested: ROUNDS_TO_REST };
    return { ...after, rested: 0, workers: before.workers, towards: towards === 1 ? -1 : 1 };
  }
  const busy = busyOf(level, answer);
  if (level.atService > busy * TOO_MANY)
    return {
      ...lanes,
      rested: 0,
      workers: Math.max(1, (level.workers * (busy + level.atService)) / 2 / level.atService),
    };
  if (rested < ROUNDS_TO_REST || !paysToSearch(level, answer, ROUNDS_TO_STEP))
    return { ...lanes, rested: rested + 1 };
  const step = Math.max(1, level.workers * SMALL_STEP) * towards;
  return { ...lanes, before: level, workers: Math.max(1, Math.min(limits.most, level.workers + step)) };
}

/** Whether operations per second rose with more, or hardly fell with fewer. */
function isBetter(level: Level, base: Level): boolean {
  const share = level.workers / base.workers;
  const gain = (level.atService * base.each) / (base.atService * level.each);
  return share > 1 ? gain > 1 + (share - 1) * WORTH : gain > 1 - (1 - share) * BEARABLE;
}
