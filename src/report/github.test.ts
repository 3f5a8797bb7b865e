/** Workflow commands as the runner reads them: written as @actions/core writes them, few enough, and none from a name. */

import { type AnnotationProperties, error, notice, warning } from '@actions/core';
import fc from 'fast-check';
import picocolors from 'picocolors';
import { describe, expect, it, vi } from 'vitest';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { DriftFinding } from '../model/drift.generated.ts';
import type { Plan, PlanSource } from '../model/plan.generated.ts';
import { troubledApply } from './fixtures/applies.ts';
import { wildPlan } from './fixtures/careful-plans.ts';
import { exampleDrift, hugeDrift, makeDrift } from './fixtures/drifts.ts';
import { change, declaredAt, makePlan, makeStep } from './fixtures/make-plan.ts';
import { examplePlan, hugeEqualPlan, richPlan } from './fixtures/plans.ts';
import { exampleProblems, makeProblems } from './fixtures/problems.ts';
import { applyGithub, driftGithub, planGithub, validateGithub } from './github.ts';
import type { Style } from './style.ts';

const STYLE: Style = { colors: picocolors.createColors(false), width: 80, unicode: true };
const WRITERS = { error, warning, notice } as const;

/** As the runner takes a line apart (actions/runner, ActionCommand.cs). */
function parsedCommand(
  line: string,
): { name: string; properties: Record<string, string>; data: string } | null {
  const [, head, data] = /^\s*::(.*?)::(.*)$/su.exec(line) ?? [];
  if (head === undefined || data === undefined) return null;
  const [name = '', rest = ''] = head.split(/ (.*)/su);
  const pairs = rest.split(',').filter((pair) => pair !== '');
  const properties = Object.fromEntries(
    pairs
      .map((pair) => pair.split(/=(.*)/su).slice(0, 2))
      .map(([key, value = '']) => [key, unescaped(value)]),
  ) as Record<string, string>;
  return { name, properties, data: unescaped(data) };
}

function unescaped(text: string): string {
  return text
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%25', '%');
}

type Command = NonNullable<ReturnType<typeof parsedCommand>>;

function commandsOf(output: string): readonly Command[] {
  return output.split('\n').flatMap((line) => parsedCommand(line) ?? []);
}

const OUTPUTS: readonly (readonly [string, () => string])[] = [
  ['problems', () => validateGithub(exampleProblems(), STYLE)],
  ['a plan', () => planGithub(examplePlan(), STYLE)],
  ['a rich plan', () => planGithub(richPlan(), STYLE)],
  ['thousands of everything', () => planGithub(wildPlan(), STYLE)],
  ['an apply', () => applyGithub(troubledApply(), STYLE)],
  ['drift', () => driftGithub(exampleDrift(), STYLE)],
  ['much drift', () => driftGithub(hugeDrift(), STYLE)],
];

describe('what @actions/core writes', () => {
  it.each(OUTPUTS)('is what we write: %s', (_, write) => {
    const lines = write()
      .split('\n')
      .filter((line) => /^::(?:error|warning|notice) /u.test(line));
    const written: string[] = [];
    const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      written.push(String(text).trimEnd());
      return true;
    });
    for (const line of lines) {
      const { name, properties, data } = parsedCommand(line) as Command;
      const { line: startLine, col, ...rest } = properties;
      const at: AnnotationProperties = {
        ...rest,
        ...(startLine === undefined ? {} : { startLine: Number(startLine) }),
        ...(col === undefined ? {} : { startColumn: Number(col) }),
      };
      WRITERS[name as keyof typeof WRITERS](data, at);
    }
    stdout.mockRestore();
    // The order of the properties is theirs.
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.map(inOrder)).toEqual(written.map(inOrder));
  });
});

function inOrder(line: string): string {
  return line.replace(/^::(\w+) (.*?)::/su, (_, name: string, pairs: string) => {
    return `::${name} ${pairs.split(',').sort().join(',')}::`;
  });
}

