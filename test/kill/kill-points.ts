/**
 * Kills an apply that holds every verb at an instant of its run, runs it again, and compares what is left behind with
 * what an uninterrupted run leaves. Which instants there are is what an uninterrupted run tells.
 */

import { readFile } from 'node:fs/promises';
import { expect } from 'vitest';
import type { Plan } from '../../src/model/plan.generated.ts';
import { openWorld, type World, type WorldOptions } from '../world.ts';

const read = (name: string): Promise<string> => readFile(new URL(name, import.meta.url), 'utf8');

/** An environment and a configuration whose plan holds every verb. */
export const CONTOSO: WorldOptions = {
  config: await read('mailboxctl.yaml'),
  organization: await read('organization.yaml'),
  env: { SUPPORT_PASSWORD: 'a-password-of-support' },
};

const VERBS = [
  'activate',
  'readdress',
  'edit',
  'create',
  'approval-policy',
  'approve',
  'reject',
  'test',
  'deactivate',
  'delete',
];

/** An instant of the run at which it can be killed. */
export interface KillPoint {
  readonly name: string;
  /** The world in which it was killed. */
  readonly kill: () => Promise<World>;
}

export interface Uninterrupted {
  readonly atEvents: readonly KillPoint[];
  /** Each request twice: before it arrives, and when its answer is on the way back. */
  readonly atRequests: readonly KillPoint[];
  /** What every run has to leave behind, wherever it was killed. */
  readonly state: unknown;
}

export async function uninterrupted(options: WorldOptions): Promise<Uninterrupted> {
  const world = await openWorld(options);
  const plan = await world.plan();
  expect(new Set(plan.steps.map(({ verb }) => verb))).toEqual(new Set(VERBS));
  const before = world.emulator.log.length;
  let events = 0;
  const onEvent = (): void => {
    events += 1;
  };
  const result = await world.apply(plan, {}, { onEvent });
  const requests = world.emulator.log.length - before;
  expect(result.outcomes.filter(({ kind }) => kind !== 'applied')).toEqual([]);
  expectConverged(await world.look());
  const state = await leftBehind(world);
  await world.close();
  return { atEvents: eventPoints(options, events), atRequests: requestPoints(options, requests), state };
}

/** The same command again, by another process, until nothing is left; it may take a second run, never a third. */
export async function expectItConverges({ kill }: KillPoint, state: unknown): Promise<void> {
  const world = await kill();
  const again = await world.restart({});
  let seen = await again.look();
  for (let run = 0; run < 2 && seen.plan.steps.length > 0; run += 1) {
    await again.apply(seen.plan);
    seen = await again.look();
  }
  expectConverged(seen);
  expect(await leftBehind(world)).toEqual(state);
  await world.close();
}

function expectConverged({ plan, drift }: Awaited<ReturnType<World['look']>>): void {
  const { held_back: held, deferred, findings } = plan;
  expect({ steps: plan.steps.map(({ id }) => id), held, deferred, findings }).toEqual({
    steps: [],
    held: [],
    deferred: [],
    findings: [],
  });
  expect(drift.summary).toMatchObject({ configuration: 0, approval: 0, health: 0, missing: 0 });
}

/** Rows and messages: what must not depend on where a run was killed. */
async function leftBehind(world: World): Promise<unknown> {
  const names = async (table: string): Promise<readonly string[]> =>
    (await world.rows(table)).map(({ name }) => String(name)).sort();
  const { messages, tests } = await world.stats();
  return {
    profiles: await names('emailserverprofile'),
    mailboxes: await names('mailbox'),
    messages,
    requestedTests: tests,
  };
}

function eventPoints(options: WorldOptions, count: number): readonly KillPoint[] {
  return nths(count).map((nth) => ({ name: `event ${nth}`, kill: () => killedAtEvent(options, nth) }));
}

function requestPoints(options: WorldOptions, count: number): readonly KillPoint[] {
  return nths(count).flatMap((nth) => [
    { name: `request ${nth}, before it arrives`, kill: () => killedAtRequest(options, nth, 'before') },
    { name: `request ${nth}, before its answer`, kill: () => killedAtRequest(options, nth, 'after') },
  ]);
}

function nths(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

const never = new Promise<never>(() => {});

/** Kills when the journal has its nth line. */
async function killedAtEvent(options: WorldOptions, nth: number): Promise<World> {
  const world = await openWorld(options);
  const plan = await world.plan();
  let killed = (): void => {};
  const death = new Promise<void>((resolve) => {
    killed = resolve;
  });
  let events = 0;
  const onEvent = (): Promise<never> | undefined => {
    events += 1;
    if (events < nth) return undefined;
    killed();
    return never;
  };
  await Promise.race([world.apply(plan, {}, { onEvent: onEvent as () => void }), death]);
  return world;
}

/** Kills at the nth request of the apply: before it arrives, or when its answer is on the way back. */
async function killedAtRequest(options: WorldOptions, nth: number, when: 'before' | 'after'): Promise<World> {
  let killed = (): void => {};
  const death = new Promise<void>((resolve) => {
    killed = resolve;
  });
  let applying = false;
  let dead = false;
  let requests = 0;
  const world = await openWorld({
    ...options,
    intercept: async (request, pass) => {
      if (!applying) return pass(request);
      if (dead) return never;
      requests += 1;
      if (requests < nth) return pass(request);
      dead = true;
      if (when === 'after') await pass(request);
      killed();
      return never;
    },
  });
  const plan: Plan = await world.plan();
  applying = true;
  const onEvent = (): Promise<never> | undefined => (dead ? never : undefined);
  await Promise.race([world.apply(plan, {}, { onEvent: onEvent as () => void }), death]);
  return world;
}
