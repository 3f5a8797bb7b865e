/** The fold: each verb, what follows from what, and that nothing is left without a reason. */

import { describe, expect, it } from 'vitest';
import type { PlanFieldChange } from '../model/plan.generated.ts';
import type { Observed } from '../model/snapshot.ts';
import type { Value } from '../model/value.ts';
import {
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
} from '../model/world.test-support.ts';
import { type Case, heldOf, linesOf, planOf } from './planned.test-support.ts';

const ALICE = 'alice@contoso.com';
const A = `mailbox:user/${ALICE}`;
const S = 'mailbox:queue/Support';

type Fields = Readonly<Record<string, Value>>;

const world: readonly Observed[] = [settings(), profile(), profile('Gmail')];

function alice(declared: Fields, actual: Fields = {}): Case {
  return {
    config: { mailboxes: [mailboxItem('user', ALICE, declared)] },
    resources: [...world, user(ALICE, { fields: actual })],
  };
}

function support(declared: Fields, actual: Fields = {}): Case {
  return {
    config: { mailboxes: [mailboxItem('queue', 'Support', declared)] },
    resources: [...world, queue('Support', { fields: actual })],
  };
}

/** A forward mailbox of which these fields and no approval but theirs can be read; it is to be tested. */
function inbound(actual: Fields, switches: Fields): Case {
  const { fields, ...observed } = forward('In', { fields: { 'tests.incoming': 'not-run' } });
  const { approved: _, ...unapproved } = fields;
  return {
    config: { mailboxes: [mailboxItem('forward', 'In', TESTED)] },
    resources: [settings(switches), profile(), { ...observed, fields: { ...unapproved, ...actual } }],
  };
}

const TESTED = { testAndEnable: true };
const FULL = { emailAddress: 'support@contoso.com', approved: true, ...TESTED };
const GMAIL = { serverProfile: { ref: 'profile:Gmail' } };

describe('each verb', () => {
  it.each<[string, Case, readonly string[]]>([
    ['nothing to do', alice({ incoming: 'server-side-sync', approved: true, ...TESTED }), []],
    ['an edit without a test declared', alice({ outgoing: 'outlook' }), [`${A}#edit`]],
    [
      'an edit of what a test depends on',
      alice({ ...GMAIL, ...TESTED }),
      [`${A}#edit`, `${A}#test < ${A}#edit`],
    ],
    [
      'an edit that may lose the tests of other directions',
      alice({ outgoing: 'none', ...TESTED }),
      [`${A}#edit`, `${A}#test (if lost) < ${A}#edit`],
    ],
    [
      'an edit that loses the tests of a direction for sure, and then perhaps',
      alice({ ...GMAIL, outgoing: 'none', ...TESTED }),
      [`${A}#edit`, `${A}#test < ${A}#edit`],
    ],
    ['an approval', alice({ approved: true }, { approved: 'pending' }), [`${A}#approve`]],
    ['an approval of a rejected one', alice({ approved: true }, { approved: 'rejected' }), [`${A}#approve`]],
    ['a rejection', alice({ approved: false }), [`${A}#reject`]],
    ['no rejection of what is not approved', alice({ approved: false }, { approved: 'pending' }), []],
    ['a test that was never run', alice(TESTED, { 'tests.incoming': 'not-run' }), [`${A}#test`]],
    ['a test of a direction that is off', alice(TESTED, { 'enabled.outgoing': false }), [`${A}#test`]],
    [
      'no test of a direction that is not synchronized',
      alice(TESTED, { outgoing: 'none', 'tests.outgoing': 'failure' }),
      [],
    ],
    ['no test where none is wanted', alice({ testAndEnable: false }, { 'tests.incoming': 'failure' }), []],
    [
      'activate first',
      alice({ state: 'active', incoming: 'outlook' }, { state: 'inactive' }),
      [`${A}#activate`, `${A}#edit < ${A}#activate`],
    ],
    [
      'deactivate last',
      alice({ state: 'inactive', approved: true }, { approved: 'pending' }),
      [`${A}#approve`, `${A}#deactivate < ${A}#approve`],
    ],
    [
      'a new address is approved and tested again',
      support({ ...FULL, emailAddress: 'help@contoso.com' }),
      [`${S}#readdress`, `${S}#approve < ${S}#readdress`, `${S}#test < ${S}#approve`],
    ],
    ['the spelling of an address is no change', support({ emailAddress: 'SUPPORT@contoso.com' }), []],
    [
      'who may be processed is a step of its own',
      {
        config: { settings: settingsItem({ 'onlyApproved.users': false, 'newMailboxes.incoming': 'none' }) },
        resources: world,
      },
      ['settings:email#edit', 'settings:email#approval-policy < settings:email#edit'],
    ],
    [
      'everything at once, in order',
      support(
        { ...FULL, ...GMAIL, emailAddress: 'help@contoso.com', state: 'active' },
        { state: 'inactive', approved: 'pending' },
      ),
      [
        `${S}#activate`,
        `${S}#readdress < ${S}#activate`,
        `${S}#edit < ${S}#readdress`,
        `${S}#approve < ${S}#edit`,
        `${S}#test < ${S}#approve`,
      ],
    ],
  ])('%s', (_name, given, expected) => expect(linesOf(planOf(given))).toEqual(expected));
});

