/**
 * Promises 11 and speed, on lists of two pages: a plan costs its pages and at most six requests more, however many
 * mailboxes there are, and a page that fails ends the read, so that nothing is planned on half a list.
 */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { generateOrganization } from '../../src/emulator/index.ts';
import { ServiceError } from '../../src/model/service-error.ts';
import { seeToPlan } from '../../src/pipeline.ts';
import { openWorld, type World } from '../world.ts';
import { configOf } from './contoso.ts';

const USERS = 5_100;
const PAGE = 5_000;
const config = configOf(`
rules:
  - name: everyone
    match: { mailboxOf: user, emailAddress: "*@contoso.com" }
    incoming: server-side-sync
    outgoing: server-side-sync
    approved: true
`);

let world: World;
beforeAll(async () => {
  // JSON is YAML.
  const organization = JSON.stringify(generateOrganization({ users: USERS, queues: 40, seed: 11 }));
  world = await openWorld({ config, organization });
}, 60_000);
afterAll(() => world.close());

it('reads pages, and never one request for each mailbox', async () => {
  const tables = await Promise.all(['mailbox', 'systemuser', 'queue'].map((table) => world.rows(table)));
  const pages = tables.map(({ length }) => Math.ceil(length / PAGE)).reduce((sum, count) => sum + count, 0);
  const before = world.emulator.log.length;
  const plan = await world.plan();
  const requests = world.emulator.log.length - before;
  expect(plan.steps.length).toBeGreaterThan(USERS / 20);
  expect(pages).toBeGreaterThan(3);
  expect(requests).toBeLessThanOrEqual(pages + 6);
});

it('reads no pages where a few mailboxes are declared by name', async () => {
  const [queue] = await world.rows('queue');
  const { config: single, reader } = await world.restart({
    config: configOf(`mailboxes: [{ queue: ${JSON.stringify(queue?.name)}, incoming: none }]`),
  });
  const before = world.emulator.log.length;
  const { snapshot } = await seeToPlan(single, reader);
  // One less than there may be: the queue has no e-mail address that others could have.
  expect([snapshot.onlyNamed, world.emulator.log.length - before]).toEqual([true, 5]);
});

it.each(['mailbox', 'systemuser', 'queue'])(
  'plans nothing when the second page of %s fails',
  async (table) => {
    await world.fault([{ table, path: '*skiptoken*', status: 500, times: 99 }]);
    const failure = await world.plan().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ServiceError);
    const origin = new URL(world.emulator.baseUrl).origin;
    await world.emulator.fetch(new Request(`${origin}/_emulator/faults`, { method: 'DELETE' }));
  },
);
