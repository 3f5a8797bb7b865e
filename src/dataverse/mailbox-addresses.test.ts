/** Addresses of mailboxes: one of each record, whatever their names. */

import { expect, it } from 'vitest';
import { NO_MEMBERSHIPS } from '../model/snapshot.ts';
import { emulated, resourceOf } from './emulated.test-support.ts';

const A = 'aaaaaaaa-0000-4000-8000-000000000001';
const B = 'BBBBBBBB-0000-4000-8000-000000000002';
const C = 'cccccccc-0000-4000-8000-000000000003';
const D = 'dddddddd-0000-4000-8000-000000000004';

it('says the id of the owner, or of the forward mailbox, where it is not alone with its name', async () => {
  const { reader } = emulated({
    queues: [{ name: 'Support', id: A }, { name: 'SUPPORT', id: B }, { name: 'Sales' }],
    forwardMailboxes: [{ name: 'Support' }, { name: 'In', id: C }, { name: 'in', id: D }],
  });
  const snapshot = await reader.read({ kinds: ['mailbox'], alerts: false, memberships: NO_MEMBERSHIPS });
  expect(snapshot.resources.map(({ address }) => address)).toEqual([
    `mailbox:forward/In (${C})`,
    `mailbox:forward/in (${D})`,
    'mailbox:forward/Support',
    'mailbox:queue/Sales',
    `mailbox:queue/Support (${A})`,
    `mailbox:queue/SUPPORT (${B.toLowerCase()})`,
  ]);
});

it('a plan goes on calling a mailbox as it began, when its namesake is gone', async () => {
  const { reader } = emulated({ queues: [{ name: 'Support', id: A }] });
  const snapshot = await reader.read({ kinds: ['mailbox'], alerts: false, memberships: NO_MEMBERSHIPS });
  const { records } = resourceOf(snapshot, 'mailbox:queue/Support');
  const readings = await reader.reread({ [`mailbox:queue/Support (${A})`]: records });
  expect([...readings.values()].map(({ address, exists }) => [address, exists])).toEqual([
    [`mailbox:queue/Support (${A})`, true],
  ]);
});
