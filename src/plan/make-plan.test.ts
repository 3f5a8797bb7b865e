/** The plan as a whole: limits, targets, digest, derived parts, and the shape that others depend on. */

import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import schema from '../../schemas/plan.schema.json' with { type: 'json' };
import { makeCatalogue, ROWS } from '../catalogue/catalogue.ts';
import type { Config } from '../model/config.ts';
import type { Observed } from '../model/snapshot.ts';
import type { FieldValues, Value } from '../model/value.ts';
import {
  AS_OF,
  at,
  environment,
  mailboxItem,
  ONLINE,
  profile,
  profileItem,
  queue,
  settings,
  settingsItem,
  user,
} from '../model/world.test-support.ts';
import type { PlanOptions } from './context.ts';
import { makePlan } from './make-plan.ts';
import { type Case, contextOf, heldOf, linesOf, planOf } from './planned.test-support.ts';

const A = 'mailbox:user/a@contoso.com';
const B = 'mailbox:user/b@contoso.com';
const C = 'mailbox:user/c@contoso.com';
const S = 'mailbox:queue/Support';
const world: readonly Observed[] = [settings(), profile(), profile('Gmail')];
const TESTED = { testAndEnable: true };
const GMAIL = { serverProfile: { ref: 'profile:Gmail' } };
type Fields = Readonly<Record<string, Value>>;
const NOT_RUN = { fields: { 'tests.incoming': 'not-run' } };

/** Something of every kind, with most of what a plan can hold. */
const rich: Case & { readonly config: Partial<Config>; readonly resources: readonly Observed[] } = {
  config: {
    profiles: [
      profileItem('New', {
        type: 'imap-smtp',
        'incoming.server': 'imap.contoso.com',
        'outgoing.server': 'smtp.contoso.com',
      }),
      profileItem('Gmail', { 'outgoing.port': 465 }),
    ],
    settings: settingsItem({
      'newMailboxes.serverProfile': { ref: 'profile:New' },
      'onlyApproved.queues': false,
    }),
    mailboxes: [
      mailboxItem('user', 'a@contoso.com', { ...GMAIL, ...TESTED, approved: true }),
      mailboxItem('user', 'b@contoso.com', { ...TESTED, approved: true }),
      mailboxItem('user', 'gone@contoso.com', TESTED),
      mailboxItem('queue', 'Support', {
        emailAddress: 'help@contoso.com',
        approved: true,
        credentials: 'allowed',
        'credentials.username': 'help',
        'credentials.password': { secret: 'env:HELP_PASSWORD' },
        ...TESTED,
      }),
    ],
  },
  resources: [
    ...world,
    user('a@contoso.com', { fields: { approved: 'pending' } }),
    user('b@contoso.com', { facts: { ownerEnabled: false }, fields: { 'tests.incoming': 'failure' } }),
    queue('Support'),
    queue('Sales'),
  ],
};

describe('nothing to do', () => {
  it('is a plan without steps', () => {
    const { timestamp, as_of, config_digest, plan_digest, ...plan } = planOf({ resources: world });
    expect(plan).toEqual({
      format_version: '1.0',
      tool_version: '0.0.0',
      environment: {
        name: 'prod',
        url: 'https://contoso.crm4.dynamics.com',
        organization_id: '7d000000-0000-0000-0000-000000000001',
      },
      applyable: true,
      records: {},
      steps: [],
      resource_changes: [],
      handoffs: [],
      held_back: [],
      deferred: [],
      findings: [],
      not_seen: [],
      risks: [],
      diagnostics: [],
      summary: { add: 0, change: 0, destroy: 0, approve: 0, test: 0, left: 0 },
      forecast: { requests: 0, messages: 0, seconds: 0 },
    });
    expect([timestamp, as_of, config_digest]).toEqual([
      '2026-11-21T09:00:04Z',
      '2026-11-21T09:00:00Z',
      `sha256:${'0'.repeat(64)}`,
    ]);
    expect(plan_digest).toMatch(/^sha256:[0-9a-f]{64}$/u);
  });
});

