/**
 * The time that the service still works for us: 20 minutes in five (Microsoft Learn, "Service protection API limits"). It
 * says what is left; what was spent comes back five minutes later, so that we can wait before it has to refuse.
 */

import type { ServiceBudget } from '../model/ports.ts';

export interface WorkTime {
  /** What the service said last, and when; `null`: it says nothing, and its refusals decide. */
  readonly left: { readonly ms: number; readonly at: number } | null;
  /** The most that was ever left. */
  readonly whole: number;
  /** Operations of the last five minutes, by the second in which they were sent. */
  readonly sent: readonly Sent[];
}

interface Sent {
  readonly second: number;
  readonly operations: number;
}

const WINDOW_MS = 300_000;
/** Share of the whole that is left alone: others may use the same account, and answers overtake each other. */
const RESERVE = 0.01;

export const UNKNOWN_WORK_TIME: WorkTime = { left: null, whole: 0, sent: [] };

export function withSpent(
  known: WorkTime,
  { workMsLeft }: ServiceBudget,
  operations: number,
  sentAt: number,
  now: number,
): WorkTime {
  const second = Math.floor(sentAt / 1000);
  const recent = known.sent.filter((each) => each.second * 1000 > now - 2 * WINDOW_MS);
  const index = recent.findIndex((each) => each.second === second);
  const before = recent[index];
  const sent =
    before === undefined
      ? [...recent, { second, operations }].sort((one, other) => one.second - other.second)
      : recent.with(index, { second, operations: before.operations + operations });
  if (workMsLeft === null) return { ...known, sent };
  return { left: { ms: workMsLeft, at: now }, whole: Math.max(known.whole, workMsLeft), sent };
}

/** Until when nothing more should be sent, so that what is under way and `operations` more stay within the limit. */
export function heldUntil(known: WorkTime, underWay: number, operations: number, now: number): number | null {
  const { left, whole, sent } = known;
  if (left === null) return null;
  const each = costOf(known, left);
  let free = left.ms - whole * RESERVE - (underWay + operations) * each;
  if (free >= 0) return null;
  for (const { second, operations: spent } of sent) {
    const back = (second + 1) * 1000 + WINDOW_MS;
    if (back <= left.at) continue;
    free += spent * each;
    if (free >= 0) return back <= now ? null : back;
  }
  return null;
}

/** Work for one operation, from all that is spent: what others spend counts as ours, and is expected back as ours is. */
function costOf({ whole, sent }: WorkTime, left: { readonly ms: number; readonly at: number }): number {
  const inWindow = sent.filter(({ second }) => second * 1000 + WINDOW_MS > left.at);
  const operations = inWindow.reduce((sum, each) => sum + each.operations, 0);
  return operations === 0 ? 0 : (whole - left.ms) / operations;
}
