/** Answers that are lost again and again, in batches of edits: what was carried out is found out by reading. */

import { afterEach, expect, it } from 'vitest';
import { type Entry, openWorld, type World } from '../world.ts';

const USERS = Array.from({ length: 200 }, (_none, index) => `u${index}@contoso.com`);
const ORGANIZATION = JSON.stringify({
  version: 1,
  organizationId: '7d000000-0000-0000-0000-000000000001',
  clock: '2026-11-21T09:00:00Z',
  cost: { latency: '50ms', operationTime: '50ms', workers: 8 },
  users: USERS.map((signIn) => ({ signIn, name: signIn, emailAddress: signIn })),
});
const CONFIG = JSON.stringify({
  version: 1,
  environments: { local: { url: 'emulator' } },
  mailboxes: USERS.map((user) => ({ user, incoming: 'none' })),
});

let world: World | null = null;
afterEach(() => world?.close());

/** How many steps ended how, and how many of those that were not applied are as the plan wanted. */
async function applyWith(faults: readonly Entry[]): Promise<Readonly<Record<string, number>>> {
  world = await openWorld({ config: CONFIG, organization: ORGANIZATION });
  const plan = await world.plan();
  await world.fault(faults);
  const { outcomes } = await world.apply(plan);
  const counts: Record<string, number> = {};
  for (const { kind } of outcomes) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

it.each<[string, readonly Entry[]]>([
  ['every batch, after it was carried out', [{ method: 'POST', drop: 'after', every: 1 }]],
  [
    'two of three batches before, or after',
    [
      { method: 'POST', drop: 'before', every: 3 },
      { method: 'POST', drop: 'after', every: 2 },
    ],
  ],
  [
    'every third part, and a page for every fourth batch',
    [
      { method: 'PATCH', part: true, drop: 'before', every: 3 },
      { method: 'POST', html: true, every: 4 },
    ],
  ],
  [
    'everything for a while',
    [
      { method: 'POST', html: true, every: 1, times: 12 },
      { method: 'PATCH', html: true, every: 1, times: 12 },
    ],
  ],
])('%s', async (_name, faults) => {
  expect(await applyWith(faults)).toEqual({ applied: USERS.length });
});

it('what was lost each time was not carried out, and says so', async () => {
  const counts = await applyWith([
    { method: 'POST', drop: 'before', every: 1 },
    { method: 'PATCH', part: false, drop: 'before', every: 1 },
  ]);
  expect(counts).toEqual({ failed: USERS.length });
});
