/** Results of several environments as one: what each came to, what is equal, who lags behind whom. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plan, PlanDiagnostic, PlanStep } from '../model/plan.generated.ts';
import type { Merged } from '../model/report.generated.ts';
import { canonical } from '../model/value.ts';
import { exampleApply, troubledApply } from '../report/fixtures/applies.ts';
import { exampleDrift, makeDrift } from '../report/fixtures/drifts.ts';
import { approval, change, makeStep, test } from '../report/fixtures/make-plan.ts';
import { makeStatus } from '../report/fixtures/statuses.ts';
import {
  declares,
  driftIn,
  entryOf,
  environmentOf,
  merged,
  planIn,
} from '../report/merged-results.test-support.ts';
import { merge } from './merge.ts';
import { type Mergeable, take } from './take.ts';

const ON = [change('incoming', 'none', 'server-side-sync')];
const support = makeStep('mailbox:queue/Support', 'edit', { set: ON });
const sales = makeStep('mailbox:queue/Sales', 'edit', { set: ON });

function parts({ groups }: Merged): unknown {
  return groups.map(({ what, parts: own }) => ({ what, parts: own }));
}

describe('groups', () => {
  it('of nothing are none', () => {
    expect(merged([planIn('a', []), planIn('b', [])]).groups).toEqual([]);
  });

  it('of equal changes are one, whoever has them', () => {
    expect(merged([planIn('a', [support]), planIn('b', [support, sales]), planIn('c', [])]).groups).toEqual([
      {
        ...{
          kind: 'plan',
          what: 'edit',
          detail: null,
          severity: null,
          hand_off: false,
          due_before: false,
          set: ON,
          message: null,
        },
        environments: ['a', 'b'],
        parts: [
          { environments: ['a', 'b'], addresses: ['mailbox:queue/Support'] },
          { environments: ['b'], addresses: ['mailbox:queue/Sales'] },
        ],
        sources: [],
      },
    ]);
  });

  it.each<[string, PlanStep]>([
    ['another value', makeStep(support.address, 'edit', { set: [change('incoming', 'none', 'outlook')] })],
    [
      'another value before',
      makeStep(support.address, 'edit', { set: [change('incoming', 'outlook', 'server-side-sync')] }),
    ],
    [
      'another profile',
      makeStep(support.address, 'edit', { set: [change('serverProfile', null, { ref: 'profile:A' })] }),
    ],
    [
      'another field',
      makeStep(support.address, 'edit', { set: [change('outgoing', 'none', 'server-side-sync')] }),
    ],
    ['another verb', makeStep(support.address, 'activate', { set: ON })],
    ['a person', makeStep(support.address, 'edit', { set: ON, hand_off: true })],
  ])('of %s are two', (_, other) => {
    expect(merged([planIn('a', [support]), planIn('b', [other])]).groups).toHaveLength(2);
  });

  it('know neither records nor the spelling of names', () => {
    const shouted = makeStep('mailbox:queue/SUPPORT', 'edit', { set: ON });
    const b = planIn('b', [shouted], {
      records: { [shouted.address]: [{ role: 'self', table: 'mailboxes', id: 'other' }] },
    });
    expect(parts(merged([planIn('a', [support]), b]))).toEqual([
      { what: 'edit', parts: [{ environments: ['a', 'b'], addresses: ['mailbox:queue/Support'] }] },
    ]);
  });

  it('of approvals are one where each vouches for its own address, and tell others apart', () => {
    const [ann, bob] = ['ann@x.org', 'bob@x.org'].map((name) => approval(`mailbox:user/${name}`, name));
    const odd = approval('mailbox:user/cy@x.org', 'chief@x.org');
    expect(
      parts(
        merged([
          planIn(
            'a',
            [ann, bob, odd].flatMap((step) => step ?? []),
          ),
        ]),
      ),
    ).toEqual([
      {
        what: 'approve',
        parts: [{ environments: ['a'], addresses: ['mailbox:user/ann@x.org', 'mailbox:user/bob@x.org'] }],
      },
      { what: 'approve', parts: [{ environments: ['a'], addresses: ['mailbox:user/cy@x.org'] }] },
    ]);
  });

  it('of what an earlier step of the same resource makes are one', () => {
    const readdressed = (name: string): PlanStep =>
      makeStep(`mailbox:queue/${name}`, 'approve', {
        set: [{ field: 'approved', from: { unknown: `mailbox:queue/${name}#readdress` }, to: 'approved' }],
      });
    expect(merged([planIn('a', [readdressed('A'), readdressed('B')])]).groups.map(({ set }) => set)).toEqual([
      [{ field: 'approved', from: { unknown: '#readdress' }, to: 'approved' }],
    ]);
  });

  it('of an approval of a first e-mail address begin with none', () => {
    const address = 'mailbox:queue/New';
    const steps = (from: string | null): readonly PlanStep[] => [
      makeStep(address, 'readdress', { set: [change('emailAddress', from, 'new@x.org')] }),
      makeStep(address, 'approve', {
        set: [{ field: 'approved', from: { unknown: `${address}#readdress` }, to: 'approved' }],
      }),
    ];
    const fromOf = (old: string | null): unknown =>
      merged([planIn('a', steps(old))]).groups.find(({ what }) => what === 'approve')?.set[0]?.from;
    expect([fromOf(null), fromOf('old@x.org')]).toEqual([null, { unknown: '#readdress' }]);
  });

  it('the worst first', () => {
    const steps = [
      test('mailbox:queue/A', { incoming: 'failure' }),
      makeStep('mailbox:queue/A', 'edit', { set: ON }),
      makeStep('profile:Old', 'delete', { set: [] }),
    ];
    const report = merged([planIn('a', steps), driftIn('a', exampleDrift()), applyIn('a', troubledApply())]);
    const kinds = report.groups.map(({ kind }) => kind);
    expect(kinds).toEqual(
      kinds.toSorted((x, y) => ['apply', 'drift', 'plan'].indexOf(x) - ['apply', 'drift', 'plan'].indexOf(y)),
    );
    expect(report.groups[0]?.what).toBe('failed');
    expect(report.groups.filter(({ kind }) => kind === 'plan').map(({ what }) => what)).toEqual([
      'delete',
      'edit',
      'test',
    ]);
  });
});

function applyIn(name: string, report: ReturnType<typeof exampleApply>): Mergeable {
  const plan = { ...report.plan, environment: environmentOf(name) };
  return { kind: 'apply', document: { alerts: {}, ...report, format_version: '1.0', stopped: null, plan } };
}

const refusing = {
  guard: 'delete',
  severity: 'refuse',
  message: '',
  addresses: [],
  allowed_by: null,
} as const;

const AT = [{ file: 'queues.yaml', line: 3, column: 5 }];

describe('what who approves a plan has to know', () => {
  const base: NonNullable<Plan['base']> = {
    config_digest: '',
    pending: [support.id],
    partly_pending: [{ id: sales.id, fields: ['incoming'] }],
    withdrawn: [],
    no_longer_managed: [],
    secret_references: [],
  };
  const both = makeStep(sales.address, 'edit', { set: [...ON, change('outgoing', 'none', 'outlook')] });

  it('tells what was due before a request apart, of a step field by field', () => {
    const { groups } = merged([planIn('a', [support, both], { base })]);
    const told = groups.map(({ due_before, set, parts: [part] }) => [
      due_before,
      set.map(({ field }) => field),
      part?.addresses,
    ]);
    expect(told).toEqual([
      [true, ['incoming'], [sales.address, support.address]],
      [false, ['outgoing'], [sales.address]],
    ]);
  });

  it('is nothing of other results', () => {
    expect(merged([driftIn('a', exampleDrift())]).results[0]?.review).toBeNull();
  });

  it("names each e-mail address, the own of this request first, and counts what is a person's once", () => {
    const due = approval(support.address, 'support@x.org');
    const own = { ...approval('mailbox:user/ann@x.org', 'ann@x.org'), hand_off: true };
    const plan = planIn('a', [due, own], {
      base: { ...base, pending: [due.id], partly_pending: [] },
      handoffs: [{ step: own.id, who: [], why: 'no-role', where: '', command: '' }],
    });
    const [result] = merged([plan]).results;
    expect(result?.review?.access).toEqual([
      { address: own.address, email_address: 'ann@x.org', by_person: true, due_before: false },
      { address: due.address, email_address: 'support@x.org', by_person: false, due_before: true },
    ]);
    expect(result?.review?.request).toEqual({ steps: 1, due_before: 1, withdrawn: 0 });
    expect([result?.numbers.approve, result?.numbers.handed_off]).toEqual([1, 1]);
  });

  it('puts equal things that are no longer managed together, and counts warnings', () => {
    const lost = (name: string) => ({
      ...{ address: `mailbox:queue/${name}`, field: 'incoming', was: AT[0] ?? expect.fail(), now: null },
      value: 'outlook',
    });
    const warning = { ...INCOMPLETE, code: 'item-unused' };
    const plan = planIn('a', [], {
      base: { ...base, pending: [], no_longer_managed: [lost('A'), lost('B')] },
      diagnostics: [warning, INCOMPLETE, warning, { ...warning, severity: 'info' }],
    });
    expect(merged([plan]).results[0]?.review).toEqual({
      request: { steps: 0, due_before: 0, withdrawn: 0 },
      access: [],
      risks: [],
      no_longer_managed: [
        {
          addresses: ['mailbox:queue/A', 'mailbox:queue/B'],
          field: 'incoming',
          value: 'outlook',
          was: AT,
          now: [],
        },
      ],
      secret_references: [],
      warnings: { 'item-unused': 2, 'read-incomplete': 1 },
    });
  });

  it('names each place that declares an equal change once, in the order of the files', () => {
    const at = (line: number): PlanStep => ({
      ...support,
      because: [{ kind: 'config', source: { file: 'queues.yaml', line, column: 5 } }],
    });
    const { groups } = merged([planIn('a', [at(8)]), planIn('b', [at(3)]), planIn('c', [at(8)])]);
    expect(groups.map(({ sources }) => sources.map(({ line }) => line))).toEqual([[3, 8]]);
  });
});

describe('what a result came to', () => {
  it.each<[string, Mergeable, string]>([
    ['nothing to do', planIn('a', []), 'clean'],
    ['steps', planIn('a', [support]), 'changes'],
    ['steps of a person alone', planIn('a', [{ ...support, hand_off: true }]), 'waiting'],
    [
      'held back',
      planIn('a', [], { held_back: [{ address: 'mailbox:queue/A', verb: 'test', reason: 'stuck' }] }),
      'waiting',
    ],
    ['a guard', planIn('a', [support], { risks: [refusing] }), 'refused'],
    [
      'a guard that was allowed',
      planIn('a', [support], { risks: [{ ...refusing, allowed_by: '--allow delete' }] }),
      'changes',
    ],
    ['a notice', planIn('a', [support], { risks: [{ ...refusing, severity: 'notice' }] }), 'changes'],
    ['a plan that cannot be applied', planIn('a', [], { applyable: false }), 'refused'],
    ['drift', driftIn('a', exampleDrift()), 'drift'],
    ['no drift', driftIn('a', makeDrift([])), 'clean'],
    [
      'applied',
      applyIn('a', { ...exampleApply(), plan: { ...exampleApply().plan, handoffs: [] } }),
      'waiting',
    ],
    ['applied in part', applyIn('a', troubledApply()), 'incomplete'],
    [
      'no mailboxes',
      { kind: 'status', document: { ...makeStatus([]), environment: environmentOf('a') } },
      'clean',
    ],
  ])('%s', (_, result, state) => {
    expect(merged([result]).results.map((one) => one.state)).toEqual([state]);
  });

  it('an apply that stopped before its end is incomplete', () => {
    const { plan, outcomes, counts } = exampleApply();
    const document = {
      format_version: '1.0',
      plan,
      outcomes: outcomes.slice(0, 2),
      counts,
      alerts: {},
      stopped: null,
    } as const;
    const report = merged([{ kind: 'apply', document }]);
    expect(report.results[0]?.state).toBe('incomplete');
    expect(report.groups.map(({ what }) => what)).toEqual(['not-begun']);
  });

  it('the worst first, then by name', () => {
    const report = merged([
      planIn('z', [support]),
      planIn('b', []),
      planIn('a', []),
      planIn('q', [], { risks: [refusing] }),
    ]);
    expect(report.results.map(({ label, state, guards }) => [label, state, guards])).toEqual([
      ['q', 'refused', ['delete']],
      ['z', 'changes', []],
      ['a', 'clean', []],
      ['b', 'clean', []],
    ]);
    expect(report.summary).toEqual({
      ...{ environments: 4, results: 4, problems: 0, without_result: 0 },
      ...{ refused: 1, incomplete: 0, failing: 0, drift: 0, changes: 1, waiting: 0, clean: 2 },
    });
  });
});

const UNSEEN = { kind: 'mailbox', sort: 'user', reason: 'read-depth', depth: 'basic' } as const;
const INCOMPLETE: PlanDiagnostic = {
  code: 'read-incomplete',
  severity: 'warning',
  ...{ address: null, file: null, line: null, column: null, message: '', hint: null },
};

describe('who lags behind whom', () => {
  const wave = (left: number, resources = 5): Partial<Plan> => ({
    declared: [declares('rule:wave', 'outgoing', 'server-side-sync', [resources, left])],
  });
  const lags = (...plans: readonly Mergeable[]): unknown => merged(plans).lags;

  it('is told where one has what the other has still to set', () => {
    expect(
      lags(planIn('dev', [], wave(0)), planIn('prod', [sales], wave(3)), planIn('test', [], wave(0))),
    ).toEqual([
      {
        behind: ['prod'],
        ahead: ['dev', 'test'],
        changes: [{ item: 'rule:wave', field: 'outgoing', value: 'server-side-sync', left: 3 }],
      },
    ]);
  });

  it.each<[string, readonly Mergeable[]]>([
    ['both have it', [planIn('a', [], wave(0)), planIn('b', [], wave(0))]],
    ['neither has it', [planIn('a', [sales], wave(1)), planIn('b', [sales], wave(2))]],
    ['one does not declare it', [planIn('a', [], { declared: [] }), planIn('b', [sales], wave(2))]],
    ['one plan does not say', [planIn('a', []), planIn('b', [sales], wave(2))]],
    [
      'they want other values',
      [
        planIn('a', [], { declared: [declares('rule:wave', 'outgoing', 'none', [5, 0])] }),
        planIn('b', [sales], wave(2)),
      ],
    ],
    [
      'another rule decides',
      [
        planIn('a', [], { declared: [declares('rule:other', 'outgoing', 'server-side-sync', [5, 0])] }),
        planIn('b', [sales], wave(2)),
      ],
    ],
    [
      'not all mailboxes of the one were seen',
      [planIn('a', [], { ...wave(0), not_seen: [UNSEEN] }), planIn('b', [sales], wave(2))],
    ],
    [
      'memberships of the one could not be read',
      [planIn('a', [], { ...wave(0), diagnostics: [INCOMPLETE] }), planIn('b', [sales], wave(2))],
    ],
    ['only drift is known', [driftIn('a', makeDrift([])), driftIn('b', exampleDrift())]],
  ])('is not told where %s', (_, plans) => {
    expect(lags(...plans)).toEqual([]);
  });

  it('is told of profiles where only mailboxes were not seen', () => {
    const profile = (left: number): Partial<Plan> => ({
      declared: [declares('profile:P', 'description', 'x', [1, left])],
      not_seen: [UNSEEN],
    });
    expect(merged([planIn('a', [], profile(0)), planIn('b', [sales], profile(1))]).lags).toHaveLength(1);
  });

  it('goes both ways where each has something that the other has not', () => {
    const both = (outgoing: number, incoming: number): Partial<Plan> => ({
      declared: [
        declares('rule:wave', 'outgoing', 'server-side-sync', [5, outgoing]),
        declares('mailbox:queue/Support', 'incoming', 'none', [1, incoming]),
      ],
    });
    expect(lags(planIn('a', [sales], both(0, 1)), planIn('b', [sales], both(4, 0)))).toEqual([
      {
        behind: ['b'],
        ahead: ['a'],
        changes: [{ item: 'rule:wave', field: 'outgoing', value: 'server-side-sync', left: 4 }],
      },
      {
        behind: ['a'],
        ahead: ['b'],
        changes: [{ item: 'mailbox:queue/Support', field: 'incoming', value: 'none', left: 1 }],
      },
    ]);
  });
});

describe('what has no result', () => {
  const problem = { file: 'x.json', reason: 'cut', message: 'ends in the middle' } as const;

  it('hides nothing', () => {
    const alone = merged([planIn('a', [support])]);
    const beside = merged([planIn('a', [support])], [problem], [entryOf('a'), entryOf('bb')]);
    expect(beside).toEqual({
      ...alone,
      problems: [problem],
      without_result: [{ environment: 'bb', purpose: 'production', url: environmentOf('bb').url }],
      summary: { ...alone.summary, problems: 1, without_result: 1 },
    });
  });

  it('is an environment whose name another organization has', () => {
    const foreign = { ...entryOf('a'), organization_id: 'another' };
    expect(merged([planIn('a', [])], [], [foreign]).without_result).toHaveLength(1);
    expect(merged([planIn('a', [])], [], [{ ...foreign, organization_id: null }]).without_result).toEqual([]);
  });

  it('of two results of one environment the newest counts', () => {
    const older = take('old.json', planIn('a', [support]));
    const newer = take('new.json', planIn('a', [], { as_of: '2026-11-21T10:00:00Z' }));
    const report = merge({ taken: [older, newer], problems: [], declared: [] });
    expect(report.results.map(({ file }) => file)).toEqual(['new.json']);
    expect(report.problems).toEqual([
      {
        file: 'old.json',
        reason: 'older',
        message: 'is left out: new.json has the plan of a, as of 2026-11-21T10:00:00Z',
      },
    ]);
    expect(report.groups).toEqual([]);
  });

  it('the same result twice is one, and another of the same time is not the same', () => {
    const [one, copy, other] = [planIn('a', [support]), planIn('a', [support]), planIn('a', [sales])];
    const taken = [take('b.json', copy), take('a.json', one), take('c.json', other)];
    const report = merge({ taken, problems: [], declared: [] });
    expect(report.results.map(({ file }) => file)).toEqual(['a.json']);
    expect(report.summary.problems).toBe(1);
    expect(report.problems).toEqual([
      { file: 'b.json', reason: 'duplicate', message: 'is left out: a.json is the same result' },
      {
        file: 'c.json',
        reason: 'older',
        message: `is left out: a.json has the plan of a, as of ${one.kind === 'plan' ? one.document.as_of : ''}`,
      },
    ]);
  });

  it('two organizations with environments of one name are two', () => {
    const other = planIn('a', [support], { environment: { ...environmentOf('a'), organization_id: 'o2' } });
    const labels = merged([planIn('a', []), other]).results.map(({ label }) => label);
    expect(labels).toEqual(['a (o2)', `a (${environmentOf('a').organization_id})`]);
  });
});

/** Plans of a few environments, resources and values, so that much of it is equal. */
const somePlans = fc
  .uniqueArray(
    fc.record({
      name: fc.constantFrom('dev', 'test', 'staging', 'prod-eu', 'prod-us'),
      steps: fc.uniqueArray(
        fc
          .record({
            address: fc.constantFrom(
              'mailbox:queue/A',
              'mailbox:queue/B',
              'mailbox:user/c@x.org',
              'profile:P',
            ),
            verb: fc.constantFrom('create', 'edit', 'approve', 'test', 'delete'),
            to: fc.constantFrom('none', 'server-side-sync', true, 7),
            hand_off: fc.boolean(),
          })
          .map(({ address, verb, to, hand_off }) =>
            makeStep(address, verb as PlanStep['verb'], { set: [change('f', null, to)], hand_off }),
          ),
        { selector: ({ id }) => id },
      ),
      declared: fc.uniqueArray(
        fc
          .tuple(fc.constantFrom('rule:r', 'rule:s', 'profile:P'), fc.constantFrom('f', 'g'), fc.nat(2))
          .map(([item, field, left]) => declares(item, field, 1, [2, left])),
        { selector: ({ item, field }) => item + field },
      ),
    }),
    { selector: ({ name }) => name },
  )
  .map((plans) => plans.map(({ name, steps, declared }) => planIn(name, steps, { declared })));

