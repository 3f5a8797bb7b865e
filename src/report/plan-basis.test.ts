/** A plan that is made from something else than one would think says so before anything else, in every form. */

import picocolors from 'picocolors';
import { expect, it } from 'vitest';
import type { PlanBase } from '../model/plan.generated.ts';
import { makePlan } from './fixtures/make-plan.ts';
import { planPage } from './html/plan-html.ts';
import { planMarkdown } from './markdown/plan-markdown.ts';
import { basisTexts } from './plan-basis.ts';
import { planText } from './text/plan-text.ts';

const BASE: PlanBase = {
  config_digest: `sha256:${'1c'.repeat(32)}`,
  pending: [],
  withdrawn: [],
  no_longer_managed: [],
  secret_references: [],
};

it.each<[string, string, PlanBase | undefined, string]>([
  [
    'planned-from-snapshot',
    'Planned from a snapshot of 2026-11-21 09:00 UTC, 30 s old',
    undefined,
    'Planned from a snapshot of 2026-11-21 09:00 UTC, 30 s old.',
  ],
  [
    'base-not-declared',
    'The base declares nothing: all is of this request',
    BASE,
    'The base declares nothing: all is of this request.',
  ],
  [
    'base-invalid',
    'The base configuration is not valid: a.yaml:5 "x"',
    undefined,
    'The base configuration is not valid: this plan is not compared with it, and what was due before this request is not told apart (see the warnings).',
  ],
  [
    'base-invalid',
    'The base configuration is not valid: a.yaml:5 "x"',
    BASE,
    'The base configuration is not valid in part: what is wrong there counts as not declared (see the warnings).',
  ],
])('%s', (code, message, base, expected) => {
  const place = { address: null, file: null, line: null, column: null, hint: null };
  const plan = makePlan({
    diagnostics: [{ code, severity: 'warning', message, ...place }],
    ...(base === undefined ? {} : { base }),
  });
  expect(basisTexts(plan)).toEqual([expected]);
  const style = { colors: picocolors.createColors(false), width: 300, unicode: true };
  expect(planText(plan, style).split('\n')[2]).toBe(expected);
  expect(planMarkdown(plan).split('\n')[0]).toContain(`**${expected}**`);
  expect(planPage(plan).verdict).toMatchObject({ tone: 'warn', lines: [expected, expect.any(String)] });
});

it('says nothing of a plan that was made from the environment', () => {
  expect(basisTexts(makePlan({ base: BASE }))).toEqual([]);
});
