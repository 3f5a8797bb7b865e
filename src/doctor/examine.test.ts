/** What the doctor finds, one change of a healthy world at a time. */

import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../catalogue/catalogue.ts';
import type { Config, Environment } from '../model/config.ts';
import type { Doctor, DoctorFinding } from '../model/doctor.generated.ts';
import type { Plan } from '../model/plan.generated.ts';
import type { Caller, Observed, ReadDepth, Snapshot } from '../model/snapshot.ts';
import {
  AS_OF,
  config,
  environment,
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
import { NO_OPTIONS } from '../plan/context.ts';
import { makePlan } from '../plan/make-plan.ts';
import { resolve } from '../resolve/resolve.ts';
import { asIfUnapproved, type Seen } from './approvals.ts';
import { examine } from './examine.ts';
import { RIGHTS } from './rights.ts';

const ALL: Readonly<Record<string, ReadDepth>> = Object.fromEntries(
  RIGHTS.map(({ privilege }) => [privilege, 'global']),
);
const NOW = Date.parse(AS_OF);

interface Change {
  readonly config?: Partial<Config>;
  readonly environment?: Partial<Environment>;
  readonly caller?: Partial<Caller>;
  readonly depths?: Readonly<Record<string, ReadDepth | null>>;
  readonly snapshot?: Partial<Snapshot>;
  readonly resources?: readonly Observed[];
  readonly between?: readonly [number, number];
  readonly local?: boolean;
}

const CONFIG = {
  profiles: [profileItem(ONLINE, { type: 'exchange-online' })],
  settings: settingsItem({ 'onlyApproved.users': true }),
  rules: [
    rule('all', { approved: true, testAndEnable: true }, { match: { emailAddress: ['*@contoso.com'] } }),
  ],
  mailboxes: [mailboxItem('queue', 'Support', { emailAddress: 'support@contoso.com', approved: true })],
};

const RESOURCES = [
  profile(),
  settings({ 'alerts.errors': true }),
  user('alice@contoso.com'),
  queue('Support'),
];

function seenOf(change: Change): Seen {
  const configured = config({
    ...CONFIG,
    ...change.config,
    environment: environment({
      organizationId: '7d000000-0000-0000-0000-000000000001',
      ...change.environment,
    }),
  });
  const base = snapshot(change.resources ?? RESOURCES);
  const read: Snapshot = {
    ...base,
    caller: { ...base.caller, depths: { ...ALL, ...change.depths }, ...change.caller },
    capabilities: { ...base.capabilities, alerts: true, parallelism: 8 },
    ...change.snapshot,
  };
  return { config: configured, snapshot: read, desired: resolve(configured, read) };
}

function planOf({ config: { environment: where }, snapshot: read, desired }: Seen): Plan {
  return makePlan({
    catalogue: CATALOGUE,
    environment: where,
    snapshot: read,
    desired,
    history: { lastWrite: new Map(), untestedWrite: new Map(), openTests: new Map() },
    options: NO_OPTIONS,
    diagnostics: [],
    newRecord: () => ({ role: 'self', table: 'emailserverprofile', id: 'new', new: true }),
    digest: () => 'sha256:0',
    configDigest: 'sha256:0',
    toolVersion: '0.0.0',
    timestamp: AS_OF,
  });
}

function examined(change: Change = {}): Doctor {
  const seen = seenOf(change);
  return examine({
    seen,
    plan: planOf(seen),
    unapproved: planOf(asIfUnapproved(seen)),
    authentication: 'azure-cli',
    local: change.local ?? false,
    readBetween: change.between ?? [NOW - 200, NOW + 400],
  });
}

/** What is not in order, without what is. */
function troubles(change: Change): readonly (readonly [string, string, string])[] {
  return examined(change)
    .findings.filter(({ level }) => level !== 'ok')
    .map(({ level, id, what }) => [level, id, what]);
}

function only(id: DoctorFinding['id'], change: Change): readonly DoctorFinding[] {
  return examined(change).findings.filter((finding) => finding.id === id);
}

it('a healthy world is in order', () => {
  const { findings, summary } = examined();
  expect(findings.filter(({ level }) => level !== 'ok')).toEqual([]);
  expect(summary).toEqual({ problem: 0, warning: 0, ok: findings.length });
});

it('tells how far a clock of this machine that is set on purpose differs, without a warning', () => {
  const { findings } = examined({ between: [NOW + 11_000_000, NOW + 11_001_000], local: true });
  expect(findings.find(({ id }) => id === 'clock')).toEqual({
    id: 'clock',
    level: 'ok',
    what: "The environment is on this machine, with a clock of its own: this machine's is 3 h ahead of it.",
    so_what: null,
    mend: null,
  });
});

describe('findings', () => {
  it.each<[string, Change, readonly (readonly [string, string, string])[]]>([
    [
      'the organization is not declared',
      { environment: { organizationId: null } },
      [['warning', 'organization', '"prod" does not say which organization it is.']],
    ],
    ['nor has it to be on this machine', { environment: { organizationId: null }, local: true }, []],
    [
      'the local clock is ahead',
      { between: [NOW + 901_000, NOW + 902_000] },
      [['warning', 'clock', "This machine's clock is 15 min ahead of the service."]],
    ],
    [
      'the local clock is hours behind',
      { between: [NOW - 11_001_000, NOW - 11_000_000] },
      [['warning', 'clock', "This machine's clock is 3 h behind the service."]],
    ],
    [
      'the local clock is days ahead',
      { between: [NOW + 1_673_093_000, NOW + 1_673_094_000] },
      [['warning', 'clock', "This machine's clock is 19 days ahead of the service."]],
    ],
    [
      'a service on this machine has a clock of its own',
      { between: [NOW + 901_000, NOW + 902_000], local: true },
      [],
    ],
    [
      'the local clock is behind',
      { between: [NOW - 402_000, NOW - 401_000] },
      [['warning', 'clock', "This machine's clock is 6 min behind the service."]],
    ],
    [
      'part of the mailboxes cannot be seen',
      { snapshot: { notSeen: [{ kind: 'mailbox', sort: 'user', reason: 'read-depth', depth: 'local' }] } },
      [['warning', 'visibility', 'The account sees only some mailboxes of sort user (depth: local).']],
    ],
    [
      'the settings are closed',
      { snapshot: { notSeen: [{ kind: 'settings', sort: null, reason: 'no-privilege', depth: 'none' }] } },
      [['problem', 'visibility', 'The account may not read e-mail settings.']],
    ],
    [
      'rules match on teams that cannot be seen',
      {
        snapshot: { unseenMemberships: [{ membership: 'teams', reason: 'no-privilege', depth: 'none' }] },
      },
      [['problem', 'visibility', 'The account does not see all teams, and rules match on them.']],
    ],
    [
      'mailboxes cannot be written',
      { depths: { prvWriteMailbox: 'none' } },
      [['problem', 'rights', 'The account may not write mailboxes.']],
    ],
    [
      'only some queues can be written',
      { depths: { prvWriteQueue: 'local' } },
      [['warning', 'rights', 'The account may write only some queues (prvWriteQueue: local).']],
    ],
    ['what the configuration does not need may be missing', { depths: { prvDeleteMailbox: 'none' } }, []],
    [
      'privileges could not be read',
      { caller: { depths: {} } },
      [['warning', 'rights', 'Which privileges the account holds could not be found out.']],
    ],
    [
      'an application user without the role hands Exchange Online off',
      { caller: { applicationUser: true } },
      [
        [
          'warning',
          'approvals',
          'The account cannot approve 2 of 2 mailboxes through "Exchange Online": the account lacks a role that approving takes.',
        ],
      ],
    ],
    [
      'which is a problem where hand-offs fail',
      { caller: { privileges: [] }, environment: { approvals: 'fail' } },
      [
        [
          'problem',
          'approvals',
          'The account cannot approve 2 of 2 mailboxes through "Exchange Online": the account lacks the privilege to approve.',
        ],
      ],
    ],
    [
      'an application user with the role may, no more',
      { caller: { applicationUser: true, mailboxApprover: true } },
      [['warning', 'approvals', 'The account may approve: 2 mailboxes are to be approved.']],
    ],
    [
      'hand-offs by configuration are in order',
      { caller: { applicationUser: true }, environment: { approvals: 'hand-off' } },
      [],
    ],
    [
      'a column is missing',
      {
        snapshot: { capabilities: { ...capabilities(), absentColumns: ['mailbox.emailaddressapprovedon'] } },
      },
      [['warning', 'columns', 'The environment has no column mailbox.emailaddressapprovedon.']],
    ],
    [
      'alerts are closed',
      { snapshot: { capabilities: { ...capabilities(), alerts: false } } },
      [['warning', 'alerts', 'The account may not read alerts.']],
    ],
    [
      'no error alerts are written',
      {
        resources: [
          profile(),
          settings({ 'alerts.errors': false }),
          user('alice@contoso.com'),
          queue('Support'),
        ],
      },
      [['warning', 'error-alerts', 'The environment writes no alerts about errors.']],
    ],
    [
      'a test does not end',
      {
        resources: [
          ...RESOURCES.slice(0, 3),
          queue('Support', {
            fields: { 'tests.scheduled': true, 'tests.requestedOn': '2026-11-21T07:00:00Z' },
          }),
        ],
      },
      [['problem', 'background', 'Tests that were requested do not end: 1 of 1.']],
    ],
    [
      'the engine is silent',
      {
        resources: [
          ...RESOURCES.slice(0, 2),
          user('alice@contoso.com', { fields: { 'processing.attemptedOn': '2026-11-20T07:00:00Z' } }),
          queue('Support', { fields: { 'processing.attemptedOn': '2026-11-21T06:00:00Z' } }),
        ],
      },
      [
        [
          'warning',
          'background',
          'No mailbox of 2 that are enabled was looked at since 2026-11-21 06:00 UTC.',
        ],
      ],
    ],
  ])('%s', (_, change, expected) => expect(troubles(change)).toEqual(expected));
});

function capabilities(): Snapshot['capabilities'] {
  return { ...snapshot([]).capabilities, alerts: true };
}

describe('approvals of mailboxes that the account does not see', () => {
  const notSeen = [{ kind: 'mailbox', sort: 'queue', reason: 'no-privilege', depth: 'none' }] as const;
  const blind = { snapshot: { notSeen }, resources: RESOURCES.slice(0, 2) };
  const [support] = CONFIG.mailboxes;
  const one = { rules: [], mailboxes: support === undefined ? [] : [support] };
  const tell = (change: Change): readonly (readonly unknown[])[] =>
    only('approvals', change).map(({ level, what, so_what }) => [level, what, so_what]);
  const nothing = 'Nothing can be said about approvals of mailboxes that the account does not see.';

  it.each<[string, Change, readonly (readonly unknown[])[]]>([
    [
      'one item that is not seen',
      { ...blind, config: one },
      [['warning', nothing, 'The configuration asks for them: mailbox:queue/Support.']],
    ],
    [
      'an item and a rule that reaches nothing that is seen',
      blind,
      [['warning', nothing, 'The configuration asks for them: mailbox:queue/Support, rule "all".']],
    ],
    [
      'an item beside those that are seen, which a person approves',
      { ...blind, resources: RESOURCES.slice(0, 3), environment: { approvals: 'hand-off' } },
      [
        ['warning', nothing, 'The configuration asks for them: mailbox:queue/Support.'],
        [
          'ok',
          'Approvals are left to a person: the environment has "approvals: hand-off".',
          'Waiting for a person now: 0 approvals.',
        ],
      ],
    ],
    [
      'users are not seen, and a queue alone is asked for',
      {
        snapshot: { notSeen: [{ ...notSeen[0], sort: 'user' }] },
        config: one,
      },
      [
        [
          'ok',
          'The account may approve: 1 mailboxes are to be approved.',
          'Whether it is Global or Exchange administrator, which Exchange Online asks for, cannot be read from Dataverse. What the service ignores is read back and told.',
        ],
      ],
    ],
    [
      'everything is seen, and nothing is there',
      { resources: RESOURCES.slice(0, 2) },
      [
        [
          'ok',
          'No mailbox is to be approved now.',
          'The configuration asks for approvals, and reaches no mailbox whose e-mail address it vouches for.',
        ],
      ],
    ],
    [
      'no approval is asked for',
      { ...blind, config: { rules: [], mailboxes: [] } },
      [['ok', 'The configuration asks for no approval.', null]],
    ],
  ])('%s', (_, change, expected) => expect(tell(change)).toEqual(expected));
});

describe('what waits for a person is what the plan counts', () => {
  const onOwner = { fields: { approved: 'approved-on-owner' } };

  it.each<[string, Change, string, string]>([
    [
      'an approval that the service did not carry over to the mailbox',
      { resources: [...RESOURCES.slice(0, 3), queue('Support', onOwner)] },
      'The account cannot approve 1 of 2 mailboxes through "Exchange Online": the user or queue is approved but its mailbox is not.',
      'Waiting for a person now: 1 approvals, and the tests behind them.',
    ],
    [
      'approvals that were given before',
      { caller: { applicationUser: true } },
      'The account cannot approve 2 of 2 mailboxes through "Exchange Online": the account lacks a role that approving takes.',
      'Waiting for a person now: 0 approvals, and the tests behind them.',
    ],
    [
      'one that is still to be given',
      {
        caller: { applicationUser: true },
        resources: [...RESOURCES.slice(0, 3), queue('Support', { fields: { approved: 'pending' } })],
      },
      'The account cannot approve 2 of 2 mailboxes through "Exchange Online": the account lacks a role that approving takes.',
      'Waiting for a person now: 1 approvals, and the tests behind them.',
    ],
  ])('%s', (_, change, what, so_what) => {
    expect(only('approvals', change)).toMatchObject([{ what, so_what }]);
    const { handoffs } = planOf(seenOf(change));
    expect(so_what).toContain(
      `now: ${handoffs.filter((handoff) => handoff.what !== 'sign-in').length} approvals`,
    );
  });
});

it('says how to mend a lack, and what it rules out', () => {
  expect(only('rights', { depths: { prvWriteMailbox: 'none', prvAppendMailbox: 'none' } })).toEqual([
    {
      id: 'rights',
      level: 'problem',
      what: 'The account may not write mailboxes.',
      so_what:
        'Methods, server profile and state of mailboxes cannot be written, and no test can be requested.',
      mend: 'Give it a security role that holds prvWriteMailbox for the whole organization.',
    },
  ]);
});

it('counts approvals by the server profile that is desired, whatever the environment says of approvals', () => {
  const { approvals } = examined({
    caller: { applicationUser: true },
    environment: { approvals: 'hand-off' },
  });
  expect(approvals).toEqual([
    {
      server_profile: ONLINE,
      approvals: 2,
      handed_off: 2,
      why: ['no-role'],
      who: [
        'Global administrator + System Administrator',
        'Exchange administrator + System Administrator',
        'Delegated Mailbox Approver + System Administrator',
      ],
    },
  ]);
});