describe('limits', () => {
  it.each(OUTPUTS)('at most ten of each level: %s', (_, write) => {
    const names = commandsOf(write()).map(({ name }) => name);
    for (const level of ['error', 'warning', 'notice'])
      expect(names.filter((name) => name === level).length).toBeLessThanOrEqual(10);
  });

  it('all of them where everything is to be listed: who reads a file is no runner', () => {
    const plan = wildPlan();
    const few = commandsOf(planGithub(plan, STYLE)).filter(({ properties }) => properties.file !== undefined);
    const all = commandsOf(planGithub(plan, { ...STYLE, verbose: true })).filter(
      ({ properties }) => properties.file !== undefined,
    );
    expect(all.length).toBeGreaterThan(few.length);
    expect(few.filter((one) => !all.some((each) => each.data === one.data))).toEqual([]);
  });

  it('the others are counted, by level', () => {
    const [example] = exampleProblems().diagnostics as readonly [Diagnostic];
    const errors = Array.from({ length: 1012 }, (_, line) => ({
      ...example,
      source: { file: 'a.yaml', line: line + 1, column: 1 },
    }));
    const output = validateGithub(makeProblems([...exampleProblems().diagnostics, ...errors]), STYLE);
    expect(commandsOf(output).at(-1)).toEqual({
      name: 'notice',
      properties: { title: 'mailboxctl validate' },
      data: '1,004 errors more; GitHub shows 10 of each of a step. The log and the summary have all.',
    });
  });

  it('a hundred of one rule do not hide another', () => {
    const diagnostics = richPlan().diagnostics;
    const other = { ...diagnostics[0], code: 'other', line: 99 } as (typeof diagnostics)[number];
    const output = planGithub(makePlan({ diagnostics: [...diagnostics, other] }), STYLE);
    expect(commandsOf(output).map(({ properties }) => properties.title)).toContain(
      'mailboxctl plan prod: Other',
    );
  });

  it('equal changes at one line are one annotation', () => {
    const notices = commandsOf(planGithub(hugeEqualPlan(), STYLE)).filter(({ name }) => name === 'notice');
    expect(notices[0]).toEqual({
      name: 'notice',
      properties: { file: 'mailboxctl.yaml', line: '47', col: '5', title: 'mailboxctl plan prod: Change' },
      data: '3,000 mailboxes: incoming: outlook → server-side-sync\nalice@contoso.com, bob@contoso.com, carol@contoso.com, dave@contoso.com, erin@contoso.com and 2,995 more.',
    });
  });

  const NOTHING_COMPARED = {
    config_digest: `sha256:${'0'.repeat(64)}`,
    pending: [],
    withdrawn: [],
    no_longer_managed: [],
    secret_references: [],
  };

  it('each field of an edit stands at its own line, a secret where its reference stands', () => {
    const address = 'mailbox:queue/Support';
    const set = [
      change('incoming', 'none', 'outlook'),
      change('credentials.password', { is_set: true }, { secret: 'env:NEW', why: 'reference-changed' }),
      change('outgoing', 'none', 'outlook'),
    ];
    const [source, other] = [5, 8].map((line) => ({ file: 'queues.yaml', line, column: 3 }));
    const plan: Plan = {
      ...makePlan({ steps: [makeStep(address, 'edit', { set })] }),
      resource_changes: [
        {
          ...(examplePlan().resource_changes[0] as Plan['resource_changes'][number]),
          address,
          sources: { incoming: source as PlanSource, outgoing: source as PlanSource },
        },
      ],
      base: {
        ...NOTHING_COMPARED,
        secret_references: [
          {
            address,
            field: 'credentials.password',
            from: 'env:OLD',
            to: 'env:NEW',
            source: other as PlanSource,
          },
        ],
      },
    };
    const notices = commandsOf(planGithub(plan, STYLE)).filter(({ name }) => name === 'notice');
    expect(notices.map(({ properties, data }) => [properties.line, data])).toEqual([
      ['5', `${address}: incoming: none → outlook, outgoing: none → outlook`],
      ['8', `${address}: credentials.password: (set) → (env:NEW, because the reference changed)`],
    ]);
  });

  it('of an edit only what is of this request is an annotation', () => {
    const step = makeStep('mailbox:queue/A', 'edit', {
      set: [change('incoming', 'none', 'outlook'), change('outgoing', 'none', 'outlook')],
    });
    const partly_pending = [{ id: step.id, fields: ['incoming'] }];
    const plan = makePlan({ steps: [step], base: { ...NOTHING_COMPARED, partly_pending } });
    const notices = commandsOf(planGithub(plan, STYLE)).filter(({ name }) => name === 'notice');
    expect(notices.map(({ data }) => data)).toEqual(['mailbox:queue/A: outgoing: none → outlook']);
  });

  it('what is held back stands where something else is said of it', () => {
    const address = 'mailbox:queue/A';
    const plan = makePlan({
      held_back: [{ address, verb: 'test', reason: 'stuck' }],
      findings: [
        {
          kind: 'ambiguous',
          address,
          source: { file: 'queues.yaml', line: 4, column: 3 },
          message: 'two',
          hint: null,
          candidates: [],
        },
      ],
    });
    const lines = commandsOf(planGithub(plan, STYLE)).flatMap(({ data, properties }) =>
      data.includes('held back') ? [properties.line] : [],
    );
    expect(lines).toEqual(['4']);
  });

  it('what was due before this request is no annotation of it', () => {
    const steps = [
      makeStep('mailbox:queue/Mine', 'edit', { set: [change('incoming', 'none', 'outlook')] }),
      makeStep('mailbox:queue/Older', 'edit', { set: [change('incoming', 'none', 'outlook')] }),
    ];
    const base = {
      config_digest: `sha256:${'0'.repeat(64)}`,
      pending: ['mailbox:queue/Older#edit'],
      withdrawn: [],
      no_longer_managed: [],
      secret_references: [],
    };
    const output = planGithub(
      { ...makePlan({ steps }), base } as unknown as Parameters<typeof planGithub>[0],
      STYLE,
    );
    expect(commandsOf(output).filter(({ name }) => name === 'notice')).toEqual([
      {
        name: 'notice',
        properties: { title: 'mailboxctl plan prod: Change' },
        data: 'mailbox:queue/Mine: incoming: none → outlook',
      },
    ]);
  });
});