describe('a test that is under way', () => {
  const scheduled = { 'tests.incoming': 'not-run', 'tests.scheduled': true, 'tests.requestedOn': AS_OF };
  const awaited = (declared: Fields, fields: Fields = scheduled): readonly unknown[] => {
    const plan = planOf({
      config: { mailboxes: [mailboxItem('user', 'a@contoso.com', { ...TESTED, ...declared })] },
      resources: [...world, user('a@contoso.com', { fields })],
    });
    return [plan.steps.at(-1)?.id, plan.steps.at(-1)?.under_way ?? false, plan.forecast.messages];
  };

  it.each<[string, Fields, Fields, boolean]>([
    ['is awaited', {}, scheduled, true],
    ['was not requested', {}, { ...scheduled, 'tests.scheduled': false }, false],
    ['is out of date after a change of this plan', GMAIL, scheduled, false],
    ['lacks the mark that is wanted', { syncFromThisOrganizationOnly: true }, scheduled, false],
    [
      'has the mark that is wanted',
      { syncFromThisOrganizationOnly: true },
      { ...scheduled, syncFromThisOrganizationOnly: true },
      true,
    ],
  ])('%s', (_name, declared, fields, isAwaited) =>
    expect(awaited(declared, fields)).toEqual([`${A}#test`, isAwaited, isAwaited ? 0 : 1]),
  );

  it('is no message and no other plan', () => {
    const given = (underWay: boolean): Case => ({
      config: { mailboxes: [mailboxItem('user', 'a@contoso.com', TESTED)] },
      resources: [...world, user('a@contoso.com', { fields: { ...scheduled, 'tests.scheduled': underWay } })],
    });
    expect(planOf(given(true)).plan_digest).toBe(planOf(given(false)).plan_digest);
  });
});

describe('more tests than one run may request', () => {
  const limited = (perRun: number, parts: Partial<Config>): Partial<Config> => ({
    environment: environment({ tests: { ...environment().tests, perRun } }),
    ...parts,
  });
  const deferred = (given: Case): unknown =>
    planOf(given).deferred.map(({ address, verb, reason }) => `${address}#${verb} ${reason}`);

  it('the first by address are tested, the others in a later run', () => {
    const mailboxes = [
      mailboxItem('user', 'b@contoso.com', TESTED),
      mailboxItem('user', 'a@contoso.com', TESTED),
    ];
    const resources = [...world, user('b@contoso.com', NOT_RUN), user('a@contoso.com', NOT_RUN)];
    const one = { config: limited(1, { mailboxes }), resources };
    expect([linesOf(planOf(one)), deferred(one)]).toEqual([[`${A}#test`], [`${B}#test tests-per-run`]]);
    const two = { config: limited(2, { mailboxes }), resources };
    expect([linesOf(planOf(two)), deferred(two)]).toEqual([[`${A}#test`, `${B}#test`], []]);
  });

  const everybody = (perRun: number): Case => ({
    config: limited(perRun, {
      mailboxes: ['a', 'b', 'c'].map((name) => mailboxItem('user', `${name}@contoso.com`, TESTED)),
    }),
    resources: [...world, ...['a', 'b', 'c'].map((name) => user(`${name}@contoso.com`, NOT_RUN))],
  });

  it('only what is targeted counts, and only that is left for later', () => {
    const targets = [B, C].map((address) => (each: string) => each === address);
    const one = { ...everybody(1), options: { targets } };
    expect([linesOf(planOf(one)), deferred(one)]).toEqual([[`${B}#test`], [`${C}#test tests-per-run`]]);
    expect(planOf(one).summary.left).toBe(1);
    const two = { ...everybody(2), options: { targets } };
    expect([linesOf(planOf(two)), deferred(two)]).toEqual([[`${B}#test`, `${C}#test`], []]);
  });

  it('what somebody asks for by name goes first', () => {
    const retest: PlanOptions['retest'] = ({ address }) => address === C;
    const one = { ...everybody(1), options: { retest } };
    expect([linesOf(planOf(one)), deferred(one)]).toEqual([
      [`${C}#test`],
      [`${A}#test tests-per-run`, `${B}#test tests-per-run`],
    ]);
    expect(linesOf(planOf({ ...everybody(2), options: { retest } }))).toEqual([`${A}#test`, `${C}#test`]);
  });

  it('the edits that need a test wait with it, and the approval of the new address', () => {
    const mailboxes = [
      mailboxItem('queue', 'Support', {
        emailAddress: 'help@contoso.com',
        approved: true,
        ...GMAIL,
        ...TESTED,
      }),
    ];
    const given = {
      config: limited(0, { mailboxes }),
      resources: [...world, queue('Support', { fields: { approved: 'pending' } })],
    };
    expect([linesOf(planOf(given)), heldOf(planOf(given)), deferred(given)]).toEqual([
      [],
      [],
      [
        `${S}#approve tests-per-run`,
        `${S}#edit tests-per-run`,
        `${S}#readdress tests-per-run`,
        `${S}#test tests-per-run`,
      ],
    ]);
    expect(planOf(given).summary.left).toBe(1);
  });

  it('an edit waits together with the test behind it, although the last test went well', () => {
    const mailboxes = [mailboxItem('user', 'a@contoso.com', { ...GMAIL, ...TESTED })];
    const given = { config: limited(0, { mailboxes }), resources: [...world, user('a@contoso.com')] };
    expect([linesOf(planOf(given)), deferred(given)]).toEqual([
      [],
      [`${A}#edit tests-per-run`, `${A}#test tests-per-run`],
    ]);
  });

  it('a profile is neither deactivated nor deleted while mailboxes leave it in a later run', () => {
    const mailboxes = ['a@contoso.com', 'b@contoso.com'].map((name) =>
      mailboxItem('user', name, { serverProfile: { ref: `profile:${ONLINE}` }, ...TESTED }),
    );
    const resources = [
      ...world,
      user('a@contoso.com', { fields: GMAIL }),
      user('b@contoso.com', { fields: GMAIL }),
    ];
    const given = (perRun: number, declared: Readonly<Record<string, Value>>): Case => ({
      config: limited(perRun, { profiles: [profileItem('Gmail', declared)], mailboxes }),
      resources,
    });
    const held = (verb: string) => [
      {
        address: 'profile:Gmail',
        verb,
        reason: 'in-use',
        detail: 'mailboxes that leave it in a later run: 1',
      },
    ];
    expect(planOf(given(1, { state: 'inactive' })).held_back).toEqual(held('deactivate'));
    expect(planOf(given(1, { absent: true })).held_back).toEqual(held('delete'));
    expect(planOf(given(2, { absent: true })).held_back).toEqual([]);
  });

  it('the approval of an address that stays is given now, and so is what needs no test', () => {
    const declared = { approved: true, ...TESTED };
    const mailboxes = [mailboxItem('user', 'a@contoso.com', declared)];
    const actual = { fields: { approved: 'pending', 'tests.incoming': 'not-run' } };
    const given = { config: limited(0, { mailboxes }), resources: [...world, user('a@contoso.com', actual)] };
    expect([linesOf(planOf(given)), deferred(given)]).toEqual([
      [`${A}#approve`],
      [`${A}#test tests-per-run`],
    ]);
  });
});

