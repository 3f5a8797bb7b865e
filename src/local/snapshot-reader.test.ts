/** A snapshot answers what a query asks for, as the environment would have. */

import { expect, it } from 'vitest';
import { KINDS } from '../model/address.ts';
import { NO_MEMBERSHIPS } from '../model/snapshot.ts';
import { profile, settings, snapshot, user } from '../model/world.test-support.ts';
import { createSnapshotReader } from './snapshot-reader.ts';

const FACTS = { businessUnits: ['Sales'], teams: ['Mail'], securityRoles: ['Salesperson'] };
const SEEN = snapshot([profile(), settings(), user('ann@contoso.com', { facts: FACTS })], {
  notSeen: [{ kind: 'mailbox', sort: 'user', reason: 'read-depth', depth: 'deep' }],
  unseenMemberships: [{ membership: 'teams', reason: 'read-depth', depth: 'deep' }],
});
const reader = createSnapshotReader(SEEN);
const ALL = { businessUnits: true, teams: true, securityRoles: true };

it('everything', async () => {
  expect(await reader.read({ kinds: KINDS, alerts: false, memberships: ALL })).toEqual(SEEN);
  expect(await reader.identify()).toEqual({ organizationId: SEEN.organizationId, userId: '' });
});

it('without the memberships that no rule asks for', async () => {
  const { resources, unseenMemberships } = await reader.read({
    kinds: KINDS,
    alerts: false,
    memberships: { ...NO_MEMBERSHIPS, securityRoles: true },
  });
  expect(resources.at(-1)?.mailbox).toMatchObject({ ...FACTS, businessUnits: [], teams: [] });
  expect(unseenMemberships).toEqual([]);
});

it('without the kinds that are not asked for, and what was not seen of them', async () => {
  const { resources, notSeen, unseenMemberships, capabilities } = await reader.read({
    kinds: ['profile', 'settings'],
    alerts: false,
    memberships: ALL,
  });
  expect(resources.map(({ kind }) => kind)).toEqual(['profile', 'settings']);
  expect({ notSeen, unseenMemberships }).toEqual({ notSeen: [], unseenMemberships: [] });
  expect(capabilities).toMatchObject({ approvedOn: false, testRequestedOn: false });
});

it('never again', async () => {
  await expect(reader.reread({})).rejects.toThrow('nothing of it can be read again');
});
