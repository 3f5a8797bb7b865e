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
import { namedInBoth, namedMailboxes, need, needBoth } from './need.ts';

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

it('for two configurations, what either needs is read', () => {
  const team = config({ rules: [rule('r', {}, { match: { team: ['Mail'] } })] });
  const unit = config({ rules: [rule('r', {}, { match: { businessUnit: ['Sales'] } })] });
  const some = config({ settings: settingsItem({}) });
  const kinds = ['profile', 'settings', 'mailbox'];
  const memberships = { businessUnits: true, teams: true, securityRoles: false };
  expect(needBoth(team, unit)).toEqual({ kinds, alerts: false, memberships });
  expect(needBoth(some, config())).toEqual(need(some));
  expect(needBoth(config(), team)).toEqual(need(team));
});

const named = (...mailboxes: readonly Config['mailboxes'][number][]): Config => config({ mailboxes });
const ann = mailboxItem('user', 'ann@contoso.com');
const support = mailboxItem('queue', 'Support');
const NAMED_ANN = { sort: 'user', name: 'ann@contoso.com', id: null, emailAddress: null };
const NAMED_SUPPORT = { sort: 'queue', name: 'Support', id: null, emailAddress: null };

it.each<[string, Config, Config, readonly object[] | null]>([
  ['other mailboxes', named(ann), named(support), [NAMED_ANN, NAMED_SUPPORT]],
  ['the same one', named(ann), named(mailboxItem('user', 'Ann@Contoso.com')), [NAMED_ANN]],
  ['one and none', named(ann), config(), [NAMED_ANN]],
  ['none and one', config(), named(support), [NAMED_SUPPORT]],
  [
    'one with an e-mail address in one of them',
    named(support),
    named(mailboxItem('queue', 'Support', { emailAddress: 's@contoso.com' })),
    [{ ...NAMED_SUPPORT, emailAddress: 's@contoso.com' }],
  ],
  [
    'one with another e-mail address',
    named(mailboxItem('queue', 'Support', { emailAddress: 'a@contoso.com' })),
    named(mailboxItem('queue', 'Support', { emailAddress: 'b@contoso.com' })),
    null,
  ],
  ['one with rules', named(ann), config({ rules: [rule('all')] }), null],
  ['one with rules as the base', config({ rules: [rule('all')] }), named(ann), null],
  ['nothing in both', config(), config(), null],
])('for two configurations with %s, the mailboxes of both', (_name, own, base, expected) =>
  expect(namedInBoth(own, base)).toEqual(expected),
);