it('a row that is never met stops the planner, instead of leaving something unnamed', () => {
  const context = contextOf({
    config: { mailboxes: [mailboxItem('user', 'alice@contoso.com', { incoming: 'none' })] },
    resources: [settings(), profile(), user('alice@contoso.com')],
  });
  const never = ROWS.map((row) =>
    row.kind === 'mailbox' && row.key === 'incoming'
      ? {
          ...row,
          demands: (_want: Value, { incoming }: FieldValues): FieldValues => ({
            incoming: incoming === 'none' ? 'outlook' : 'none',
          }),
        }
      : row,
  );
  expect(() => makePlan({ ...context, catalogue: makeCatalogue(never) })).toThrow(/alice@contoso\.com/u);
});

describe('targets', () => {
  const targeted = (...wanted: readonly string[]): Case => ({
    ...rich,
    options: { targets: wanted.map((address) => (each: string) => each === address) },
  });

  it.each<[string, readonly string[], readonly string[]]>([
    ['nothing matches', ['mailbox:user/nobody'], []],
    [
      'what a target needs comes with it',
      ['settings:email'],
      [
        'profile:New#create',
        'settings:email#edit < profile:New#create',
        'settings:email#approval-policy < settings:email#edit',
      ],
    ],
    ['what needs a target does not', ['profile:New'], ['profile:New#create']],
    [
      'a test brings the change of its profile',
      [A],
      [
        'profile:Gmail#edit',
        `${A}#edit < profile:Gmail#edit`,
        `${A}#approve < ${A}#edit`,
        `${A}#test < ${A}#approve, profile:Gmail#edit`,
      ],
    ],
  ])('%s', (_name, wanted, expected) => expect(linesOf(planOf(targeted(...wanted)))).toEqual(expected));

  it('records, changes and counts are those of the targets', () => {
    const plan = planOf(targeted('profile:New'));
    expect(Object.keys(plan.records)).toEqual(['profile:New']);
    expect(plan.resource_changes.map(({ address }) => address)).toEqual(['profile:New']);
    expect(plan.summary).toEqual({ add: 1, change: 0, destroy: 0, approve: 0, test: 0, left: 0 });
  });
});

