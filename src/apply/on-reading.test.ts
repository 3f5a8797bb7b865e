/** What the end of a test means: its results, a likely cause of a failure, and whether the mailbox was marked. */

import { describe, expect, it } from 'vitest';
import type { FieldValues } from '../model/value.ts';
import {
  done,
  lost,
  NO_BUDGET,
  play,
  reading,
  SETTINGS,
  step,
  TESTED,
  TESTING,
  textOf,
  UNTESTED,
} from './apply.test-support.ts';
import { initialState } from './apply-state.ts';
import { type ApplyEvent, next } from './next.ts';

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

describe('a test request without an answer', () => {
  /** What the last of these looks leads to: each at a time here, in milliseconds, and at the service, in seconds. */
  function askedAfter(looks: readonly (readonly [now: number, serviceSeconds: number])[]): readonly string[] {
    const look = (now: number, seconds: number): ApplyEvent => {
      return { kind: 'read', readings: new Map([['a', reading('a', UNTESTED, seconds)]]), now };
    };
    const events: readonly ApplyEvent[] = [
      { kind: 'started', now: 0 },
      look(0, 10),
      // Its connection was cut after two seconds.
      { kind: 'answered', steps: ['a#test'], results: [lost], sentAt: 0, now: 2_000, budget: NO_BUDGET },
      ...looks.flatMap(([now, seconds], index): readonly ApplyEvent[] =>
        index === 0 ? [look(now, seconds)] : [{ kind: 'woke', now }, look(now, seconds)],
      ),
    ];
    let state = initialState([step('a#test')], SETTINGS, 0);
    let asked: readonly string[] = [];
    for (const event of events) {
      const after = next(state, event);
      state = after.state;
      asked = after.commands.map(textOf);
    }
    return asked;
  }

  it.each<[string, Parameters<typeof askedAfter>[0], readonly string[]]>([
    ['is looked for again', [[2_000, 12]], ['wait 7000']],
    [
      'is not sent again before it is certain',
      [
        [2_000, 12],
        [7_000, 189],
      ],
      ['wait 8000'],
    ],
    [
      'is sent again when it is, by the clock of the service',
      [
        [2_000, 12],
        [7_000, 190],
      ],
      ['send a#test'],
    ],
    [
      'was not sent when its reading was made, but later',
      [
        [2_000, 400],
        [7_000, 405],
      ],
      ['wait 14500'],
    ],
  ])('%s', (_name, looks, asked) => expect(askedAfter(looks)).toEqual(asked));
});
