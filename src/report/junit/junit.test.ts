/** What GitLab, Azure DevOps and Jenkins demand of JUnit: well-formed XML, counts that agree, names that stay text. */

import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import picocolors from 'picocolors';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../model/outcome.ts';
import { countOutcomes } from '../count-outcomes.ts';
import { exampleApply, troubledApply } from '../fixtures/applies.ts';
import { carefulPlan, wildPlan } from '../fixtures/careful-plans.ts';
import { exampleDrift, hugeDrift, makeDrift } from '../fixtures/drifts.ts';
import { makePlan, makeStep } from '../fixtures/make-plan.ts';
import { examplePlan, hugeEqualPlan, richPlan } from '../fixtures/plans.ts';
import { exampleProblems, makeProblems } from '../fixtures/problems.ts';
import { exampleStatus, makeMailbox, makeStatus } from '../fixtures/statuses.ts';
import type { Style } from '../style.ts';
import { applyJunit } from './apply-junit.ts';
import { driftJunit } from './drift-junit.ts';
import { planJunit } from './plan-junit.ts';
import { statusJunit } from './status-junit.ts';
import { validateJunit } from './validate-junit.ts';

const STYLE: Style = { colors: picocolors.createColors(false), width: 80, unicode: true };

interface Case {
  readonly name: string;
  readonly classname: string;
  readonly failure?: { readonly message: string; readonly '#text': string };
  readonly error?: unknown;
  readonly skipped?: unknown;
  readonly 'system-out'?: string;
}

interface Counts {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
}

interface Suite extends Counts {
  readonly name: string;
  readonly testcase: readonly Case[];
}

function parsed(xml: string): Counts & { readonly testsuite: readonly Suite[] } {
  expect(XMLValidator.validate(xml)).toBe(true);
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseAttributeValue: false,
    isArray: (name) => name === 'testsuite' || name === 'testcase',
    trimValues: false,
    processEntities: { maxTotalExpansions: 1e6, maxExpandedLength: 1e8 },
  });
  const { testsuites } = parser.parse(xml);
  return { testsuite: [], ...testsuites };
}

function casesOf(xml: string): readonly Case[] {
  return parsed(xml).testsuite.flatMap(({ testcase }) => testcase);
}

const REPORTS: readonly (readonly [string, () => string])[] = [
  ['no problems', () => validateJunit(makeProblems(), STYLE)],
  ['problems', () => validateJunit(exampleProblems(), STYLE)],
  ['nothing to do', () => planJunit(makePlan(), STYLE)],
  ['a plan', () => planJunit(examplePlan(), STYLE)],
  ['a rich plan', () => planJunit(richPlan(), STYLE)],
  ['a careful plan', () => planJunit(carefulPlan(), STYLE)],
  ['thousands of everything', () => planJunit(wildPlan(), STYLE)],
  ['an apply', () => applyJunit(exampleApply(), STYLE)],
  ['an apply with trouble', () => applyJunit(troubledApply(), STYLE)],
  ['no drift', () => driftJunit(makeDrift([]), STYLE)],
  ['drift', () => driftJunit(exampleDrift(), STYLE)],
  ['much drift', () => driftJunit(hugeDrift(), STYLE)],
  ['a status', () => statusJunit(exampleStatus())],
];

describe('a report', () => {
  it.each(REPORTS)(
    '%s: is well-formed, and its counts are those of its cases, no two of which are called the same',
    (_, write) => {
      const { testsuite, ...root } = parsed(write());
      const counted = (cases: readonly Case[]): object => ({
        tests: String(cases.length),
        failures: String(cases.filter(({ failure }) => failure !== undefined).length),
        errors: String(cases.filter(({ error }) => error !== undefined).length),
        skipped: String(cases.filter(({ skipped }) => skipped !== undefined).length),
      });
      for (const suite of testsuite) expect(suite).toMatchObject(counted(suite.testcase));
      expect(root).toMatchObject(counted(testsuite.flatMap(({ testcase }) => testcase)));
      expect(testsuite.length).toBeGreaterThan(0);
      const names = testsuite.flatMap(({ testcase }) =>
        testcase.map(({ classname, name }) => `${classname} ${name}`),
      );
      expect(new Set(names).size).toBe(names.length);
    },
  );
});