describe('a mailbox that is synchronized from this organization only', () => {
  const PRIMARY = { ...TESTED, syncFromThisOrganizationOnly: true };
  const NOT_MARKED = { syncFromThisOrganizationOnly: false };
  const results = (incoming: string): PlanFieldChange => ({
    field: 'testAndEnable',
    from: { incoming, outgoing: 'success' },
    to: true,
  });
  const mark = (from: boolean | null): PlanFieldChange => ({
    field: 'syncFromThisOrganizationOnly',
    from,
    to: true,
  });

  it.each<[string, Case, readonly (readonly PlanFieldChange[])[]]>([
    [
      'is marked by a test, also where the last one went well',
      alice(PRIMARY, NOT_MARKED),
      [[results('success'), mark(false)]],
    ],
    ['is marked already', alice(PRIMARY, PRIMARY), []],
    [
      'is marked again by every test',
      alice(PRIMARY, { ...PRIMARY, 'tests.incoming': 'not-run' }),
      [[results('not-run'), mark(true)]],
    ],
    ['is not tested for the mark alone', alice({ ...PRIMARY, testAndEnable: false }, NOT_MARKED), []],
    ['has nothing to test', alice(PRIMARY, { ...NOT_MARKED, incoming: 'none', outgoing: 'none' }), []],
    [
      'failed a short time ago, and is marked all the same',
      alice(PRIMARY, {
        ...NOT_MARKED,
        'tests.incoming': 'failure',
        'tests.completedOn': '2026-11-21T08:00:00Z',
      }),
      [[results('failure'), mark(false)]],
    ],
  ])('%s', (_name, given, sets) => expect(planOf(given).steps.map(({ set }) => set)).toEqual(sets));

  it('says where the mark is declared', () => {
    expect(planOf(alice(PRIMARY, NOT_MARKED)).steps[0]?.because).toEqual([
      { kind: 'config', source: { file: 'mailboxctl.yaml', line: 50, column: 5 } },
    ]);
  });
});

