/** Promise 3: after a complete apply there is nothing left to plan and no drift; every drift names what it is about. */

import { expect, it } from 'vitest';
import { openWorld, type WorldOptions } from '../world.ts';
import { CONTOSO, configOf, organizationOf } from './contoso.ts';

const ORDERS: WorldOptions = {
  config: configOf(`
mailboxes:
  - queue: Orders
    emailAddress: orders@contoso.com
    serverProfile: Microsoft Exchange Online
    incoming: server-side-sync
    outgoing: none
    appointmentsContactsTasks: none
    approved: true
    testAndEnable: true
`),
  organization: organizationOf(
    'queues:\n  - { name: Orders, emailAddress: orders@contoso.com, works: true }\n',
  ),
};

it.each([
  ['a plan with every verb', CONTOSO],
  ['a plan of one mailbox', ORDERS],
])('%s leaves nothing to plan, and no drift', async (_name, options) => {
  const world = await openWorld(options);
  const first = await world.plan();
  const { outcomes } = await world.apply(first);
  expect(outcomes.filter(({ kind }) => kind !== 'applied')).toEqual([]);
  const second = await world.plan();
  const drift = await world.drift();
  expect(first.steps.length).toBeGreaterThan(0);
  expect({
    steps: second.steps,
    clean: drift.clean,
    findings: drift.findings.filter(({ class: kind }) => kind !== 'unmanaged'),
  }).toEqual({ steps: [], clean: true, findings: [] });
  await world.close();
});

it('nothing to do is no step, and an apply of it sends no request', async () => {
  const world = await openWorld(ORDERS);
  await world.apply(await world.plan());
  const plan = await world.plan();
  const before = world.emulator.log.length;
  const { outcomes } = await world.apply(plan);
  expect({ outcomes, requests: world.emulator.log.length - before }).toEqual({ outcomes: [], requests: 0 });
  await world.close();
});

it('a drift names address, field, desired and actual', async () => {
  const world = await openWorld(ORDERS);
  await world.apply(await world.plan());
  await world.edit([{ table: 'mailbox', name: 'Orders', set: { outgoingemaildeliverymethod: 1 } }]);
  const { findings } = await world.drift();
  const found = findings.filter(({ class: kind }) => kind === 'configuration');
  expect(found.map(({ address, field, desired, actual }) => ({ address, field, desired, actual }))).toEqual([
    { address: 'mailbox:queue/Orders', field: 'outgoing', desired: 'none', actual: 'outlook' },
  ]);
  const [planned] = (await world.plan()).steps;
  expect(planned?.set).toEqual([{ field: 'outgoing', from: 'outlook', to: 'none' }]);
  await world.close();
});
