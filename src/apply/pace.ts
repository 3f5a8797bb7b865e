/**
 * How fast a run sends: how many requests at once, how many steps in each, and when it waits so that the service does
 * not have to refuse. It learns from answers alone and knows no step.
 */

import type { ServiceBudget } from '../model/ports.ts';
import type { LaneControl, Lanes } from './lane-control.ts';
import { afterAnswer, halved, lanesOf, startLanes } from './lanes.ts';
import { type RequestCost, UNKNOWN_COST, withoutWaiting, withSample } from './request-cost.ts';
import { heldUntil, UNKNOWN_WORK_TIME, type WorkTime, withSpent } from './work-time.ts';

export interface Pace {
  readonly lanes: LaneControl;
  readonly cost: RequestCost;
  readonly workTime: WorkTime;
  /** How many times fewer requests are sent than would be best, since each may be refused; doubles with refusals. */
  readonly fewer: number;
  /** Steps of the whole run. */
  readonly steps: number;
}

export interface AnsweredRequest {
  readonly operations: number;
  readonly sentAt: number;
  readonly now: number;
  /** Steps that are still to be sent. */
  readonly left: number;
  readonly isThrottled: boolean;
  readonly budget: ServiceBudget;
}

/** With so much work for each way a round trip more hardly counts. */
const WORK_PER_ROUND_TRIP = 10;
/** While the number of lanes is sought: as much work as way, so that a trial is short. */
const WORK_IN_A_TRIAL = 1;
/** The first requests are of two sizes, of which one tells the way and the other the work. */
const FIRST_MORE = 4;
const MOST_STEPS = 100;
const LONGEST_WORK_MS = 5_000;
/** The service allows 6,000 requests in five minutes; readings count too. */
const MOST_REQUESTS = 5_000;
/** What is left is shared out among the lanes so many times over, so that they end together. */
const SHARES = 3;

export function startPace(limits: Lanes, steps: number): Pace {
  return { lanes: startLanes(limits), cost: UNKNOWN_COST, workTime: UNKNOWN_WORK_TIME, fewer: 1, steps };
}

export function afterRequest(pace: Pace, request: AnsweredRequest): Pace {
  const { operations, sentAt, now, left, isThrottled, budget } = request;
  const workTime = withSpent(pace.workTime, budget, operations, sentAt, now);
  if (isThrottled) {
    const fewer = sentAt < pace.lanes.round.since ? pace.fewer : pace.fewer * 2;
    return { ...pace, workTime, fewer, lanes: halved(pace.lanes, sentAt, now) };
  }
  const ms = now - sentAt;
  if (ms <= 0) return { ...pace, workTime };
  // Later on requests wait for each other, which would be taken for cost.
  const isFirst = pace.lanes.stage === 'first' && sentAt >= pace.lanes.round.since;
  const cost = isFirst ? withSample(pace.cost, { operations, ms }) : pace.cost;
  const { roundTripMs, operationMs } = cost;
  const lanes = afterAnswer(pace.lanes, { operations, sentAt, now, ms, left, roundTripMs, operationMs });
  return { ...pace, workTime, lanes, cost: afterRound(cost, pace.lanes, lanes) };
}

/** What the first requests cost is found anew where they waited for each other, else it is known from then on. */
function afterRound(cost: RequestCost, before: LaneControl, after: LaneControl): RequestCost {
  if (after.round.since === before.round.since) return cost;
  if (after.stage === 'first') return UNKNOWN_COST;
  return before.stage === 'first' && after.quickMs === null ? withoutWaiting(cost) : cost;
}

/** Requests that may be under way, when each of them carries so many steps. */
export function lanesNow({ cost, lanes }: Pace, size: number): number {
  if (lanes.stage === 'first') return lanesOf(lanes, 0, 0);
  return lanesOf(lanes, cost.roundTripMs ?? 0, size * (cost.operationMs ?? 0));
}

/** Steps that the next request carries, when so many are left of the run and so many requests are under way. */
export function sizeOf(pace: Pace, left: number, underWay: number): number {
  const { lanes } = pace;
  if (lanes.stage === 'first')
    return Math.min(
      Math.ceil(left / lanes.workers),
      (lanes.round.answers + underWay) % 2 === 0 ? 1 : FIRST_MORE,
    );
  // Where each request may be refused a few large ones end sooner than many small ones.
  const shares = pace.fewer > 1 ? 1 : SHARES;
  const shared = Math.max(Math.ceil(left / lanes.workers / shares), leastSize(pace) * pace.fewer);
  return Math.min(shared, staggered(bestSize(pace), pace, underWay));
}

/** Requests that leave together carry different numbers of steps, so that they do not come back together too. */
function staggered(size: number, pace: Pace, underWay: number): number {
  const share = Math.min(1, (underWay + 1) / lanesNow(pace, size));
  return Math.max(1, Math.round(size * (0.5 + share / 2)));
}

/** Steps of a request for which the way hardly counts. */
export function bestSize(pace: Pace): number {
  const { cost, lanes, fewer, steps } = pace;
  const { roundTripMs, operationMs } = cost;
  if (roundTripMs === null || operationMs === null) return 1;
  const most = Math.min(MOST_STEPS, Math.max(1, Math.floor(LONGEST_WORK_MS / operationMs)));
  const best =
    lanes.stage === 'settled'
      ? Math.round((WORK_PER_ROUND_TRIP * roundTripMs) / operationMs)
      : leastSize(pace);
  return Math.max(1, Math.ceil(steps / MOST_REQUESTS), Math.min(most, best * fewer));
}

/** With fewer steps than this so many requests would travel that the lanes do not suffice for those to be worked on. */
function leastSize({ cost: { roundTripMs, operationMs }, lanes: { workers, limits } }: Pace): number {
  if (roundTripMs === null || operationMs === null) return 1;
  const spare = Math.max(1, limits.most - workers);
  const trips = Math.min(WORK_PER_ROUND_TRIP, Math.max(WORK_IN_A_TRIAL, workers / spare));
  return Math.max(1, Math.ceil((trips * roundTripMs) / operationMs));
}

/** Until when to hold back for want of working time; `null`: go on. */
export function holdUntil(pace: Pace, underWay: number, operations: number, now: number): number | null {
  return heldUntil(pace.workTime, underWay, operations, now);
}