describe('names', () => {
  const EVIL = [
    '::error::all is lost',
    '\n::set-output name=a::b',
    '\r\n::add-mask::x',
    '%0A::stop-commands::x',
    '##[add-mask]x',
    '##vso[task.setvariable variable=a]b',
    ', title=x::y',
    '::endgroup::',
    ' ::warning file=a::b',
    '\u2028::error::x',
    '\u0085::error::x',
  ];
  const name = fc.oneof(
    fc.constantFrom(...EVIL),
    fc.tuple(fc.string({ unit: 'binary' }), fc.constantFrom(...EVIL)).map((parts) => parts.join(' ')),
    fc.tuple(fc.constantFrom(...EVIL), fc.string({ unit: 'binary' })).map((parts) => parts.join('')),
  );

  /** What the runner does with a line, by either syntax; without what it does not know. */
  function commandNames(output: string): readonly string[] {
    return output.split(/\r\n|[\n\r]/u).flatMap((line) => {
      const older = /##(?:\w*)\[/u.test(line) ? ['##'] : [];
      const found = parsedCommand(line);
      return found === null ? older : [found.name];
    });
  }

  it('give no command', () => {
    fc.assert(
      fc.property(name, fc.integer({ min: 40, max: 120 }), (evil, width) => {
        const address = `profile:${evil}`;
        const plan = makePlan({
          steps: ['a', 'b', 'c'].map((key) =>
            makeStep(`${address}${key}`, 'edit', {
              set: [change('name', evil, evil), change('serverProfile', null, { ref: address })],
              because: [declaredAt(`${evil}.yaml`, 1, evil)],
            }),
          ),
          held_back: [{ address: `mailbox:user/${evil}`, verb: 'test', reason: 'stuck', detail: evil }],
          risks: [
            { guard: 'delete', severity: 'refuse', message: evil, addresses: [address], allowed_by: null },
          ],
          environment: { name: evil, url: evil, organization_id: evil },
        });
        const names = commandNames(planGithub(plan, { ...STYLE, width }));
        expect(
          names.filter((one) => !['group', 'endgroup', 'error', 'warning', 'notice'].includes(one)),
        ).toEqual([]);
        expect(names.filter((one) => one === 'endgroup').length).toBe(1);
        expect(names.indexOf('endgroup')).toBe(1);
      }),
      { numRuns: 300 },
    );
  });

  it.each(['a::b.yaml', 'a\\b.yaml', 'a,b=c%3A.yaml', 'a\n::error::b.yaml', '##[add-mask]b.yaml'])(
    'of files come out as they are: %j',
    (file) => {
      const [diagnostic] = exampleProblems().diagnostics;
      const source = { file, line: 1, column: 1 };
      const problems = makeProblems(diagnostic === undefined ? [] : [{ ...diagnostic, source }]);
      const found = commandsOf(validateGithub(problems, STYLE)).filter(({ name }) => name === 'error');
      expect(found.map(({ properties }) => properties.file)).toEqual([file]);
    },
  );

  it('come out of an annotation as they are', () => {
    const message = 'a: b, c%0A\u00e9 100 %';
    const [example] = exampleProblems().diagnostics as readonly [Diagnostic];
    const problem = {
      ...example,
      address: null,
      message,
      source: { file: 'a,b:c%.yaml', line: 2, column: 3 },
    };
    const [, , found] = commandsOf(validateGithub(makeProblems([problem]), STYLE));
    expect(found?.properties.file).toBe('a,b:c%.yaml');
    expect(found?.data.split('\n')[0]).toBe(message);
  });
});

describe('drift', () => {
  const FAILED = exampleDrift().findings.find(({ subclass }) => subclass === 'failed') as DriftFinding;
  const source = (line: number): DriftFinding['source'] => ({ file: 'people.yaml', line, column: 5 });
  const drift = (...findings: readonly Partial<DriftFinding>[]): readonly Command[] =>
    commandsOf(driftGithub(makeDrift(findings.map((parts) => ({ ...FAILED, ...parts }))), STYLE)).filter(
      ({ properties }) => properties.title?.includes('Drift') === true,
    );

  it('is told once of a group, whatever its fields and lines', () => {
    const told = drift(
      { address: 'mailbox:user/a@b.com', source: source(9) },
      { address: 'mailbox:user/a@b.com', source: source(9), field: 'tests.outgoing' },
      { address: 'mailbox:user/c@b.com', source: source(3) },
      { address: 'mailbox:user/c@b.com', source: source(3), field: 'tests.outgoing' },
    );
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ name: 'error', properties: { file: 'people.yaml', line: '3' } });
    expect(told[0]?.data).toContain(
      '2 mailboxes: tests.incoming is failure, should be success; tests.outgoing',
    );
    expect(told[0]?.data).toContain('also people.yaml:9');
  });

  it('that nobody has tested is no error', () => {
    expect(drift({ subclass: null, actual: 'not-run', message: null }).map(({ name }) => name)).toEqual([
      'notice',
    ]);
  });
});
