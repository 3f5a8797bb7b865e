/** Every guard: when it fires, when it does not, and which addresses it names. */

import { describe, expect, it } from 'vitest';
import type { Observed } from '../../model/snapshot.ts';
import type { Value } from '../../model/value.ts';
import {
  environment,
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
    ['another direction begins', alice({ appointmentsContactsTasks: 'server-side-sync', ...TESTED }), null],
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
  ],
  'first-apply': [
    ['51 edits and nothing as declared', fleet(51, 51), named(51)],
    ['50 edits', fleet(50, 50), null],
    ['many edits, a tenth as declared', fleet(100, 90), null],
    ['many edits, less than a tenth as declared', fleet(100, 91), named(91)],
  ],
  cascade: [
    ['a changed profile makes tests necessary', changedPort('Gmail', TESTED, GMAIL), [A]],
    [
      'also one whose name holds a #',
      changedPort('C#', TESTED, { serverProfile: { ref: 'profile:C#' } }),
      [A],
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
