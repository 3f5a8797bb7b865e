import { describe, expect, it } from 'vitest';
import type { Organization, UserEntry } from '../emulator/organization.ts';
import type { Records } from '../model/ports.ts';
import { ServiceError } from '../model/service-error.ts';
import { NO_MEMBERSHIPS, type Query, type Snapshot } from '../model/snapshot.ts';
import { emulated, ORGANIZATION_ID, resourceOf } from './emulated.test-support.ts';

const ALL: Query = { kinds: ['profile', 'settings', 'mailbox'], alerts: false, memberships: NO_MEMBERSHIPS };

const CONTOSO: Partial<Organization> = {
  users: [
    { signIn: 'Alice@contoso.com', name: 'Alice Ängström', emailAddress: 'alice@contoso.com', works: true },
    { signIn: 'bob@contoso.com', name: 'Bob', disabled: true },
  ],
  queues: [{ name: "O'Brien & Söhne", emailAddress: 'support@contoso.com' }],
  teams: [{ name: 'Sales' }],
  forwardMailboxes: [{ name: 'Inbound', emailaddress: 'forward@contoso.com' }],
};

function addresses(snapshot: Snapshot): readonly string[] {
  return snapshot.resources.map(({ address }) => address);
}

function recordsOf(snapshot: Snapshot, ...wanted: readonly string[]): Records {
  return Object.fromEntries(wanted.map((address) => [address, resourceOf(snapshot, address).records]));
}

