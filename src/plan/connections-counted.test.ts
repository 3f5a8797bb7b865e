/** What a changed limit of connections counts (requirement P11). */

import { expect, it } from 'vitest';
import type { Value } from '../model/value.ts';
import { profile, profileItem, settings } from '../model/world.test-support.ts';
import { planOf } from './planned.test-support.ts';

type Fields = Readonly<Record<string, Value>>;

function counted(declared: Fields, actual: Fields): readonly unknown[] {
  const plan = planOf({
    config: { profiles: [profileItem('POP', declared)] },
    resources: [settings(), profile('POP', { fields: actual })],
  });
  return plan.diagnostics.map(({ code, severity, address, line, message }) => [
    code,
    severity,
    address,
    line,
    message.replace('maxConnections 20 of profile:POP limits ', ''),
  ]);
}

const by = (incoming: string, outgoing = incoming): Fields => ({
  'incoming.authentication': incoming,
  'outgoing.authentication': outgoing,
  maxConnections: 10,
});
const MORE = { maxConnections: 20 };
const MAILBOX = 'the connections of each mailbox, since mailboxes sign in by themselves';
const PROFILE = 'the connections of all mailboxes of the profile together, since it signs in for them';

it.each<[string, Fields, Fields, readonly string[]]>([
  ['mailboxes sign in', MORE, by('user-or-queue'), [MAILBOX]],
  ['the profile signs in', MORE, by('profile'), [PROFILE]],
  [
    'one way and the other',
    MORE,
    by('user-or-queue', 'profile'),
    [`for incoming mail ${MAILBOX}; for outgoing mail ${PROFILE}`],
  ],
  ['one way is not known', MORE, by('profile', 'pigeon'), [PROFILE]],
  [
    'as the plan makes it',
    { ...MORE, 'incoming.authentication': 'profile' },
    by('user-or-queue', 'profile'),
    [PROFILE],
  ],
  ['nothing is known', MORE, { maxConnections: 10 }, []],
  ['the limit stays', MORE, { ...by('profile'), ...MORE }, []],
  ['the profile goes', { absent: true }, by('profile'), []],
])('%s', (_name, declared, actual, texts) =>
  expect(counted(declared, actual)).toEqual(
    texts.map((text) => ['connections-counted', 'info', 'profile:POP', 20, text]),
  ),
);