describe('the digest', () => {
  const digest = (given: Case): string => planOf(given).plan_digest;
  const shuffled = <Item>(items: readonly Item[]): fc.Arbitrary<Item[]> =>
    fc.shuffledSubarray([...items], { minLength: items.length });
  const moved = (item: Config['mailboxes'][number], reverse: boolean): Config['mailboxes'][number] => {
    const source = at(99, 'other.yaml');
    const fields = [...item.fields].map(([key, { value }]) => [key, { value, source }] as const);
    return { ...item, source, fields: new Map(reverse ? fields.reverse() : fields) };
  };

  it('is the same for any order of items, fields and rows, and wherever they stand', () => {
    const { profiles = [], mailboxes = [] } = rich.config;
    const expected = digest(rich);
    fc.assert(
      fc.property(
        shuffled(profiles),
        shuffled(mailboxes),
        shuffled(rich.resources),
        fc.boolean(),
        (p, m, resources, reverse) => {
          const items = m.map((item) => moved(item, reverse));
          const given = { ...rich, config: { ...rich.config, profiles: p, mailboxes: items }, resources };
          expect(digest(given)).toBe(expected);
        },
      ),
      { numRuns: 40 },
    );
  });

  it.each<[string, Case]>([
    [
      'another value',
      { ...rich, config: { ...rich.config, profiles: [profileItem('Gmail', { 'outgoing.port': 587 })] } },
    ],
    [
      'another value that is replaced',
      {
        ...rich,
        resources: rich.resources.map((each) =>
          each.address === S
            ? queue('Support', { facts: { emailAddress: 'old@contoso.com' }, fields: {} })
            : each,
        ),
      },
    ],
    ['one step less', { ...rich, options: { targets: [(address) => address !== S] } }],
    [
      'a hand-off',
      { ...rich, config: { ...rich.config, environment: environment({ approvals: 'hand-off' }) } },
    ],
    ['another organization', { ...rich, seen: { organizationId: 'another' } }],
    ['something held back', { ...rich, resources: rich.resources.filter(({ address }) => address !== B) }],
  ])('differs: %s', (_name, given) => expect(digest(given)).not.toBe(digest(rich)));

  it('differs: another reason to hand off', () => {
    const byHand = {
      ...rich,
      config: { ...rich.config, environment: environment({ approvals: 'hand-off' as const }) },
    };
    const caller = { ...contextOf(rich).snapshot.caller, privileges: [] };
    const asked = { ...rich, seen: { caller } };
    const handedOff = (given: Case): unknown => planOf(given).handoffs.map(({ step, why }) => [step, why]);
    expect(handedOff(byHand)).toEqual([
      ['settings:email#approval-policy', 'by-configuration'],
      [`${S}#approve`, 'by-configuration'],
      [`${A}#approve`, 'by-configuration'],
    ]);
    expect(handedOff(asked)).toEqual([
      ['settings:email#approval-policy', 'no-privilege'],
      [`${S}#approve`, 'no-privilege'],
      [`${A}#approve`, 'no-privilege'],
    ]);
    expect(digest(byHand)).not.toBe(digest(asked));
  });

  it.each<[string, Case]>([
    ['a row that nothing covers', { ...rich, resources: [...rich.resources, user('z@contoso.com')] }],
    ['the time of the read', { ...rich, seen: { asOf: '2026-11-21T09:30:00Z' } }],
    ['the number of requests', { ...rich, seen: { requests: 99 } }],
  ])('does not: %s', (_name, given) => expect(digest(given)).toBe(digest(rich)));
});