describe('read', () => {
  it('sees every resource under its address, sorted', async () => {
    const { reader } = emulated(CONTOSO);
    expect(addresses(await reader.read(ALL))).toEqual([
      'profile:Microsoft Exchange Online',
      'settings:email',
      'mailbox:forward/Inbound',
      'mailbox:queue/<Alice Ängström>',
      'mailbox:queue/<Bob>',
      'mailbox:queue/<Sales>',
      "mailbox:queue/O'Brien & Söhne",
      'mailbox:user/Alice@contoso.com',
      'mailbox:user/bob@contoso.com',
    ]);
  });

  it.each([
    [['profile'], ['profile:Microsoft Exchange Online'], 3],
    [['settings'], ['settings:email'], 3],
    [[], [], 2],
  ] satisfies [Query['kinds'], string[], number][])('reads only %j', async (kinds, seen, requests) => {
    const { reader } = emulated(CONTOSO);
    const snapshot = await reader.read({ kinds, alerts: true, memberships: NO_MEMBERSHIPS });
    expect([addresses(snapshot), snapshot.requests]).toEqual([seen, requests]);
  });

  it('decodes fields, and says what it cost and when it was', async () => {
    const { reader, emulator } = emulated(CONTOSO);
    const snapshot = await reader.read(ALL);
    expect(resourceOf(snapshot, 'settings:email').fields).toMatchObject({
      'newMailboxes.serverProfile': { ref: 'profile:Microsoft Exchange Online' },
      'newMailboxes.incoming': 'server-side-sync',
      'newMailboxes.outgoing': 'server-side-sync',
      'newMailboxes.appointmentsContactsTasks': 'none',
      'onlyApproved.users': true,
      'onlyApproved.queues': true,
    });
    expect(snapshot.asOf).toBe('2026-11-21T09:00:00.000Z');
    expect(snapshot.organizationId).toBe(ORGANIZATION_ID);
    expect(snapshot.requests).toBe(emulator.log.length);
    expect(snapshot.capabilities).toEqual({
      approvedOn: true,
      testRequestedOn: true,
      parallelism: 4,
      absentColumns: [],
      alerts: null,
    });
  });

  it('tells who a mailbox belongs to', async () => {
    const { reader } = emulated(CONTOSO);
    const snapshot = await reader.read(ALL);
    const facts = (address: string) => {
      const { ids, ...rest } = resourceOf(snapshot, address).mailbox ?? { ids: [] };
      return { ...rest, ids: ids.length };
    };
    const members = { businessUnits: [], teams: [], securityRoles: [] };
    const user = {
      ...members,
      sort: 'user',
      applicationUser: false,
      personalQueue: false,
      queueOwner: null,
      active: true,
      licensed: true,
      ids: 2,
    };
    const queue = {
      ...members,
      sort: 'queue',
      licensed: null,
      signIn: null,
      ownerEnabled: true,
      person: false,
      applicationUser: false,
      ids: 1,
    };
    expect(facts('mailbox:user/Alice@contoso.com')).toEqual({
      ...user,
      name: 'Alice@contoso.com',
      displayName: 'Alice Ängström',
      signIn: 'Alice@contoso.com',
      emailAddress: 'alice@contoso.com',
      ownerEnabled: true,
      person: true,
    });
    expect(facts('mailbox:user/bob@contoso.com')).toMatchObject({ ownerEnabled: false, person: true });
    expect(facts('mailbox:queue/<Sales>')).toEqual({
      ...queue,
      name: '<Sales>',
      displayName: '<Sales>',
      emailAddress: null,
      personalQueue: true,
      queueOwner: null,
      active: true,
    });
    expect(facts("mailbox:queue/O'Brien & Söhne")).toMatchObject({
      ...queue,
      personalQueue: false,
      queueOwner: { name: 'Admin', enabled: true },
    });
    expect(facts('mailbox:forward/Inbound')).toMatchObject({ sort: 'forward', name: 'Inbound', ids: 0 });
  });

  it.each([
    ['an application user', { applicationId: '11111111-0000-4000-8000-000000000001' }, [false, true]],
    ['a non-interactive user', { accessMode: 4 }, [false, false]],
    ['an administrative user', { accessMode: 1 }, [false, false]],
    ['a reader', { accessMode: 2 }, [true, false]],
    ['an identity of the platform', { name: '# SSSAdminProd' }, [false, false]],
    ['a user gone from the directory', { columns: { azurestate: 2 } }, [false, false]],
    ['a stub user', { columns: { systemmanagedusertype: 2 } }, [false, false]],
    ['an integration user', { columns: { isintegrationuser: true } }, [false, false]],
  ] as readonly (readonly [string, Partial<UserEntry>, readonly boolean[]])[])(
    'knows %s',
    async (_name, entry, [person, applicationUser]) => {
      const { reader } = emulated({ users: [{ signIn: 'x@contoso.com', name: 'X', ...entry }] });
      const snapshot = await reader.read(ALL);
      const users = snapshot.resources.filter(({ mailbox }) => mailbox?.sort === 'user');
      const found = users.find(({ mailbox }) => mailbox?.displayName === (entry.name ?? 'X'))?.mailbox;
      expect([found?.person, found?.applicationUser]).toEqual([person, applicationUser]);
    },
  );

  it('does without columns that the environment lacks', async () => {
    const { reader } = emulated({ ...CONTOSO, switches: { newestColumns: false } });
    const snapshot = await reader.read(ALL);
    expect(snapshot.capabilities).toMatchObject({
      approvedOn: false,
      testRequestedOn: false,
      absentColumns: ['mailbox.emailaddressapprovedon', 'mailbox.testandenablelastattemptedon'],
    });
    expect(resourceOf(snapshot, 'mailbox:forward/Inbound').fields).toMatchObject({ 'approval.on': null });
  });

  it('takes pages and six more requests, however many mailboxes there are', async () => {
    const users = Array.from({ length: 2600 }, (_, index) => ({
      signIn: `user${index}@contoso.com`,
      name: `User ${index}`,
    }));
    const { reader } = emulated({ users });
    const snapshot = await reader.read(ALL);
    const mailboxes = snapshot.resources.filter(({ kind }) => kind === 'mailbox').length;
    const pages = Math.ceil(mailboxes / 5000) + Math.ceil(2602 / 5000) + Math.ceil(2601 / 5000);
    expect(mailboxes).toBeGreaterThan(5000);
    expect(snapshot.requests).toBeLessThanOrEqual(pages + 6);
    expect(snapshot.requests).toBe(7);
    expect(snapshot.notSeen).toEqual([]);
  });

  it('sends nothing but GETs', async () => {
    const { reader, emulator } = emulated(CONTOSO);
    const snapshot = await reader.read({ ...ALL, alerts: true, memberships: NO_MEMBERSHIPS });
    await reader.reread(recordsOf(snapshot, ...addresses(snapshot)));
    const sent = emulator.log.flatMap(({ method, path, parts }) =>
      path.includes('$batch') ? (parts ?? []).map((part) => part.method) : [method],
    );
    expect(new Set(sent)).toEqual(new Set(['GET']));
  });
});

