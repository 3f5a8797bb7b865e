/** What has to be read for what is declared. */

import { expect, it } from 'vitest';
import type { Kind } from '../model/address.ts';
import type { Config, DeclaredRule } from '../model/config.ts';
import { type Memberships, NO_MEMBERSHIPS } from '../model/snapshot.ts';
import {
  at,
  config,
  environment,
  mailboxItem,
  profileItem,
  rule,
  settingsItem,
} from '../model/world.test-support.ts';
import { namedMailboxes, need } from './need.ts';

const ceiling = (others: 'leave' | 'none'): Partial<Config> => ({
  environment: environment({ mail: { allow: ['*@test.contoso.com'], others, source: at(3) } }),
});

it.each<[string, Partial<Config>, readonly Kind[]]>([
  ['nothing', {}, []],
  ['settings, which refer to a profile', { settings: settingsItem({}) }, ['profile', 'settings']],
  ['a mailbox', { mailboxes: [mailboxItem('queue', 'Support')] }, ['profile', 'settings', 'mailbox']],
  ['a rule', { rules: [rule('all')] }, ['profile', 'settings', 'mailbox']],
  [
    'a profile, whose change can stop mailboxes that nothing mentions',
    { profiles: [profileItem('Gmail')] },
    ['profile', 'settings', 'mailbox'],
  ],
  ['a ceiling for all mailboxes', ceiling('none'), ['profile', 'settings', 'mailbox']],
  ['a ceiling for what is covered', ceiling('leave'), []],
])('%s', (_name, parts, kinds) =>
  expect(need(config(parts))).toEqual({ kinds, alerts: false, memberships: NO_MEMBERSHIPS }),
);

it.each<[string, Partial<DeclaredRule>, Partial<Memberships>]>([
  ['a business unit', { match: { businessUnit: ['Sales'] } }, { businessUnits: true }],
  ['a team', { match: { team: ['Mail'] } }, { teams: true }],
  ['a security role', { match: { securityRole: ['Salesperson'] } }, { securityRoles: true }],
  ['a team that is an exception', { except: ['ceo@contoso.com', { team: ['Mail'] }] }, { teams: true }],
  ['what the rows tell', { match: { licensed: true, signIn: ['*'], queue: ['*'], in: [] } }, {}],
])('memberships are read for a rule that matches on %s', (_name, parts, expected) => {
  const { memberships } = need(config({ rules: [rule('r', {}, parts)] }));
  expect(memberships).toEqual({ ...NO_MEMBERSHIPS, ...expected });
});

it('names the mailboxes of users and queues where single items are all there is', () => {
  const id = '20000000-0000-4000-8000-000000000001';
  const mailboxes = [
    { ...mailboxItem('queue', 'Support', { emailAddress: 'support@contoso.com' }), id },
    mailboxItem('user', 'ann@contoso.com'),
    mailboxItem('forward', 'Inbound'),
  ];
  expect(namedMailboxes(config({ mailboxes }))).toEqual([
    { sort: 'queue', name: 'Support', id, emailAddress: 'support@contoso.com' },
    { sort: 'user', name: 'ann@contoso.com', id: null, emailAddress: null },
  ]);
});

it.each<[string, Partial<Config>]>([
  ['nothing', { mailboxes: [] }],
  ['a rule', { rules: [rule('all')] }],
  ['a profile', { profiles: [profileItem('Gmail')] }],
  ['settings', { settings: settingsItem({}) }],
  ['a ceiling for all mailboxes', ceiling('none')],
  ['many', { mailboxes: Array.from({ length: 401 }, (_, at) => mailboxItem('queue', `Queue ${at}`)) }],
])('names none, since all may matter, with %s', (_name, parts) =>
  expect(namedMailboxes(config({ mailboxes: [mailboxItem('queue', 'Support')], ...parts }))).toBeNull(),
);
