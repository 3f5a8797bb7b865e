/** Each check with what it accepts and what it finds; switching off, accepting, and telling many as one. */

import { describe, expect, it } from 'vitest';
import type { Config, DeclaredRule } from '../model/config.ts';
import { DIAGNOSTIC_CODES, type Diagnostic } from '../model/diagnostic.ts';
import type { Observed } from '../model/snapshot.ts';
import {
  at,
  config,
  environment,
  forward,
  mailboxItem,
  ONLINE,
  profile,
  profileItem,
  queue,
  rule,
  settings,
  settingsItem,
  snapshot,
  user,
} from '../model/world.test-support.ts';
import { resolve } from '../resolve/resolve.ts';
import { CHECK_IDS, CHECKS } from './checks.ts';
import { runChecks } from './run-checks.ts';

const ALICE = 'alice@contoso.com';
const SYNC = { incoming: 'server-side-sync', outgoing: 'server-side-sync' };
const DONE = { approved: true, testAndEnable: true };
const SUPPORT = { emailAddress: 'support@contoso.com', ...SYNC, ...DONE };

interface Given {
  readonly config: Partial<Config>;
  /** What the environment holds; without it only the files are looked at. */
  readonly resources?: readonly Observed[];
}

function found({ config: declared, resources }: Given): readonly Diagnostic[] {
  const all = config(declared);
  if (resources === undefined) return runChecks(all, null);
  const seen = snapshot(resources);
  return runChecks(all, { snapshot: seen, desired: resolve(all, seen) });
}

/** Findings of one check: address, line, message. */
function of(id: string, given: Given): readonly unknown[] {
  return found(given)
    .filter(({ code }) => code === `practice-${id}`)
    .map(({ address, source, message }) => [address, source?.line ?? null, message]);
}

const queueItem = (fields = {}): Given['config'] => ({
  mailboxes: [mailboxItem('queue', 'Support', fields)],
});
const userItem = (fields = {}): Given['config'] => ({ mailboxes: [mailboxItem('user', ALICE, fields)] });
const A = `mailbox:user/${ALICE}`;
const Q = 'mailbox:queue/Support';
const everyone = rule('everyone', { incoming: 'server-side-sync' });

interface Case {
  readonly id: string;
  readonly shows: string;
  readonly good: Given;
  readonly bad: Given;
  readonly found: readonly unknown[];
}

const changedBy = (by: string): Observed => ({
  ...profile(),
  modified: { on: '2026-11-10T08:00:00Z', by },
});

