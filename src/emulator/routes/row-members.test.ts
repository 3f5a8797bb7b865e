import { XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { type Client, open } from '../test-client.ts';

describe('below one row', () => {
  it('reads, sets and clears a single property', async () => {
    const { client } = open();
    const queue = await client.find('queues', 'name', 'Support');
    const path = `queues(${queue.queueid})/description`;
    expect((await client.get(path)).status).toBe(204);
    expect((await client.call('PUT', path, { value: 'Help' })).status).toBe(204);
    expect((await client.get(path)).body.value).toBe('Help');
    expect((await client.get(`${path}/$value`)).text).toBe('Help');
    expect((await client.call('DELETE', path)).status).toBe(204);
    expect((await client.get(path)).status).toBe(204);
  });

  it('does not clear a lookup as a property, nor a required column', async () => {
    const { client } = open();
    const queue = await client.find('queues', 'name', 'Support');
    expect((await client.call('DELETE', `queues(${queue.queueid})/ownerid/$ref`)).status).toBe(400);
    const path = `mailboxes(${queue._defaultmailbox_value})`;
    expect((await client.call('DELETE', `${path}/_emailserverprofile_value`)).status).toBe(405);
  });

  it('sets a lookup by $ref', async () => {
    const { client } = open({ profiles: [{ name: 'A' }, { name: 'B' }] });
    const { emailserverprofileid: id } = await client.find('emailserverprofiles', 'name', 'B');
    const mailbox = await client.find('mailboxes', 'name', 'Support');
    const path = `mailboxes(${mailbox.mailboxid})/emailserverprofile/$ref`;
    expect((await client.call('PUT', path, { '@odata.id': `/emailserverprofiles(${id})` })).status).toBe(204);
    expect((await client.get(path)).body['@odata.id']).toMatch(new RegExp(`emailserverprofiles\\(${id}\\)$`));
  });

  it('keeps the members of a team', async () => {
    const { client } = open({ teams: [{ name: 'Desk', members: ['bob@contoso.com'] }] });
    const team = await client.find('teams', 'name', 'Desk');
    const alice = await client.find('systemusers', 'domainname', 'alice@contoso.com');
    const path = `teams(${team.teamid})/teammembership_association`;
    await client.call('POST', `${path}/$ref`, { '@odata.id': `/systemusers(${alice.systemuserid})` });
    const members = (await client.get(`${path}?$select=fullname&$orderby=fullname`)).body.value ?? [];
    expect(members.map((row) => row.fullname)).toEqual(['Alice Berg', 'Bob Costa']);
  });
});

describe('an owner', () => {
  const boundTo = async (client: Client, set: string, column: string, name: string) => {
    const owner = await client.find(set, column, name);
    const mailbox = await client.find('mailboxes', 'name', 'Inbound');
    const path = `mailboxes(${mailbox.mailboxid})`;
    await client.patch(path, { 'ownerid@odata.bind': `/${set}(${owner.ownerid})` });
    return { path, id: owner.ownerid };
  };

  it.each([
    ['systemusers', 'fullname', 'Alice Berg'],
    ['teams', 'name', 'Desk'],
  ])('may be one of %s', async (set, column, name) => {
    const { client } = open({ teams: [{ name: 'Desk' }] });
    const { path, id } = await boundTo(client, set, column, name);
    const read = async (rest: string) => (await client.get(`${path}${rest}`)).body;
    expect((await read('?$select=name&$expand=ownerid')).ownerid).toEqual({ ownerid: id });
    expect((await read('/ownerid/ownerid')).value).toBe(id);
    expect((await read(`/ownerid?$select=${column}`))[column]).toBe(name);
    const reference = { '@odata.id': expect.stringMatching(new RegExp(`/${set}\\(${id}\\)$`)) };
    expect((await read('?$select=name&$expand=ownerid/$ref')).ownerid).toEqual(reference);
    expect(await read('/ownerid/$ref')).toMatchObject(reference);
    const filtered = await client.get(`mailboxes?$select=name&$filter=ownerid/ownerid eq ${id}`);
    expect((filtered.body.value ?? []).map((row) => row.name)).toContain('Inbound');
  });

  it('out of reach is not shown', async () => {
    const callers = [
      { token: 'root', user: 'root@contoso.com', roles: ['System Administrator'] },
      {
        token: 'own',
        user: 'alice@contoso.com',
        roles: ['System Administrator'],
        readDepth: { team: 'none' },
      },
    ] as const;
    const { client } = open({ callers, teams: [{ name: 'Desk' }] });
    const { path } = await boundTo(client, 'teams', 'name', 'Desk');
    expect((await client.as('own').get(`${path}?$expand=ownerid`)).body.ownerid).toBeNull();
  });
});

describe('$metadata', () => {
  it('declares every type that it names', async () => {
    const { text } = await open().client.get('$metadata');
    const declared = new Set(
      [...text.matchAll(/<(?:EntityType|ComplexType|EnumType) Name="(\w+)"/g)].map((match) => match[1]),
    );
    const named = [...text.matchAll(/mscrm\.(\w+)\)?"/g)].map((match) => match[1] ?? '');
    const functions = [
      'WhoAmI',
      'RetrieveVersion',
      'RetrieveCurrentOrganization',
      'RetrieveTotalRecordCount',
      'ExchangeGmailAuthorizationCode',
      'RetrieveUserPrivileges',
      'RetrieveUserPrivilegeByPrivilegeName',
    ];
    expect([...new Set(named)].filter((name) => !declared.has(name) && !functions.includes(name))).toEqual(
      [],
    );
  });

  it('is well-formed, and names each property once in its type', async () => {
    const { text } = await open().client.get('$metadata');
    expect(XMLValidator.validate(text)).toBe(true);
    const twice = [...text.matchAll(/<EntityType Name="(\w+)"[^>]*>(.*?)<\/EntityType>/gs)].filter(
      ([, , body = '']) => {
        const names = [...body.matchAll(/Property Name="([^"]+)"/g)].map((match) => match[1]);
        return new Set(names).size < names.length;
      },
    );
    expect(twice.map((match) => match[1])).toEqual([]);
  });

  it('says which tables track changes where annotations are asked for', async () => {
    const { client } = open();
    const tracked = (text: string) =>
      [...text.matchAll(/<EntitySet Name="(\w+)"(?:(?!<\/EntitySet>).)*ChangeTracking/gs)].map(
        (match) => match[1],
      );
    expect(tracked((await client.get('$metadata')).text)).toEqual([]);
    expect(tracked((await client.get('$metadata?annotations=true')).text)).toEqual(['mailboxes']);
  });

  it('lists the attributes of a table, filtered by type', async () => {
    const { client } = open();
    const path = "EntityDefinitions(LogicalName='mailbox')/Attributes";
    const all = (await client.get(`${path}?$select=LogicalName`)).body.value ?? [];
    expect([all.length, Object.keys(all[0] ?? {})]).toEqual([
      116,
      ['@odata.type', 'MetadataId', 'LogicalName'],
    ]);
    const states = await client.get(
      `${path}/Microsoft.Dynamics.CRM.StateAttributeMetadata?$select=LogicalName`,
    );
    expect((states.body.value ?? []).map((row) => row.LogicalName)).toEqual(['statecode']);
    const one = await client.get(
      `${path}/Microsoft.Dynamics.CRM.StringAttributeMetadata?$filter=LogicalName eq 'emailaddress'&$select=LogicalName,MaxLength`,
    );
    expect((one.body.value ?? []).map((row) => row.MaxLength)).toEqual([100]);
    expect((await client.get("EntityDefinitions(LogicalName='nosuch')")).status).toBe(404);
  });
});
