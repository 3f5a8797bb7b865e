/** Every class and subclass of drift, what a finding says, and when a report is clean. */

import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import schema from '../../schemas/drift.schema.json' with { type: 'json' };
import { CATALOGUE, demandedFields } from '../catalogue/catalogue.ts';
import type { Config } from '../model/config.ts';
import type { Drift, DriftFinding } from '../model/drift.generated.ts';
import type { NotSeen, Observed } from '../model/snapshot.ts';
import type { Value } from '../model/value.ts';
import {
  AS_OF,
  at,
  config,
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
}

function driftOf({
  config: declared,
  resources = [],
  notSeen = [],
  counting = COUNTING_CLASSES,
  previous = null,
}: Given): Drift {
  const all = config(declared);
  const seen = snapshot(resources, { notSeen });
  return drift({
    environment: all.environment,
    snapshot: seen,
    desired: resolve(all, seen),
    demanded: ({ kind, fields }, actual) => demandedFields(CATALOGUE, kind, fields, actual),
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
          message: `Its e-mail address is ceo@contoso.com, and the sign-in name is ${ALICE}: not approved from here`,
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
          since: TESTED_ON,
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
          severity: 'high',
          address: A,
          field: 'tests.incoming',
          desired: 'success',
          actual: 'not-run',
          since: TESTED_ON,
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
          message: 'There is no user with this sign-in name in the environment',
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
          message: 'Declared, and not in the environment yet',
        },
      ],
    ],
    [
      'missing: ambiguous',
      {
        config: { mailboxes: [mailboxItem('queue', 'Support')] },
        resources: [queue('Support', { id: '1' }), queue('Support', { id: '2' })],
      },
      [
        {
          ...EMPTY,
          class: 'missing',
          severity: 'high',
          address: 'mailbox:queue/Support',
          message: '2 records are named "Support": owner 1, owner 2',
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