const CASES: readonly Case[] = [
  {
    id: 'server-side-sync',
    shows: 'new mailboxes without a method',
    good: { config: { settings: settingsItem({ 'newMailboxes.incoming': 'server-side-sync' }) } },
    bad: { config: { settings: settingsItem({ 'newMailboxes.incoming': 'none' }) } },
    found: [
      [
        'settings:email',
        30,
        'newMailboxes.incoming is "none": new users and queues get no server-side synchronization',
      ],
    ],
  },
  {
    id: 'server-side-sync',
    shows: 'a mailbox with an address and no method at all, which nobody wrote',
    good: {
      config: userItem({ incoming: 'none' }),
      resources: [user(ALICE, { fields: { incoming: 'none', outgoing: 'none' } })],
    },
    bad: {
      config: userItem({ testAndEnable: true }),
      resources: [user(ALICE, { fields: { incoming: 'none', outgoing: 'none' } })],
    },
    found: [[A, 50, 'it has an e-mail address, and neither incoming nor outgoing mail has a method']],
  },
  {
    id: 'server-side-sync',
    shows: 'nothing outside production, where methods are to be none',
    good: {
      config: {
        environment: environment({ purpose: 'non-production' }),
        settings: settingsItem({ 'newMailboxes.incoming': 'none' }),
      },
    },
    bad: { config: { settings: settingsItem({ 'newMailboxes.outgoing': 'none' }) } },
    found: [
      [
        'settings:email',
        30,
        'newMailboxes.outgoing is "none": new users and queues get no server-side synchronization',
      ],
    ],
  },
  {
    id: 'exchange-online',
    shows: 'another default profile although there is one of Exchange Online',
    good: {
      config: {
        profiles: [profileItem('POP', { type: 'pop3-smtp' })],
        settings: settingsItem({ 'newMailboxes.serverProfile': { ref: 'profile:POP' } }),
      },
    },
    bad: {
      config: {
        profiles: [
          profileItem('POP', { type: 'pop3-smtp' }),
          profileItem(ONLINE, { type: 'exchange-online' }),
        ],
        settings: settingsItem({ 'newMailboxes.serverProfile': { ref: 'profile:POP' } }),
      },
    },
    found: [
      [
        'settings:email',
        30,
        'newMailboxes.serverProfile is of type pop3-smtp, although the configuration has "Exchange Online" of type exchange-online',
      ],
    ],
  },
  {
    id: 'exchange-online',
    shows: 'a person with a licence on another server',
    good: { config: userItem(SYNC), resources: [profile(), user(ALICE)] },
    bad: {
      config: userItem(SYNC),
      resources: [
        profile(),
        profile('POP', { fields: { type: 'pop3-smtp' } }),
        user(ALICE, { fields: { serverProfile: { ref: 'profile:POP' } } }),
      ],
    },
    found: [[A, 50, 'the person has a licence, and the server profile is of type pop3-smtp']],
  },
  {
    id: 'exchange-online',
    shows: 'an active profile of Exchange Online, as it is or is to be',
    good: {
      config: {
        profiles: [profileItem('New', { type: 'exchange-online', state: 'inactive' })],
        ...userItem(),
      },
      resources: [
        profile(ONLINE, { fields: { state: 'inactive' } }),
        profile('POP', { fields: { type: 'pop3-smtp' } }),
        user(ALICE, { fields: { serverProfile: { ref: 'profile:POP' } } }),
      ],
    },
    bad: {
      config: {
        profiles: [profileItem('New', { type: 'exchange-online' })],
        rules: [rule('all', { serverProfile: { ref: 'profile:POP' } })],
      },
      resources: [profile('POP', { fields: { type: 'pop3-smtp' } }), user(ALICE)],
    },
    found: [[A, 40, 'the person has a licence, and the server profile is of type pop3-smtp']],
  },
  {
    id: 'folder-level-tracking',
    shows: 'declared off',
    good: { config: { settings: settingsItem({ 'tracking.folderLevel': true }) } },
    bad: { config: { settings: settingsItem({ 'tracking.folderLevel': false }) } },
    found: [
      ['settings:email', 30, 'tracking.folderLevel is false; nobody can track mail by moving it to a folder'],
    ],
  },
  {
    id: 'folder-level-tracking',
    shows: 'off in the environment whose settings are declared, but not this one',
    good: { config: {}, resources: [settings({ 'tracking.folderLevel': false })] },
    bad: {
      config: { settings: settingsItem({ 'onlyApproved.users': true }) },
      resources: [settings({ 'tracking.folderLevel': false })],
    },
    found: [
      [
        'settings:email',
        30,
        'folder-level tracking is off in the environment; nobody can track mail by moving it to a folder',
      ],
    ],
  },
  {
    id: 'queue-approved-and-tested',
    shows: 'by the files alone',
    good: { config: queueItem(SUPPORT) },
    bad: { config: queueItem(SYNC) },
    found: [[Q, 50, 'it uses server-side-sync, and is not to be approved, nor tested and enabled']],
  },
  {
    id: 'queue-approved-and-tested',
    shows: 'a test that a rule may ask for is not missed by the files alone',
    good: {
      config: { ...queueItem({ ...SYNC, approved: true }), rules: [rule('all', { testAndEnable: true })] },
    },
    bad: { config: queueItem({ ...SYNC, approved: true }) },
    found: [[Q, 50, 'it uses server-side-sync, and is not to be tested and enabled']],
  },
  {
    id: 'queue-approved-and-tested',
    shows: 'with what rules make of it',
    good: {
      config: {
        mailboxes: [mailboxItem('queue', 'Support', SUPPORT), mailboxItem('queue', '<alice>', SYNC)],
      },
      resources: [queue('Support'), queue('<alice>', { facts: { personalQueue: true, emailAddress: null } })],
    },
    bad: {
      config: { rules: [everyone] },
      resources: [queue('Support', { fields: { approved: 'pending' } })],
    },
    found: [[Q, 40, 'it uses server-side-sync, and is not to be approved, nor tested and enabled']],
  },
  {
    id: 'forward-mailbox',
    shows: 'each forward mailbox that is kept',
    good: {
      config: {
        mailboxes: [
          mailboxItem('forward', 'Off', { state: 'inactive' }),
          mailboxItem('forward', 'Gone', { absent: true }),
          mailboxItem('forward', 'Theirs', { managed: false }),
        ],
      },
    },
    bad: { config: { mailboxes: [mailboxItem('forward', 'Inbound')] } },
    found: [
      [
        'mailbox:forward/Inbound',
        50,
        'a forward mailbox is a single point of failure; Microsoft prefers individual mailboxes',
      ],
    ],
  },
  {
    id: 'outlook-method',
    shows: 'settings, items of users, rules for users',
    good: {
      config: { ...queueItem({ incoming: 'outlook' }), rules: [rule('all', { incoming: 'outlook' })] },
    },
    bad: {
      config: {
        ...userItem({ incoming: 'outlook' }),
        settings: settingsItem({ 'newMailboxes.outgoing': 'outlook' }),
        rules: [rule('people', { appointmentsContactsTasks: 'outlook' }, { match: { mailboxOf: ['user'] } })],
      },
    },
    found: [
      ['settings:email', 30, 'newMailboxes.outgoing "outlook" is deprecated'],
      [A, 50, 'incoming "outlook" is deprecated'],
      [null, 40, 'rule "people": appointmentsContactsTasks "outlook" is deprecated'],
    ],
  },
  {
    id: 'approval-required',
    shows: 'declared off',
    good: { config: { settings: settingsItem({ 'onlyApproved.users': true }) } },
    bad: { config: { settings: settingsItem({ 'onlyApproved.queues': false }) } },
    found: [
      [
        'settings:email',
        30,
        'onlyApproved.queues is false; mail of queues moves although nobody approved the address',
      ],
    ],
  },
  {
    id: 'approval-required',
    shows: 'off in the environment, and not declared',
    good: {
      config: { settings: settingsItem({ 'onlyApproved.users': true }) },
      resources: [settings({ 'onlyApproved.users': false })],
    },
    bad: { config: {}, resources: [settings({ 'onlyApproved.users': false })] },
    found: [
      ['settings:email', 2, 'the environment moves mail of users although nobody approved the address'],
    ],
  },
  {
    id: 'personal-queue-address',
    shows: 'an address on a personal queue, managed or not',
    good: {
      config: {},
      resources: [queue('Support'), queue('<alice>', { facts: { personalQueue: true, emailAddress: null } })],
    },
    bad: { config: {}, resources: [queue('<alice>', { facts: { personalQueue: true } })] },
    found: [
      [
        'mailbox:queue/<alice>',
        2,
        'it is a personal queue and has the e-mail address <alice>@contoso.com: all mail to it flows in',
      ],
    ],
  },
  {
    id: 'queue-address-of-person',
    shows: 'by the files alone',
    good: { config: { mailboxes: [mailboxItem('user', ALICE), mailboxItem('queue', 'Support', SUPPORT)] } },
    bad: {
      config: {
        mailboxes: [mailboxItem('user', ALICE), mailboxItem('queue', 'Support', { emailAddress: ALICE })],
      },
    },
    found: [[Q, 50, `emailAddress "${ALICE}" is that of ${ALICE}`]],
  },
  {
    id: 'queue-address-of-person',
    shows: 'with the people of the environment',
    good: {
      config: queueItem(SUPPORT),
      resources: [queue('Support'), user('support@contoso.com', { facts: { person: false } })],
    },
    bad: { config: queueItem(SUPPORT), resources: [queue('Support'), user('support@contoso.com')] },
    found: [[Q, 50, 'its e-mail address support@contoso.com is that of support@contoso.com']],
  },
  {
    id: 'queue-address-of-person',
    shows: 'of a person who is there: whose address is free may give it to a queue',
    good: {
      config: queueItem(SUPPORT),
      resources: [queue('Support'), user('support@contoso.com', { facts: { ownerEnabled: false } })],
    },
    bad: { config: {}, resources: [queue('Support'), user('support@contoso.com')] },
    found: [[Q, 2, 'its e-mail address support@contoso.com is that of support@contoso.com']],
  },
  {
    id: 'queue-owner-disabled',
    shows: 'a queue in use whose owner has left',
    good: {
      config: {},
      resources: [
        queue('Support', { facts: { queueOwner: { name: 'Bob', enabled: true } } }),
        queue('Unused', {
          facts: { queueOwner: { name: 'Bob', enabled: false } },
          fields: { incoming: 'none', outgoing: 'none' },
        }),
      ],
    },
    bad: {
      config: {},
      resources: [queue('Support', { facts: { queueOwner: { name: 'Bob', enabled: false } } })],
    },
    found: [[Q, 2, 'the queue belongs to Bob, who is disabled']],
  },
  {
    id: 'test-older-than-profile',
    shows: 'a test before a person changed the profile',
    good: { config: userItem({ ...SYNC, ...DONE }), resources: [changedBy('# SSSAdminProd'), user(ALICE)] },
    bad: { config: userItem({ ...SYNC, ...DONE }), resources: [changedBy('Ada'), user(ALICE)] },
    found: [
      [
        A,
        50,
        'the last test is older than the last change of the server profile "Exchange Online" (2026-11-10T08:00:00Z)',
      ],
    ],
  },
  {
    id: 'test-older-than-profile',
    shows: 'at the line of the profile where it is declared; a test of the same second is not older',
    good: {
      config: userItem({ ...SYNC, ...DONE }),
      resources: [changedBy('Ada'), user(ALICE, { fields: { 'tests.completedOn': '2026-11-10T08:00:00Z' } })],
    },
    bad: {
      config: { profiles: [profileItem(ONLINE)], rules: [rule('all', DONE)] },
      resources: [changedBy('Ada'), user(ALICE), user('bob@contoso.com')],
    },
    found: [
      [
        null,
        20,
        `2 mailboxes were last tested before Ada changed the server profile "Exchange Online" (2026-11-10T08:00:00Z): ${A}, mailbox:user/bob@contoso.com`,
      ],
    ],
  },
  {
    id: 'duplicate-address',
    shows: 'two active mailboxes of one address',
    good: {
      config: queueItem(SUPPORT),
      resources: [
        queue('Support'),
        queue('Old', { facts: { emailAddress: 'support@contoso.com' }, fields: { state: 'inactive' } }),
      ],
    },
    bad: {
      config: queueItem(SUPPORT),
      resources: [queue('Support'), queue('Old', { facts: { emailAddress: 'Support@contoso.com' } })],
    },
    found: [
      [Q, 50, 'its e-mail address is also that of mailbox:queue/Old'],
      ['mailbox:queue/Old', 2, 'its e-mail address is also that of mailbox:queue/Support'],
    ],
  },
];