describe('the shape', () => {
  const plan = planOf(rich);
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);

  it('is that of the schema', () => {
    expect([validate(plan), validate.errors]).toEqual([true, null]);
    expect([validate({ ...plan, more: 1 }), validate({ ...plan, steps: [{}] })]).toEqual([false, false]);
  });

  it('is the published one: same keys', () => {
    const example = JSON.parse(readFileSync(new URL('fixtures/plan.example.json', import.meta.url), 'utf8'));
    // The published example leaves them out.
    expect(Object.keys(plan).sort()).toEqual([...Object.keys(example), 'findings', 'declared'].sort());
    expect(Object.keys(plan.resource_changes[0] ?? {})).toEqual(Object.keys(example.resource_changes[0]));
    expect(Object.keys(plan.resource_changes[0]?.change ?? {})).toEqual(
      Object.keys(example.resource_changes[0].change),
    );
    const keys = (steps: readonly object[]): readonly string[] =>
      [...new Set(steps.flatMap(Object.keys))].sort();
    const known = keys(example.steps);
    expect(keys(plan.steps).filter((key) => !known.includes(key) && key !== 'only_if_lost')).toEqual([]);
  });

  it('is JSON', () => {
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  });

  it('names the records of everything that a step is about or refers to', () => {
    expect(Object.keys(plan.records)).toEqual([S, A, 'profile:Gmail', 'profile:New', 'settings:email']);
    expect(plan.records[S]).toEqual([
      { role: 'self', table: 'mailbox', id: 'id of Support' },
      { role: 'owner', table: 'queue', id: 'owner id of Support' },
    ]);
    expect(plan.records['profile:New']).toEqual([
      { role: 'self', table: 'made', id: 'new profile:New', new: true },
    ]);
  });

  it('counts', () => {
    expect(plan.summary).toEqual({ add: 1, change: 4, destroy: 0, approve: 2, test: 2, left: 0 });
    // One request for a step or two, looks before and after, ten polls for the tests together.
    expect(plan.forecast).toEqual({ requests: 37, messages: 2, seconds: 180 + 1 });
  });

  it('cannot be applied with an error', () => {
    const diagnostic = {
      code: 'unknown-key',
      address: null,
      source: at(3),
      message: 'm',
      hint: null,
    } as const;
    for (const severity of ['error', 'warning'] as const) {
      const made = makePlan({ ...contextOf({}), diagnostics: [{ ...diagnostic, severity }] });
      expect([made.applyable, made.diagnostics]).toEqual([
        severity === 'warning',
        [
          {
            code: 'unknown-key',
            severity,
            address: null,
            file: 'mailboxctl.yaml',
            line: 3,
            column: 5,
            message: 'm',
            hint: null,
          },
        ],
      ]);
    }
  });
});

describe('resource changes', () => {
  const { resource_changes: changes } = planOf(rich);
  const source = (line: number): unknown => ({ file: 'mailboxctl.yaml', line, column: 5 });

  it('are those of the steps, in the keys of Terraform', () => {
    expect(Object.fromEntries(changes.map(({ address, change }) => [address, change.actions]))).toEqual({
      'profile:Gmail': ['update'],
      'profile:New': ['create'],
      [S]: ['update'],
      'settings:email': ['update'],
      [A]: ['update'],
    });
  });

  it('of one that is created', () => {
    expect(changes.find(({ address }) => address === 'profile:New')).toEqual({
      address: 'profile:New',
      mode: 'managed',
      type: 'profile',
      name: 'New',
      provider_name: 'mailboxctl',
      change: {
        actions: ['create'],
        before: null,
        after: {
          name: 'New',
          type: 'imap-smtp',
          'incoming.server': 'imap.contoso.com',
          'outgoing.server': 'smtp.contoso.com',
          'incoming.port': 993,
          'outgoing.port': 587,
          'incoming.authentication': 'user-or-queue',
          'outgoing.authentication': 'user-or-queue',
        },
        after_unknown: {},
        before_sensitive: false,
        after_sensitive: {},
      },
      sources: {
        name: source(20),
        type: source(20),
        'incoming.server': source(20),
        'outgoing.server': source(20),
      },
    });
  });

  it('of one that is changed by two steps, with a secret', () => {
    expect(changes.find(({ address }) => address === S)).toMatchObject({
      name: 'queue/Support',
      change: {
        actions: ['update'],
        before: { emailAddress: 'support@contoso.com', credentials: 'none', 'credentials.username': null },
        after: { emailAddress: 'help@contoso.com', credentials: 'allowed', 'credentials.username': 'help' },
        before_sensitive: {},
        after_sensitive: { 'credentials.password': true },
      },
    });
    expect(JSON.stringify(changes)).not.toContain('HELP_PASSWORD');
  });

  it('call a profile by its name', () => {
    expect(changes.find(({ address }) => address === A)?.change).toMatchObject({
      before: { serverProfile: ONLINE },
      after: { serverProfile: 'Gmail' },
    });
  });
});
