/** With `--parallelism` no more requests are under way than that, reads and writes together, and the run still ends. */

import { afterEach, expect, it } from 'vitest';
import { openWorld, type World } from '../world.ts';

const USERS = Array.from({ length: 600 }, (_none, index) => `u${index}@contoso.com`);
const ORGANIZATION = JSON.stringify({
  version: 1,
  organizationId: '7d000000-0000-0000-0000-000000000001',
  clock: '2026-11-21T09:00:00Z',
  cost: { latency: '20ms', operationTime: '50ms', workers: 8 },
  users: USERS.map((signIn) => ({ signIn, name: signIn, emailAddress: signIn })),
});
const CONFIG = JSON.stringify({
  version: 1,
  environments: { local: { url: 'emulator' } },
  mailboxes: USERS.map((user) => ({ user, incoming: 'none' })),
});

let world: World | null = null;
afterEach(() => world?.close());

it.each([1, 2, 5])('%d', async (parallelism) => {
  let underWay = 0;
  let most = 0;
  world = await openWorld({
    config: CONFIG,
    organization: ORGANIZATION,
    parallelism,
    intercept: async (request, pass) => {
      underWay += 1;
      most = Math.max(most, underWay);
      try {
        return await pass(request);
      } finally {
        underWay -= 1;
      }
    },
  });
  const { outcomes } = await world.apply(await world.plan());
  const { traffic } = await world.stats();
  expect(outcomes.filter(({ kind }) => kind !== 'applied')).toEqual([]);
  expect([most, traffic.most_at_once]).toEqual([parallelism, parallelism]);
});
