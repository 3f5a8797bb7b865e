import { describe, expect, it } from 'vitest';
import { createEmulator } from './emulator.ts';
import { generateOrganization } from './generate-organization.ts';
import { parseOrganization } from './parse-organization.ts';
import { createClient } from './test-client.ts';

describe('a generated organization', () => {
  it('is the same for the same numbers and another for another seed', () => {
    const options = { users: 50, queues: 20, seed: 7 };
    expect(generateOrganization(options)).toEqual(generateOrganization(options));
    expect(generateOrganization(options)).not.toEqual(generateOrganization({ ...options, seed: 8 }));
  });

  it('is a valid organization file, with names and addresses that occur once', () => {
    const organization = generateOrganization({ users: 2000, queues: 30, seed: 1 });
    expect(parseOrganization(JSON.stringify(organization), 'generated')).toEqual(organization);
    expect(new Set((organization.users ?? []).map((user) => user.signIn)).size).toBe(2000);
    expect(new Set((organization.queues ?? []).map((queue) => queue.name)).size).toBe(30);
  });

  it('gives each user and queue a mailbox, and each user and team a private one', async () => {
    const emulator = createEmulator({
      organization: generateOrganization({ users: 20, queues: 5, seed: 1 }),
    });
    const client = createClient(emulator.fetch, emulator.baseUrl);
    const { body } = await client.get('mailboxes?$count=true&$select=name');
    expect(body['@odata.count']).toBe(20 + 5 + 20 + 6);
  });

  it('gives people a business unit, a team and roles', async () => {
    const emulator = createEmulator({
      organization: generateOrganization({ users: 40, queues: 1, seed: 1 }),
    });
    const client = createClient(emulator.fetch, emulator.baseUrl);
    const { teamid } = await client.find('teams', 'name', 'Sales team');
    const { businessunitid } = await client.find('businessunits', 'name', 'Sales');
    const { roleid } = await client.find('roles', 'name', 'Salesperson');
    const users = (await client.get(`systemusers?$filter=_businessunitid_value eq ${businessunitid}`)).body
      .value;
    const members = (await client.get(`teammemberships?$filter=teamid eq ${teamid}`)).body.value;
    expect((members ?? []).map((row) => row.systemuserid).sort()).toEqual(
      (users ?? []).map((row) => row.systemuserid).sort(),
    );
    expect(members?.length).toBeGreaterThan(0);
    const sellers =
      (await client.get(`systemuserrolescollection?$filter=roleid eq ${roleid}`)).body.value ?? [];
    expect(sellers.length).toBeGreaterThan(members?.length ?? 0);
  });
});
