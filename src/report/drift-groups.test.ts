import { describe, expect, it } from 'vitest';
import type { DriftFinding } from '../model/drift.generated.ts';
import { addressesOf, driftGroups, fieldsOf, sinceText } from './drift-groups.ts';
import { exampleDrift } from './fixtures/drifts.ts';

const FAILED = exampleDrift().findings.find(({ subclass }) => subclass === 'failed') as DriftFinding;

function failed(name: string, parts: Partial<DriftFinding> = {}): DriftFinding {
  return { ...FAILED, address: `mailbox:user/${name}@contoso.com`, ...parts };
}

/** Names and fields of each group. */
function grouped(...findings: readonly DriftFinding[]): readonly unknown[] {
  return driftGroups(findings).map((group) => [
    addressesOf(group).map((address) => address.replace(/.*\/|@.*/gu, '')),
    fieldsOf(group).map(({ field }) => field),
  ]);
}

describe('groups', () => {
  it('tell nobody the message of another', () => {
    expect(grouped(failed('lukasz'), failed('maja', { message: null }), failed('zoe'))).toEqual([
      [['lukasz', 'zoe'], ['tests.incoming']],
      [['maja'], ['tests.incoming']],
    ]);
  });

  it('hold all fields of those that differ in the same', () => {
    const outgoing = { field: 'tests.outgoing' };
    expect(
      grouped(failed('a'), failed('a', outgoing), failed('b'), failed('b', outgoing), failed('c', outgoing)),
    ).toEqual([
      [
        ['a', 'b'],
        ['tests.incoming', 'tests.outgoing'],
      ],
      [['c'], ['tests.outgoing']],
    ]);
  });

  it('keep apart what a run does and what is held back', () => {
    expect(grouped(failed('a'), failed('b', { held: 'owner-disabled' }))).toHaveLength(2);
  });
});

it.each([
  [['2026-11-20T08:30:00Z'], 'since 2026-11-20 08:30 UTC'],
  [['2026-11-20T08:30:00Z', '2026-11-20T08:30:20Z'], 'since 2026-11-20 08:30 UTC'],
  [
    ['2026-11-21T08:30:00Z', '2026-11-20T08:30:00Z'],
    'since 2026-11-20 08:30 UTC (the first) and 2026-11-21 08:30 UTC (the last)',
  ],
])('since %j', (times, text) => {
  expect(sinceText(times.map((since) => failed('a', { since })))).toBe(text);
});
