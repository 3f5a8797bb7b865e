/** Promise 5: a step is sent only on what the plan saw; else it fails as stale, alone; an approval pins its address. */

import { expect, it } from 'vitest';
import type { ApplyResult } from '../../src/apply/apply.ts';
import { openWorld, type WorldOptions } from '../world.ts';
import { configOf, organizationOf } from './contoso.ts';

const OPTIONS: WorldOptions = {
  config: configOf(`
mailboxes:
  - { queue: Orders, outgoing: none }
  - { queue: Support, outgoing: none }
  - { user: alice@contoso.com, approved: true }
`),
  organization: organizationOf(`
users:
  - { signIn: alice@contoso.com, emailAddress: alice@contoso.com, name: Alice }
queues:
  - { name: Orders, emailAddress: orders@contoso.com, mailbox: { outgoingemaildeliverymethod: 2 } }
  - { name: Support, emailAddress: support@contoso.com, mailbox: { outgoingemaildeliverymethod: 2 } }
`),
};

const ends = ({ outcomes }: ApplyResult): Readonly<Record<string, string>> =>
  Object.fromEntries(
    outcomes.map(({ step, kind, reason }) => [step, reason === null ? kind : `${kind} ${reason}`]),
  );

it('what somebody changed since the plan is left as they made it, and the rest goes on', async () => {
  const world = await openWorld(OPTIONS);
  const plan = await world.plan();
  await world.edit([{ table: 'mailbox', name: 'Orders', set: { outgoingemaildeliverymethod: 1 } }]);
  expect(ends(await world.apply(plan))).toEqual({
    'mailbox:queue/Orders#edit': 'failed stale',
    'mailbox:queue/Support#edit': 'applied',
    'mailbox:user/alice@contoso.com#approve': 'applied',
  });
  const orders = (await world.rows('mailbox')).find(({ name }) => name === 'Orders');
  expect(orders?.outgoingemaildeliverymethod).toBe(1);
  await world.close();
});

it('what changed besides the fields of the step does not count', async () => {
  const world = await openWorld(OPTIONS);
  const plan = await world.plan();
  await world.edit([{ table: 'mailbox', name: 'Orders', set: { incomingemaildeliverymethod: 0 } }]);
  expect(ends(await world.apply(plan))['mailbox:queue/Orders#edit']).toBe('applied');
  await world.close();
});

it.each([
  { bumps: 4, end: 'applied', sent: 5 },
  { bumps: 99, end: 'failed contended', sent: 5 },
])('a row that moves under $bumps writes: $end, after $sent requests', async ({ bumps, end, sent }) => {
  let applying = false;
  let patches = 0;
  const world = await openWorld({
    ...OPTIONS,
    intercept: async (request, pass) => {
      if (!applying || request.method !== 'PATCH' || !request.url.includes(id)) return pass(request);
      patches += 1;
      if (patches <= bumps)
        await world.edit([
          {
            table: 'mailbox',
            name: 'Orders',
            set: { postponemailboxprocessinguntil: `2026-11-21T09:00:${10 + patches}Z` },
          },
        ]);
      return pass(request);
    },
  });
  const plan = await world.plan();
  const id = plan.records['mailbox:queue/Orders']?.find(({ role }) => role === 'self')?.id ?? 'none';
  applying = true;
  const result = await world.apply(plan);
  expect({ end: ends(result)['mailbox:queue/Orders#edit'], patches }).toEqual({ end, patches: sent });
  expect(ends(result)['mailbox:queue/Support#edit']).toBe('applied');
  await world.close();
});

it('a change between reading and writing is found by the version, and is stale', async () => {
  const world = await openWorld({
    ...OPTIONS,
    intercept: async (request, pass) => {
      if (request.method === 'PATCH' && request.url.includes('mailboxes('))
        await world.edit([{ table: 'mailbox', name: 'Orders', set: { outgoingemaildeliverymethod: 1 } }]);
      return pass(request);
    },
  });
  const result = await world.apply(await world.plan(), { lanes: { start: 1, most: 1 } });
  expect(ends(result)['mailbox:queue/Orders#edit']).toBe('failed stale');
  await world.close();
});

it('an approval is for the address that the plan saw', async () => {
  const world = await openWorld(OPTIONS);
  const plan = await world.plan();
  const approve = plan.steps.find(({ verb }) => verb === 'approve');
  expect(approve?.set).toEqual([
    { field: 'approved', from: 'pending', to: 'approved', for: 'alice@contoso.com' },
  ]);
  await world.edit([
    {
      table: 'systemuser',
      emailAddress: 'alice@contoso.com',
      set: { internalemailaddress: 'chief@contoso.com' },
    },
  ]);
  await world.edit([{ table: 'mailbox', name: 'Alice', set: { emailaddress: 'chief@contoso.com' } }]);
  const result = await world.apply(plan);
  expect(ends(result)[approve?.id ?? '']).toBe('failed stale');
  const alice = (await world.rows('mailbox')).find(({ name }) => name === 'Alice');
  expect(alice?.emailrouteraccessapproval).not.toBe(1);
  await world.close();
});
