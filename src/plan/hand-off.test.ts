/** Which approvals this caller gives, and which become a list for a person (requirements A2, A3, D2). */

import { describe, expect, it } from 'vitest';
import type { Environment } from '../model/config.ts';
import type { Caller } from '../model/snapshot.ts';
import type { Value } from '../model/value.ts';
import {
  environment,
  mailboxItem,
  profile,
  profileItem,
  settings,
  settingsItem,
  snapshot,
  user,
} from '../model/world.test-support.ts';
import { withPlanFile } from './hand-off.ts';
import { planOf } from './planned.test-support.ts';

const ADA = 'ada@contoso.com';
const PRIVILEGED = { privileges: ['prvApproveRejectEmailAddress'] };
const ADMINISTRATOR = { ...PRIVILEGED, systemAdministrator: true };
const NOBODY = { privileges: [], systemAdministrator: false };
const ROBOT = { ...ADMINISTRATOR, applicationUser: true, signIn: null };
const POP = { serverProfile: { ref: 'profile:POP' } };
const NEW = { serverProfile: { ref: 'profile:Exchange Online' } };

const TENANT = [
  'Global administrator + System Administrator',
  'Exchange administrator + System Administrator',
  'Delegated Mailbox Approver + System Administrator',
];
const DATAVERSE = ['System Administrator with the privilege "Approve Email Addresses for Users or Queues"'];

interface Given {
  readonly name?: string;
  readonly caller: Partial<Caller>;
  readonly actual?: Readonly<Record<string, Value>>;
  readonly declared?: Readonly<Record<string, Value>>;
  readonly approvals?: Environment['approvals'];
}

function handoffs({
  name = 'alice@contoso.com',
  caller,
  actual,
  declared,
  approvals = 'apply',
}: Given): unknown {
  const world = [
    settings(),
    profile(),
    profile('POP', { fields: { type: 'pop3-smtp' } }),
    user(name, { fields: { approved: 'pending', ...actual } }),
  ];
  const mailboxes = [mailboxItem('user', name, { approved: true, emailAddress: name, ...declared })];
  const plan = planOf({
    config: { environment: environment({ approvals }), mailboxes },
    resources: world,
    seen: { caller: { ...snapshot([]).caller, ...caller } },
  });
  expect(plan.steps.filter(({ hand_off }) => hand_off).map(({ id }) => id)).toEqual(
    plan.handoffs.map(({ step }) => step),
  );
  return plan.handoffs.map(({ why, who }) => [why, who]);
}

describe('an approval', () => {
  it.each<[string, Given, unknown]>([
    ['by an administrator', { caller: ADMINISTRATOR }, []],
    ['without the privilege', { caller: { ...ADMINISTRATOR, privileges: [] } }, [['no-privilege', TENANT]]],
    ['without the role', { caller: { ...PRIVILEGED, systemAdministrator: false } }, [['no-role', TENANT]]],
    ['by an application, Exchange Online', { caller: ROBOT }, [['no-role', TENANT]]],
    ['by an application with the delegated role', { caller: { ...ROBOT, mailboxApprover: true } }, []],
    ['by an application, POP3', { caller: ROBOT, actual: POP }, []],
    [
      'by an application, POP3 without the privilege',
      { caller: { ...ROBOT, privileges: [] }, actual: POP },
      [['no-privilege', DATAVERSE]],
    ],
    [
      'by an application, no profile',
      { caller: ROBOT, actual: { serverProfile: null } },
      [['no-role', TENANT]],
    ],
    [
      'the profile that it will have counts',
      { caller: ROBOT, actual: POP, declared: NEW },
      [['no-role', TENANT]],
    ],
    ['of the own mailbox', { name: ADA, caller: NOBODY }, []],
    [
      'of the own mailbox with another address',
      { name: ADA, caller: NOBODY, declared: { emailAddress: 'ceo@contoso.com' } },
      [['no-privilege', TENANT]],
    ],
    ['of another mailbox by nobody', { caller: NOBODY }, [['no-privilege', TENANT]]],
    ['left to people', { caller: ADMINISTRATOR, approvals: 'hand-off' }, [['by-configuration', TENANT]]],
    ['by an administrator where hand-offs fail', { caller: ADMINISTRATOR, approvals: 'fail' }, []],
    ['by nobody where hand-offs fail', { caller: NOBODY, approvals: 'fail' }, [['no-privilege', TENANT]]],
    [
      'of the own mailbox, left to people',
      { name: ADA, caller: NOBODY, approvals: 'hand-off' },
      [['by-configuration', TENANT]],
    ],
    [
      'that the owner has and the mailbox does not show',
      { caller: ADMINISTRATOR, actual: { approved: 'approved-on-owner' } },
      [['owner-approved-mailbox-not', TENANT]],
    ],
    [
      'that is taken away',
      { caller: NOBODY, actual: { approved: 'approved' }, declared: { approved: false } },
      [['no-privilege', TENANT]],
    ],
  ])('%s', (_name, given, expected) => expect(handoffs(given)).toEqual(expected));

  it('goes by the profile that this plan creates', () => {
    const mailboxes = [
      mailboxItem('user', 'alice@contoso.com', { approved: true, serverProfile: { ref: 'profile:New' } }),
    ];
    const given = (type: string): unknown =>
      planOf({
        config: { profiles: [profileItem('New', { type })], mailboxes },
        resources: [settings(), profile(), user('alice@contoso.com', { fields: { approved: 'pending' } })],
        seen: { caller: { ...snapshot([]).caller, ...ROBOT } },
      }).handoffs.map(({ why }) => why);
    expect([given('imap-smtp'), given('exchange-online')]).toEqual([[], ['no-role']]);
  });

  it('says where and how a person gives it', () => {
    const plan = planOf({
      config: {
        environment: environment({ name: 'test', approvals: 'hand-off' }),
        mailboxes: [mailboxItem('user', ADA, { approved: true })],
      },
      resources: [settings(), profile(), user(ADA, { fields: { approved: 'pending' } })],
    });
    expect(plan.handoffs).toEqual([
      {
        step: `mailbox:user/${ADA}#approve`,
        address: `mailbox:user/${ADA}`,
        email_address: ADA,
        what: 'approve',
        who: TENANT,
        why: 'by-configuration',
        where: 'https://admin.powerplatform.microsoft.com',
        command: 'mailboxctl apply --env test --plan PLAN --only approvals',
      },
    ]);
  });
});

