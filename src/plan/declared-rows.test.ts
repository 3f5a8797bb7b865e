/** Which resources the stages may pass over: only those for which none of them would find anything to do. */

import { expect, it } from 'vitest';
import { CATALOGUE } from '../catalogue/catalogue.ts';
import type { Observed } from '../model/snapshot.ts';
import type { Value } from '../model/value.ts';
import { config, mailboxItem, ONLINE, profile, snapshot, user } from '../model/world.test-support.ts';
import { resolve } from '../resolve/resolve.ts';
import { declaredRows, isSettled } from './declared-rows.ts';

const NAME = 'alice@contoso.com';
const all = {
  serverProfile: { ref: `profile:${ONLINE}` },
  incoming: 'server-side-sync',
  approved: true,
  testAndEnable: true,
};

function settled(fields: Readonly<Record<string, Value>>, actual: Observed): boolean {
  const declared = config({ mailboxes: [mailboxItem('user', NAME, fields)] });
  const desired = resolve(declared, snapshot([profile(), actual]));
  const rowsOf = declaredRows(CATALOGUE);
  return desired.resources
    .filter(({ kind }) => kind === 'mailbox')
    .every((resource) => isSettled(resource, rowsOf(resource)));
}

it.each<[string, Readonly<Record<string, Value>>, Observed, boolean]>([
  ['everything as declared', all, user(NAME), true],
  [
    'a reference in another spelling',
    { serverProfile: { ref: 'profile:EXCHANGE online' } },
    user(NAME),
    true,
  ],
  ['another method', { incoming: 'none' }, user(NAME), false],
  ['a field that was not read', { processEmailsFrom: '2026-01-01T00:00:00Z' }, user(NAME), false],
  ['an unknown value', { incoming: 'none' }, user(NAME, { fields: { incoming: { unknown: '9' } } }), false],
  ['inactive and to be active', { state: 'active' }, user(NAME, { fields: { state: 'inactive' } }), false],
  ['active and to be inactive', { state: 'inactive' }, user(NAME), false],
  ['not approved', all, user(NAME, { fields: { approved: 'empty' } }), false],
  ['a test that failed', all, user(NAME, { fields: { 'tests.outgoing': 'failure' } }), false],
  ['not enabled', all, user(NAME, { fields: { 'enabled.incoming': false } }), false],
  [
    'a test that failed where nothing is to be tested',
    { testAndEnable: true, incoming: 'none', outgoing: 'none' },
    user(NAME, { fields: { incoming: 'none', outgoing: 'none', 'tests.incoming': 'failure' } }),
    true,
  ],
  [
    'a secret, which cannot be compared',
    { 'credentials.password': { secret: 'env:PASSWORD' } },
    user(NAME, { fields: { 'credentials.password': { is_set: true } } }),
    false,
  ],
])('%s', (_name, fields, actual, expected) => {
  expect(settled(fields, actual)).toBe(expected);
});

it('rows are found once for fields that are shared', () => {
  const declared = config({ mailboxes: [mailboxItem('user', NAME, all)] });
  const { resources } = resolve(declared, snapshot([profile(), user(NAME)]));
  const rowsOf = declaredRows(CATALOGUE);
  const rows = resources.map(rowsOf);
  expect(resources.map((resource, index) => rowsOf({ ...resource }) === rows[index])).toEqual([true]);
});
