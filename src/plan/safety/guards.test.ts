/** Every guard: when it fires, when it does not, and which addresses it names. */

import { describe, expect, it } from 'vitest';
import type { MailCeiling } from '../../model/config.ts';
import type { Observed } from '../../model/snapshot.ts';
import type { Value } from '../../model/value.ts';
import {
  at,
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
  user,
} from '../../model/world.test-support.ts';
import { type Case, planOf } from '../planned.test-support.ts';
import { GUARD_NAMES, type GuardName } from './guard.ts';
import { GUARDS } from './guards.ts';
import { refusing } from './risks.ts';

const A = 'mailbox:user/a@contoso.com';
const S = 'mailbox:queue/Support';
const world: readonly Observed[] = [settings(), profile(), profile('Gmail'), profile('C#')];
const TESTED = { testAndEnable: true };
const GMAIL = { serverProfile: { ref: 'profile:Gmail' } };

type Fields = Readonly<Record<string, Value>>;

function alice(declared: Fields, actual: Fields = {}): Case {
  return {
    config: { mailboxes: [mailboxItem('user', 'a@contoso.com', declared)] },
    resources: [...world, user('a@contoso.com', { fields: actual })],
  };
}

/** `many` mailboxes of a rule, the first `differing` of which are not as it says. */
function fleet(many: number, differing: number, declared: Fields = { outgoing: 'none' }): Case {
  const users = Array.from({ length: many }, (_, index) => {
    const name = `user${String(index).padStart(3, '0')}@contoso.com`;
    return user(name, {
      fields: { outgoing: index < differing ? 'outlook' : 'none', 'tests.outgoing': 'not-run' },
    });
  });
  return { config: { rules: [rule('all', declared)] }, resources: [...world, ...users] };
}

function inEnvironment(given: Case, parts: Parameters<typeof environment>[0]): Case {
  return { ...given, config: { ...given.config, environment: environment(parts) } };
}

function named(count: number): readonly string[] {
  return Array.from(
    { length: count },
    (_, index) => `mailbox:user/user${String(index).padStart(3, '0')}@contoso.com`,
  );
}

/** Everybody leaves Gmail, which is deactivated. */
function leaving(declared: Fields, more: readonly Observed[] = []): Case {
  return {
    config: {
      profiles: [profileItem('Gmail', { state: 'inactive' })],
      mailboxes: [mailboxItem('user', 'a@contoso.com', declared)],
    },
    resources: [...world, user('a@contoso.com', { fields: GMAIL }), ...more],
  };
}

const F = 'mailbox:forward/Inbound';
const MARKED = { ...TESTED, syncFromThisOrganizationOnly: true };
const CEILING: MailCeiling = { allow: ['*@test.contoso.com'], others: 'none', source: at(9) };

/** Inbound is deleted. */
function forwardGone(fields: Fields = {}): Case {
  return {
    config: { mailboxes: [mailboxItem('forward', 'Inbound', { absent: true })] },
    resources: [...world, forward('Inbound', { fields })],
  };
}

/** Gmail is deleted, as these say. */
function profileGone(mailboxes: Fields, more: readonly Observed[] = [], defaults: Fields = {}): Case {
  return {
    config: {
      profiles: [profileItem('Gmail', { absent: true })],
      mailboxes: [mailboxItem('user', 'a@contoso.com', mailboxes)],
    },
    resources: [
      settings(defaults),
      profile(),
      profile('Gmail'),
      user('a@contoso.com', { fields: GMAIL }),
      ...more,
    ],
  };
}

/** A profile and a mailbox on it process mail from these times; so they are declared. */
function processedFrom(
  times: { readonly profile?: string; readonly mailbox?: string },
  declared: { readonly profile?: string; readonly mailbox?: string },
): Case {
  const from = (time: string | undefined): Fields => (time === undefined ? {} : { processEmailsFrom: time });
  return {
    config: {
      profiles: [profileItem('Gmail', from(declared.profile))],
      mailboxes: [mailboxItem('user', 'a@contoso.com', from(declared.mailbox))],
    },
    resources: [
      settings(),
      profile('Gmail', { fields: from(times.profile) }),
      user('a@contoso.com', { fields: { ...GMAIL, ...from(times.mailbox) } }),
    ],
  };
}

