/** What a plan leaves: for whom, until when, and what a run has settled of it. */

import picocolors from 'picocolors';
import { expect, it } from 'vitest';
import { makePlan, test } from '../fixtures/make-plan.ts';
import { users } from '../fixtures/plans.ts';
import { deferredSection, heldBackSection } from './plan-left.ts';

const STYLE = { colors: picocolors.createColors(false), width: 100, unicode: true };
const RESULTS = { incoming: 'not-run' };

it.each([
  ['one more run', 200, 1, 'left for the next run: tests.perRun allows 200 tests a run'],
  ['as many as in this run', 2, 2, 'left for the next run: tests.perRun allows 2 tests a run'],
  ['many more runs', 200, 1622, 'left for about 9 more runs: tests.perRun allows 200 tests a run'],
  ['one test in each', 1, 2, 'left for about 2 more runs: tests.perRun allows 1 test a run'],
  ['a run without tests', 0, 2, 'left for the next run: tests.perRun is reached'],
])('says how many runs are left: %s', (_name, tests, left, expected) => {
  const addresses = users(tests + left);
  const plan = makePlan({
    steps: addresses.slice(0, tests).map((address) => test(address, RESULTS)),
    deferred: addresses
      .slice(tests)
      .flatMap((address) =>
        (['edit', 'test'] as const).map((verb) => ({ address, verb, reason: 'tests-per-run' as const })),
      ),
  });
  expect(deferredSection(plan, STYLE).at(-1)).toBe(`      ${expected}`);
});

it('waits for nobody after a run has approved', () => {
  const [alice, bob] = ['mailbox:queue/A', 'mailbox:queue/B'];
  const held = (address: string) => ({ address, verb: 'test', reason: 'waits-for-approval' }) as const;
  const plan = makePlan({ held_back: [held(alice), held(bob)] });
  expect(heldBackSection(plan, STYLE, [alice])).toEqual([
    'Held back',
    '  test mailbox:queue/A',
    '      is approved now; run apply again to test it',
    '  test mailbox:queue/B',
    '      waits for an approval that a person has to give',
  ]);
});
