/** Business units, teams and security roles as the embedded Dataverse answers them. */

import { describe, expect, it } from 'vitest';
import type { RawRow } from '../catalogue/field.ts';
import type { Organization } from '../emulator/organization.ts';
import { type Memberships, NO_MEMBERSHIPS, type Snapshot } from '../model/snapshot.ts';
import { emulated, resourceOf } from './emulated.test-support.ts';
import { readMemberships } from './memberships.ts';
import { PRIVILEGES } from './privileges.ts';

const ALL: Memberships = { businessUnits: true, teams: true, securityRoles: true };

const CONTOSO: Partial<Organization> = {
  businessUnits: [{ name: 'Sales' }, { name: 'Sales Europe', parent: 'Sales' }],
  roles: [{ name: 'Salesperson' }, { name: 'Mail User' }],
  users: [
    { signIn: 'alice@contoso.com', businessUnit: 'Sales Europe', roles: ['Salesperson'] },
    { signIn: 'bob@contoso.com', licensed: false },
  ],
  queues: [{ name: 'Support', businessUnit: 'Sales' }],
  teams: [{ name: 'Mail pilots', members: ['bob@contoso.com'], roles: ['Mail User'] }],
};

async function read(asked: Partial<Memberships>, parts: Partial<Organization> = {}): Promise<Snapshot> {
  const { reader } = emulated({ ...CONTOSO, ...parts });
  const memberships = { ...NO_MEMBERSHIPS, ...asked };
  return reader.read({ kinds: ['profile', 'settings', 'mailbox'], alerts: false, memberships });
}

function members(snapshot: Snapshot, address: string): unknown {
  const { licensed, businessUnits, teams, securityRoles } = resourceOf(snapshot, address).mailbox ?? {};
  return { licensed, businessUnits: businessUnits?.slice(0, 2), teams, securityRoles };
}

describe('reading memberships', () => {
  it('names business units nearest first, teams, and roles through teams too', async () => {
    const snapshot = await read(ALL);
    expect(members(snapshot, 'mailbox:user/alice@contoso.com')).toMatchObject({
      licensed: true,
      businessUnits: ['Sales Europe', 'Sales'],
      securityRoles: ['Salesperson'],
    });
    expect(members(snapshot, 'mailbox:user/bob@contoso.com')).toMatchObject({
      licensed: false,
      teams: expect.arrayContaining(['Mail pilots']),
      securityRoles: ['Mail User'],
    });
    const support = resourceOf(snapshot, 'mailbox:queue/Support').mailbox;
    expect([support?.businessUnits[0], support?.licensed, support?.teams]).toEqual(['Sales', null, []]);
    expect(snapshot.unseenMemberships).toEqual([]);
  });

  it.each<[string, Partial<Memberships>, number]>([
    ['nothing', {}, 0],
    ['business units', { businessUnits: true }, 1],
    ['teams', { teams: true }, 2],
    ['roles', { securityRoles: true }, 4],
    ['all', ALL, 6],
  ])('asks for %s with as many more requests', async (_name, asked, more) => {
    const snapshot = await read(asked);
    expect(snapshot.requests).toBe(6 + more);
  });

  it('leaves empty what was not asked for', async () => {
    expect(members(await read({ teams: true }), 'mailbox:user/alice@contoso.com')).toMatchObject({
      businessUnits: [],
      securityRoles: [],
    });
  });
});

describe('memberships that cannot be seen whole', () => {
  const READS = [
    'prvReadMailbox',
    'prvReadUser',
    'prvReadQueue',
    'prvReadEmailServerProfile',
    'prvReadOrganization',
    'prvReadTeam',
    'prvReadRole',
    'prvReadBusinessUnit',
  ];
  const as = (privileges: readonly string[]): Partial<Organization> => ({
    callers: [{ token: 'x', user: 'alice@contoso.com', privileges: [...privileges] }],
  });
  const without = (name: string, ...instead: readonly string[]): Partial<Organization> =>
    as([...READS.filter((known) => known !== name), ...instead]);

  it('are none with organization-wide read', async () => {
    expect((await read(ALL, as(READS))).unseenMemberships).toEqual([]);
  });

  it.each([
    [
      'no team',
      without('prvReadTeam'),
      [
        { membership: 'teams', reason: 'no-privilege', depth: 'none' },
        { membership: 'securityRoles', reason: 'no-privilege', depth: 'none' },
      ],
    ],
    [
      'the roles of a business unit alone',
      without('prvReadRole', 'prvReadRole:Local'),
      [{ membership: 'securityRoles', reason: 'read-depth', depth: 'local' }],
    ],
    [
      'no business unit',
      without('prvReadBusinessUnit'),
      [{ membership: 'businessUnits', reason: 'no-privilege', depth: 'none' }],
    ],
  ])('are told of a caller who sees %s', async (_name, parts, expected) => {
    const snapshot = await read(ALL, parts);
    expect(snapshot.unseenMemberships).toEqual(expected);
    expect(snapshot.notSeen).toEqual([]);
  });

  it('are told where the server refuses a list whatever the privileges say', async () => {
    const faults = [{ table: 'teammembership', status: 403, code: '0x80040220', message: 'No' }];
    const { unseenMemberships } = await read({ teams: true }, { faults });
    expect(unseenMemberships).toEqual([{ membership: 'teams', reason: 'no-privilege', depth: 'none' }]);
  });

  it('fail the read when the server fails', async () => {
    const faults = [{ table: 'businessunit', status: 500, code: '0x80040216', message: 'Oops', times: 99 }];
    await expect(read({ businessUnits: true }, { faults })).rejects.toThrow('Oops');
  });
});

it('business units in a ring are passed once', async () => {
  const unit = (id: string, parent: string) => ({
    businessunitid: id,
    name: id.toUpperCase(),
    _parentbusinessunitid_value: parent,
  });
  const transport = {
    eachPage: async (_path: string, take: (rows: readonly RawRow[]) => void) =>
      take([unit('a', 'B'), unit('b', 'a')]),
  };
  const whole = new Map(PRIVILEGES.map((privilege) => [privilege, 'global'] as const));
  const asked = { ...NO_MEMBERSHIPS, businessUnits: true };
  const { index } = await readMemberships(transport, asked, whole);
  expect(index({ table: 'systemuser', id: 'x', unit: 'a' }).businessUnits).toEqual(['A', 'B']);
});
