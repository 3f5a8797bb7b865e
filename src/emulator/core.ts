/** The rows of one running emulator: seeded or taken up from a state directory, and committed after every request. */

import type { VirtualClock } from './clock.ts';
import { addEdit } from './edits.ts';
import { bumpMailboxes } from './engine.ts';
import { addFault } from './faults.ts';
import { type MailboxLinks, ownLinks } from './mailbox-links.ts';
import type { Organization } from './organization.ts';
import type { JournalLine, RowLine, StateStore } from './persistence.ts';
import { seedWorld } from './seed/seed.ts';
import { settle } from './settle.ts';
import { createStore, type Store } from './store.ts';
import { chooseSwitches } from './switches.ts';
import { createTables } from './tables/tables.ts';
import { rememberTest } from './test-and-enable/request-test.ts';
import type { World } from './world.ts';

export interface Core {
  readonly world: World;
  /** Lets time catch up. */
  settle(): void;
  /** Keeps what changed since the last commit. */
  commit(): void;
}

export function createWorld(
  organization: Organization,
  clock: VirtualClock,
  links: MailboxLinks | undefined,
): World {
  const switches = chooseSwitches(organization.switches ?? {});
  const tables = createTables(switches.newestColumns === 'true' ? 'newest' : '2024');
  const names = new Map([...tables.values()].map((table) => [table.name, table.primaryName]));
  const store = createStore(names);
  return { organization, switches, tables, store, clock, links: links ?? ownLinks(store) };
}

/** A new world, as the organization file describes it. */
export function seedCore(
  organization: Organization,
  clock: VirtualClock,
  state: StateStore | undefined,
  links?: MailboxLinks,
): Core {
  const world = createWorld(organization, clock, links);
  const startedAt = clock.now();
  fill(world, startedAt);
  state?.start(startedAt);
  return coreOf(world, clock, state);
}

/** The world as the last answered request left it. */
export function resumeCore(
  organization: Organization,
  clock: VirtualClock,
  state: StateStore,
  links?: MailboxLinks,
): Core {
  const world = createWorld(organization, clock, links);
  const { saved } = state;
  if (saved?.snapshot === undefined) fill(world, saved?.startedAt ?? clock.now());
  else for (const line of saved.snapshot.rows) restoreRow(world.store, line);
  if (saved?.snapshot !== undefined) world.store.seek(saved.snapshot.version);
  let time = saved?.snapshot?.clock ?? clock.now();
  for (const line of saved?.journal ?? []) {
    replay(world, line);
    time = Math.max(time, line.clock);
  }
  world.store.takeChanges();
  clock.set(time);
  return coreOf(world, clock, state);
}

/** Depends on the file and the time of the start alone, so that it can be done again instead of being kept. */
function fill(running: World, startedAt: number): void {
  const world: World = { ...running, clock: { now: () => startedAt } };
  seedWorld(world);
  for (const row of [...world.store.rows('mailbox')]) {
    if (row.testemailconfigurationscheduled === true) rememberTest(world, row, undefined);
  }
  for (const fault of world.organization.faults ?? []) addFault(world, fault);
  for (const edit of world.organization.edits ?? []) addEdit(world, edit);
  world.store.put('_engine', 'engine', { at: startedAt });
  world.store.takeChanges();
}

function replay(world: World, line: JournalLine): void {
  switch (line.kind) {
    case 'rows':
      for (const row of line.rows) restoreRow(world.store, row);
      world.store.seek(line.version);
      return;
    case 'bump':
      world.store.seek(line.version);
      bumpMailboxes(world, line.clock);
      world.store.takeChanges();
      return;
    case 'clock':
      return;
    default:
      line satisfies never;
  }
}

function restoreRow(store: Store, [table, id, row]: RowLine): void {
  if (row === null) store.remove(table, id);
  else store.restore(table, id, row);
}

function coreOf(world: World, clock: VirtualClock, state: StateStore | undefined): Core {
  let second = Math.floor(clock.now() / 1000);
  /** When it was last settled, and with which rows: nothing happens twice in one moment. */
  let settled = '';

  function commitRows(): boolean {
    const changes = world.store.takeChanges();
    if (state === undefined || changes.length === 0) return false;
    const last = new Map(
      changes.map(({ table, id, after }): [string, RowLine] => [
        `${table}/${id}`,
        [table, id, after ?? null],
      ]),
    );
    state.append({
      kind: 'rows',
      clock: clock.now(),
      version: world.store.version,
      rows: [...last.values()],
    });
    return true;
  }
  function bump(at: number, run: () => void): void {
    commitRows();
    state?.append({ kind: 'bump', clock: at, version: world.store.version });
    run();
    world.store.takeChanges();
  }
  return {
    world,
    settle() {
      const state = `${clock.now()} ${world.store.version}`;
      if (state === settled && !world.links.shared) return;
      settle(world, bump);
      settled = `${clock.now()} ${world.store.version}`;
    },
    commit() {
      const now = Math.floor(clock.now() / 1000);
      if (!commitRows() && now > second) state?.append({ kind: 'clock', clock: clock.now() });
      second = now;
      state?.compact(() => ({
        version: world.store.version,
        clock: clock.now(),
        rows: allRows(world.store),
      }));
    },
  };
}

function* allRows(store: Store): Iterable<RowLine> {
  for (const table of store.tables()) {
    for (const [id, row] of store.entries(table)) yield [table, id, row];
  }
}