describe('of any plans', () => {
  it('every step is in exactly one group, with its verb and values', () => {
    fc.assert(
      fc.property(somePlans, (plans) => {
        const expected = plans.flatMap((plan) =>
          plan.kind !== 'plan'
            ? []
            : plan.document.steps.map(({ address, verb, hand_off, set }) =>
                canonical([plan.document.environment.name, address, verb, hand_off === true, set]),
              ),
        );
        const found = merged(plans).groups.flatMap(({ what, hand_off, set, parts: own }) =>
          own.flatMap(({ environments, addresses }) =>
            environments.flatMap((name) =>
              addresses.map((address) => canonical([name, address, what, hand_off, set])),
            ),
          ),
        );
        expect(found.sort()).toEqual(expected.sort());
      }),
    );
  });

  it('the order of the files does not matter', () => {
    fc.assert(
      fc.property(
        somePlans.chain((plans) =>
          fc.tuple(fc.constant(plans), fc.shuffledSubarray(plans, { minLength: plans.length })),
        ),
        ([plans, shuffled]) => {
          expect(merged(shuffled)).toEqual(merged(plans));
        },
      ),
    );
  });

  it('whoever is ahead has nothing left of it, and whoever is behind has', () => {
    fc.assert(
      fc.property(somePlans, (plans) => {
        const left = new Map(
          plans.flatMap((plan) =>
            plan.kind !== 'plan'
              ? []
              : (plan.document.declared ?? []).map(
                  (one) => [`${plan.document.environment.name} ${one.item} ${one.field}`, one.left] as const,
                ),
          ),
        );
        for (const { ahead, behind, changes } of merged(plans).lags)
          for (const { item, field, left: told } of changes) {
            expect(ahead.map((label) => left.get(`${label} ${item} ${field}`))).toEqual(ahead.map(() => 0));
            const numbers = behind.map((label) => left.get(`${label} ${item} ${field}`) ?? 0);
            expect(Math.min(...numbers)).toBeGreaterThan(0);
            expect(numbers.reduce((sum, number) => sum + number, 0)).toBe(told);
          }
      }),
    );
  });
});
