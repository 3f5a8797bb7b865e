/** Mailboxes and profiles that do not go together, where only the environment shows it. */

import { describe, expect, it } from 'vitest';
import type { Config } from '../model/config.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Observed } from '../model/snapshot.ts';
import {
  at,
  config,
  forward,
  mailboxItem,
  ONLINE,
  profile,
  profileItem,
  queue,
  rule,
  snapshot,
  user,
} from '../model/world.test-support.ts';
import { resolve } from './resolve.ts';

const ALICE = 'alice@contoso.com';
const BOB = 'bob@contoso.com';
const ways = (way: string) => ({ 'incoming.authentication': way, 'outgoing.authentication': way });
const POP3 = profile('Old', { fields: { type: 'pop3-smtp', ...ways('user-or-queue') } });
const EXCHANGE = profile(ONLINE, { fields: ways('server-to-server') });
const onOld = { serverProfile: { ref: 'profile:old' } };
const SYNC = { appointmentsContactsTasks: 'server-side-sync' };
const OWN = {
  credentials: 'allowed',
  'credentials.username': 'alice',
  'credentials.password': { is_set: true },
};
const QUIET = { incoming: 'none', outgoing: 'none' };
const RULED = at(40, 'mailboxctl.yaml', 'all');

function told(parts: Partial<Config>, resources: readonly Observed[]): readonly Diagnostic[] {
  return resolve(config(parts), snapshot([POP3, EXCHANGE, ...resources])).diagnostics;
}

function placed(parts: Partial<Config>, resources: readonly Observed[]): unknown {
  return told(parts, resources).map(({ code, severity, address, source, message }) => [
    `${severity} ${code}`,
    address,
    source,
    message,
  ]);
}

function item(fields: Parameters<typeof mailboxItem>[2], parts: Partial<Config> = {}): Partial<Config> {
  return { mailboxes: [mailboxItem('user', ALICE, fields)], ...parts };
}

describe('items', () => {
  it('appointments with a profile that only the environment has', () => {
    expect(placed(item({ ...onOld, ...SYNC, ...OWN }), [user(ALICE)])).toEqual([
      [
        'error type-forbids-appointments',
        `mailbox:user/${ALICE}`,
        at(50),
        `mailbox:user/${ALICE}: appointmentsContactsTasks "server-side-sync" is not possible with "Old", a profile of type pop3-smtp`,
      ],
    ]);
  });

  it('credentials with a profile that signs in by itself', () => {
    expect(placed(item(OWN), [user(ALICE)])).toEqual([
      [
        'error credentials-not-used',
        `mailbox:user/${ALICE}`,
        at(50),
        `mailbox:user/${ALICE}: credentials are not used with "${ONLINE}", which authenticates by server-to-server`,
      ],
    ]);
  });

  it('a profile that needs the credentials of each mailbox', () => {
    expect(placed(item(onOld), [user(ALICE)])).toEqual([
      [
        'warning credentials-missing',
        `mailbox:user/${ALICE}`,
        at(50),
        `mailbox:user/${ALICE}: no credentials, but "Old" authenticates by user or queue`,
      ],
    ]);
  });

  const old = { serverProfile: { ref: 'profile:Old' } };
  const half = profile('Half', {
    fields: { ...ways('user-or-queue'), type: 'imap-smtp', 'outgoing.authentication': 'profile' },
  });
  const renewed = profileItem('Old', { type: 'pop3-smtp', ...ways('profile') });
  const created = profileItem('New', { type: 'imap-smtp' });
  it.each<[string, Partial<Config>, readonly Observed[], readonly string[]]>([
    [
      'appointments that move to such a profile',
      item(onOld),
      [user(ALICE, { fields: { ...SYNC, ...OWN } })],
      ['type-forbids-appointments'],
    ],
    [
      'appointments that are asked for at such a profile',
      item(SYNC),
      [user(ALICE, { fields: { ...old, ...OWN } })],
      ['type-forbids-appointments'],
    ],
    [
      'appointments that the service has let stand',
      item({ ...onOld, ...SYNC }),
      [user(ALICE, { fields: { ...old, ...SYNC, ...OWN } })],
      [],
    ],
    ['appointments with Exchange', item(SYNC), [user(ALICE)], []],
    [
      'appointments on a profile that nothing here speaks of',
      item({ outgoing: 'none' }),
      [user(ALICE, { fields: { ...old, ...SYNC, ...OWN } })],
      [],
    ],
    ['the credentials are there', item(onOld), [user(ALICE, { fields: OWN })], []],
    [
      'the environment holds no password',
      item(onOld),
      [user(ALICE, { fields: { ...OWN, 'credentials.password': { is_set: false } } })],
      ['credentials-missing'],
    ],
    [
      'the environment holds no user name',
      item(onOld),
      [user(ALICE, { fields: { ...OWN, 'credentials.username': null } })],
      ['credentials-missing'],
    ],
    [
      'the password is declared',
      item({ ...onOld, 'credentials.password': { secret: 'env:PASSWORD' } }),
      [user(ALICE, { fields: { ...OWN, 'credentials.password': { is_set: false } } })],
      [],
    ],
    [
      'a queue that moves there by rule',
      { rules: [rule('all', { serverProfile: { ref: 'profile:Old' } })] },
      [queue('Support', { fields: { serverProfile: { ref: 'profile:Half' } } }), half],
      ['credentials-missing'],
    ],
    ['the credentials are declared', item({ ...onOld, ...OWN }), [user(ALICE)], []],
    [
      'the credentials are taken away',
      item({ credentials: 'none' }),
      [user(ALICE, { fields: { ...old, ...OWN } })],
      ['credentials-missing'],
    ],
    ['no mail moves', item({ ...onOld, ...QUIET }), [user(ALICE)], []],
    ['the mailbox is inactive', item(onOld), [user(ALICE, { fields: { state: 'inactive' } })], []],
    [
      'a direction is turned on',
      item({ outgoing: 'server-side-sync' }),
      [user(ALICE, { fields: { ...old, outgoing: 'none' } })],
      ['credentials-missing'],
    ],
    ['nothing here has to do with it', item({ approved: false }), [user(ALICE, { fields: old })], []],
    [
      'only the other direction needs them',
      item({ serverProfile: { ref: 'profile:Half' }, incoming: 'none' }),
      [half, user(ALICE)],
      [],
    ],
    [
      'one direction uses the credentials',
      item({ serverProfile: { ref: 'profile:Half' }, ...OWN }),
      [half, user(ALICE)],
      [],
    ],
    [
      'outgoing mail signs in as incoming mail does',
      item({ ...onOld, incoming: 'none' }),
      [user(ALICE)],
      ['credentials-missing'],
    ],
    ['the profile is changed here', item(onOld, { profiles: [renewed] }), [user(ALICE)], []],
    [
      'the profile is created here',
      item({ serverProfile: { ref: 'profile:New' } }, { profiles: [created] }),
      [user(ALICE)],
      ['credentials-missing'],
    ],
    [
      'how it signs in is not known',
      item({ ...OWN, serverProfile: { ref: 'profile:Odd' } }),
      [profile('Odd', { fields: ways('other') }), user(ALICE)],
      [],
    ],
    [
      'a forward mailbox that is created',
      { mailboxes: [mailboxItem('forward', 'In', { ...onOld, incoming: 'server-side-sync' })] },
      [],
      ['credentials-missing'],
    ],
    [
      'one that is to be deleted',
      { mailboxes: [mailboxItem('forward', 'In', { absent: true })] },
      [forward('In', { fields: old })],
      [],
    ],
  ])('%s', (_name, parts, resources, expected) =>
    expect(told(parts, resources).map(({ code }) => code)).toEqual(expected),
  );
});

