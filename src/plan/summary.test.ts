/** The counts and the estimate of a plan's steps. */

import { describe, expect, it } from 'vitest';
import type { PlanStep } from '../model/plan.generated.ts';
import { forecast } from './forecast.ts';
import { summarize } from './summary.ts';

function step(address: string, verb: PlanStep['verb'], parts: Partial<PlanStep> = {}): PlanStep {
  return { id: `${address}#${verb}`, verb, address, set: [], after: [], because: [], ...parts };
}

function test(
  address: string,
  results: Readonly<Record<string, string>>,
  parts: Partial<PlanStep> = {},
): PlanStep {
  return step(address, 'test', { set: [{ field: 'testAndEnable', from: results, to: true }], ...parts });
}

const BOTH = { incoming: 'not-run', outgoing: 'not-run' };
const NOTHING = { add: 0, change: 0, destroy: 0, approve: 0, test: 0, left: 0 };

describe('summarize', () => {
  it.each<[string, readonly PlanStep[], ReturnType<typeof summarize>]>([
    ['nothing', [], NOTHING],
    [
      'one resource changed by several steps counts once',
      [step('a', 'activate'), step('a', 'readdress'), step('a', 'edit'), step('a', 'deactivate')],
      { ...NOTHING, change: 1 },
    ],
    [
      'what is created is not changed as well',
      [step('a', 'create'), step('a', 'deactivate')],
      { ...NOTHING, add: 1 },
    ],
    [
      'the approval policy is a change',
      [step('settings:email', 'approval-policy')],
      { ...NOTHING, change: 1 },
    ],
    [
      'approvals and rejections, hand-offs included',
      [step('a', 'approve', { hand_off: true }), step('b', 'reject')],
      { ...NOTHING, approve: 2 },
    ],
    ['deletions and tests', [step('a', 'delete'), test('b', BOTH)], { ...NOTHING, destroy: 1, test: 1 }],
  ])('%s', (_name, steps, expected) => expect(summarize(steps)).toEqual(expected));
});

it('what is left counts mailboxes, not steps', () => {
  const later = (address: string, verb: string) => ({ address, verb, reason: 'tests-per-run' }) as const;
  expect(summarize([], [later('a', 'edit'), later('a', 'test'), later('b', 'test')]).left).toBe(2);
});

describe('forecast', () => {
  const many = (count: number, verb: PlanStep['verb']): readonly PlanStep[] =>
    Array.from({ length: count }, (_, index) => step(String(index), verb));

  it.each<[string, readonly PlanStep[], ReturnType<typeof forecast>]>([
    ['nothing', [], { requests: 0, messages: 0, seconds: 0 }],
    [
      'hand-offs cost this run nothing',
      [step('a', 'approve', { hand_off: true })],
      { requests: 0, messages: 0, seconds: 0 },
    ],
    [
      'one edit is a look at the mailbox and at its owner, and a write',
      many(1, 'edit'),
      { requests: 3, messages: 0, seconds: 1 },
    ],
    ['a deletion is looked for', many(1, 'delete'), { requests: 4, messages: 0, seconds: 1 }],
    ['an approval is looked at again', many(1, 'approve'), { requests: 4, messages: 0, seconds: 1 }],
    ['few travel alone', many(8, 'edit'), { requests: 10, messages: 0, seconds: 1 }],
    ['more travel together', many(51, 'edit'), { requests: 25, messages: 0, seconds: 2 }],
    ['many travel in large requests', many(3_000, 'edit'), { requests: 271, messages: 0, seconds: 75 }],
    [
      'what is behind another is read for in its turn',
      [step('a', 'edit'), step('a', 'test', { after: ['a#edit'] })],
      { requests: 16, messages: 0, seconds: 181 },
    ],
    ['a test is awaited', [test('a', BOTH)], { requests: 13, messages: 1, seconds: 181 }],
    [
      'a test that goes on is awaited only',
      [test('a', BOTH, { under_way: true })],
      { requests: 12, messages: 0, seconds: 180 },
    ],
    [
      'only the outgoing test sends a message',
      [test('a', { incoming: 'not-run' })],
      { requests: 13, messages: 0, seconds: 181 },
    ],
  ])('%s', (_name, steps, expected) => expect(forecast(steps)).toEqual(expected));
});
