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

/** Somebody whose rule covers them when the plan is made and looked at, and no longer when it is carried out. */
const COVERED: WorldOptions = {
  config: configOf(`
rules:
  - name: everyone
    match: { mailboxOf: user, emailAddress: "*@contoso.com" }
    approved: true
    testAndEnable: true
mailboxes:
  - { queue: Orders, emailAddress: orders@contoso.com, approved: true, testAndEnable: true }
`),
  organization: organizationOf(`
profiles: [{ name: Microsoft Exchange Online }]
users:
  - { signIn: alice@contoso.com, name: Alice, approval: Pending Approval }
  - { signIn: bob@contoso.com, name: Bob, approval: Approved }
queues:
  - { name: Orders, emailAddress: orders@contoso.com, approval: Pending Approval }
`),
};
const ALICE = 'mailbox:user/alice@contoso.com';
const BOB = 'mailbox:user/bob@contoso.com';
const ORDERS = 'mailbox:queue/Orders';
const DONE = {
  [`${ORDERS}#approve`]: 'applied',
  [`${ALICE}#approve`]: 'applied',
  [`${ORDERS}#test`]: 'applied',
  [`${ALICE}#test`]: 'applied',
  [`${BOB}#test`]: 'applied',
};

it.each([
  ['nobody', [], {}],
  [
    'a user is disabled',
    [{ table: 'systemuser', name: 'Alice', set: { isdisabled: true } }],
    { [`${ALICE}#approve`]: 'failed stale', [`${ALICE}#test`]: 'skipped behind' },
  ],
  [
    'the mailbox of a user is deactivated',
    [{ table: 'mailbox', name: 'Alice', set: { statecode: 1, statuscode: 2 } }],
    { [`${ALICE}#approve`]: 'failed stale', [`${ALICE}#test`]: 'skipped behind' },
  ],
  [
    'a queue is deactivated',
    [{ table: 'queue', name: 'Orders', set: { statecode: 1, statuscode: 2 } }],
    { [`${ORDERS}#approve`]: 'failed stale', [`${ORDERS}#test`]: 'skipped behind' },
  ],
  [
    'who is only tested is disabled',
    [{ table: 'systemuser', name: 'Bob', set: { isdisabled: true } }],
    { [`${BOB}#test`]: 'failed stale' },
  ],
  [
    'a mailbox that is only tested is deactivated',
    [{ table: 'mailbox', name: 'Bob', set: { statecode: 1, statuscode: 2 } }],
    { [`${BOB}#test`]: 'failed stale' },
  ],
])('a saved plan approves and tests nobody who has left since: %s', async (_, edits, different) => {
  const world = await openWorld(COVERED);
  const plan = await world.plan();
  await world.edit(edits);
  const approvedBefore = (await world.rows('mailbox')).filter((row) => row.emailrouteraccessapproval === 1);
  const result = await world.apply(plan);
  expect(ends(result)).toEqual({ ...DONE, ...different });
  const approved = Object.entries(ends(result)).filter(
    ([id, end]) => id.endsWith('approve') && end === 'applied',
  );
  expect((await world.rows('mailbox')).filter((row) => row.emailrouteraccessapproval === 1)).toHaveLength(
    approvedBefore.length + approved.length,
  );
  await world.close();
});

it('says of whoever has left what has become of them', async () => {
  const world = await openWorld(COVERED);
  const plan = await world.plan();
  await world.edit([{ table: 'systemuser', name: 'Alice', set: { isdisabled: true } }]);
  await world.edit([{ table: 'mailbox', name: 'Bob', set: { statecode: 1, statuscode: 2 } }]);
  const { outcomes } = await world.apply(plan);
  expect(outcomes.filter(({ kind }) => kind === 'failed').map(({ message }) => message)).toEqual([
    'Changed since the plan was made: the user or queue is disabled',
    'Changed since the plan was made: the mailbox is inactive',
  ]);
  await world.close();
});
