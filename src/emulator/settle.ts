/**
 * What happens by itself as time passes: due tests, edits with a time, writes of the sync engine. Each happens at its
 * own time, in order, before the next request is looked at.
 */

import { applyEdit, type PendingEdit, pendingEdits } from './edits.ts';
import { bumpMailboxes, enginePeriod } from './engine.ts';
import type { Row } from './odata/table.ts';
import { loseMailboxes } from './test-and-enable/link-mailbox.ts';
import { testTable } from './test-and-enable/request-test.ts';
import { retryInterval, runTest } from './test-and-enable/run-test.ts';
import type { World } from './world.ts';

type Event =
  | { readonly kind: 'test'; readonly at: number; readonly job: Row }
  | { readonly kind: 'edit'; readonly at: number; readonly edit: PendingEdit };

/** `onBump` is told of engine writes, which a journal keeps as one line. */
export function settle(world: World, onBump: (at: number, run: () => void) => void): void {
  const now = world.clock.now();
  for (let events = nextEvents(world, now); events.length > 0; events = nextEvents(world, now)) {
    for (const event of events) happen(world, event);
  }
  loseMailboxes(world);
  bumpIfDue(world, now, onBump);
}

function happen(world: World, event: Event): void {
  const { at } = event;
  const then: World = { ...world, clock: { now: () => at } };
  if (event.kind === 'test') runTest(then, event.job);
  else applyEdit(then, event.edit);
}

/** The earliest ones, in order: what they bring about is due an interval of retries later at the earliest. */
function nextEvents(world: World, now: number): readonly Event[] {
  const events = [...dueTests(world, now), ...dueEdits(world, now)].sort((left, right) => left.at - right.at);
  const until = (events[0]?.at ?? now) + retryInterval;
  return events.filter(({ at }) => at < until);
}

function dueTests(world: World, now: number): readonly Event[] {
  return [...world.store.rows(testTable)]
    .map((job): Event => ({ kind: 'test', at: Number(job.dueat), job }))
    .filter(({ at }) => at <= now);
}

function dueEdits(world: World, now: number): readonly Event[] {
  return pendingEdits(world, now).map((edit): Event => ({ kind: 'edit', at: edit.at, edit }));
}

/** Periods that nobody looked at leave one version, not many: what is seen is the same. */
function bumpIfDue(world: World, now: number, onBump: (at: number, run: () => void) => void): void {
  if (world.switches.engineBumpsVersion !== 'true') return;
  const last = Number(world.store.get('_engine', 'engine')?.at ?? now);
  const periods = Math.floor((now - last) / enginePeriod);
  if (world.store.get('_engine', 'engine') === undefined) world.store.put('_engine', 'engine', { at: now });
  if (periods < 1) return;
  const at = last + periods * enginePeriod;
  onBump(at, () => bumpMailboxes(world, at));
}
