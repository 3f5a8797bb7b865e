/** What services demand of SARIF: the schema of the standard, GitHub's limits, identities that outlive edits of the files. */

import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import picocolors from 'picocolors';
import type { Log, Result } from 'sarif';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../model/plan.generated.ts';
import { carefulPlan, wildPlan } from './fixtures/careful-plans.ts';
import { exampleDrift, hugeDrift, makeDrift } from './fixtures/drifts.ts';
import { makePlan } from './fixtures/make-plan.ts';
import { examplePlan, richPlan, users } from './fixtures/plans.ts';
import { exampleProblems, makeProblems } from './fixtures/problems.ts';
import { driftSarif, planSarif, validateSarif } from './sarif.ts';
import type { Style } from './style.ts';

const STYLE: Style = { colors: picocolors.createColors(false), width: 80, unicode: true };

const isSarif = (() => {
  const text = readFileSync(
    new URL('../../test/fixtures/sarif/sarif-2.1.0-rtm.5.json', import.meta.url),
    'utf8',
  );
  const { $schema: _draft4, id: _id, ...schema } = JSON.parse(text) as Record<string, unknown>;
  const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
  addFormats.default(ajv);
  return ajv.compile(schema);
})();

function parsed(pieces: Iterable<string>): Log {
  return JSON.parse([...pieces].join('')) as Log;
}

function resultsOf(log: Log): readonly Result[] {
  return log.runs.flatMap(({ results }) => results ?? []);
}

const LOGS: readonly (readonly [string, () => Iterable<string>])[] = [
  ['nothing to do', () => planSarif(makePlan(), STYLE)],
  ['a plan', () => planSarif(examplePlan(), STYLE)],
  ['a plan with everything', () => planSarif(richPlan(), STYLE)],
  ['a careful plan', () => planSarif(carefulPlan(), STYLE)],
  ['thousands of everything', () => planSarif(wildPlan(), STYLE)],
  ['no drift', () => driftSarif(makeDrift([]), STYLE)],
  ['drift', () => driftSarif(exampleDrift(), STYLE)],
  ['much drift', () => driftSarif(hugeDrift(), STYLE)],
  ['no problems', () => validateSarif(makeProblems(), STYLE)],
  ['problems', () => validateSarif(exampleProblems(), { ...STYLE, folder: 'e mail/' })],
];

describe('the standard', () => {
  it.each(LOGS)('%s satisfies its schema', (_, write) => {
    isSarif(parsed(write()));
    expect(isSarif.errors ?? []).toEqual([]);
  });

  it('does not let everything pass', () => {
    expect(isSarif({ version: '2.1.0', runs: [{ tool: {} }] })).toBe(false);
  });

  it.each(LOGS)('%s: every result has a rule, a place and an identity of its own', (_, write) => {
    const log = parsed(write());
    const rules = log.runs[0]?.tool.driver.rules ?? [];
    for (const { ruleId, ruleIndex, locations = [] } of resultsOf(log)) {
      expect(rules[ruleIndex ?? -1]?.id).toBe(ruleId);
      expect(locations[0]?.physicalLocation?.region?.startLine).toBeGreaterThan(0);
    }
    const identities = resultsOf(log).map(
      ({ partialFingerprints }) => partialFingerprints?.['mailboxctl/v1'],
    );
    expect(new Set(identities).size).toBe(identities.length);
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  });
});