function unmanaged({ config, ...given }: Case): Case {
  return { ...given, config: { ...config, mailboxes: [] } };
}

/** Alice moves to a profile that processes mail from this time. */
function moving(profileFrom: string | null, declared: Fields = {}, actual: Fields = {}): Case {
  return {
    config: { mailboxes: [mailboxItem('user', 'a@contoso.com', { ...GMAIL, ...TESTED, ...declared })] },
    resources: [
      settings(),
      profile(),
      profile('Gmail', { fields: { processEmailsFrom: profileFrom } }),
      user('a@contoso.com', { fields: actual }),
    ],
  };
}

/** The plan begins to require approval, and approves Alice. */
function requiringApproval(actual: Fields): Case {
  return {
    config: {
      settings: settingsItem({ 'onlyApproved.users': true }),
      mailboxes: [mailboxItem('user', 'a@contoso.com', { approved: true })],
    },
    resources: [
      settings({ 'onlyApproved.users': false }),
      profile(),
      user('a@contoso.com', { fields: actual }),
    ],
  };
}

function changedPort(name: string, mailboxes: Fields, actual: Fields): Case {
  return {
    config: {
      profiles: [profileItem(name, { 'incoming.port': 993 })],
      mailboxes: [mailboxItem('user', 'a@contoso.com', mailboxes)],
    },
    resources: [...world, user('a@contoso.com', { fields: actual })],
  };
}