describe('resources that refer to each other', () => {
  it('a new profile comes before what refers to it, its mailboxes are tested after it', () => {
    const given: Case = {
      config: {
        profiles: [profileItem('New', { type: 'exchange-online' })],
        settings: settingsItem({ 'newMailboxes.serverProfile': { ref: 'profile:New' } }),
        mailboxes: [mailboxItem('user', ALICE, { serverProfile: { ref: 'profile:new' }, ...TESTED })],
      },
      resources: [...world, user(ALICE)],
    };
    expect(linesOf(planOf(given))).toEqual([
      'profile:New#create',
      'settings:email#edit < profile:New#create',
      `${A}#edit < profile:New#create`,
      `${A}#test < ${A}#edit, profile:New#create`,
    ]);
  });

  it('a changed profile makes the tests of its mailboxes worthless, and of no others', () => {
    const given: Case = {
      config: {
        profiles: [profileItem('Gmail', { 'incoming.port': 993 })],
        mailboxes: [mailboxItem('user', ALICE, TESTED), mailboxItem('queue', 'Support', TESTED)],
      },
      resources: [...world, user(ALICE), queue('Support', { fields: GMAIL })],
    };
    const plan = planOf(given);
    expect(linesOf(plan)).toEqual(['profile:Gmail#edit', `${S}#test < profile:Gmail#edit`]);
    expect(plan.steps[1]?.because).toEqual([
      { kind: 'consequence', of: 'profile:Gmail#edit', field: 'incoming.port' },
      { kind: 'config', source: { file: 'mailboxctl.yaml', line: 50, column: 5 } },
    ]);
  });

  it('a mailbox that leaves a changed profile is tested because it leaves', () => {
    const given: Case = {
      config: {
        profiles: [profileItem('Gmail', { 'incoming.port': 993 })],
        mailboxes: [
          mailboxItem('queue', 'Support', { serverProfile: { ref: `profile:${ONLINE}` }, ...TESTED }),
        ],
      },
      resources: [...world, queue('Support', { fields: GMAIL })],
    };
    const plan = planOf(given);
    expect(linesOf(plan)).toEqual(['profile:Gmail#edit', `${S}#edit`, `${S}#test < ${S}#edit`]);
    expect(plan.steps[2]?.because[0]).toEqual({
      kind: 'consequence',
      of: `${S}#edit`,
      field: 'serverProfile',
    });
  });

  it('a profile is deactivated when everybody has left it', () => {
    const given: Case = {
      config: {
        profiles: [profileItem('Gmail', { state: 'inactive' })],
        mailboxes: [
          mailboxItem('queue', 'Support', { serverProfile: { ref: `profile:${ONLINE}` }, ...TESTED }),
        ],
      },
      resources: [...world, queue('Support', { fields: GMAIL })],
    };
    expect(linesOf(planOf(given))).toEqual([
      `${S}#edit`,
      `${S}#test < ${S}#edit`,
      `profile:Gmail#deactivate < ${S}#edit`,
    ]);
  });

  it('a forward mailbox is created, approved and tested', () => {
    const fields = {
      emailAddress: 'in@contoso.com',
      serverProfile: { ref: `profile:${ONLINE}` },
      incoming: 'server-side-sync',
      approved: true,
      ...TESTED,
    };
    const plan = planOf({ config: { mailboxes: [mailboxItem('forward', 'In', fields)] }, resources: world });
    const F = 'mailbox:forward/In';
    expect(linesOf(plan)).toEqual([`${F}#create`, `${F}#approve < ${F}#create`, `${F}#test < ${F}#approve`]);
    expect(plan.steps.map(({ set }) => set)).toEqual([
      [
        { field: 'name', from: null, to: 'In' },
        { field: 'emailAddress', from: null, to: 'in@contoso.com' },
        { field: 'serverProfile', from: null, to: { ref: `profile:${ONLINE}` } },
        { field: 'incoming', from: null, to: 'server-side-sync' },
        { field: 'outgoing', from: null, to: 'none', default: true },
        { field: 'appointmentsContactsTasks', from: null, to: 'none', default: true },
      ],
      [{ field: 'approved', from: { unknown: `${F}#create` }, to: 'approved', for: 'in@contoso.com' }],
      [{ field: 'testAndEnable', from: { incoming: 'not-run' }, to: true }],
    ]);
    expect(plan.records).toEqual({
      [F]: [{ role: 'self', table: 'made', id: `new ${F}`, new: true }],
      [`profile:${ONLINE}`]: [{ role: 'self', table: 'emailserverprofile', id: `id of ${ONLINE}` }],
    });
  });
});