const NAMESAKE = { facts: { emailAddress: 'old@contoso.com' }, id: 'id of the other' };

describe('queues of one name', () => {
  it('are told apart by their record: no address of one is taken for that of the other', () => {
    const item = mailboxItem('queue', 'Support', SUPPORT, { id: 'id of Support' });
    const all = config({ mailboxes: [item] });
    const seen = snapshot([queue('Support'), queue('Support', NAMESAKE)]);
    const desired = resolve(all, snapshot([queue('Support')]));
    expect(desired.resources.map(({ address }) => address)).toEqual([Q]);
    expect(runChecks(all, { snapshot: seen, desired })).toEqual([]);
  });
});

describe('the registry', () => {
  it('has each check once, and a code for each', () => {
    const codes = DIAGNOSTIC_CODES.filter((code) => code.startsWith('practice-'));
    expect([...CHECK_IDS].map((id) => `practice-${id}`).sort()).toEqual([...codes].sort());
  });

  it.each(CHECKS.map((check) => [check.id, check] as const))('%s says why', (_id, { title, why }) => {
    expect(title).toMatch(/^[A-Z].{5,}[^.]$/u);
    expect(why).toMatch(/^\S.{40,}\.$/u);
  });

  it('has a case for each check', () => {
    expect([...new Set(CASES.map(({ id }) => id))].sort()).toEqual([...CHECK_IDS].sort());
  });
});