describe('what fails', () => {
  const failing = (xml: string): readonly string[] =>
    casesOf(xml)
      .filter(({ failure, error }) => failure !== undefined || error !== undefined)
      .map(({ name }) => name);

  it('of a plan: what is refused, and what is missing', () => {
    expect(failing(planJunit(richPlan(), STYLE))).toEqual([
      'can be applied',
      'mail-stops',
      'mailbox:queue/Service',
      'mailbox:user/alcie@contoso.com',
    ]);
  });

  it('of a plan that a guard refuses: that it can be applied, each with its message once', () => {
    const risk = { guard: 'delete', severity: 'refuse', message: 'It deletes one.', addresses: [] } as const;
    const plan = makePlan({ risks: [{ ...risk, allowed_by: null }] });
    const failures = casesOf(planJunit(plan, STYLE)).map(({ name, failure }) => [name, failure?.['#text']]);
    expect(failures).toEqual([
      [
        'can be applied',
        'This plan cannot be applied: refused by delete\nNo changes. The environment matches the configuration.',
      ],
      ['delete', expect.stringMatching(/^It deletes one\.\nTo accept it: --allow delete\n/u)],
    ]);
    const allowed = makePlan({ risks: [{ ...risk, allowed_by: '--allow delete' }] });
    expect(failing(planJunit(allowed, STYLE))).toEqual([]);
  });

  it('of an apply: what failed, failed tests, and what nobody knows', () => {
    expect(failing(applyJunit(troubledApply(), STYLE))).toEqual([
      'profile:Partner IMAP#create',
      'mailbox:queue/Billing#edit',
      'mailbox:queue/Lost#edit',
      'mailbox:queue/Events#test',
      'mailbox:queue/Returns#test',
      'mailbox:queue/Press#test',
      'mailbox:queue/Slow#test',
    ]);
  });

  it('of drift: not what is new or unmanaged', () => {
    const own = exampleDrift().findings.filter(({ class: name }) => name === 'new' || name === 'unmanaged');
    expect(failing(driftJunit(makeDrift(own), STYLE))).toEqual([]);
    expect(failing(driftJunit(exampleDrift(), STYLE)).length).toBe(8);
  });

  it('of a status: mailboxes that are to work and do not', () => {
    expect(failing(statusJunit(exampleStatus()))).toEqual([
      'mailbox:queue/サポート窓口',
      'mailbox:queue/🎉 Events & Feiern',
      'mailbox:user/frank@contoso.com',
      'mailbox:user/bob@contoso.com',
    ]);
  });
});

it('names stay text, whatever they hold', () => {
  const evil = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      ']]>',
      '<!--',
      '&lol;',
      '"',
      '\u0000',
      '\ufffe',
      '\ud800',
      '<![CDATA[',
      '<?xml?>',
      '\u001b[2K',
    ),
  );
  fc.assert(
    fc.property(fc.array(evil, { minLength: 1, maxLength: 4 }), (parts) => {
      const name = `a${parts.join('')}z`;
      const step = makeStep(`mailbox:queue/${name}`, 'edit');
      const outcome: Outcome = {
        step: step.id,
        kind: 'failed',
        already: false,
        reason: 'refused',
        message: name,
        hint: name,
        results: null,
      };
      const plan = makePlan({ steps: [step], environment: { name, url: name, organization_id: name } });
      const xml = applyJunit({ plan, outcomes: [outcome], counts: countOutcomes(plan, [outcome]) }, STYLE);
      const cases = casesOf(xml);
      expect(cases.length).toBe(1);
      expect(cases[0]?.name).toMatch(/^mailbox:queue\/a.*z#edit$/su);
      // XML 1.0, 2.2: what no document may hold.
      expect(xml).not.toMatch(/[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
    }),
    { numRuns: 60, examples: [[[']]>', '<!--']]] },
  );
});

describe('5,000 mailboxes', () => {
  it('are a few megabytes', () => {
    const plan = hugeEqualPlan();
    const outcomes = plan.steps.map(
      ({ id }): Outcome => ({
        step: id,
        kind: 'applied',
        already: false,
        reason: null,
        message: null,
        hint: null,
        results: null,
      }),
    );
    const xml = applyJunit({ plan, outcomes, counts: countOutcomes(plan, outcomes) }, STYLE);
    expect(casesOf(xml).length).toBe(9000);
    expect(xml.length).toBeLessThan(3_000_000);
    const mailboxes = Array.from({ length: 5000 }, (_, index) =>
      makeMailbox(`mailbox:user/u${index}@contoso.com`),
    );
    expect(statusJunit(makeStatus(mailboxes)).length).toBeLessThan(5_000_000);
  });
});
