/**
 * Promise 8: an apply that is killed at any instant, and run again, converges. Kills an apply that holds every verb at
 * every event of its journal, and at every request before it arrives and after it was carried out.
 */

import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../src/model/plan.generated.ts';
import { openWorld, type World, type WorldOptions } from '../world.ts';

const read = (name: string): Promise<string> => readFile(new URL(name, import.meta.url), 'utf8');
const config = await read('mailboxctl.yaml');
const organization = await read('organization.yaml');
const env = { SUPPORT_PASSWORD: 'a-password-of-support' };

interface Counts {
  readonly events: number;
  readonly requests: number;
  readonly state: unknown;
}

/** Rows and messages that a run leaves behind: what must not depend on where it was killed. */
async function resultOf(world: World): Promise<unknown> {
  const origin = new URL(world.emulator.baseUrl).origin;
  const get = async (path: string): Promise<unknown> =>
    (await world.emulator.fetch(new Request(`${origin}/_emulator/${path}`))).json();
  const names = async (table: string): Promise<readonly string[]> => {
    const rows = (await get(`rows?table=${table}`)) as { name: string }[];
    return rows.map(({ name }) => name).sort();
  };
  const stats = (await get('stats')) as Record<string, unknown>;
  return {
    profiles: await names('emailserverprofile'),
    mailboxes: await names('mailbox'),
    messages: stats.messages,
    requestedTests: stats.tests,
  };
}

async function uninterrupted(options: WorldOptions): Promise<Counts> {
  const world = await openWorld(options);
  const plan = await world.plan();
  expect(new Set(plan.steps.map(({ verb }) => verb))).toEqual(
    new Set([
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
    ]),
  );
  const before = world.emulator.log.length;
  let events = 0;
  const onEvent = (): void => {
    events += 1;
  };
  const result = await world.apply(plan, {}, { onEvent });
  const requests = world.emulator.log.length - before;
  expect(result.outcomes.filter(({ kind }) => kind !== 'applied')).toEqual([]);
  await expectConverged(world);
  const state = await resultOf(world);
  await world.close();
  return { events, requests, state };
}

async function expectConverged(world: World): Promise<void> {
  const plan = await world.plan();
  expect(plan.steps.map(({ id }) => id)).toEqual([]);
  expect({ held: plan.held_back, deferred: plan.deferred, findings: plan.findings }).toEqual({
    held: [],
    deferred: [],
    findings: [],
  });
  const { summary } = await world.drift();
  expect(summary).toMatchObject({ configuration: 0, approval: 0, health: 0, missing: 0 });
}

/** The same command again, by another process, until nothing is left; it may take a second run, never a third. */
async function goOn(world: World): Promise<void> {
  const again = await world.restart({});
  for (let run = 0; run < 2; run += 1) {
    const plan = await again.plan();
    if (plan.steps.length === 0) break;
    await again.apply(plan);
  }
  await expectConverged(again);
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

interface KillPoint {
  readonly name: string;
  readonly kill: () => Promise<World>;
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

async function expectItConverges({ kill }: KillPoint, state: unknown): Promise<void> {
  const world = await kill();
  await goOn(world);
  expect(await resultOf(world)).toEqual(state);
  await world.close();
}

describe('an apply that is killed and run again', async () => {
  const options: WorldOptions = { config, organization, env };
  const { events, requests, state } = await uninterrupted(options);
  const atEvents = eventPoints(options, events);
  const atRequests = requestPoints(options, requests);

  it('is tried at every event and at every request', () => {
    process.stdout.write(
      `kill points: ${atEvents.length} events, ${requests} requests (each before and after)\n`,
    );
    expect({ events: atEvents.length, requests: atRequests.length / 2 }).toEqual({ events, requests });
    expect(events).toBeGreaterThanOrEqual(40);
    expect(requests).toBeGreaterThanOrEqual(30);
  });

  it.each([...atEvents, ...atRequests])('$name: converges, with no record and no message twice', (point) =>
    expectItConverges(point, state),
  );
});

/** Rows then hide what was begun: only the journal tells. */
describe('on a service that keeps results and approvals', async () => {
  const switches = { profileChangeResets: 'none', methodChangeResets: 'none', addressChangeResets: 'none' };
  const options: WorldOptions = { config, organization, env, switches };
  const { events, state } = await uninterrupted(options);

  it.each(eventPoints(options, events))('$name: converges, with no record and no message twice', (point) =>
    expectItConverges(point, state),
  );
});