describe('each check', () => {
  it.each(CASES)('$id: $shows', ({ id, good, bad, found: expected }) => {
    expect(of(id, good)).toEqual([]);
    expect(of(id, bad)).toEqual(expected);
  });

  it.each(CASES)('$id can be switched off: $shows', ({ id, bad }) => {
    const checksOff = [{ id, reason: 'We know.', source: at(5) }];
    expect(of(id, { ...bad, config: { ...bad.config, checksOff } })).toEqual([]);
  });

  it('says nothing of nothing', () => {
    expect([found({ config: {} }), found({ config: {}, resources: [] })]).toEqual([[], []]);
  });

  it('gives whole diagnostics', () => {
    expect(found({ config: { mailboxes: [mailboxItem('forward', 'Inbound')] } })).toEqual([
      {
        code: 'practice-forward-mailbox',
        severity: 'warning',
        address: 'mailbox:forward/Inbound',
        source: at(50),
        message: 'a forward mailbox is a single point of failure; Microsoft prefers individual mailboxes',
        hint: 'Give each user and queue server-side-sync where that is possible.',
      },
    ]);
  });
});

describe('what an item accepts', () => {
  const accepting = (ids: readonly string[]): Given => {
    const accept = ids.map((id) => [id, 'We know.']);
    return { config: { mailboxes: [mailboxItem('forward', 'Inbound', { accept })] } };
  };

  it('is not told', () => {
    expect(found(accepting(['forward-mailbox']))).toEqual([]);
    expect(found({ ...accepting(['forward-mailbox']), resources: [forward('Inbound')] })).toEqual([]);
  });

  it('is told where it accepts something else', () => {
    expect(of('forward-mailbox', accepting(['duplicate-address']))).toHaveLength(1);
  });
});