describe('what steps say', () => {
  it('from is the value that is there when the step is carried out', () => {
    const plan = planOf(
      support({ ...FULL, ...GMAIL, emailAddress: 'help@contoso.com' }, { 'tests.incoming': 'failure' }),
    );
    expect(plan.steps.map(({ verb, set }) => [verb, set])).toEqual([
      ['readdress', [{ field: 'emailAddress', from: 'support@contoso.com', to: 'help@contoso.com' }]],
      [
        'edit',
        [{ field: 'serverProfile', from: { ref: `profile:${ONLINE}` }, to: { ref: 'profile:Gmail' } }],
      ],
      [
        'approve',
        [{ field: 'approved', from: { unknown: `${S}#readdress` }, to: 'approved', for: 'help@contoso.com' }],
      ],
      ['test', [{ field: 'testAndEnable', from: { incoming: 'failure', outgoing: 'success' }, to: true }]],
    ]);
  });

  it('because names the declaration, and the step that a consequence is of', () => {
    const declared = { kind: 'config', source: { file: 'mailboxctl.yaml', line: 50, column: 5 } };
    const plan = planOf(support({ ...FULL, emailAddress: 'help@contoso.com' }));
    expect(plan.steps.map(({ verb, because }) => [verb, because])).toEqual([
      ['readdress', [declared]],
      ['approve', [{ kind: 'consequence', of: `${S}#readdress`, field: 'emailAddress' }, declared]],
      ['test', [{ kind: 'consequence', of: `${S}#readdress`, field: 'emailAddress' }, declared]],
    ]);
  });

  it('because names the state of the mailbox where no step made it necessary', () => {
    const plan = planOf(alice(TESTED, { 'tests.incoming': 'not-run', 'enabled.incoming': false }));
    expect(plan.steps[0]?.because).toEqual([
      { kind: 'health', field: 'tests.incoming', why: 'not-run' },
      { kind: 'config', source: { file: 'mailboxctl.yaml', line: 50, column: 5 } },
      { kind: 'health', field: 'enabled.incoming', why: 'disabled' },
    ]);
  });

  it('because names an approval that came after a failed test', () => {
    const plan = planOf(
      alice(TESTED, {
        'tests.incoming': 'failure',
        'tests.outgoing': 'not-run',
        'tests.completedOn': '2026-11-20T08:00:00Z',
        'approval.on': '2026-11-20T08:11:00Z',
      }),
    );
    expect(plan.steps[0]?.because.slice(0, 2)).toEqual([
      { kind: 'health', why: 'approved since the last test' },
      { kind: 'health', field: 'tests.incoming', why: 'failure' },
    ]);
  });

  it('because names the ceiling for what it sets, and the item for the rest', () => {
    const source = { file: 'mailboxctl.yaml', line: 9, column: 5 };
    const given = alice({ incoming: 'server-side-sync', credentials: 'allowed' });
    const mail = { allow: ['*@test.contoso.com'], others: 'leave', source } as const;
    const plan = planOf({ ...given, config: { ...given.config, environment: environment({ mail }) } });
    expect(plan.steps.map(({ id, set, because }) => [id, set.map(({ field }) => field), because])).toEqual([
      [
        `${A}#edit`,
        ['incoming', 'outgoing', 'credentials'],
        [
          { kind: 'ceiling', source },
          { kind: 'config', source: { file: 'mailboxctl.yaml', line: 50, column: 5 } },
        ],
      ],
    ]);
  });

  it('because names the ceiling alone where nothing else covers the mailbox', () => {
    const source = { file: 'mailboxctl.yaml', line: 9, column: 5 };
    const mail = { allow: ['*@test.contoso.com'], others: 'none', source } as const;
    const plan = planOf({
      config: { environment: environment({ mail }) },
      resources: [...world, user(ALICE)],
    });
    expect(plan.steps.map(({ id, because }) => [id, because])).toEqual([
      [`${A}#edit`, [{ kind: 'ceiling', source }]],
    ]);
  });

  it('an approval remembers that a person said no, also under a new address', () => {
    const plan = planOf(support({ ...FULL, emailAddress: 'help@contoso.com' }, { approved: 'rejected' }));
    expect(plan.steps.find(({ verb }) => verb === 'approve')?.set).toEqual([
      { field: 'approved', from: 'rejected', to: 'approved', for: 'help@contoso.com' },
    ]);
  });

  it('a value that a rule set names the rule', () => {
    const given: Case = {
      config: { rules: [rule('all', { outgoing: 'none' })] },
      resources: [...world, user(ALICE)],
    };
    expect(planOf(given).steps[0]?.because).toEqual([
      { kind: 'config', source: { file: 'mailboxctl.yaml', line: 40, column: 5, rule: 'all' } },
    ]);
  });

  it('the defaults of a type are written on creation, shown, and not managed afterwards', () => {
    const declared = {
      type: 'pop3-smtp',
      'incoming.server': 'a',
      'outgoing.server': 'b',
      'outgoing.port': 465,
    };
    const profiles = [profileItem('POP', declared)];
    expect(planOf({ config: { profiles }, resources: world }).steps[0]?.set).toEqual([
      { field: 'name', from: null, to: 'POP' },
      { field: 'type', from: null, to: 'pop3-smtp' },
      { field: 'incoming.server', from: null, to: 'a' },
      { field: 'outgoing.server', from: null, to: 'b' },
      { field: 'outgoing.port', from: null, to: 465 },
      { field: 'incoming.port', from: null, to: 995, default: true },
      { field: 'incoming.authentication', from: null, to: 'user-or-queue', default: true },
      { field: 'outgoing.authentication', from: null, to: 'user-or-queue', default: true },
    ]);
    const there = profile('POP', { fields: { ...declared, 'incoming.port': 110 } });
    expect(linesOf(planOf({ config: { profiles }, resources: [...world, there] }))).toEqual([]);
  });
});

