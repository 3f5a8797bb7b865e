/** What the end of an applied plan says beside its frozen line. */

import picocolors from 'picocolors';
import { expect, it } from 'vitest';
import type { Outcome } from '../../model/outcome.ts';
import type { PlanStep } from '../../model/plan.generated.ts';
import type { ApplyReport } from '../apply-report.ts';
import { countOutcomes } from '../count-outcomes.ts';
import { approval, makePlan, makeStep } from '../fixtures/make-plan.ts';
import { applyText } from './apply-text.ts';

const STYLE = { colors: picocolors.createColors(false), width: 100, unicode: true };
const A = 'mailbox:queue/A';
const B = 'mailbox:queue/B';

function report(steps: readonly PlanStep[], already: readonly PlanStep[], parts = {}): ApplyReport {
  const plan = makePlan({ steps, ...parts });
  const outcomes = steps.map(
    (step): Outcome => ({
      step: step.id,
      kind: 'applied',
      already: already.includes(step),
      reason: null,
      message: null,
      hint: null,
      results: null,
    }),
  );
  return { plan, outcomes, counts: countOutcomes(plan, outcomes) };
}

function lastLines(document: ApplyReport): readonly string[] {
  const lines = applyText(document, STYLE).trimEnd().split('\n');
  return lines.slice(lines.lastIndexOf('') + 1);
}

const edits = [makeStep(A, 'edit'), makeStep(B, 'edit')];

it.each<[string, readonly PlanStep[], readonly string[]]>([
  ['nothing', [], []],
  ['something', edits.slice(1), ['Already so, and not written: 1 of 2 steps.']],
  ['everything', edits, ['Already so, and not written: 2 of 2 steps.']],
])('tells what was so already: %s', (_name, already, expected) => {
  const lines = lastLines(report(edits, already));
  expect(lines.slice(0, -1)).toEqual(expected);
  expect(lines.at(-1)).toBe(
    'Apply complete! Resources: 0 added, 2 changed, 0 destroyed. Actions: 0 approved, 0 tested.',
  );
});

it('counts rejections, which the frozen line does not', () =>
  expect(lastLines(report([makeStep(A, 'reject')], []))[0]).toBe('Rejected: 1.'));

it('sends whoever has approved to the tests', () => {
  const held = { address: A, verb: 'test', reason: 'waits-for-approval' } as const;
  const text = applyText(report([approval(A, 'a@contoso.com')], [], { held_back: [held] }), STYLE);
  expect(text).toContain('is approved now; run apply again to test it');
  expect(text).not.toContain('waits for an approval');
});
