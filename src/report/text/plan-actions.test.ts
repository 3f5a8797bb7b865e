/** Approvals, rejections and tests as a plan tells them. */

import picocolors from 'picocolors';
import { describe, expect, it } from 'vitest';
import type { PlanStep } from '../../model/plan.generated.ts';
import { approval, change, makePlan, makeStep, test } from '../fixtures/make-plan.ts';
import { approvalsSection, testsSection } from './plan-actions.ts';
import { riskSection } from './plan-risks.ts';

const STYLE = { colors: picocolors.createColors(false), width: 100, unicode: true };
const A = 'mailbox:queue/A';
const B = 'mailbox:queue/B';
const approve = approval(A, 'a@contoso.com');
const reject = makeStep(B, 'reject', { set: [change('approved', 'approved', 'rejected')] });

it.each<[string, readonly PlanStep[]]>([
  ['Approvals', [approve]],
  ['Rejections', [reject]],
  ['Approvals and rejections', [approve, reject]],
])('are under the heading "%s"', (title, steps) =>
  expect(approvalsSection(makePlan({ steps }), STYLE)[0]).toBe(title),
);

it('what is left out of rejections is rejected', () => {
  const steps = Array.from({ length: 40 }, (_, index) =>
    makeStep(`mailbox:queue/${index}`, 'reject', { set: [change('approved', `was ${index}`, 'rejected')] }),
  );
  expect(approvalsSection(makePlan({ steps }), STYLE).at(-1)).toContain('are rejected');
});

describe('tests that are under way', () => {
  const going = (address: string): PlanStep => test(address, { outgoing: 'not-run' }, { under_way: true });

  it('are told apart', () => {
    const plan = makePlan({ steps: [going(A), test(B, { outgoing: 'not-run' })] });
    expect(testsSection(plan, STYLE)).toEqual([
      'Tests',
      '  test mailbox:queue/A  outgoing not run · under way, awaited and not requested again',
      '  test mailbox:queue/B  outgoing not run',
    ]);
  });

  it.each([
    [[A], '1 test is under way and is awaited, not requested again.'],
    [[A, B], '2 tests are under way and are awaited, not requested again.'],
  ])('are counted first: %j', (addresses, expected) =>
    expect(riskSection(makePlan({ steps: addresses.map(going) }), STYLE)).toEqual([
      'Read this first',
      `  ! ${expected}`,
    ]),
  );
});