const CASES: Readonly<Record<GuardName, readonly (readonly [string, Case, readonly string[] | null])[]>> = {
  'mail-stops': [
    ['a working direction gets another method', alice({ incoming: 'none' }), [A]],
    ['a working direction is handed to Outlook', alice({ outgoing: 'outlook' }), [A]],
    ['a direction that failed', alice({ incoming: 'none' }, { 'tests.incoming': 'failure' }), null],
    ['a direction that is off', alice({ incoming: 'none' }, { 'enabled.incoming': false }), null],
    ['a direction that was not synchronized', alice({ incoming: 'none' }, { incoming: 'outlook' }), null],
    ['an approval is taken away', alice({ approved: false }), [A]],
    [
      'an approval is taken away where nothing works',
      alice({ approved: false }, { 'tests.incoming': 'failure', 'tests.outgoing': 'failure' }),
      null,
    ],
    ['the mailbox is deactivated', alice({ state: 'inactive' }), [A]],
    ['another profile, tested again', alice({ ...GMAIL, ...TESTED }), null],
    ['a forward mailbox that works is deleted', forwardGone(), [F]],
    ['one that does not', forwardGone({ 'enabled.incoming': false, 'enabled.outgoing': false }), null],
    ['the ceiling ends it', inEnvironment(alice({}), { mail: CEILING }), [A]],
    ['the ceiling lets it be', inEnvironment(alice({}), { mail: { ...CEILING, allow: ['a@*'] } }), null],
    ['another direction begins', alice({ appointmentsContactsTasks: 'server-side-sync', ...TESTED }), null],
    ['its mail waits for a time to come', processedFrom({}, { mailbox: '2027-01-01T00:00:00Z' }), [A]],
    [
      'its profile does, and nobody declares the mailbox',
      unmanaged(processedFrom({}, { profile: '2027-01-01T00:00:00Z' })),
      [A],
    ],
    ['it moves to a profile that does', moving('2027-01-01T00:00:00Z'), [A]],
    [
      'the later time counts, and that is past',
      processedFrom({ profile: '2026-05-01T00:00:00Z' }, { mailbox: '2026-04-01T00:00:00Z' }),
      null,
    ],
    [
      'mail that waits already waits longer',
      processedFrom({ profile: '2026-12-01T00:00:00Z' }, { mailbox: '2027-01-01T00:00:00Z' }),
      null,
    ],
    [
      'where incoming mail does not work',
      moving('2027-01-01T00:00:00Z', {}, { 'tests.incoming': 'failure' }),
      null,
    ],
    ['where none comes in any more', moving('2027-01-01T00:00:00Z', { incoming: 'none' }), [A]],
  ],
  'breaks-working-mailbox': [
    ['another profile, not tested', alice(GMAIL), [A]],
    ['another profile, tested', alice({ ...GMAIL, ...TESTED }), null],
    [
      'another profile where nothing works',
      alice(GMAIL, { 'enabled.incoming': false, 'enabled.outgoing': false }),
      null,
    ],
    [
      'another address whose approval a person gives',
      inEnvironment(
        {
          config: {
            mailboxes: [
              mailboxItem('queue', 'Support', {
                emailAddress: 'help@contoso.com',
                approved: true,
                ...TESTED,
              }),
            ],
          },
          resources: [...world, queue('Support')],
        },
        { approvals: 'hand-off' },
      ),
      [S],
    ],
    [
      'another method, which may cost the other direction, whose mailbox is not tested',
      alice({ outgoing: 'none' }),
      [A],
    ],
    ['all mail is turned off: nothing is left to work', alice({ incoming: 'none', outgoing: 'none' }), null],
    [
      'a changed profile of a mailbox that is not managed',
      {
        ...changedPort('Gmail', {}, {}),
        resources: [...world, user('a@contoso.com'), user('b@contoso.com', { fields: GMAIL })],
      },
      ['mailbox:user/b@contoso.com'],
    ],
    ['a changed profile of a mailbox that is tested', changedPort('Gmail', TESTED, GMAIL), null],
    ['a changed profile that nobody uses', changedPort('Gmail', {}, {}), null],
    ['a profile is deactivated that a mailbox keeps', leaving({}), [A]],
    ['a profile is deleted that a mailbox keeps', profileGone({}), [A]],
    [
      'approval is required of a mailbox that works without',
      {
        config: { settings: settingsItem({ 'onlyApproved.users': true }) },
        resources: [
          settings({ 'onlyApproved.users': false }),
          profile(),
          user('a@contoso.com', { fields: { approved: 'pending' } }),
          user('b@contoso.com'),
          queue('Support', { fields: { approved: 'pending' } }),
        ],
      },
      [A],
    ],
    [
      'approval is required of a mailbox that this plan approves',
      {
        config: {
          settings: settingsItem({ 'onlyApproved.users': true }),
          mailboxes: [mailboxItem('user', 'a@contoso.com', { approved: true })],
        },
        resources: [
          settings({ 'onlyApproved.users': false }),
          profile(),
          user('a@contoso.com', { fields: { approved: 'pending' } }),
        ],
      },
      null,
    ],
    [
      'approval is required, and on purpose taken away',
      {
        config: {
          settings: settingsItem({ 'onlyApproved.users': true }),
          mailboxes: [mailboxItem('user', 'a@contoso.com', { approved: false })],
        },
        resources: [settings({ 'onlyApproved.users': false }), profile(), user('a@contoso.com')],
      },
      null,
    ],
    [
      'a person requires approval, and gives it with the same command',
      inEnvironment(requiringApproval({ approved: 'pending' }), { approvals: 'hand-off' }),
      null,
    ],
    [
      'approval is required, and a person has to give it later',
      requiringApproval({ approved: 'approved-on-owner' }),
      [A],
    ],
    [
      'a profile is deactivated that everybody leaves',
      leaving({ serverProfile: { ref: `profile:${ONLINE}` }, ...TESTED }),
      null,
    ],
    [
      'a profile is deactivated that somebody else uses',
      leaving({ serverProfile: { ref: `profile:${ONLINE}` }, ...TESTED }, [
        user('b@contoso.com', { fields: GMAIL }),
      ]),
      ['mailbox:user/b@contoso.com'],
    ],
  ],
  'delete-mail': [
    [
      'turned on',
      {
        config: { mailboxes: [mailboxItem('queue', 'Support', { deleteEmailsAfterProcessing: true })] },
        resources: [...world, queue('Support', { fields: { deleteEmailsAfterProcessing: false } })],
      },
      [S],
    ],
    [
      'turned off',
      {
        config: { mailboxes: [mailboxItem('queue', 'Support', { deleteEmailsAfterProcessing: false })] },
        resources: [...world, queue('Support', { fields: { deleteEmailsAfterProcessing: true } })],
      },
      null,
    ],
    [
      'a new mailbox that does it from the start',
      {
        config: {
          mailboxes: [mailboxItem('forward', 'Inbound', { deleteEmailsAfterProcessing: true })],
        },
        resources: world,
      },
      [F],
    ],
  ],
  delete: [
    ['a forward mailbox', forwardGone(), [F]],
    ['a profile', profileGone({}), ['profile:Gmail']],
    [
      'nothing, where it is gone',
      { config: { profiles: [profileItem('Old', { absent: true })] }, resources: world },
      null,
    ],
  ],
  protected: [
    ['an edit of what is protected', alice({ outgoing: 'none', protect: true }), [A]],
    [
      'a test of what is protected',
      alice({ ...TESTED, protect: true }, { 'tests.incoming': 'not-run' }),
      [A],
    ],
    ['nothing to do for what is protected', alice({ protect: true }), null],
    ['an edit of what is not', alice({ outgoing: 'none' }), null],
  ],
  'primary-org': [
    ['marked for the first time', alice(MARKED), [A]],
    ['marked already, and tested', alice(MARKED, { ...MARKED, 'tests.incoming': 'not-run' }), null],
    [
      'marked already, taken by another, and taken back on request',
      {
        ...alice(MARKED, { ...MARKED, 'enabled.incoming': false, 'enabled.outgoing': false }),
        options: { retest: () => true },
      },
      [A],
    ],
    ['not declared', alice(TESTED, { 'tests.incoming': 'not-run' }), null],
  ],
  'older-mail': [
    ['the same time', processedFrom({ profile: '2026-01-01T00:00:00Z' }, {}), null],
    [
      'an earlier time of the profile',
      processedFrom({ profile: '2026-05-01T00:00:00Z' }, { profile: '2026-01-01T00:00:00Z' }),
      [A, 'profile:Gmail'],
    ],
    [
      'an earlier time of the profile, and a later one of the mailbox',
      processedFrom(
        { profile: '2026-05-01T00:00:00Z', mailbox: '2026-06-01T00:00:00Z' },
        { profile: '2026-01-01T00:00:00Z' },
      ),
      ['profile:Gmail'],
    ],
    [
      'a later time of the profile, which is past as well',
      processedFrom({ profile: '2026-01-01T00:00:00Z' }, { profile: '2026-05-01T00:00:00Z' }),
      ['profile:Gmail'],
    ],
    [
      'a time of the profile that is to come',
      processedFrom({ profile: '2026-01-01T00:00:00Z' }, { profile: '2027-05-01T00:00:00Z' }),
      null,
    ],
    [
      'a later time of the mailbox',
      processedFrom({ mailbox: '2026-01-01T00:00:00Z' }, { mailbox: '2026-05-01T00:00:00Z' }),
      null,
    ],
    [
      'a new profile with a time in the past, that nobody goes through yet',
      {
        config: {
          profiles: [profileItem('New', { type: 'gmail', processEmailsFrom: '2026-01-01T00:00:00Z' })],
        },
        resources: world,
      },
      ['profile:New'],
    ],
    [
      'a profile with a time in the past goes',
      {
        config: { profiles: [profileItem('Gmail', { absent: true })] },
        resources: [settings(), profile('Gmail', { fields: { processEmailsFrom: '2026-01-01T00:00:00Z' } })],
      },
      null,
    ],
    [
      'an earlier time of the mailbox',
      processedFrom({ mailbox: '2026-05-01T00:00:00Z' }, { mailbox: '2026-04-01T00:00:00Z' }),
      [A],
    ],
    [
      'a first time where all mail was processed',
      processedFrom({}, { mailbox: '2026-04-01T00:00:00Z' }),
      null,
    ],
    ['moves to a profile with a time in the past', moving('2026-01-01T00:00:00Z'), [A]],
    ['moves to a profile with a time to come', moving('2027-01-01T00:00:00Z'), null],
    ['moves to a profile without a time', moving(null), null],
    [
      'moves there, and keeps a later time of its own',
      moving('2026-01-01T00:00:00Z', { processEmailsFrom: '2027-01-01T00:00:00Z' }),
      null,
    ],
    ['moves there without receiving mail', moving('2026-01-01T00:00:00Z', { incoming: 'none' }), null],
  ],
  deactivate: [
    ['a mailbox', alice({ state: 'inactive' }), [A]],
    ['a profile', leaving({}), ['profile:Gmail']],
    ['one that is inactive', alice({ state: 'inactive' }, { state: 'inactive' }), null],
  ],
  'approval-off': [
    [
      'turned off',
      { config: { settings: settingsItem({ 'onlyApproved.users': false }) }, resources: world },
      ['settings:email'],
    ],
    [
      'turned on',
      {
        config: { settings: settingsItem({ 'onlyApproved.users': true }) },
        resources: [settings({ 'onlyApproved.users': false })],
      },
      null,
    ],
  ],
  'approve-rejected': [
    ['rejected by a person', alice({ approved: true }, { approved: 'rejected' }), [A]],
    ['pending', alice({ approved: true }, { approved: 'pending' }), null],
    [
      'rejected by a person, under another address',
      {
        config: {
          mailboxes: [mailboxItem('queue', 'Support', { emailAddress: 'help@contoso.com', approved: true })],
        },
        resources: [...world, queue('Support', { fields: { approved: 'rejected' } })],
      },
      [S],
    ],
  ],
  'personal-queue-address': [
    [
      'a personal queue gets an address',
      {
        config: { mailboxes: [mailboxItem('queue', 'Support', { emailAddress: 'help@contoso.com' })] },
        resources: [...world, queue('Support', { facts: { personalQueue: true } })],
      },
      [S],
    ],
    [
      'a shared queue does',
      {
        config: { mailboxes: [mailboxItem('queue', 'Support', { emailAddress: 'help@contoso.com' })] },
        resources: [...world, queue('Support')],
      },
      null,
    ],
  ],
  'test-in-non-production': [
    [
      'non-production',
      inEnvironment(alice(TESTED, { 'tests.incoming': 'not-run' }), { purpose: 'non-production' }),
      [A],
    ],
    ['production', alice(TESTED, { 'tests.incoming': 'not-run' }), null],
    [
      'non-production with a ceiling',
      inEnvironment(alice(TESTED, { 'tests.incoming': 'not-run' }), {
        purpose: 'non-production',
        mail: { ...CEILING, allow: ['*'] },
      }),
      null,
    ],
    ...[
      'emulator',
      'http://localhost:8080',
      'http://127.0.0.1:5',
      'http://127.8.0.1/',
      'http://[::1]:5/api',
    ].map(
      (url) =>
        [
          url,
          inEnvironment(alice(TESTED, { 'tests.incoming': 'not-run' }), { purpose: 'non-production', url }),
          null,
        ] as const,
    ),
    ...['https://localhost.contoso.com', 'https://127.0.0.1.contoso.com', 'https://emulator'].map(
      (url) =>
        [
          url,
          inEnvironment(alice(TESTED, { 'tests.incoming': 'not-run' }), { purpose: 'non-production', url }),
          [A],
        ] as const,
    ),
  ],
  'max-changes': [
    ['a tenth of many', fleet(100, 10), null],
    ['a fifth of many', fleet(100, 20), null],
    ['more than a fifth of many', fleet(100, 21), named(21)],
    ['few, although all', fleet(9, 9), null],
    ['ten, all of them', fleet(10, 10), named(10)],
    [
      'as the environment allows',
      inEnvironment(fleet(100, 21), { guards: { maxChanges: { share: 0.5, from: 10 } } }),
      null,
    ],
    ['tests are no changes', fleet(30, 30, TESTED), null],
    [
      'what is left for later runs counts',
      inEnvironment(fleet(100, 30, { outgoing: 'none', ...TESTED }), {
        tests: { ...environment().tests, perRun: 5 },
      }),
      named(30),
    ],
  ],
  'first-apply': [
    ['51 edits and nothing as declared', fleet(51, 51), named(51)],
    ['50 edits', fleet(50, 50), null],
    ['many edits, a tenth as declared', fleet(100, 90), null],
    ['many edits, less than a tenth as declared', fleet(100, 91), named(91)],
    [
      'many edits, most of them in later runs',
      inEnvironment(fleet(100, 91, { outgoing: 'none', ...TESTED }), {
        tests: { ...environment().tests, perRun: 60 },
      }),
      named(91),
    ],
  ],
  cascade: [
    ['a changed profile makes tests necessary', changedPort('Gmail', TESTED, GMAIL), [A]],
    [
      'also one whose name holds a #',
      changedPort('C#', TESTED, { serverProfile: { ref: 'profile:C#' } }),
      [A],
    ],
    [
      'changed settings of new mailboxes, which a mailbox applies',
      {
        config: {
          settings: settingsItem({ 'newMailboxes.outgoing': 'none' }),
          mailboxes: [mailboxItem('user', 'a@contoso.com', { applyDefaultEmailSettings: true })],
        },
        resources: [...world, user('a@contoso.com'), user('b@contoso.com')],
      },
      [A],
    ],
    [
      'changed settings of new mailboxes, and a mailbox that says the same by itself',
      {
        config: {
          settings: settingsItem({ 'newMailboxes.outgoing': 'none' }),
          mailboxes: [mailboxItem('user', 'a@contoso.com', { outgoing: 'none' })],
        },
        resources: [...world, user('a@contoso.com')],
      },
      null,
    ],
    ['a test for another reason', changedPort('Gmail', TESTED, { 'tests.incoming': 'not-run' }), null],
  ],
  'max-messages': [
    [
      'half of what a run may test',
      inEnvironment(alice(TESTED, { 'tests.incoming': 'not-run' }), {
        tests: { ...environment().tests, perRun: 2 },
      }),
      [A],
    ],
    [
      'less',
      inEnvironment(alice(TESTED, { 'tests.incoming': 'not-run' }), {
        tests: { ...environment().tests, perRun: 3 },
      }),
      null,
    ],
    [
      'another mailbox is targeted',
      {
        ...inEnvironment(alice(TESTED, { 'tests.incoming': 'not-run' }), {
          tests: { ...environment().tests, perRun: 1 },
        }),
        options: { targets: [(address) => address === S] },
      },
      null,
    ],
    [
      'a test that sends nothing',
      inEnvironment(alice(TESTED, { outgoing: 'none', 'tests.incoming': 'not-run' }), {
        tests: { ...environment().tests, perRun: 2 },
      }),
      null,
    ],
  ],
};