describe('secrets', () => {
  const password = { secret: 'env:SUPPORT_PASSWORD' };
  const declared = {
    credentials: 'allowed',
    'credentials.username': 'support',
    'credentials.password': password,
  };
  const there = {
    credentials: 'allowed',
    'credentials.username': 'support',
    'credentials.password': { is_set: true },
  };

  it.each<[string, Fields, boolean, unknown]>([
    ['one that is set is left alone', there, false, undefined],
    ['one that is not set', { ...there, 'credentials.password': { is_set: false } }, false, 'not-set'],
    ['another user name', { ...there, 'credentials.username': 'old' }, false, 'group-changed'],
    ['credentials are allowed anew', { ...there, credentials: 'none' }, false, 'group-changed'],
    ['on request', there, true, 'rotate'],
    ['on request, and none is set', { ...there, 'credentials.password': { is_set: false } }, true, 'not-set'],
  ])('%s', (_name, actual, rotate, why) => {
    const plan = planOf({
      ...support(declared, actual),
      options: { rotate: (address) => rotate && address === S },
    });
    const written = plan.steps
      .flatMap(({ set }) => set)
      .find(({ field }) => field === 'credentials.password');
    expect(written?.to).toEqual(why === undefined ? undefined : { ...password, why });
    expect(plan.steps.some(({ verb }) => verb === 'edit')).toBe(why !== undefined);
  });

  it('a new password is tested', () => {
    const given = { ...support({ ...declared, ...FULL }, there), options: { rotate: () => true } };
    expect(linesOf(planOf(given))).toEqual([`${S}#edit`, `${S}#test < ${S}#edit`]);
  });

  it('of a mailbox that is created', () => {
    const plan = planOf({
      config: { mailboxes: [mailboxItem('forward', 'In', declared)] },
      resources: world,
    });
    expect(plan.steps[0]?.set.find(({ field }) => field === 'credentials.password')).toEqual({
      field: 'credentials.password',
      from: null,
      to: { ...password, why: 'created' },
    });
  });
});