describe('alerts', () => {
  const alert = (text: string, at: string, level = 'Error') => ({
    mailbox: "O'Brien & Söhne",
    text,
    at,
    level,
  });

  it('come newest first, readable, and without internal details', async () => {
    const { reader } = emulated({
      ...CONTOSO,
      alerts: [
        alert('Older', '2026-11-01T00:00:00Z', 'Warning'),
        alert(
          'Mail for @[9606,a1b2,"<O\'Brien>"] failed. Email Server Error Code: UnapprovedMailbox. Details:\n at Microsoft.Crm.Foo(Int32)\nActivity ID: 12',
          '2026-11-02T00:00:00Z',
        ),
      ],
    });
    const snapshot = await reader.read({ ...ALL, alerts: true, memberships: NO_MEMBERSHIPS });
    expect(resourceOf(snapshot, "mailbox:queue/O'Brien & Söhne").alerts).toEqual([
      {
        level: 'error',
        time: '2026-11-02T00:00:00Z',
        text: "Mail for <O'Brien> failed. Email Server Error Code: UnapprovedMailbox.",
        code: 'UnapprovedMailbox',
      },
      { level: 'warning', time: '2026-11-01T00:00:00Z', text: 'Older', code: null },
    ]);
    expect(resourceOf(snapshot, 'mailbox:forward/Inbound').alerts).toEqual([]);
  });

  it('are not read unless asked for', async () => {
    const { reader } = emulated({ ...CONTOSO, alerts: [alert('Older', '2026-11-01T00:00:00Z')] });
    const snapshot = await reader.read(ALL);
    expect(snapshot.resources.flatMap(({ alerts }) => alerts)).toEqual([]);
  });
});

describe('the caller', () => {
  it('is known by name, roles and privileges', async () => {
    const { reader } = emulated({
      callers: [
        { token: 'ci', application: '22222222-0000-4000-8000-000000000002', roles: ['System Administrator'] },
      ],
      users: [
        { signIn: 'ci@contoso.com', name: 'CI', applicationId: '22222222-0000-4000-8000-000000000002' },
      ],
    });
    const { caller } = await reader.read({ kinds: [], alerts: false, memberships: NO_MEMBERSHIPS });
    expect(caller).toMatchObject({
      applicationUser: true,
      roles: ['System Administrator'],
      systemAdministrator: true,
      mailboxApprover: false,
    });
    expect(caller.privileges).toContain('prvApproveRejectEmailAddress');
  });

  it('holds the roles of its teams too', async () => {
    const { reader } = emulated({
      callers: [{ token: 'x', user: 'alice@contoso.com' }],
      users: [{ signIn: 'alice@contoso.com', name: 'Alice' }],
      teams: [{ name: 'Admins', members: ['alice@contoso.com'], roles: ['System Administrator'] }],
    });
    const { caller } = await reader.read({ kinds: [], alerts: false, memberships: NO_MEMBERSHIPS });
    expect(caller).toMatchObject({ roles: ['System Administrator'], systemAdministrator: true });
  });

  it('may hold little', async () => {
    const { reader } = emulated({
      callers: [
        { token: 'x', user: 'alice@contoso.com', privileges: ['prvReadMailbox:Basic', 'prvReadUser'] },
      ],
      users: [{ signIn: 'alice@contoso.com', name: 'Alice' }],
    });
    const { caller } = await reader.read({ kinds: [], alerts: false, memberships: NO_MEMBERSHIPS });
    const { depths, ...rest } = caller;
    expect([depths.prvReadMailbox, depths.prvReadUser, depths.prvReadQueue]).toEqual([
      'basic',
      'global',
      'none',
    ]);
    expect(rest).toEqual({
      name: 'Alice',
      applicationUser: false,
      roles: [],
      privileges: ['prvReadMailbox', 'prvReadUser'],
      systemAdministrator: false,
      mailboxApprover: false,
      signIn: 'alice@contoso.com',
    });
  });
});