describe('the command of a hand-off', () => {
  const plan = planOf({
    config: {
      environment: environment({ name: 'test', approvals: 'hand-off' }),
      mailboxes: [mailboxItem('user', ADA, { approved: true })],
    },
    resources: [settings(), profile(), user(ADA, { fields: { approved: 'pending' } })],
  });
  const commands = (file: string | undefined): readonly string[] =>
    withPlanFile(plan, file).handoffs.map(({ command }) => command);

  it.each([
    [undefined, 'PLAN'],
    ['p.json', 'p.json'],
    ['out/$&.json', "'out/$&.json'"],
    ['C:\\plans\\p.json', 'C:\\plans\\p.json'],
    ["Ada's plan.json", "'Ada'\\''s plan.json'"],
  ])('names the file %s', (file, word) =>
    expect(commands(file)).toEqual([`mailboxctl apply --env test --plan ${word} --only approvals`]),
  );
});

describe('a sign-in', () => {
  const authentication = (incoming: string): Readonly<Record<string, Value>> => ({
    type: 'gmail',
    'incoming.authentication': incoming,
    'outgoing.authentication': 'gmail-oauth',
  });
  const GMAIL = { ref: 'profile:Gmail' };

  function planned(profileFields: Readonly<Record<string, Value>>, signedIn: boolean) {
    return planOf({
      config: { mailboxes: [mailboxItem('user', ADA, { serverProfile: GMAIL, testAndEnable: true })] },
      resources: [
        settings(),
        profile(),
        profile('Gmail', { fields: profileFields }),
        user(ADA, { fields: { signedIn } }),
      ],
    });
  }

  it('is what only the user of the mailbox can do, and its test waits for it', () => {
    const plan = planned(authentication('gmail-oauth'), false);
    expect(plan.steps.map(({ id }) => id)).toEqual([`mailbox:user/${ADA}#edit`]);
    expect(plan.held_back).toEqual([
      { address: `mailbox:user/${ADA}`, verb: 'test', reason: 'waits-for-sign-in' },
    ]);
    expect(plan.handoffs).toEqual([
      {
        step: `mailbox:user/${ADA}#test`,
        address: `mailbox:user/${ADA}`,
        email_address: ADA,
        what: 'sign-in',
        who: ['The user of the mailbox'],
        why: 'own-sign-in',
        where: 'the form of the mailbox in Dynamics 365, where its user signs in to Google',
        command: 'mailboxctl apply --env prod',
      },
    ]);
  });

  it.each([
    ['that this plan creates', 'New', []],
    ['that this plan changes', 'Gmail', [profile('Gmail', { fields: { type: 'gmail' } })]],
  ])('counts for a profile %s', (_name, name, there) => {
    const { steps, held_back } = planOf({
      config: {
        profiles: [profileItem(name, authentication('gmail-oauth'))],
        mailboxes: [
          mailboxItem('user', ADA, { serverProfile: { ref: `profile:${name}` }, testAndEnable: true }),
        ],
      },
      resources: [settings(), profile(), ...there, user(ADA, { fields: { signedIn: false } })],
    });
    expect(steps.map(({ address }) => address)).toEqual([`profile:${name}`, `mailbox:user/${ADA}`]);
    expect(held_back.map(({ verb, reason }) => [verb, reason])).toEqual([['test', 'waits-for-sign-in']]);
  });

  it.each([
    ['was made', planned(authentication('gmail-oauth'), true), true],
    ['is needed for one direction', planned(authentication('user-or-queue'), false), false],
    ['is not needed', planned({ type: 'gmail', 'incoming.authentication': 'user-or-queue' }, false), true],
  ])('%s', (_name, { steps, handoffs }, tested) => {
    expect([steps.some(({ verb }) => verb === 'test'), handoffs.length]).toEqual([tested, tested ? 0 : 1]);
  });
});

describe('the approval policy', () => {
  it.each<[string, Partial<Caller>, readonly string[]]>([
    ['by an administrator', ADMINISTRATOR, []],
    ['without the privilege', NOBODY, ['no-privilege']],
    ['by an application', ROBOT, ['no-role']],
  ])('%s', (_name, caller, expected) => {
    const plan = planOf({
      config: { settings: settingsItem({ 'onlyApproved.users': false }) },
      resources: [settings()],
      seen: { caller: { ...snapshot([]).caller, ...caller } },
    });
    expect(plan.handoffs.map(({ why }) => why)).toEqual(expected);
  });
});