describe('held back', () => {
  const failure = { 'tests.incoming': 'failure', 'tests.completedOn': '2026-11-21T03:00:00Z' };
  const neverApproved = { ...failure, 'tests.outgoing': 'failure', approved: 'pending' };
  const broken = (fields: Fields): Case => alice(TESTED, { 'tests.incoming': 'not-run', ...fields });
  const disabled: Case = {
    config: { mailboxes: [mailboxItem('user', ALICE, { outgoing: 'none', approved: false })] },
    resources: [...world, user(ALICE, { facts: { ownerEnabled: false } })],
  };

  it.each<[string, Case, readonly string[], readonly string[]]>([
    ['the owner is disabled', disabled, [`${A}#edit owner-disabled`, `${A}#reject owner-disabled`], []],
    [
      'there is no address to approve',
      {
        config: {
          mailboxes: [
            mailboxItem('queue', 'Support', { approved: true, emailAddress: 'support@contoso.com' }),
          ],
        },
        resources: [
          ...world,
          queue('Support', {
            fields: { approved: 'pending', emailAddress: null },
            facts: { emailAddress: null },
          }),
        ],
      },
      [],
      [`${S}#readdress`, `${S}#approve < ${S}#readdress`],
    ],
    [
      'a forward mailbox has no address',
      {
        config: { mailboxes: [mailboxItem('forward', 'In', { ...TESTED, incoming: 'server-side-sync' })] },
        resources: world,
      },
      ['mailbox:forward/In#test no-address'],
      ['mailbox:forward/In#create'],
    ],
    ['an inactive mailbox', broken({ state: 'inactive' }), [`${A}#test mailbox-inactive`], []],
    [
      'an inactive mailbox that nothing activates is vouched for by nobody',
      alice({ approved: true }, { approved: 'pending', state: 'inactive' }),
      [`${A}#approve mailbox-inactive`],
      [],
    ],
    [
      'one that the plan activates is',
      alice({ approved: true, state: 'active' }, { approved: 'pending', state: 'inactive' }),
      [],
      [`${A}#activate`, `${A}#approve < ${A}#activate`],
    ],
    ['no address to test', broken({ emailAddress: null }), [`${A}#test no-address`], []],
    ['no profile', broken({ serverProfile: null }), [`${A}#test profile-missing`], []],
    [
      'a profile that is not known',
      broken({ serverProfile: { unknown: 'record x' } }),
      [`${A}#test profile-missing`],
      [],
    ],
    [
      'an inactive profile',
      {
        ...broken({}),
        resources: [
          settings(),
          profile(ONLINE, { fields: { state: 'inactive' } }),
          user(ALICE, { fields: { 'tests.incoming': 'not-run' } }),
        ],
      },
      [`${A}#test profile-inactive`],
      [],
    ],
    [
      'a profile that this plan deactivates',
      {
        config: {
          profiles: [profileItem(ONLINE, { state: 'inactive' })],
          mailboxes: [mailboxItem('user', ALICE, TESTED)],
        },
        resources: [...world, user(ALICE, { fields: { 'tests.incoming': 'not-run' } })],
      },
      [`${A}#test profile-inactive`],
      [`profile:${ONLINE}#deactivate`],
    ],
    [
      'a profile that this plan activates is none',
      {
        config: {
          profiles: [profileItem(ONLINE, { state: 'active' })],
          mailboxes: [mailboxItem('user', ALICE, TESTED)],
        },
        resources: [settings(), profile(ONLINE, { fields: { state: 'inactive' } }), user(ALICE)],
      },
      [],
      [`profile:${ONLINE}#activate`, `${A}#test < profile:${ONLINE}#activate`],
    ],
    ['not approved', broken({ approved: 'pending' }), [`${A}#test not-approved`], []],
    [
      'not approved, which the environment does not ask for',
      {
        ...broken({}),
        resources: [
          settings({ 'onlyApproved.users': false }),
          profile(),
          user(ALICE, { fields: { approved: 'pending', 'tests.incoming': 'not-run' } }),
        ],
      },
      [],
      [`${A}#test`],
    ],
    [
      'a forward mailbox that is not approved, whatever the environment asks of users',
      inbound({ approved: 'pending' }, { 'onlyApproved.users': false }),
      ['mailbox:forward/In#test not-approved'],
      [],
    ],
    [
      'a forward mailbox of an environment that knows no approval of them',
      inbound({}, { 'onlyApproved.users': true }),
      [],
      ['mailbox:forward/In#test'],
    ],
    [
      'approval that this plan demands',
      {
        config: {
          settings: settingsItem({ 'onlyApproved.users': true }),
          mailboxes: [mailboxItem('user', ALICE, TESTED)],
        },
        resources: [
          settings({ 'onlyApproved.users': false }),
          profile(),
          user(ALICE, { fields: { approved: 'pending', 'tests.incoming': 'not-run' } }),
        ],
      },
      [`${A}#test not-approved`],
      ['settings:email#approval-policy'],
    ],
    [
      'an approval that nothing vouches for any more',
      {
        config: {
          rules: [rule('r', { approved: true })],
          mailboxes: [mailboxItem('queue', 'Support', { emailAddress: 'help@contoso.com' })],
        },
        resources: [...world, queue('Support')],
      },
      [`${S}#approve approval-needs-address`],
      [`${S}#readdress`],
    ],
    [
      'waits for the approval of a person',
      {
        ...alice({ approved: true, ...TESTED }, { approved: 'pending', 'tests.incoming': 'not-run' }),
        config: {
          environment: environment({ approvals: 'hand-off' }),
          mailboxes: [mailboxItem('user', ALICE, { approved: true, ...TESTED })],
        },
      },
      [`${A}#test waits-for-approval`],
      [`${A}#approve (hand-off)`],
    ],
    [
      'another type',
      {
        config: { profiles: [profileItem('Gmail', { type: 'gmail', 'incoming.port': 1 })] },
        resources: world,
      },
      ['profile:Gmail#edit type-cannot-change'],
      [],
    ],
    ['failed recently', alice(TESTED, failure), [`${A}#test failed-recently 2026-11-22T03:00:00.000Z`], []],
    [
      'failed long ago',
      alice(TESTED, { ...failure, 'tests.completedOn': '2026-11-20T08:59:59Z' }),
      [],
      [`${A}#test`],
    ],
    [
      'failed recently, and changed by this plan',
      alice({ ...TESTED, ...GMAIL }, failure),
      [],
      [`${A}#edit`, `${A}#test < ${A}#edit`],
    ],
    [
      'failed recently one way, and the profile is changed for the other',
      {
        config: {
          profiles: [profileItem(ONLINE, { 'incoming.port': 993 })],
          mailboxes: [mailboxItem('user', ALICE, TESTED)],
        },
        resources: [
          ...world,
          user(ALICE, {
            fields: { 'tests.outgoing': 'failure', 'tests.completedOn': '2026-11-21T03:00:00Z' },
          }),
        ],
      },
      [],
      [`profile:${ONLINE}#edit`, `${A}#test < profile:${ONLINE}#edit`],
    ],
    [
      'failed recently, approved since',
      alice(TESTED, { ...failure, 'tests.outgoing': 'failure', 'approval.on': '2026-11-21T03:10:01Z' }),
      [],
      [`${A}#test`],
    ],
    [
      'failed recently, approved right then',
      alice(TESTED, { ...failure, 'tests.outgoing': 'failure', 'approval.on': '2026-11-21T03:10:00Z' }),
      [`${A}#test failed-recently 2026-11-22T03:00:00.000Z`],
      [],
    ],
    [
      'failed one way, approved since: the approval was not the reason',
      alice(TESTED, { ...failure, 'approval.on': '2026-11-21T08:00:00Z' }),
      [`${A}#test failed-recently 2026-11-22T03:00:00.000Z`],
      [],
    ],
    [
      'failed recently, and approved by this plan',
      alice({ ...TESTED, approved: true }, neverApproved),
      [],
      [`${A}#approve`, `${A}#test < ${A}#approve`],
    ],
    [
      'disabled, not failed',
      alice(TESTED, { 'enabled.incoming': false, 'tests.completedOn': '2026-11-21T08:00:00Z' }),
      [],
      [`${A}#test`],
    ],
    [
      'a test that hangs',
      alice(
        { outgoing: 'outlook', ...TESTED },
        { 'tests.scheduled': true, 'tests.requestedOn': '2026-11-21T08:44:59Z', 'tests.incoming': 'not-run' },
      ),
      [`${A}#edit stuck`, `${A}#test stuck`],
      [],
    ],
    [
      'taken by another environment',
      alice(TESTED, { 'enabled.incoming': false, 'enabled.outgoing': false }),
      [`${A}#test stolen`],
      [],
    ],
    [
      'taken by another environment, and changed by this plan',
      alice({ ...TESTED, ...GMAIL }, { 'enabled.incoming': false, 'enabled.outgoing': false }),
      [`${A}#test stolen`],
      [`${A}#edit`],
    ],
    [
      'taken by another environment, and taken back by a mark',
      alice(
        { ...TESTED, syncFromThisOrganizationOnly: true },
        { 'enabled.incoming': false, 'enabled.outgoing': false },
      ),
      [],
      [`${A}#test`],
    ],
    [
      'a test that is under way',
      alice(
        { outgoing: 'outlook' },
        { 'tests.scheduled': true, 'tests.requestedOn': '2026-11-21T08:45:00Z' },
      ),
      [],
      [`${A}#edit`],
    ],
    [
      'a test that hangs, of which only the journal tells',
      {
        ...alice({ outgoing: 'outlook' }, { 'tests.scheduled': true, 'tests.requestedOn': null }),
        history: { openTests: new Map([[A, '2026-11-21T08:00:00Z']]) },
      },
      [`${A}#edit stuck`],
      [],
    ],
  ])('%s', (_name, given, held, steps) => {
    const plan = planOf(given);
    expect([heldOf(plan), linesOf(plan)]).toEqual([held, steps]);
  });
});