describe('completeness', () => {
  const READS = [
    'prvReadMailbox',
    'prvReadUser',
    'prvReadQueue',
    'prvReadEmailServerProfile',
    'prvReadOrganization',
    'prvReadTeam',
  ];
  const read = async (privileges: readonly string[]): Promise<Snapshot> => {
    const { reader } = emulated({
      ...CONTOSO,
      callers: [{ token: 'x', user: 'Alice@contoso.com', privileges: [...privileges] }],
    });
    return reader.read(ALL);
  };

  it('is whole with organization-wide read', async () => {
    expect((await read(READS)).notSeen).toEqual([]);
  });

  it.each([
    [
      'prvReadMailbox:Local',
      [
        ['mailbox', 'user'],
        ['mailbox', 'queue'],
        ['mailbox', 'forward'],
      ],
      'local',
    ],
    ['prvReadQueue:Deep', [['mailbox', 'queue']], 'deep'],
    ['prvReadUser:Basic', [['mailbox', 'user']], 'basic'],
    ['prvReadEmailServerProfile:Basic', [['profile', null]], 'basic'],
  ] as const)('is not with %s', async (entry, gaps, depth) => {
    const name = entry.split(':')[0];
    const snapshot = await read([...READS.filter((known) => known !== name), entry]);
    expect(snapshot.notSeen).toEqual(
      gaps.map(([kind, sort]) => ({ kind, sort, reason: 'read-depth', depth })),
    );
  });

  it('names what no privilege allows to read', async () => {
    const snapshot = await read(READS.filter((name) => name !== 'prvReadQueue'));
    expect(snapshot.notSeen).toEqual([
      { kind: 'mailbox', sort: 'queue', reason: 'no-privilege', depth: 'none' },
    ]);
    expect(addresses(snapshot).filter((address) => address.startsWith('mailbox:queue/'))).toEqual([]);
  });

  it('fails, and tells less to nobody, when the server fails', async () => {
    const { reader } = emulated({
      ...CONTOSO,
      faults: [{ table: 'queue', status: 500, code: '0x80040216', message: 'Oops', times: 99 }],
    });
    await expect(reader.read(ALL)).rejects.toBeInstanceOf(ServiceError);
  });
});

describe('privileges of teams', () => {
  it('count like those of the caller', async () => {
    const { reader } = emulated({
      callers: [{ token: 'x', user: 'alice@contoso.com' }],
      users: [{ signIn: 'alice@contoso.com', name: 'Alice' }],
      teams: [{ name: 'Mail', members: ['alice@contoso.com'], roles: ['System Administrator'] }],
    });
    const snapshot = await reader.read(ALL);
    expect(snapshot.notSeen).toEqual([]);
    expect(snapshot.caller.privileges).toContain('prvWriteMailbox');
  });
});