function addressesOf(guard: GuardName, given: Case): readonly string[] | null {
  return planOf(given).risks.find((risk) => risk.guard === guard)?.addresses ?? null;
}

describe.each(GUARD_NAMES.map((name) => [name] as const))('%s', (name) => {
  it.each(CASES[name])('%s', (_name, given, expected) => expect(addressesOf(name, given)).toEqual(expected));
});

it('every name has its guard', () => {
  expect(GUARDS.map(({ name }) => name).sort()).toEqual([...GUARD_NAMES].sort());
});

describe('what a guard says', () => {
  const messageOf = (guard: GuardName, given: Case): string | undefined =>
    planOf(given).risks.find((risk) => risk.guard === guard)?.message;
  const many = Array.from({ length: 7 }, (_, index) => user(`u${index}@contoso.com`, { fields: GMAIL }));

  it.each<[string, GuardName, Case, string]>([
    ['a mailbox that goes', 'delete', forwardGone(), 'Resources deleted: 1'],
    [
      'who uses a profile that goes, managed or not, and that it is the default',
      'delete',
      profileGone({}, many, { 'newMailboxes.serverProfile': { ref: 'profile:Gmail' } }),
      'Resources deleted: 1. profile:Gmail is still used by mailboxes: 8 (a@contoso.com, u0@contoso.com, u1@contoso.com, u2@contoso.com, u3@contoso.com and 3 more), and the default of new mailboxes',
    ],
    [
      'a profile that everybody leaves',
      'delete',
      profileGone({ serverProfile: { ref: `profile:${ONLINE}` } }),
      'Resources deleted: 1',
    ],
    [
      'who uses a profile that is deactivated',
      'deactivate',
      leaving({}),
      'Resources deactivated: 1. profile:Gmail is still used by mailboxes: 1 (a@contoso.com)',
    ],
    [
      'until when mail waits',
      'mail-stops',
      processedFrom({}, { mailbox: '2027-01-01T00:00:00Z' }),
      'Incoming mail before 2027-01-01T00:00Z is left alone (processEmailsFrom). Mailboxes: 1',
    ],
    [
      'that one direction ends, once',
      'mail-stops',
      moving('2027-01-01T00:00:00Z', { incoming: 'none' }),
      'Mail that moves now stops for mailboxes: 1',
    ],
    [
      'from when on older mail comes',
      'older-mail',
      moving('2026-01-01T00:00:00Z'),
      'Older mail is pulled in. Mailboxes: 1 (from 2026-01-01T00:00Z: 1)',
    ],
    [
      'that older mail comes with whatever mailbox moves there later',
      'older-mail',
      processedFrom({ profile: '2026-05-01T00:00:00Z' }, { profile: '2026-01-01T00:00:00Z' }),
      'Older mail is pulled in. Mailboxes: 1 (from 2026-01-01T00:00Z: 1). Older mail will be pulled in for mailboxes newly associated with server profiles: 1 (from 2026-01-01T00:00Z: 1)',
    ],
    [
      'how many mailboxes and tests a changed default reaches',
      'cascade',
      {
        config: {
          settings: settingsItem({ 'newMailboxes.serverProfile': { ref: 'profile:Gmail' } }),
          rules: [rule('all', { applyDefaultEmailSettings: true, ...TESTED })],
        },
        resources: [...world, user('a@contoso.com'), user('b@contoso.com')],
      },
      'Changed settings of new mailboxes reach those that apply them. Mailboxes: 2, tests: 2',
    ],
    [
      'that approval is what a working mailbox will lack',
      'breaks-working-mailbox',
      {
        config: { settings: settingsItem({ 'onlyApproved.users': true }) },
        resources: [
          settings({ 'onlyApproved.users': false }),
          user('a@contoso.com', { fields: { approved: 'pending' } }),
        ],
      },
      'Works now without approval, which this plan begins to require: 1',
    ],
  ])('%s', (_name, guard, given, message) => expect(messageOf(guard, given)).toBe(message));
});

