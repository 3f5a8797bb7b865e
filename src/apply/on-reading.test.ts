/** What the end of a test means: its results, a likely cause of a failure, and whether the mailbox was marked. */

import { describe, expect, it } from 'vitest';
import type { FieldValues } from '../model/value.ts';
import { done, play, step, TESTED, TESTING, UNTESTED } from './apply.test-support.ts';

const MARKING = step('a#test', {
  set: [
    { field: 'testAndEnable', from: { incoming: 'not-run' }, to: true },
    { field: 'syncFromThisOrganizationOnly', from: false, to: true },
  ],
});
const ONLINE = step('a#test', { tenant_approval_missing: true });
const FAILED = { ...TESTED, 'tests.incoming': 'failure' };
const TENANT =
  'No administrator of the tenant has approved its address, which Exchange Online asks for: a likely cause. A Global or Exchange administrator approves it in the admin center.';

function outcomeOf(planned: typeof MARKING, end: FieldValues): unknown {
  const { state } = play(
    [planned],
    [
      [0, 'started'],
      [0, { read: { a: UNTESTED } }],
      [0, { answer: ['a#test', done] }],
      [5_000, { read: { a: TESTING } }],
      [5_000, 'woke'],
      [10_000, { read: { a: end } }],
    ],
  );
  const { kind, reason, hint, results } = state.steps[0]?.outcome ?? {};
  return { kind, reason, hint, results };
}

describe('a test that ended', () => {
  const applied = { kind: 'applied', reason: null, hint: null };
  const success = { results: { incoming: 'success' } };
  const failure = { results: { incoming: 'failure' } };

  it.each<[string, typeof MARKING, FieldValues, unknown]>([
    ['well', ONLINE, { ...TESTED, 'approval.byTenant': false }, { ...applied, ...success }],
    [
      'badly, approved by the tenant meanwhile',
      ONLINE,
      { ...FAILED, 'approval.byTenant': true },
      { ...applied, ...failure },
    ],
    ['badly, and nothing is known of the tenant', ONLINE, FAILED, { ...applied, ...failure }],
    [
      'badly, with a mail server that asks for no approval by the tenant',
      step('a#test'),
      { ...FAILED, 'approval.byTenant': false },
      { ...applied, ...failure },
    ],
    [
      'badly, not approved by the tenant',
      ONLINE,
      { ...FAILED, 'approval.byTenant': false },
      { ...applied, ...failure, hint: TENANT },
    ],
    [
      'and marked the mailbox',
      MARKING,
      { ...TESTED, syncFromThisOrganizationOnly: true },
      { ...applied, ...success },
    ],
    [
      'without the mark',
      MARKING,
      { ...TESTED, syncFromThisOrganizationOnly: false },
      {
        kind: 'failed',
        reason: 'silent-refusal',
        hint: 'Run it in the admin center, with the check box of the Test & Enable dialog.',
        ...success,
      },
    ],
  ])('%s', (_name, planned, end, expected) => expect(outcomeOf(planned, end)).toEqual(expected));
});