describe('reread', () => {
  it('takes one request for a mailbox and its owner', async () => {
    const { reader, emulator } = emulated(CONTOSO);
    const snapshot = await reader.read(ALL);
    const before = emulator.log.length;
    const readings = await reader.reread(recordsOf(snapshot, 'mailbox:user/Alice@contoso.com'));
    const reading = readings.get('mailbox:user/Alice@contoso.com');
    expect(emulator.log.length - before).toBe(1);
    expect([...readings.keys()]).toEqual(['mailbox:user/Alice@contoso.com']);
    expect(reading?.exists).toBe(true);
    expect(reading?.fields).toEqual(resourceOf(snapshot, 'mailbox:user/Alice@contoso.com').fields);
  });

  it('decodes as a whole read does, whatever it is given', async () => {
    const { reader } = emulated(CONTOSO);
    const snapshot = await reader.read(ALL);
    const readings = await reader.reread(recordsOf(snapshot, ...addresses(snapshot)));
    expect(Object.fromEntries([...readings].map(([address, { fields }]) => [address, fields]))).toEqual(
      Object.fromEntries(snapshot.resources.map(({ address, fields }) => [address, fields])),
    );
  });

  it('reads names itself, with one request, where nothing was read before', async () => {
    const first = emulated(CONTOSO);
    const snapshot = await first.reader.read(ALL);
    const { reader, emulator } = emulated(CONTOSO);
    const records = recordsOf(snapshot, 'mailbox:forward/Inbound');
    const readings = await reader.reread(records);
    expect(emulator.log.length).toBe(2);
    expect(readings.get('mailbox:forward/Inbound')?.fields.serverProfile).toEqual({
      ref: 'profile:Microsoft Exchange Online',
    });
    await reader.reread(records);
    expect(emulator.log.length).toBe(3);
  });

  it('asks once for the name of a profile that the caller may not see', async () => {
    const { reader, emulator } = emulated({
      ...CONTOSO,
      callers: [
        {
          token: 'x',
          user: 'Alice@contoso.com',
          privileges: ['prvReadMailbox', 'prvReadUser', 'prvReadQueue'],
        },
      ],
    });
    const snapshot = await reader.read({ kinds: ['mailbox'], alerts: false, memberships: NO_MEMBERSHIPS });
    const records = recordsOf(snapshot, 'mailbox:forward/Inbound');
    expect(resourceOf(snapshot, 'mailbox:forward/Inbound').fields.serverProfile).toEqual({
      unknown: 'record 7eedeb22-6a30-4a66-808b-00c25a95b03f',
    });
    const counts: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      const before = emulator.log.length;
      await reader.reread(records);
      counts.push(emulator.log.length - before);
    }
    expect(counts).toEqual([2, 1, 1]);
  });

  it('is repeated when one of its parts fails in passing', async () => {
    const { reader, emulator } = emulated(CONTOSO);
    const snapshot = await reader.read(ALL);
    await emulator.fetch(
      new Request('http://emulator.localhost/_emulator/faults', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ table: 'queue', status: 503, times: 1 }),
      }),
    );
    const before = emulator.log.length;
    const readings = await reader.reread(recordsOf(snapshot, "mailbox:queue/O'Brien & Söhne"));
    expect([...readings.values()].map(({ exists }) => exists)).toEqual([true]);
    expect(emulator.log.length - before).toBe(2);
  });

  it('tells what is gone', async () => {
    const { reader, transport } = emulated(CONTOSO);
    const snapshot = await reader.read(ALL);
    const records = recordsOf(snapshot, 'mailbox:forward/Inbound');
    await transport.delete(`mailboxes(${records['mailbox:forward/Inbound']?.[0]?.id})`, { 'If-Match': '*' });
    const reading = (await reader.reread(records)).get('mailbox:forward/Inbound');
    expect([reading?.exists, reading?.fields]).toEqual([false, {}]);
  });

  describe('of many', () => {
    // A mailbox and its user each; a lookup names two hundred of either.
    const users = Array.from({ length: 1100 }, (_, index) => ({ signIn: `user${index}@contoso.com` }));
    const wanted = users.map(({ signIn }) => `mailbox:user/${signIn}`);

    it.each<readonly [string, boolean, number, readonly string[], number]>([
      ['who looks now and then takes one request', false, 300, ['$batch 4'], 1],
      ['also for a thousand', false, 1000, ['$batch 10'], 1],
      ['and another one for the rest', false, 1100, ['$batch 10', '$batch 2'], 1],
      ['who waits asks for all side by side', true, 300, [...listsOf(2), ...listsOf(2, 'systemusers')], 1],
      ['but for eight at a time', true, 1100, [...listsOf(6), ...listsOf(6, 'systemusers')], 2],
    ])('%s (hurry %s): %i', async (_name, hurry, count, requests, roundTrips) => {
      const { reader, emulator, clock } = emulated({ users, cost: { latency: '1s' } });
      const snapshot = await reader.read(ALL);
      const [before, since] = [emulator.log.length, clock.now()];
      const readings = await reader.reread(recordsOf(snapshot, ...wanted.slice(0, count)), { hurry });
      const log = emulator.log.slice(before);
      expect([...readings.values()].filter(({ exists }) => exists).length).toBe(count);
      expect(log.map(({ path, parts }) => `${path.split('?')[0]} ${parts?.length ?? 1}`)).toEqual(requests);
      expect(Math.floor((clock.now() - since) / 1000)).toBe(roundTrips);
    });
  });
});

function listsOf(count: number, collection = 'mailboxes'): readonly string[] {
  return Array.from({ length: count }, () => `${collection} 1`);
}