describe('results that may not be trusted', () => {
  const retest = (given: Case): Case => ({ ...given, options: { retest: ({ failed }) => failed } });
  const failed = { 'tests.incoming': 'failure', 'tests.completedOn': '2026-11-21T03:00:00Z' };
  const earlier = (at: string, address = A): Case => ({
    ...alice(TESTED, { 'tests.completedOn': '2026-11-20T10:00:00Z' }),
    history: { untestedWrite: new Map([[address, at]]) },
  });

  it.each<[string, Case, readonly string[]]>([
    ['asked for again', retest(alice(TESTED, failed)), [`${A}#test`]],
    ['asked for of what did not fail', retest(alice(TESTED)), []],
    ['asked for where no test is wanted', retest(alice({}, failed)), []],
    [
      'asked for of one that another environment took',
      {
        ...alice(TESTED, { 'enabled.incoming': false, 'enabled.outgoing': false }),
        options: { retest: () => true },
      },
      [`${A}#test`],
    ],
    [
      'asked for of one that another environment took, and that an earlier run wrote to',
      {
        ...earlier('2026-11-21T00:00:00Z'),
        resources: [
          ...world,
          user(ALICE, { fields: { 'enabled.incoming': false, 'enabled.outgoing': false } }),
        ],
        options: { retest: () => true },
      },
      [`${A}#test`],
    ],
    ['written to since by an earlier run', earlier('2026-11-20T10:00:01.000Z'), [`${A}#test`]],
    ['written to in the same second', earlier('2026-11-20T10:00:00.000Z'), [`${A}#test`]],
    ['written to before', earlier('2026-11-20T09:59:59.900Z'), []],
    [
      'its profile was written to since',
      earlier('2026-11-20T10:00:01.000Z', `profile:${ONLINE}`),
      [`${A}#test`],
    ],
    ['another profile was', earlier('2026-11-20T10:00:01.000Z', 'profile:Gmail'), []],
  ])('%s', (_name, given, expected) => expect(linesOf(planOf(given))).toEqual(expected));

  it('say why', () => {
    const because = (given: Case): unknown => planOf(given).steps[0]?.because[0];
    expect(because(retest(alice(TESTED, failed)))).toEqual({ kind: 'request', why: 'retest' });
    expect(because(earlier('2026-11-21T00:00:00Z'))).toEqual({ kind: 'consequence', why: 'earlier-run' });
  });
});
