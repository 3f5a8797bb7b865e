import { describe, expect, it } from 'vitest';
import type { CallerEntry, Depth } from '../organization.ts';
import { type Client, type Json, open } from '../test-client.ts';

function openFor(caller: Partial<CallerEntry>): Client {
  const callers = [
    { token: 'root', user: 'root@contoso.com', roles: ['System Administrator'] },
    { token: 'caller', user: 'alice@contoso.com', roles: ['System Administrator'], ...caller },
  ];
  return open({ callers }).client.as('caller');
}

async function addresses(client: Client): Promise<readonly unknown[]> {
  const { body } = await client.get('mailboxes?$select=emailaddress&$filter=emailaddress ne null');
  return (body.value ?? []).map((row) => row.emailaddress).sort();
}

describe('read depth', () => {
  it.each<readonly [Depth, readonly string[]]>([
    ['basic', ['alice@contoso.com']],
    ['local', ['alice@contoso.com']],
    ['deep', ['alice@contoso.com', 'bob@contoso.com']],
    [
      'global',
      [
        'alice@contoso.com',
        'bob@contoso.com',
        'carla@contoso.com',
        'inbound@contoso.com',
        'support@contoso.com',
      ],
    ],
  ])('%s shows these mailboxes', async (mailbox, expected) => {
    expect(await addresses(openFor({ readDepth: { mailbox } }))).toEqual(expected);
  });

  it('none is refused', async () => {
    const answer = await openFor({ readDepth: { mailbox: 'none' } }).get('mailboxes');
    expect([answer.status, answer.body.error?.code]).toEqual([403, '0x80040220']);
  });

  it.each(['', '/name', '/emailserverprofile/name', '/Mailbox_MailboxTrackingFolder'])(
    'refuses one row out of reach, read as mailboxes(…)%s',
    async (member) => {
      const client = openFor({ readDepth: { mailbox: 'basic' } });
      const [alice, bob] = [
        await client.find('systemusers', 'domainname', 'alice@contoso.com'),
        await client.find('systemusers', 'domainname', 'bob@contoso.com'),
      ];
      const answer = await client.get(`mailboxes(${bob._defaultmailbox_value})${member}`);
      expect([answer.status, answer.body.error?.code]).toEqual([403, '0x80048306']);
      expect((await client.get(`mailboxes(${alice._defaultmailbox_value})${member}`)).status).toBe(200);
    },
  );

  it('hides the row behind a lookup', async () => {
    const client = openFor({ readDepth: { systemuser: 'basic' } });
    const { body } = await client.get(
      'mailboxes?$select=emailaddress&$expand=regardingobjectid($select=fullname)&$filter=endswith(emailaddress,%27contoso.com%27)',
    );
    const names = (body.value ?? []).map((row) => (row.regardingobjectid as Json | null)?.fullname ?? null);
    expect(names.filter((name) => name !== null)).toEqual(['Alice Berg']);
  });

  it('shows in the privileges that a caller asks for', async () => {
    const client = openFor({ readDepth: { mailbox: 'local' }, writes: { queue: false } });
    const { UserId } = (await client.get('WhoAmI')).body;
    const { body } = await client.get(
      `systemusers(${UserId})/Microsoft.Dynamics.CRM.RetrieveUserPrivileges()`,
    );
    const depths = new Map((body.RolePrivileges ?? []).map((row) => [row.PrivilegeName, row.Depth]));
    expect([depths.get('prvReadMailbox'), depths.get('prvReadQueue'), depths.get('prvWriteQueue')]).toEqual([
      'Local',
      'Global',
      undefined,
    ]);
    const one = `systemusers(${UserId})/Microsoft.Dynamics.CRM.RetrieveUserPrivilegeByPrivilegeName(PrivilegeName=@p)?@p='prvReadMailbox'`;
    expect(((await client.get(one)).body.RolePrivileges ?? []).length).toBe(1);
  });
});

