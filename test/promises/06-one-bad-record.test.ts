/** Promise 6: one bad record stops only what depends on it; every step has an outcome, every item that cannot be is listed. */

import { expect, it } from 'vitest';
import { openWorld } from '../world.ts';
import { configOf, organizationOf } from './contoso.ts';

const mailbox = (name: string): string => `  - queue: ${name}
    emailAddress: ${name.toLowerCase()}@contoso.com
    serverProfile: Microsoft Exchange Online
    incoming: server-side-sync
    outgoing: none
    appointmentsContactsTasks: none
    approved: true
    testAndEnable: true
`;
const queue = (name: string): string =>
  `  - { name: ${name}, emailAddress: ${name.toLowerCase()}@contoso.com }\n`;

const config = configOf(`mailboxes:
${['Good', 'Bad', 'Absent', 'Twice'].map(mailbox).join('')}  - { user: left@contoso.com, outgoing: none }
`);
const organization = organizationOf(`users:
  - { signIn: left@contoso.com, emailAddress: left@contoso.com, name: Left, disabled: true, mailbox: { outgoingemaildeliverymethod: 2 } }
queues:
${['Good', 'Bad'].map(queue).join('')}  - { name: Twice, id: 00000000-0000-4000-8000-0000000000a1, emailAddress: one@contoso.com }
  - { name: Twice, id: 00000000-0000-4000-8000-0000000000a2, emailAddress: two@contoso.com }
`);

it('fails the bad one, skips what stands behind it, and carries out the rest', async () => {
  const world = await openWorld({ config, organization });
  const plan = await world.plan();
  const [record] = plan.records['mailbox:queue/Bad'] ?? [];
  await world.fault([
    {
      method: 'PATCH',
      path: `*${record?.id}*`,
      status: 400,
      code: '0x80040203',
      message: 'Not this one',
      times: 9,
    },
  ]);
  const { outcomes } = await world.apply(plan);
  const ends = outcomes.map(({ step, kind, reason }) => `${step} ${kind} ${reason}`);
  expect(ends).toEqual([
    'mailbox:queue/Bad#edit failed refused',
    'mailbox:queue/Good#edit applied null',
    'mailbox:queue/Bad#approve skipped behind',
    'mailbox:queue/Good#approve applied null',
    'mailbox:queue/Bad#test skipped behind',
    'mailbox:queue/Good#test applied null',
  ]);
  await world.close();
});

it('lists what is missing, ambiguous or not possible now, each with its reason', async () => {
  const world = await openWorld({ config, organization });
  const { findings, held_back } = await world.plan();
  expect(findings.map(({ kind, address, candidates }) => [kind, address, candidates.length])).toEqual([
    ['missing', 'mailbox:queue/Absent', 0],
    ['ambiguous', 'mailbox:queue/Twice', 2],
  ]);
  expect(held_back.map(({ address, verb, reason }) => [address, verb, reason])).toEqual([
    ['mailbox:user/left@contoso.com', 'edit', 'owner-disabled'],
  ]);
  await world.close();
});
