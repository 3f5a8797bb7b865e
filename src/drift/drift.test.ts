/** Every class and subclass of drift, what a finding says, and when a report is clean. */

import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import schema from '../../schemas/drift.schema.json' with { type: 'json' };
import { CATALOGUE, demandedInTheEnd } from '../catalogue/catalogue.ts';
import { isStolen } from '../catalogue/mailbox-tests.ts';
import type { Config } from '../model/config.ts';
import type { Drift, DriftFinding } from '../model/drift.generated.ts';
import type { PlanHeldBack } from '../model/plan.generated.ts';
import type { NotSeen, Observed } from '../model/snapshot.ts';
import type { Value } from '../model/value.ts';
import {
  AS_OF,
  at,
  config,
  environment,
  mailboxItem,
  namesake,
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
import { COUNTING_CLASSES, DRIFT_CLASSES, type DriftClass, drift } from './drift.ts';

const ALICE = 'alice@contoso.com';
const A = `mailbox:user/${ALICE}`;
const TESTED = { testAndEnable: true };

type Fields = Readonly<Record<string, Value>>;

interface Given {
  readonly config?: Partial<Config>;
  readonly resources?: readonly Observed[];
  readonly notSeen?: readonly NotSeen[];
  readonly counting?: readonly DriftClass[];
  readonly previous?: Drift | null;
  readonly heldBack?: readonly PlanHeldBack[];
}

function driftOf({
  config: declared,
  resources = [],
  notSeen = [],
  counting = COUNTING_CLASSES,
  previous = null,
  heldBack = [],
}: Given): Drift {
  const all = config(declared);
  const seen = snapshot(resources, { notSeen });
  return drift({
    environment: all.environment,
    snapshot: seen,
    desired: resolve(all, seen),
    demanded: ({ kind, fields }, actual) => demandedInTheEnd(CATALOGUE, kind, fields, actual),
    verbOf: (kind, field) => CATALOGUE.row(kind, field)?.verb ?? null,
    stolen: isStolen,
    approvedByTenant: (type) => type === 'exchange-online',
    heldBack,
    explain: () => null,
    counting,
    previous,
  });
}

function alice(declared: Fields, actual: Fields = {}): Given {
  return {
    config: { mailboxes: [mailboxItem('user', ALICE, declared)] },
    resources: [user(ALICE, { fields: actual })],
  };
}

function held(verb: PlanHeldBack['verb'], reason: PlanHeldBack['reason'], until?: string): PlanHeldBack {
  return { address: A, verb, reason, ...(until === undefined ? {} : { until }) };
}

const EMPTY = {
  subclass: null,
  field: null,
  desired: null,
  actual: null,
  since: null,
  by: null,
  message: null,
  is_new: false,
  source: at(50),
} as const;

const TESTED_ON = '2026-11-01T08:00:00Z';
const FAILED = { 'tests.incoming': 'failure', 'enabled.incoming': false };
const STUCK = {
  'tests.scheduled': true,
  'tests.requestedOn': '2026-11-21T08:44:59Z',
  'tests.incoming': 'not-run',
};
const ALERTS: Observed['alerts'] = [
  { level: 'information', time: '2026-11-20T08:00:01Z', text: 'Your mailbox failed.', code: null },
  { level: 'error', time: '2026-11-20T08:00:00Z', text: 'No such host.', code: 'HostNotFound' },
];
const JOINED = { approved: 'pending', 'tests.completedOn': null, 'tests.incoming': 'not-run' };
const everyone = rule(
  'everyone',
  { approved: true, ...TESTED },
  { match: { emailAddress: ['*@contoso.com'] } },
);
const ruled = at(40, 'mailboxctl.yaml', 'everyone');

describe('findings', () => {
  it.each<[string, Given, readonly DriftFinding[]]>([
    ['nothing declared, nothing there', {}, []],
    ['everything as declared', alice({ incoming: 'server-side-sync', approved: true, ...TESTED }), []],
    [
      'fields that are not declared are not looked at',
      alice({}, { incoming: 'none', approved: 'rejected', ...FAILED }),
      [],
    ],
    [
      'configuration',
      alice({ outgoing: 'outlook' }),
      [
        {
          ...EMPTY,
          class: 'configuration',
          severity: 'medium',
          address: A,
          field: 'outgoing',
          desired: 'outlook',
          actual: 'server-side-sync',
        },
      ],
    ],
    [
      'configuration of a profile',
      { config: { profiles: [profileItem(ONLINE, { state: 'inactive' })] }, resources: [profile()] },
      [
        {
          ...EMPTY,
          class: 'configuration',
          severity: 'medium',
          address: `profile:${ONLINE}`,
          field: 'state',
          desired: 'inactive',
          actual: 'active',
          source: at(20),
        },
      ],
    ],
    [
      'configuration of the settings',
      { config: { settings: settingsItem({ 'onlyApproved.users': false }) }, resources: [settings()] },
      [
        {
          ...EMPTY,
          class: 'configuration',
          severity: 'medium',
          address: 'settings:email',
          field: 'onlyApproved.users',
          desired: false,
          actual: true,
          source: at(30),
        },
      ],
    ],
    [
      'approval lost',
      alice({ approved: true }, { approved: 'pending' }),
      [
        {
          ...EMPTY,
          class: 'approval',
          severity: 'medium',
          address: A,
          field: 'approved',
          desired: 'approved',
          actual: 'pending',
        },
      ],
    ],
    [
      'approval that is not wanted',
      alice({ approved: false }),
      [
        {
          ...EMPTY,
          class: 'approval',
          severity: 'medium',
          address: A,
          field: 'approved',
          desired: 'rejected',
          actual: 'approved',
        },
      ],
    ],
    [
      'approval of an address that nothing vouches for, with both addresses',
      {
        config: { mailboxes: [mailboxItem('user', ALICE, { approved: true })] },
        resources: [
          user(ALICE, { facts: { emailAddress: 'ceo@contoso.com' }, fields: { approved: 'pending' } }),
        ],
      },
      [
        {
          ...EMPTY,
          class: 'approval',
          severity: 'high',
          address: A,
          field: 'approved',
          desired: 'approved',
          actual: 'pending',
          message: `Its e-mail address is ceo@contoso.com, and the sign-in name is ${ALICE}: not approved from here.`,
          held: 'approval-needs-address',
        },
      ],
    ],
    [
      'health: a direction that failed is disabled too, and told once',
      alice(TESTED, FAILED),
      [
        {
          ...EMPTY,
          class: 'health',
          subclass: 'failed',
          severity: 'high',
          address: A,
          field: 'tests.incoming',
          desired: 'success',
          actual: 'failure',
          since: TESTED_ON,
        },
      ],
    ],
    [
      'health: disabled although the test was a success',
      alice(TESTED, { 'enabled.outgoing': false }),
      [
        {
          ...EMPTY,
          class: 'health',
          subclass: 'disabled',
          severity: 'high',
          address: A,
          field: 'enabled.outgoing',
          desired: true,
          actual: false,
          since: TESTED_ON,
        },
      ],
    ],
    [
      'health: one direction failed, another is disabled',
      alice(TESTED, { ...FAILED, 'enabled.outgoing': false }),
      [
        {
          ...EMPTY,
          class: 'health',
          subclass: 'disabled',
          severity: 'high',
          address: A,
          field: 'enabled.outgoing',
          desired: true,
          actual: false,
          since: TESTED_ON,
        },
        {
          ...EMPTY,
          class: 'health',
          subclass: 'failed',
          severity: 'high',
          address: A,
          field: 'tests.incoming',
          desired: 'success',
          actual: 'failure',
          since: TESTED_ON,
        },
      ],
    ],
    [
      'health: never tested',
      alice(TESTED, { 'tests.incoming': 'not-run', 'tests.completedOn': null }),
      [
        {
          ...EMPTY,
          class: 'health',
          severity: 'high',
          address: A,
          field: 'tests.incoming',
          desired: 'success',
          actual: 'not-run',
        },
      ],
    ],
    [
      'health: no test of a direction that is to be turned off',
      alice({ incoming: 'none', ...TESTED }, FAILED),
      [
        {
          ...EMPTY,
          class: 'configuration',
          severity: 'medium',
          address: A,
          field: 'incoming',
          desired: 'none',
          actual: 'server-side-sync',
        },
      ],
    ],
    [
      'health: a direction that is to be turned on is told by its method',
      alice(
        { incoming: 'server-side-sync', ...TESTED },
        { incoming: 'none', 'tests.incoming': 'not-run', 'enabled.incoming': false },
      ),
      [
        {
          ...EMPTY,
          class: 'configuration',
          severity: 'medium',
          address: A,
          field: 'incoming',
          desired: 'server-side-sync',
          actual: 'none',
        },
      ],
    ],
    [
      'health: a test that hangs',
      alice(TESTED, STUCK),
      [
        {
          ...EMPTY,
          class: 'health',
          subclass: 'stuck',
          severity: 'high',
          address: A,
          field: 'tests.incoming',
          desired: 'success',
          actual: 'not-run',
          since: '2026-11-21T08:44:59Z',
          message:
            'The test does not end: background operations of the environment may be off, or administration mode on.',
        },
      ],
    ],
    [
      'health: a test that is under way',
      alice(TESTED, { ...STUCK, 'tests.requestedOn': '2026-11-21T08:45:00Z' }),
      [
        {
          ...EMPTY,
          class: 'health',
          severity: 'medium',
          address: A,
          field: 'tests.incoming',
          desired: 'success',
          actual: 'not-run',
          since: TESTED_ON,
          message: 'A test is under way.',
        },
      ],
    ],
    [
      'health: stolen, which only one that takes the mailbox over mends',
      alice(TESTED, { 'enabled.incoming': false, 'enabled.outgoing': false }),
      ['incoming', 'outgoing'].map((direction) => ({
        ...EMPTY,
        class: 'health',
        subclass: 'stolen',
        severity: 'high',
        address: A,
        field: `enabled.${direction}`,
        desired: true,
        actual: false,
        since: TESTED_ON,
        message:
          'Every test was a success and every direction is off: another environment has taken the Exchange mailbox over. It is not tested again by itself; --retest takes it back.',
      })),
    ],
    [
      'health: held, since a reason that is known keeps the test from being made',
      { ...alice(TESTED, { 'tests.incoming': 'not-run' }), heldBack: [held('test', 'owner-disabled')] },
      [
        {
          ...EMPTY,
          class: 'health',
          subclass: 'held',
          severity: 'medium',
          address: A,
          field: 'tests.incoming',
          desired: 'success',
          actual: 'not-run',
          since: TESTED_ON,
          message: 'The user or queue that it belongs to is disabled.',
          held: 'owner-disabled',
        },
      ],
    ],
    [
      'health: failed is worse than held, and both are told, with the newest alert',
      {
        config: { mailboxes: [mailboxItem('user', ALICE, TESTED)] },
        resources: [{ ...user(ALICE, { fields: FAILED }), alerts: ALERTS }],
        heldBack: [held('test', 'failed-recently', '2026-11-22T08:00:19.000Z')],
      },
      [
        {
          ...EMPTY,
          class: 'health',
          subclass: 'failed',
          severity: 'high',
          address: A,
          field: 'tests.incoming',
          desired: 'success',
          actual: 'failure',
          since: TESTED_ON,
          message:
            'HostNotFound: No such host. Its last test failed not long ago, and nothing has changed since. Not before 2026-11-22 08:00 UTC.',
          held: 'failed-recently',
        },
      ],
    ],
    [
      'health: a tenant approval that is missing is named as a likely cause',
      {
        config: { mailboxes: [mailboxItem('user', ALICE, TESTED)] },
        resources: [profile(), user(ALICE, { fields: { ...FAILED, 'approval.byTenant': false } })],
      },
      [
        {
          ...EMPTY,
          class: 'health',
          subclass: 'failed',
          severity: 'high',
          address: A,
          field: 'tests.incoming',
          desired: 'success',
          actual: 'failure',
          since: TESTED_ON,
          message:
            'A tenant administrator has not approved the e-mail address, which Exchange Online asks for besides.',
        },
        { ...EMPTY, class: 'unmanaged', severity: 'low', address: `profile:${ONLINE}`, source: null },
      ],
    ],
    [
      'held: an edit that a known reason holds back is no drift of the configuration',
      { ...alice({ outgoing: 'none' }), heldBack: [held('edit', 'owner-disabled')] },
      [
        {
          ...EMPTY,
          class: 'health',
          subclass: 'held',
          severity: 'medium',
          address: A,
          field: 'outgoing',
          desired: 'none',
          actual: 'server-side-sync',
          message: 'The user or queue that it belongs to is disabled.',
          held: 'owner-disabled',
        },
      ],
    ],
    [
      'approval that waits for a reason',
      {
        ...alice({ approved: true }, { approved: 'rejected' }),
        heldBack: [held('approve', 'owner-disabled')],
      },
      [
        {
          ...EMPTY,
          class: 'approval',
          severity: 'medium',
          address: A,
          field: 'approved',
          desired: 'approved',
          actual: 'rejected',
          message: 'Somebody has rejected it. The user or queue that it belongs to is disabled.',
          held: 'owner-disabled',
        },
      ],
    ],
    [
      'approval lost with a changed address: both addresses, and severe',
      {
        config: {
          mailboxes: [
            mailboxItem('queue', 'Support', { emailAddress: 'support@contoso.com', approved: true }),
          ],
        },
        resources: [
          queue('Support', { facts: { emailAddress: 'ceo@contoso.com' }, fields: { approved: 'pending' } }),
        ],
      },
      [
        {
          ...EMPTY,
          class: 'configuration',
          severity: 'medium',
          address: 'mailbox:queue/Support',
          field: 'emailAddress',
          desired: 'support@contoso.com',
          actual: 'ceo@contoso.com',
        },
        {
          ...EMPTY,
          class: 'approval',
          severity: 'high',
          address: 'mailbox:queue/Support',
          field: 'approved',
          desired: 'approved',
          actual: 'pending',
          message:
            'Its e-mail address is ceo@contoso.com, the configuration vouches for support@contoso.com.',
        },
      ],
    ],
    [
      'health: a mailbox that is to be tested and was deactivated, told once',
      alice(TESTED, { state: 'inactive', ...FAILED }),
      [
        {
          ...EMPTY,
          class: 'health',
          subclass: 'disabled',
          severity: 'medium',
          address: A,
          field: 'state',
          desired: 'active',
          actual: 'inactive',
          message:
            'It is to be tested and enabled, but somebody has deactivated it: it is not processed at all. Declare its state, or activate it.',
        },
      ],
    ],
    [
      'a mailbox that is declared inactive has no health',
      alice({ ...TESTED, state: 'inactive' }, { state: 'inactive', ...FAILED }),
      [],
    ],
    [
      'a mailbox that is declared active and was deactivated is drift of its state',
      alice({ ...TESTED, state: 'active' }, { state: 'inactive', ...FAILED }),
      [
        {
          ...EMPTY,
          class: 'configuration',
          severity: 'medium',
          address: A,
          field: 'state',
          desired: 'active',
          actual: 'inactive',
        },
      ],
    ],
    ['no health where no tests are wanted', alice({ testAndEnable: false }, FAILED), []],
    [
      'missing: a user',
      { config: { mailboxes: [mailboxItem('user', ALICE)] } },
      [
        {
          ...EMPTY,
          class: 'missing',
          severity: 'high',
          address: A,
          message:
            'There is no user with this sign-in name in the environment. Correct the name, or remove the item if it is gone.',
        },
      ],
    ],
    [
      'missing: to be created',
      { config: { profiles: [profileItem('Gmail')] } },
      [
        {
          ...EMPTY,
          class: 'missing',
          severity: 'high',
          address: 'profile:Gmail',
          source: at(20),
          message: 'Declared, and not in the environment yet.',
        },
      ],
    ],
    [
      'missing: ambiguous',
      {
        config: { mailboxes: [mailboxItem('queue', 'Support')] },
        resources: [namesake(queue('Support', { id: '1' })), namesake(queue('Support', { id: '2' }))],
      },
      [
        {
          ...EMPTY,
          class: 'missing',
          severity: 'high',
          address: 'mailbox:queue/Support',
          message:
            '2 records are named "Support": owner 1, owner 2. Write the id of the one that is meant: "id: …" in the item.',
        },
      ],
    ],
    [
      'new: a joiner, all of whose differences are that it is new',
      { config: { rules: [everyone] }, resources: [user(ALICE, { fields: JOINED })] },
      [
        {
          ...EMPTY,
          class: 'new',
          severity: 'low',
          address: A,
          field: 'approved',
          desired: 'approved',
          actual: 'pending',
          source: ruled,
        },
        {
          ...EMPTY,
          class: 'new',
          severity: 'low',
          address: A,
          field: 'tests.incoming',
          desired: 'success',
          actual: 'not-run',
          source: ruled,
        },
      ],
    ],
    [
      'new: not who was tested before',
      {
        config: { rules: [everyone] },
        resources: [
          user(ALICE, { fields: { ...JOINED, 'tests.incoming': 'success', 'tests.completedOn': TESTED_ON } }),
        ],
      },
      [
        {
          ...EMPTY,
          class: 'approval',
          severity: 'medium',
          address: A,
          field: 'approved',
          desired: 'approved',
          actual: 'pending',
          source: ruled,
        },
      ],
    ],
    [
      'new: and why nothing is done about it',
      {
        config: { rules: [everyone] },
        resources: [user(ALICE, { fields: { ...JOINED, approved: 'empty' } })],
        heldBack: [held('approve', 'no-address'), held('test', 'no-address')],
      },
      [
        ...(['approved', 'tests.incoming'] as const).map((field) => ({
          ...EMPTY,
          class: 'new' as const,
          severity: 'low' as const,
          address: A,
          field,
          desired: field === 'approved' ? 'approved' : 'success',
          actual: field === 'approved' ? 'empty' : 'not-run',
          source: ruled,
          message: 'It has no e-mail address.',
          held: 'no-address' as const,
        })),
      ],
    ],
    [
      'new: not who is disabled',
      {
        config: { rules: [{ ...everyone, include: ['disabled-users'] }] },
        resources: [user(ALICE, { facts: { ownerEnabled: false }, fields: JOINED })],
        heldBack: [held('approve', 'owner-disabled'), held('test', 'owner-disabled')],
      },
      [
        {
          ...EMPTY,
          class: 'approval',
          severity: 'medium',
          address: A,
          field: 'approved',
          desired: 'approved',
          actual: 'pending',
          source: ruled,
          message: 'The user or queue that it belongs to is disabled.',
          held: 'owner-disabled',
        },
        {
          ...EMPTY,
          class: 'health',
          subclass: 'held',
          severity: 'medium',
          address: A,
          field: 'tests.incoming',
          desired: 'success',
          actual: 'not-run',
          source: ruled,
          message: 'The user or queue that it belongs to is disabled.',
          held: 'owner-disabled',
        },
      ],
    ],
    [
      'new: not who is declared singly',
      alice({ approved: true }, JOINED),
      [
        {
          ...EMPTY,
          class: 'approval',
          severity: 'medium',
          address: A,
          field: 'approved',
          desired: 'approved',
          actual: 'pending',
        },
      ],
    ],
    [
      'unmanaged',
      { resources: [queue('Support'), profile()] },
      [
        { ...EMPTY, class: 'unmanaged', severity: 'low', address: 'mailbox:queue/Support', source: null },
        { ...EMPTY, class: 'unmanaged', severity: 'low', address: `profile:${ONLINE}`, source: null },
      ],
    ],
  ])('%s', (_name, given, expected) => expect(driftOf(given).findings).toEqual(expected));
});

describe('what is left alone', () => {
  const capped = {
    environment: environment({
      mail: { allow: ['*@test.contoso.com'], others: 'leave', source: at(6) },
    }),
  };
  const QUIET = { incoming: 'none', outgoing: 'none', appointmentsContactsTasks: 'none' };

  it.each<[string, Given]>([
    ['a field that is ignored', alice({ outgoing: 'none', ignore: ['outgoing'] })],
    [
      'an item that is not managed here, and it is not unmanaged either',
      alice({ managed: false, outgoing: 'none', ...TESTED }, FAILED),
    ],
    [
      'tests and approval of a mailbox above the ceiling',
      {
        config: {
          ...capped,
          mailboxes: [
            mailboxItem('user', ALICE, { incoming: 'server-side-sync', approved: true, ...TESTED }),
          ],
        },
        resources: [user(ALICE, { fields: { ...QUIET, ...FAILED, approved: 'pending' } })],
      },
    ],
    [
      'a profile that is to be gone and is',
      { config: { profiles: [profileItem('Gmail', { absent: true })] }, resources: [] },
    ],
  ])('%s', (_name, given) => expect(driftOf(given).findings).toEqual([]));

  it('but what the ceiling asks is looked at', () => {
    const given: Given = {
      config: { ...capped, mailboxes: [mailboxItem('user', ALICE, TESTED)] },
      resources: [user(ALICE, { fields: { ...QUIET, incoming: 'server-side-sync' } })],
    };
    expect(driftOf(given).findings).toEqual([
      {
        ...EMPTY,
        class: 'configuration',
        severity: 'medium',
        address: A,
        field: 'incoming',
        desired: 'none',
        actual: 'server-side-sync',
        source: at(6),
      },
    ]);
  });

  it.each<[string, boolean, Partial<DriftFinding>]>([
    ['of somebody who joined', true, { class: 'configuration', subclass: null, message: null }],
    [
      'of somebody who is disabled',
      false,
      {
        class: 'health',
        subclass: 'held',
        message: 'The user or queue that it belongs to is disabled.',
        held: 'owner-disabled',
      },
    ],
  ])('and is no news %s', (_name, ownerEnabled, expected) => {
    const disabledToo = { ...everyone, include: ['disabled-users'] as const };
    const given: Given = {
      config: { ...capped, rules: [disabledToo] },
      resources: [
        user(ALICE, {
          facts: { ownerEnabled },
          fields: { ...QUIET, ...JOINED, incoming: 'server-side-sync' },
        }),
      ],
      heldBack: ownerEnabled ? [] : [held('edit', 'owner-disabled')],
    };
    const [finding] = driftOf(given).findings;
    expect(finding).toEqual({
      ...EMPTY,
      severity: 'medium',
      address: A,
      field: 'incoming',
      desired: 'none',
      actual: 'server-side-sync',
      source: at(6),
      ...expected,
    });
  });

  it('and what is to be gone and is there', () => {
    const given: Given = {
      config: { profiles: [profileItem('Gmail', { absent: true })] },
      resources: [profile('Gmail')],
    };
    expect(driftOf(given).findings).toEqual([
      {
        ...EMPTY,
        class: 'configuration',
        severity: 'medium',
        address: 'profile:Gmail',
        field: 'absent',
        desired: true,
        actual: false,
        source: at(20),
      },
    ]);
  });
});

describe('a mailbox that rules would reach if it were active', () => {
  it('is disabled', () => {
    const off = user(ALICE, { facts: { active: false }, fields: { state: 'inactive' } });
    expect(driftOf({ config: { rules: [everyone] }, resources: [off] }).findings).toEqual([
      {
        ...EMPTY,
        class: 'health',
        subclass: 'disabled',
        severity: 'medium',
        address: A,
        field: 'state',
        desired: 'active',
        actual: 'inactive',
        source: ruled,
        message:
          'It is deactivated, so it is not processed at all, and rules reach active mailboxes alone. Declare it singly, or activate it.',
      },
    ]);
  });
});

describe('what refers to a missing profile', () => {
  it('is counted', () => {
    const refers = { serverProfile: { ref: 'profile:Gmail' } };
    const given: Given = {
      config: {
        profiles: [profileItem('Gmail')],
        mailboxes: [mailboxItem('user', ALICE, refers), mailboxItem('queue', 'Support', refers)],
      },
      resources: [user(ALICE), queue('Support')],
    };
    expect(driftOf(given).findings.filter((finding) => finding.class === 'missing')).toEqual([
      {
        ...EMPTY,
        class: 'missing',
        severity: 'high',
        address: 'profile:Gmail',
        source: at(20),
        message: 'Declared, and not in the environment yet. Declared resources that refer to it: 2.',
      },
    ]);
  });
});

describe('who changed it, and when', () => {
  const on = '2026-11-20T16:42:00Z';
  const changed = (declared: Fields, actual: Fields, by: string | null): readonly unknown[] =>
    driftOf({
      config: { mailboxes: [mailboxItem('user', ALICE, declared)] },
      resources: [{ ...user(ALICE, { fields: actual }), modified: { on, by } }],
    }).findings.map((finding) => [finding.field, finding.since, finding.by]);

  it.each<[string, string | null, unknown]>([
    ['a person', 'Mallory Moreau', ['outgoing', on, 'Mallory Moreau']],
    ['the engine under its old name', 'SYSTEM', ['outgoing', null, null]],
    ['the engine under its new name', '# SSSAdminProd', ['outgoing', null, null]],
    ['nobody who can be named', null, ['outgoing', null, null]],
  ])('was %s', (_name, by, expected) => {
    expect(changed({ outgoing: 'none' }, {}, by)).toEqual([expected]);
  });

  it('is not told of what is written on the user or queue', () => {
    expect(changed({ approved: true }, { approved: 'pending' }, 'Mallory Moreau')).toEqual([
      ['approved', null, null],
    ]);
  });
});

describe('the report', () => {
  const one: Given = {
    config: {
      mailboxes: [
        mailboxItem('user', ALICE, { outgoing: 'outlook', approved: true, ...TESTED }),
        mailboxItem('user', 'gone@contoso.com'),
      ],
    },
    resources: [queue('Support'), user(ALICE, { fields: { approved: 'pending', ...FAILED } })],
  };

  it('is ordered by class and address, counted, and shaped as its schema says', () => {
    const report = driftOf(one);
    expect(report.findings.map(({ class: name }) => name)).toEqual([
      'configuration',
      'approval',
      'health',
      'missing',
      'unmanaged',
    ]);
    expect({ ...report, findings: [] }).toEqual({
      format_version: '1.0',
      as_of: AS_OF,
      environment: {
        name: 'prod',
        url: 'https://contoso.crm4.dynamics.com',
        organization_id: '7d000000-0000-0000-0000-000000000001',
      },
      clean: false,
      summary: { configuration: 1, approval: 1, health: 1, missing: 1, new: 0, unmanaged: 1 },
      findings: [],
      not_seen: [],
    });
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
    expect([validate(report), validate.errors]).toEqual([true, null]);
  });

  it('says what could not be seen', () => {
    const notSeen: NotSeen[] = [{ kind: 'mailbox', sort: 'queue', reason: 'no-privilege', depth: 'none' }];
    expect(driftOf({ ...one, notSeen }).not_seen).toEqual(notSeen);
  });

  it.each(DRIFT_CLASSES.map((name) => [name]))('is clean or not by the classes that count: %s', (name) => {
    const { summary } = driftOf(one);
    expect(driftOf({ ...one, counting: [name] }).clean).toBe(summary[name] === 0);
  });

  it('is clean where nothing counts', () => {
    expect(driftOf({ resources: [queue('Support')] }).clean).toBe(true);
    expect(driftOf({ ...one, counting: [] }).clean).toBe(true);
  });
});

describe('what is new since the last report', () => {
  const newOnes = (given: Given): readonly string[] =>
    driftOf(given)
      .findings.filter((finding) => finding.is_new)
      .map(({ class: name, field }) => `${name} ${field}`);

  it('is what the last report did not have', () => {
    const previous = driftOf(alice({ outgoing: 'outlook', ...TESTED }));
    expect(newOnes({ ...alice({ outgoing: 'outlook', ...TESTED }, FAILED), previous })).toEqual([
      'health tests.incoming',
    ]);
  });

  it('is not another value of what was there', () => {
    const previous = driftOf(alice({ outgoing: 'outlook' }));
    expect(newOnes({ ...alice({ outgoing: 'none' }), previous })).toEqual([]);
  });

  it('is another subclass of what was there', () => {
    const previous = driftOf(alice(TESTED, { 'tests.incoming': 'not-run' }));
    expect(newOnes({ ...alice(TESTED, FAILED), previous })).toEqual(['health tests.incoming']);
  });

  it('is nothing without a last report', () => {
    expect(newOnes(alice({ outgoing: 'outlook' }))).toEqual([]);
  });
});

describe('since when, from the last report', () => {
  const given = alice({ outgoing: 'none' });
  const since = (previous: Drift): unknown =>
    driftOf({ ...given, previous }).findings.map((finding) => finding.since);

  it('is the time of the report that saw it first', () => {
    const first = { ...driftOf(given), as_of: '2026-11-19T09:00:00Z' };
    const second = { ...driftOf({ ...given, previous: first }), as_of: '2026-11-20T09:00:00Z' };
    expect([since(first), since(second)]).toEqual([['2026-11-19T09:00:00Z'], ['2026-11-19T09:00:00Z']]);
  });

  it('is what the service tells, where it does', () => {
    const failing = alice(TESTED, FAILED);
    const previous = { ...driftOf(failing), as_of: '2026-11-19T09:00:00Z' };
    expect(driftOf({ ...failing, previous }).findings.map((finding) => finding.since)).toEqual([TESTED_ON]);
  });
});