function matchOf(letter: string): DeclaredRule['match'] {
  return { emailAddress: [`${letter}*`] };
}

describe('many at once', () => {
  const people = Array.from(
    { length: 200 },
    (_, number) => `user${String(number).padStart(3, '0')}@contoso.com`,
  );
  const resources = people.map((name) => user(name, { fields: { incoming: 'none', outgoing: 'none' } }));

  it('is one diagnostic with a count and some names, where rules cover them', () => {
    const rules = [rule('everyone', { testAndEnable: true })];
    expect(of('server-side-sync', { config: { rules }, resources })).toEqual([
      [
        null,
        40,
        '200 mailboxes have an e-mail address and no method for mail: mailbox:user/user000@contoso.com, mailbox:user/user001@contoso.com, mailbox:user/user002@contoso.com and 197 more',
      ],
    ]);
  });

  it('is one diagnostic for each rule, at the line that brings it about', () => {
    const sorted = (name: string, line: number): ReturnType<typeof rule> =>
      rule(
        name,
        { incoming: 'server-side-sync' },
        { source: at(line, 'rules.yaml', name), match: matchOf(name) },
      );
    const queues = ['A1', 'A2', 'B1'].map((name) => queue(name, { fields: { approved: 'pending' } }));
    const base = rule('base', { appointmentsContactsTasks: 'none' }, { source: at(5, 'rules.yaml', 'base') });
    const rules = [base, sorted('a', 10), sorted('b', 20)];
    expect(of('queue-approved-and-tested', { config: { rules }, resources: queues })).toEqual([
      [
        null,
        10,
        '2 queues use server-side-sync, and are not to be both approved and tested: mailbox:queue/A1, mailbox:queue/A2',
      ],
      ['mailbox:queue/B1', 20, 'it uses server-side-sync, and is not to be approved, nor tested and enabled'],
    ]);
  });

  it('is one diagnostic for each, where an item stands behind each', () => {
    const mailboxes = people.map((name, index) =>
      mailboxItem('user', name, { testAndEnable: true }, { source: at(50 + index) }),
    );
    expect(of('server-side-sync', { config: { mailboxes }, resources })).toHaveLength(200);
  });
});

describe('a check that is switched off and does not exist', () => {
  const off = (id: string): readonly unknown[] =>
    found({ config: { checksOff: [{ id, reason: 'We know.', source: at(5) }] } }).map(
      ({ code, severity, source, hint }) => [code, severity, source?.line, hint],
    );

  it('is an error with the near miss', () => {
    expect(off('forward-mailboxes')).toEqual([
      ['check-unknown', 'error', 5, 'Did you mean "forward-mailbox"?'],
    ]);
    expect(off('xyz')).toEqual([['check-unknown', 'error', 5, 'Remove it.']]);
  });
});