describe('what is accepted', () => {
  const given = alice({ state: 'inactive' });
  const allow = (...names: readonly string[]): ReadonlySet<string> => new Set(names);

  it('a risk names what accepted it', () => {
    const { risks } = planOf({ ...given, options: { allow: allow('deactivate') } });
    expect(risks.map(({ guard, allowed_by }) => [guard, allowed_by])).toEqual([
      ['mail-stops', null],
      ['deactivate', '--allow deactivate'],
    ]);
  });

  it('refusing are those that nobody accepted, neither when planning nor when applying', () => {
    const { risks } = planOf({ ...given, options: { allow: allow('deactivate') } });
    expect(refusing(risks, allow()).map(({ guard }) => guard)).toEqual(['mail-stops']);
    expect(refusing(risks, allow('mail-stops'))).toEqual([]);
  });

  it('a notice refuses nothing', () => {
    const { risks } = planOf(changedPort('Gmail', TESTED, GMAIL));
    expect(risks.map(({ guard, severity }) => [guard, severity])).toEqual([['cascade', 'notice']]);
    expect(refusing(risks, allow())).toEqual([]);
  });

  it('what a guard counts is the whole plan, whatever is targeted', () => {
    const { risks, steps } = planOf({ ...given, options: { targets: [() => false] } });
    expect([steps, risks.map(({ guard }) => guard)]).toEqual([[], ['mail-stops', 'deactivate']]);
  });
});
