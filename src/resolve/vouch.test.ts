/** Which address an approval vouches for (requirement A6). */

import { expect, it } from 'vitest';
import type { DeclaredResource, DeclaredRule } from '../model/config.ts';
import type { Desired } from '../model/desired.ts';
import type { Observed } from '../model/snapshot.ts';
import { config, forward, mailboxItem, queue, rule, snapshot, user } from '../model/world.test-support.ts';
import { resolve } from './resolve.ts';

const ALICE = 'alice@contoso.com';
const pending = { fields: { approved: 'pending' } } as const;
const moved = { ...pending, facts: { emailAddress: 'ceo@contoso.com' } } as const;
const approves = (match: DeclaredRule['match'] = {}): DeclaredRule =>
  rule('r', { approved: true }, { match });
const anyone = approves({ emailAddress: ['*@contoso.com'] });

/** What is asked of the mailbox, the address it is asked for, and what was withheld. */
function approval(desired: Desired): unknown {
  const [resource] = desired.resources;
  const [withheld] = desired.withheldApprovals;
  return [
    resource?.fields.get('approved')?.value ?? null,
    resource?.vouchedAddress ?? null,
    withheld === undefined ? null : [withheld.emailAddress, withheld.vouchedFor],
  ];
}

it.each<[string, Observed | null, DeclaredResource | null, DeclaredRule | null, unknown]>([
  [
    'an item vouches for the address beside it',
    queue('Support', pending),
    mailboxItem('queue', 'Support', { approved: true, emailAddress: 'help@contoso.com' }),
    null,
    [true, 'help@contoso.com', null],
  ],
  [
    'an item of a queue without an address vouches for none',
    queue('Support', pending),
    mailboxItem('queue', 'Support', { approved: true }),
    null,
    [null, null, ['support@contoso.com', null]],
  ],
  [
    'an item of a user vouches for the sign-in name',
    user(ALICE, pending),
    mailboxItem('user', ALICE, { approved: true }),
    null,
    [true, ALICE, null],
  ],
  [
    'an item of a user does not vouch for another address',
    user(ALICE, moved),
    mailboxItem('user', ALICE, { approved: true }),
    null,
    [null, null, ['ceo@contoso.com', ALICE]],
  ],
  [
    'an item of a user without an address vouches for none',
    user(ALICE, { ...pending, facts: { emailAddress: null } }),
    mailboxItem('user', ALICE, { approved: true }),
    null,
    [null, null, [null, ALICE]],
  ],
  [
    'a rule vouches for the sign-in name that its pattern matches',
    user(ALICE, pending),
    null,
    anyone,
    [true, ALICE, null],
  ],
  [
    'a rule without a pattern vouches for none',
    user(ALICE, pending),
    null,
    approves(),
    [null, null, [ALICE, ALICE]],
  ],
  [
    'a rule does not vouch for an address that is not the sign-in name',
    user(ALICE, moved),
    null,
    anyone,
    [null, null, ['ceo@contoso.com', ALICE]],
  ],
  [
    'a rule never vouches for a queue',
    queue('Support', pending),
    null,
    anyone,
    [null, null, ['support@contoso.com', null]],
  ],
  [
    'the address of an item is not beside the approval of a rule',
    queue('Support', pending),
    mailboxItem('queue', 'Support', { emailAddress: 'support@contoso.com' }),
    anyone,
    [null, null, ['support@contoso.com', null]],
  ],
  [
    'an address that stands in a rule proves nothing',
    queue('Support', pending),
    null,
    rule('r', { approved: true, emailAddress: 'support@contoso.com' }),
    [null, null, ['support@contoso.com', null]],
  ],
  [
    'a rule vouches for the sign-in name that an item makes the address',
    user(ALICE, moved),
    mailboxItem('user', ALICE, { emailAddress: ALICE }),
    anyone,
    [true, ALICE, null],
  ],
  [
    'a rule does not vouch for another address that an item declares',
    user(ALICE, pending),
    mailboxItem('user', ALICE, { emailAddress: 'ceo@contoso.com' }),
    anyone,
    [null, null, [ALICE, ALICE]],
  ],
  [
    'what is approved already stays as it is',
    queue('Support'),
    mailboxItem('queue', 'Support', { approved: true }),
    null,
    [true, null, null],
  ],
  [
    'an approval on the owner alone is none',
    queue('Support', { fields: { approved: 'approved-on-owner' } }),
    mailboxItem('queue', 'Support', { approved: true }),
    null,
    [null, null, ['support@contoso.com', null]],
  ],
  [
    'taking an approval away needs nobody to vouch',
    queue('Support'),
    mailboxItem('queue', 'Support', { approved: false }),
    null,
    [false, null, null],
  ],
  [
    'a forward mailbox that is there',
    forward('Inbound', pending),
    mailboxItem('forward', 'Inbound', { approved: true, emailAddress: 'inbound@contoso.com' }),
    null,
    [true, 'inbound@contoso.com', null],
  ],
  [
    'a forward mailbox that is created',
    null,
    mailboxItem('forward', 'Inbound', { approved: true, emailAddress: 'inbound@contoso.com' }),
    null,
    [true, 'inbound@contoso.com', null],
  ],
])('%s', (_name, observed, item, covering, expected) => {
  const desired = resolve(
    config({ mailboxes: item === null ? [] : [item], rules: covering === null ? [] : [covering] }),
    snapshot(observed === null ? [] : [observed]),
  );
  expect(approval(desired)).toEqual(expected);
  const told = desired.diagnostics.filter(({ code }) => code === 'approval-needs-address');
  expect(told).toHaveLength(desired.withheldApprovals.length);
});
