/** What an environment says of itself: tables, columns, privileges, roles, memberships. */

import { expect } from 'vitest';
import { casesOf } from '../contract-case.ts';
import { NotTried, rowsOf, someRow } from '../subject.ts';

const GUID = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u);

export const METADATA_CASES = casesOf('metadata', [], {
  'a table tells its set and its key': async ({ client }) => {
    const select = '$select=LogicalName,EntitySetName,PrimaryIdAttribute';
    const { body } = await client.get(`EntityDefinitions(LogicalName='mailbox')?${select}`);
    expect(body).toMatchObject({
      LogicalName: 'mailbox',
      EntitySetName: 'mailboxes',
      PrimaryIdAttribute: 'mailboxid',
    });
  },

  'columns that are asked for by name are listed where they are there': async ({ client }) => {
    const filter = "LogicalName eq 'name' or LogicalName eq 'mailboxctl_nosuch'";
    const path = `EntityDefinitions(LogicalName='mailbox')/Attributes?$select=LogicalName&$filter=${filter}`;
    expect((await rowsOf(client, path)).map((row) => row.LogicalName)).toEqual(['name']);
  },

  'the columns of a test are listed': async ({ client }) => {
    const path = "EntityDefinitions(LogicalName='mailbox')/Attributes?$select=LogicalName";
    const names = (await rowsOf(client, path)).map((row) => row.LogicalName);
    expect(names).toContain('testemailconfigurationscheduled');
    expect(names).toContain('emailrouteraccessapproval');
  },

  'a privilege is found by its name in any case': async ({ client }) => {
    const path = "privileges?$select=name,privilegeid&$filter=name eq 'prvreadMAILBOX'";
    expect(await rowsOf(client, path)).toEqual([
      {
        '@odata.etag': expect.any(String),
        name: expect.stringMatching(/^prvReadMailbox$/iu),
        privilegeid: GUID,
      },
    ]);
  },

  'the caller is told its privileges with their depths': async ({ client }) => {
    const { UserId } = (await client.get('WhoAmI')).body;
    const { status, body } = await client.get(
      `systemusers(${UserId})/Microsoft.Dynamics.CRM.RetrieveUserPrivileges()`,
    );
    expect(status).toBe(200);
    expect(body.RolePrivileges?.[0]).toMatchObject({
      Depth: expect.stringMatching(/^(Basic|Local|Deep|Global|RecordFilter)$/u),
      PrivilegeId: GUID,
    });
  },

  'the roles of the caller are listed by name': async ({ client }) => {
    const { UserId } = (await client.get('WhoAmI')).body;
    const rows = await rowsOf(client, `systemusers(${UserId})/systemuserroles_association`);
    if (rows.length === 0) throw new NotTried('a role of the caller is not here');
    for (const row of rows) expect([typeof row.name, row.roleid]).toEqual(['string', GUID]);
  },

  'the teams of the caller bring their roles': async ({ client }) => {
    const { UserId } = (await client.get('WhoAmI')).body;
    const expand = '$select=teamid&$expand=teamroles_association';
    const rows = await rowsOf(client, `systemusers(${UserId})/teammembership_association?${expand}`);
    if (rows.length === 0) throw new NotTried('a team of the caller is not here');
    for (const row of rows) expect(Array.isArray(row.teamroles_association)).toBe(true);
  },

  'the organization names its default profile': async ({ client }) => {
    const path = 'organizations?$select=_defaultemailserverprofileid_value';
    const row = await someRow(client, path, 'the organization');
    expect(Object.keys(row)).toContain('_defaultemailserverprofileid_value');
  },

  'the service lists its sets': async ({ client }) => {
    const names = (await rowsOf(client, '')).map((row) => row.name);
    expect(names).toEqual(expect.arrayContaining(['mailboxes', 'emailserverprofiles', 'queues']));
  },
});
