/** Addresses of server profiles: one of each record, whatever their names. */

import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../catalogue/catalogue.ts';
import { NO_MEMBERSHIPS } from '../model/snapshot.ts';
import { emulated, resourceOf } from './emulated.test-support.ts';
import { indexProfiles, renamedIn } from './profile-index.ts';
import { createStateReader } from './read-environment.ts';

const [A, B] = ['aaaaaaaa-0000-4000-8000-000000000001', 'BBBBBBBB-0000-4000-8000-000000000002'];
const row = (id: string, name: string | null) => ({ emailserverprofileid: id, name });

describe('indexProfiles', () => {
  it.each([
    ['names of their own', [row(A, 'One'), row(B, 'Two')], ['profile:One', 'profile:Two']],
    [
      'one name, whatever the spelling',
      [row(A, 'Gmail'), row(B, 'GMAIL')],
      [`profile:Gmail (${A})`, `profile:GMAIL (${B.toLowerCase()})`],
    ],
    ['no name', [row(A, null), row(B, 'Two')], [`profile:${A}`, 'profile:Two']],
    ['one row that came twice', [row(A, 'One'), row(A, 'One')], ['profile:One', null]],
  ])('%s', (_name, rows, [a, b]) => {
    const index = indexProfiles(rows);
    expect(index.nameRecord('emailserverprofile', A)).toBe(a);
    expect(index.nameRecord('emailserverprofile', B)).toBe(b);
    expect(index.idOf(a ?? '')).toBe(A);
  });

  it('is of profiles alone', () => {
    expect(indexProfiles([row(A, 'One')]).nameRecord('queue', A)).toBeNull();
  });

  it('goes on calling a record as it began', () => {
    const before = indexProfiles([row(A, 'Old')]);
    const after = indexProfiles([row(A, 'New'), row(B, 'Two')], before.addresses);
    expect(after.nameRecord('emailserverprofile', A)).toBe('profile:Old');
    expect(after.idOf('profile:two')).toBe(B.toLowerCase());
  });
});

it('a plan may call a record by the name that it had', () => {
  const index = indexProfiles([row(A, 'New')]);
  const records = { 'profile:Old': [{ role: 'self', table: 'emailserverprofile', id: A }] } as const;
  expect(renamedIn(index, records).nameRecord('emailserverprofile', A)).toBe('profile:Old');
  expect(renamedIn(index, {})).toBe(index);
});

it('mailboxes of two profiles of one name tell which they refer to', async () => {
  const { reader } = emulated({
    profiles: [
      { id: A, name: 'Gmail' },
      { id: B.toLowerCase(), name: 'Gmail' },
    ],
    users: [
      { signIn: 'alice@contoso.com', mailbox: { emailserverprofile: A } },
      { signIn: 'bob@contoso.com', mailbox: { emailserverprofile: B.toLowerCase() } },
    ],
  });
  const snapshot = await reader.read({
    kinds: ['profile', 'settings', 'mailbox'],
    alerts: false,
    memberships: NO_MEMBERSHIPS,
  });
  const refs = ['alice', 'bob'].map(
    (name) => resourceOf(snapshot, `mailbox:user/${name}@contoso.com`).fields.serverProfile,
  );
  expect(refs).toEqual([{ ref: `profile:Gmail (${A})` }, { ref: `profile:Gmail (${B.toLowerCase()})` }]);
  expect(resourceOf(snapshot, `profile:Gmail (${A})`).fields.name).toBe('Gmail');
});

it('a profile that is renamed while a plan is carried out keeps the name that the plan has for it', async () => {
  const { reader, transport } = emulated({
    profiles: [{ id: A, name: 'Old' }],
    users: [{ signIn: 'alice@contoso.com', mailbox: { emailserverprofile: A } }],
  });
  const snapshot = await reader.read({
    kinds: ['profile', 'settings', 'mailbox'],
    alerts: false,
    memberships: NO_MEMBERSHIPS,
  });
  const alice = 'mailbox:user/alice@contoso.com';
  const records = {
    'profile:Old': resourceOf(snapshot, 'profile:Old').records,
    [alice]: resourceOf(snapshot, alice).records,
  };
  await transport.patch(`emailserverprofiles(${A})`, { name: 'New' }, { 'If-Match': '*' });
  // Another process, such as one that resumes a saved plan, knows the plan alone.
  const other = createStateReader(transport, CATALOGUE, { now: () => 0, sleep: async () => {} });
  for (const readings of [await reader.reread(records), await other.reread(records)]) {
    expect(readings.get('profile:Old')?.fields.name).toBe('New');
    expect(readings.get(alice)?.fields.serverProfile).toEqual({ ref: 'profile:Old' });
  }
});