describe('the tables that link users, teams and roles', () => {
  const teams = [
    {
      name: 'Desk',
      businessUnit: 'Sales',
      members: ['alice@contoso.com', 'bob@contoso.com'],
      roles: ['Clerk'],
    },
    { name: 'Night', businessUnit: 'Service', members: ['bob@contoso.com'] },
  ];
  const callers = [
    { token: 'root', user: 'root@contoso.com', roles: ['System Administrator'] },
    {
      token: 'local',
      user: 'alice@contoso.com',
      roles: ['System Administrator'],
      readDepth: { team: 'local' },
    },
    {
      token: 'own',
      user: 'alice@contoso.com',
      roles: ['System Administrator'],
      readDepth: { systemuser: 'basic' },
    },
    {
      token: 'no-roles',
      user: 'alice@contoso.com',
      roles: ['System Administrator'],
      readDepth: { role: 'none' },
    },
  ] as const;

  /** Names of both sides of every link. */
  async function linked(token: string, set: string, left: string, right: string): Promise<readonly string[]> {
    const { client } = open({ callers, teams, roles: [{ name: 'Clerk' }] });
    const names = new Map<unknown, unknown>();
    for (const [all, id, name] of [
      ['systemusers', 'systemuserid', 'fullname'],
      ['teams', 'teamid', 'name'],
      ['roles', 'roleid', 'name'],
    ] as const) {
      for (const row of (await client.get(`${all}?$select=${name}`)).body.value ?? [])
        names.set(row[id], row[name]);
    }
    const { body } = await client.as(token).get(`${set}?$select=${left},${right}`);
    const pairs = (body.value ?? []).map((row) => `${names.get(row[left])} in ${names.get(row[right])}`);
    return pairs.filter((pair) => !pair.includes('System Administrator')).sort();
  }

  it.each<readonly [string, readonly string[]]>([
    ['root', ['Alice Berg in Desk', 'Bob Costa in Desk', 'Bob Costa in Night']],
    ['local', ['Alice Berg in Desk', 'Bob Costa in Desk']],
    ['own', ['Alice Berg in Desk']],
  ])('%s sees these memberships', async (token, expected) => {
    expect(await linked(token, 'teammemberships', 'systemuserid', 'teamid')).toEqual(expected);
  });

  it('shows roles of users and of teams', async () => {
    expect(await linked('root', 'teamrolescollection', 'teamid', 'roleid')).toEqual(['Desk in Clerk']);
    const { client } = open({
      users: [{ signIn: 'dana@contoso.com', roles: ['Clerk'] }],
      roles: [{ name: 'Clerk' }],
    });
    const { roleid } = await client.find('roles', 'name', 'Clerk');
    const { systemuserid } = await client.find('systemusers', 'domainname', 'dana@contoso.com');
    const { body } = await client.get(`systemuserrolescollection?$filter=roleid eq ${roleid}`);
    expect(body.value).toEqual([expect.objectContaining({ systemuserid, roleid })]);
  });

  it('is empty where one side cannot be read', async () => {
    expect(await linked('no-roles', 'teamrolescollection', 'teamid', 'roleid')).toEqual([]);
  });

  it('is not written to', async () => {
    const answer = await open().client.call('POST', 'teammemberships', {});
    expect(answer.status).toBe(405);
  });
});

describe('writing', () => {
  it('needs the privilege on the table', async () => {
    const client = openFor({ writes: { queue: false } });
    const queue = await client.find('queues', 'name', 'Support');
    const answer = await client.patch(`queues(${queue.queueid})`, { description: 'x' });
    expect([answer.status, answer.body.error?.code]).toEqual([403, '0x80040220']);
  });

  it('needs the row within reach', async () => {
    const client = openFor({
      roles: [],
      privileges: ['prvReadMailbox', 'prvWriteMailbox:Basic', 'prvReadUser'],
    });
    const bob = await client.find('systemusers', 'domainname', 'bob@contoso.com');
    const answer = await client.patch(`mailboxes(${bob._defaultmailbox_value})`, { name: 'x' });
    expect([answer.status, answer.body.error?.code]).toEqual([403, '0x80048306']);
  });

  it.each<readonly [string, string, unknown]>([
    ['PUT', 'name', { value: 'x' }],
    ['DELETE', 'username', undefined],
    ['DELETE', 'emailserverprofile/$ref', undefined],
  ])('%s of %s needs the row within reach as well', async (method, member, body) => {
    const client = openFor({
      roles: [],
      privileges: ['prvReadMailbox', 'prvWriteMailbox:Basic', 'prvReadUser'],
    });
    const bob = await client.find('systemusers', 'domainname', 'bob@contoso.com');
    const path = `mailboxes(${bob._defaultmailbox_value})`;
    const before = await client.get(path);
    const answer = await client.call(method, `${path}/${member}`, body);
    expect([answer.status, answer.body.error?.code]).toEqual([403, '0x80048306']);
    expect((await client.get(path)).body).toEqual(before.body);
  });
});

describe('callers', () => {
  it('an unknown token is the first caller', async () => {
    const client = openFor({});
    const first = (await client.as('root').get('WhoAmI')).body.UserId;
    expect((await client.as('nobody').get('WhoAmI')).body.UserId).toBe(first);
  });

  it('impersonation needs the privilege', async () => {
    const client = openFor({});
    const bob = await client.find('systemusers', 'domainname', 'bob@contoso.com');
    const header = { callerobjectid: String(bob.azureactivedirectoryobjectid) };
    const answer = await client.call('GET', 'WhoAmI', undefined, header);
    expect(answer.body.UserId).toBe(bob.systemuserid);
    const plain = openFor({ roles: ['Basic User'] });
    expect((await plain.call('GET', 'WhoAmI', undefined, header)).status).toBe(403);
  });

  it('only a tenant administrator gives the approver role, and never to a team', async () => {
    const client = openFor({});
    const role = (await client.find('roles', 'name', 'Delegated Mailbox Approver')).roleid;
    const bob = await client.find('systemusers', 'domainname', 'bob@contoso.com');
    const path = `systemusers(${bob.systemuserid})/systemuserroles_association`;
    const body = { '@odata.id': `/roles(${role})` };
    expect((await client.call('POST', `${path}/$ref`, body)).body.error?.code).toBe('0x80090904');
    const tenant = openFor({ tenantRoles: ['global-admin'] });
    expect((await tenant.call('POST', `${path}/$ref`, body)).status).toBe(204);
    expect(((await tenant.get(`${path}?$select=name`)).body.value ?? []).map((row) => row.name)).toEqual([
      'Delegated Mailbox Approver',
    ]);
    expect((await tenant.call('DELETE', `${path}(${role})/$ref`)).status).toBe(204);
    expect((await tenant.get(path)).body.value).toEqual([]);
  });
});
