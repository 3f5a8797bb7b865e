/** What a plan says of the snapshot that it was made from. */

import { expect, it } from 'vitest';
import { VERSION } from '../version.ts';
import { snapshotDiagnostics } from './against.ts';

const AS_OF = '2026-11-21T09:00:00Z';
const NEWER =
  'Make a newer one with: mailboxctl export --snapshot. What it does not show is not in this plan.';
const ORGANIZATION = '7d000000-0000-4000-8000-000000000001';
const PROD = { name: 'prod', url: 'https://contoso.crm4.dynamics.com' };
const SEEN = (toolVersion: string) => ({
  snapshot: { asOf: AS_OF, organizationId: ORGANIZATION },
  toolVersion,
});

it.each<[string, string, string, 'info' | 'warning', string]>([
  ['2026-11-21T09:00:30Z', VERSION, '30 s old', 'info', 'just made'],
  ['2026-11-21T08:59:00Z', VERSION, '60 s in the future', 'info', 'of a clock that is ahead'],
  ['2026-11-21T08:00:00Z', VERSION, '60 min in the future', 'warning', 'of the future'],
  ['2023-11-21T09:00:00Z', VERSION, '1,096 days in the future', 'warning', 'of years to come'],
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
  expect(
    snapshotDiagnostics(SEEN(toolVersion), { ...PROD, organizationId: ORGANIZATION }, Date.parse(now)),
  ).toEqual([
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

it('names the organization where none is declared that it could be compared with', () =>
  expect(
    snapshotDiagnostics(SEEN(VERSION), { ...PROD, organizationId: null }, Date.parse('2026-11-21T09:00:30Z')),
  ).toEqual([
    {
      code: 'planned-from-snapshot',
      severity: 'warning',
      address: null,
      source: null,
      message: `Planned from a snapshot of 2026-11-21 09:00 UTC, 30 s old; the environment itself was not looked at. The snapshot is of the organization ${ORGANIZATION}; whether that is "prod" (https://contoso.crm4.dynamics.com) was not checked, since no organizationId is declared`,
      hint: 'Declare organizationId of "prod", then it is checked.',
    },
  ]));
