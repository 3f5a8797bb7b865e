/**
 * Which steps are read for: those whose turn it is, so far ahead that lanes never run out of ready ones and no further,
 * since what was read grows old; and those that wait for the service and are due.
 */

import type { ApplyState } from './apply-state.ts';
import { bestSize, lanesNow, type Pace } from './pace.ts';
import { isApproval, type Phase } from './step-state.ts';

/** Several lookups side by side: as quick as one. */
const READ_AT_ONCE = 500;
const LEAST_AHEAD = 500;
/** No more ahead than needed: the engine writes to each row every few minutes, and what was read before is refused. */
const READING_MS = 500;
/** Looks that are due this soon are taken along: one poll for all running tests. */
const TOGETHER_MS = 2_000;
/** After a reading in these phases a step may be sent. */
const MAY_BE_SENT: ReadonlySet<Phase> = new Set(['waiting', 'blocked', 'settling']);

/**
 * Places in the order of the plan. Of a resource only one step at a time that may be sent, since its write changes what
 * the others' reading showed.
 */
export function toRead(state: ApplyState, now: number): readonly number[] {
  const { table } = state;
  const addresses = new Set<string>();
  const toBeSent = new Set<string>();
  const places: number[] = [];
  const add = (place: number): void => {
    const { step, phase } = table.at(place);
    places.push(place);
    addresses.add(step.address);
    if (MAY_BE_SENT.has(phase)) toBeSent.add(step.address);
  };
  if (table.firstLook <= now) {
    for (const place of table.takeLooks(now + TOGETHER_MS)) {
      const { step, phase } = table.at(place);
      const isFree = !table.isInUse(step.address) && !toBeSent.has(step.address);
      if (addresses.size < READ_AT_ONCE && (!MAY_BE_SENT.has(phase) || isFree)) add(place);
      else table.putBack(place);
    }
  }
  const most = addresses.size + turnsWanted(state);
  let approvals = approvalsLeft(state);
  while (addresses.size < Math.min(most, READ_AT_ONCE)) {
    const place = table.takeTurn(approvals > 0, (address) => toBeSent.has(address));
    if (place === null) break;
    if (isApproval(table.at(place).step)) approvals -= 1;
    add(place);
  }
  return places.sort((one, other) => one - other);
}

/** In groups, so that what is read and what is written do not crowd each other out. */
function turnsWanted({ table, pace }: ApplyState): number {
  const ahead = stepsAhead(pace);
  return table.count('ready') < ahead ? Math.min(READ_AT_ONCE, ahead) : 0;
}

/** What is sent until the reading after the next one is back, as far as that is known. */
function stepsAhead(pace: Pace): number {
  const { roundTripMs, operationMs } = pace.cost;
  if (roundTripMs === null || operationMs === null) return LEAST_AHEAD;
  const meanwhile = (pace.lanes.workers * (READING_MS + 2 * (roundTripMs + operationMs))) / operationMs;
  const size = bestSize(pace);
  return Math.ceil(Math.max(LEAST_AHEAD, meanwhile + lanesNow(pace, size) * size));
}

/** Until one was read back, no more approvals are tried than refusals are borne: all would be refused alike. */
function approvalsLeft({ table, settings, refusals, approvalsWork }: ApplyState): number {
  if (approvalsWork) return Number.POSITIVE_INFINITY;
  return settings.refusalsUntilHandOff - refusals - table.approvalsTried;
}
