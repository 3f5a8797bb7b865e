/** What a plan says of the snapshot that it was made from. */

import { expect, it } from 'vitest';
import { VERSION } from '../version.ts';
import { snapshotDiagnostics } from './against.ts';

const AS_OF = '2026-11-21T09:00:00Z';
const NEWER =
  'Make a newer one with: mailboxctl export --snapshot. What it does not show is not in this plan.';

it.each<[string, string, string, 'info' | 'warning', string]>([
  ['2026-11-21T09:00:30Z', VERSION, '30 s old', 'info', 'just made'],
  ['2026-11-21T08:59:00Z', VERSION, '0 s old', 'info', 'of a clock that is ahead'],
  ['2026-11-22T09:00:00Z', VERSION, '24 h old', 'info', 'a day old'],
  ['2026-11-22T09:10:00Z', VERSION, '24 h 10 min old', 'warning', 'older than a day'],
  ['2029-11-21T09:00:00Z', VERSION, '1,096 days old', 'warning', 'years old'],
  [
    '2026-11-21T09:00:30Z',
    '0.0.1',
    '30 s old, which version 0.0.1 of mailboxctl wrote',
    'warning',
    'of another version',
  ],
])('at %s, of version %s: %s', (now, toolVersion, age, severity) =>
  expect(snapshotDiagnostics({ snapshot: { asOf: AS_OF }, toolVersion }, Date.parse(now))).toEqual([
    {
      code: 'planned-from-snapshot',
      severity,
      address: null,
      source: null,
      message: `Planned from a snapshot of 2026-11-21 09:00 UTC, ${age}; the environment itself was not looked at`,
      hint: severity === 'info' ? null : NEWER,
    },
  ]),
);