describe('limits of GitHub', () => {
  it('of 12,000 results the 5,000 worst are kept, and the number of the others is told', () => {
    const held = users(9000).map((address) => ({ address, verb: 'test' as const, reason: 'stuck' as const }));
    const waiting = users(2999).map((address) => ({
      ...held[0],
      address,
      reason: 'waits-for-approval' as const,
    }));
    const plan = makePlan({ held_back: [...waiting, ...held] as Plan['held_back'], risks: richPlan().risks });
    const pieces = [...planSarif(plan, STYLE)];
    const log = parsed(pieces);
    const results = resultsOf(log);
    expect(results.length).toBe(5000);
    expect(results.map(({ level }) => level).filter((level) => level === 'note')).toEqual([]);
    expect(results[0]?.ruleId).toBe('guard/mail-stops');
    expect(log.runs[0]?.invocations?.[0]?.toolExecutionNotifications).toEqual([
      {
        level: 'warning',
        message: {
          text: '7,002 less severe results are left out: code scanning shows 5,000 of a run.',
        },
      },
    ]);
    expect(gzipSync(pieces.join('')).length).toBeLessThan(10_000_000);
  });

  it('texts and places are bounded', () => {
    const message = 'x'.repeat(5000);
    const risk = {
      guard: 'max-changes',
      severity: 'refuse' as const,
      message,
      addresses: users(500),
      allowed_by: null,
    };
    const [result] = resultsOf(parsed(planSarif({ ...wildPlan(), risks: [risk] }, STYLE)));
    expect(result?.message.text?.length).toBeLessThanOrEqual(1024);
    expect(result?.locations?.length).toBeLessThanOrEqual(100);
  });
});

describe('identities', () => {
  const identities = (pieces: Iterable<string>): readonly unknown[] =>
    resultsOf(parsed(pieces)).map(({ partialFingerprints }) => partialFingerprints);

  it('stay when lines move', () => {
    const plan = richPlan();
    const moved = JSON.parse(
      JSON.stringify(plan).replace(/"line":(\d+)/gu, (_, line) => `"line":${Number(line) + 7}`),
    ) as Plan;
    expect(moved).not.toEqual(plan);
    // Findings of a line are in the order of the document, which stays.
    expect(identities(planSarif(moved, STYLE))).toEqual(identities(planSarif(plan, STYLE)));
  });

  it('are those that GitHub compares', () => {
    const [first] = identities(planSarif(richPlan(), STYLE)) as readonly Record<string, string>[];
    expect(Object.keys(first ?? {})).toEqual(['primaryLocationLineHash', 'mailboxctl/v1']);
    expect(first?.primaryLocationLineHash).toMatch(/^[0-9a-f]{16}$/u);
  });
});

describe('places', () => {
  const uri = (file: string, folder: string): unknown => {
    const [diagnostic] = exampleProblems().diagnostics;
    const source = { file, line: 1, column: 1 };
    const problems = makeProblems(diagnostic === undefined ? [] : [{ ...diagnostic, source }]);
    const [result] = resultsOf(parsed(validateSarif(problems, { ...STYLE, folder })));
    return result?.locations?.[0]?.physicalLocation?.artifactLocation;
  };

  it.each([
    ['queues.yaml', '', 'queues.yaml'],
    ['config/queues.yaml', 'mail/', 'mail/config/queues.yaml'],
    ['../shared/a b#1.yaml', 'mail/prod/', 'mail/shared/a%20b%231.yaml'],
    ['c:d.yaml', '', 'c%3Ad.yaml'],
    ['a::b.yaml', 'mail/', 'mail/a%3A%3Ab.yaml'],
    ['a\\b\n.yaml', '', 'a%5Cb%0A.yaml'],
    ['a\ud83d.yaml', '', 'a%EF%BF%BD.yaml'],
  ])('%s in "%s" is %s', (file, folder, expected) => {
    expect(uri(file, folder)).toEqual({ uri: expected, uriBaseId: '%SRCROOT%' });
  });
});

it('no name makes a link or breaks the document', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      const plan = makePlan({
        held_back: [
          { address: `mailbox:queue/${name}`, verb: 'test', reason: 'stuck' },
          { address: `mailbox:queue/[${name}](https://evil.example)`, verb: 'test', reason: 'stuck' },
        ],
      });
      const log = parsed(planSarif(plan, STYLE));
      expect(isSarif(log)).toBe(true);
      const texts = resultsOf(log).map(({ message }) => message.text ?? '');
      expect(texts.filter((text) => /(?<!\\)\]\(/u.test(text))).toEqual([]);
    }),
    { numRuns: 50 },
  );
});