it('of a rule, once for its line and the profile, with how many', () => {
  const parts = { rules: [rule('all', { ...onOld, ...SYNC })] };
  expect(placed(parts, [user(BOB), user(ALICE), queue('Support')])).toEqual([
    [
      'warning credentials-missing',
      null,
      RULED,
      'mailbox:queue/Support and 2 more: no credentials, but "Old" authenticates by user or queue',
    ],
    [
      'error type-forbids-appointments',
      null,
      RULED,
      'mailbox:queue/Support and 2 more: appointmentsContactsTasks "server-side-sync" is not possible with "Old", a profile of type pop3-smtp',
    ],
  ]);
});

describe('users of a profile for Gmail', () => {
  const gmail = profile('Gmail', { fields: { type: 'gmail', ...ways('gmail-oauth') } });
  const onGmail = { serverProfile: { ref: 'profile:Gmail' } };
  const people = (count: number, fields: Readonly<Record<string, string | object>> = {}) =>
    Array.from({ length: count }, (_, index) =>
      user(`u${index}@contoso.com`, { fields: fields as typeof onGmail }),
    );

  it('are counted over rules', () => {
    expect(placed({ rules: [rule('all', onGmail)] }, [gmail, ...people(101)])).toEqual([
      [
        'warning gmail-user-limit',
        'profile:Gmail',
        RULED,
        '101 mailboxes will use "Gmail"; a profile of type gmail serves at most 100 users',
      ],
    ]);
  });

  it.each<[string, Partial<Config>, readonly Observed[], readonly (string | number | undefined)[]]>([
    ['a hundred', { rules: [rule('all', onGmail)] }, [gmail, ...people(100)], []],
    [
      'a profile that is created',
      { profiles: [profileItem('Gmail', { type: 'gmail' })], rules: [rule('all', onGmail)] },
      people(101),
      ['gmail-user-limit', 20],
    ],
    [
      'mailboxes that nobody manages',
      item(onGmail),
      [gmail, user(ALICE), ...people(100, onGmail)],
      ['gmail-user-limit', 50],
    ],
    [
      'a profile that nothing here speaks of',
      item({ outgoing: 'none' }),
      [gmail, user(ALICE), ...people(101, onGmail)],
      [],
    ],
    [
      'mailboxes that move no mail',
      item(onGmail),
      [gmail, user(ALICE), ...people(100, { ...onGmail, ...QUIET })],
      [],
    ],
    [
      'mailboxes that move away',
      { rules: [rule('all', { serverProfile: { ref: `profile:${ONLINE}` } })] },
      [gmail, ...people(101, onGmail)],
      [],
    ],
  ])('%s', (_name, parts, resources, expected) =>
    expect(told(parts, resources).flatMap(({ code, source }) => [code, source?.line])).toEqual(expected),
  );
});
