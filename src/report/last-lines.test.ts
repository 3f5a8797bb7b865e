/** Scripts search these lines: a change here is a change of the contract. */

import { describe, expect, it } from 'vitest';
import type { Plan } from '../model/plan.generated.ts';
import { makePlan, makeStep } from './fixtures/make-plan.ts';
import { applyLine, leftLine, planLine, waitingLine, waitingLines } from './last-lines.ts';

const HELD = { verb: 'test', reason: 'failed-recently' } as const;
const FINDING = {
  kind: 'missing',
  address: 'mailbox:queue/A',
  source: { file: 'a.yaml', line: 1, column: 1 },
  message: 'Not there.',
  hint: null,
  candidates: [],
} as const;

describe('plan', () => {
  it.each<[string, Partial<Plan>, string]>([
    ['nothing to do', {}, 'No changes. The environment matches the configuration.'],
    [
      'held back, each mailbox once',
      {
        held_back: [
          { ...HELD, address: 'mailbox:queue/A' },
          { ...HELD, address: 'mailbox:queue/A', verb: 'edit' },
          { ...HELD, address: 'mailbox:queue/B' },
        ],
      },
      'No changes. 2 mailboxes held back.',
    ],
    [
      'other things left',
      {
        held_back: [{ address: 'profile:A', verb: 'edit', reason: 'type-cannot-change' }],
        deferred: [{ address: 'mailbox:queue/B', verb: 'test', reason: 'tests-per-run' }],
        findings: [FINDING],
      },
      'No changes. 1 profiles held back, 1 mailboxes deferred, 1 items missing or ambiguous.',
    ],
    [
      'not everything was seen',
      { not_seen: [{ kind: 'mailbox', sort: null, reason: 'read-depth', depth: 'local' }] },
      'No changes. The environment matches the configuration, as far as it can be seen.',
    ],
    [
      'steps',
      {
        steps: [makeStep('mailbox:queue/A', 'edit')],
        summary: { add: 1, change: 2, destroy: 0, approve: 3, test: 4 },
      },
      'Plan: 1 to add, 2 to change, 0 to destroy. Actions: 3 approvals, 4 tests.',
    ],
    [
      'ones and thousands are numbers like others',
      {
        steps: [makeStep('mailbox:queue/A', 'edit')],
        summary: { add: 0, change: 3000, destroy: 0, approve: 1, test: 1 },
      },
      'Plan: 0 to add, 3000 to change, 0 to destroy. Actions: 1 approvals, 1 tests.',
    ],
  ])('%s', (_, parts, expected) => {
    expect(planLine(makePlan(parts))).toBe(expected);
  });
});

const COUNTS = {
  added: 1,
  changed: 2,
  destroyed: 0,
  approved: 3,
  tested: 4,
  failed: 1,
  skipped: 2,
  unknown: 0,
  handed_off: 0,
};

it('apply, complete', () => {
  expect(applyLine(COUNTS, true)).toBe(
    'Apply complete! Resources: 1 added, 2 changed, 0 destroyed. Actions: 3 approved, 4 tested.',
  );
});

it('apply, incomplete', () => {
  expect(applyLine(COUNTS, false)).toBe(
    'Apply incomplete. Resources: 1 added, 2 changed, 0 destroyed. Actions: 3 approved, 4 tested. 1 failed, 2 skipped, 0 unknown.',
  );
});

it('waiting for approvals and sign-ins', () => {
  const handoff = {
    step: 'mailbox:queue/A#approve',
    who: [],
    why: 'no-role',
    where: '',
    command: '',
  } as const;
  const signIn = { ...handoff, what: 'sign-in', why: 'own-sign-in' } as const;
  expect(waitingLines([handoff, signIn, signIn])).toEqual([
    'Waiting for a person: 1 approvals.',
    'Waiting for a person: 2 sign-ins.',
  ]);
});

it('left for the next run, each mailbox once', () => {
  const deferred = ['edit', 'test'].map((verb) => ({
    address: 'mailbox:queue/A',
    verb,
    reason: 'tests-per-run' as const,
  }));
  const steps = [makeStep('mailbox:queue/B', 'edit')];
  expect(leftLine(makePlan({ steps, deferred }))).toEqual(['Left for the next run: 1 mailboxes.']);
  expect(leftLine(makePlan({ deferred }))).toEqual([]);
});

it('waiting', () => {
  expect([waitingLine(0), waitingLine(3)]).toEqual([[], ['Waiting for a person: 3 approvals.']]);
});
