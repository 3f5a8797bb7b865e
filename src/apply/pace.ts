/**
 * How fast a run sends: how many requests at once, how many steps in each, and when it waits so that the service does
 * not have to refuse. It learns from answers alone and knows no step.
 */

import type { ServiceBudget } from '../model/ports.ts';
import { afterAnswer, halved, type LaneControl, type Lanes, lanesOf, startLanes } from './lanes.ts';
import { type RequestCost, UNKNOWN_COST, withSample } from './request-cost.ts';
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

/** Beyond this a round trip more hardly counts. */
const WORK_PER_ROUND_TRIP = 10;
/** The first requests are of two sizes, of which one tells the way and the other the work. */
const FIRST_MORE = 4;
/** With less work than this a request spends more of its time on the way than lanes can make up for. */
const LEAST_WORK_PER_ROUND_TRIP = 2;
const MOST_STEPS = 100;
const LONGEST_WORK_MS = 5_000;
/** The service allows 6,000 requests in five minutes; readings count too. */
const MOST_REQUESTS = 5_000;

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
  const cost = pace.lanes.stage === 'first' ? withSample(pace.cost, { operations, ms }) : pace.cost;
  const { roundTripMs, operationMs } = cost;
  const answer = { operations, sentAt, now, ms, left, roundTripMs, operationMs };
  const lanes = afterAnswer(pace.lanes, answer);
  const isAnew = lanes.stage === 'first' && lanes.workers !== pace.lanes.workers;
  return { ...pace, workTime, lanes, cost: isAnew ? UNKNOWN_COST : cost };
}

/** Requests that may be under way, when each of them carries so many steps. */
export function lanesNow({ cost, lanes }: Pace, size: number): number {
  return lanesOf(lanes, cost.roundTripMs ?? 0, size * (cost.operationMs ?? 0));
}

/** Steps that the next request carries, when so many are left of the run and so many requests are under way. */
export function sizeOf(pace: Pace, left: number, underWay: number): number {
  const { lanes, cost } = pace;
  const evenly = Math.max(1, Math.floor(left / lanes.workers));
  if (cost.roundTripMs === null || cost.operationMs === null || lanes.stage === 'first')
    return Math.min(evenly, (lanes.round.answers + underWay) % 2 === 0 ? 1 : FIRST_MORE);
  const least = Math.ceil((LEAST_WORK_PER_ROUND_TRIP * cost.roundTripMs) / cost.operationMs);
  return Math.min(Math.max(evenly, least), bestSize(pace));
}

/** Steps of a request for which the way hardly counts. */
export function bestSize({ cost: { roundTripMs, operationMs }, lanes, fewer, steps }: Pace): number {
  if (roundTripMs === null || operationMs === null) return 1;
  const least = Math.ceil(steps / MOST_REQUESTS);
  const most = Math.min(MOST_STEPS, Math.max(1, Math.floor(LONGEST_WORK_MS / operationMs)));
  const trips =
    lanes.stage === 'settled' ? WORK_PER_ROUND_TRIP : lanes.workers <= 16 ? 1 : LEAST_WORK_PER_ROUND_TRIP;
  const best = Math.max(1, Math.round((trips * roundTripMs) / operationMs));
  return Math.max(least, Math.min(most, best * fewer));
}

/** Until when to hold back for want of working time; `null`: go on. */
export function holdUntil(pace: Pace, underWay: number, operations: number, now: number): number | null {
  return heldUntil(pace.workTime, underWay, operations, now);
}
