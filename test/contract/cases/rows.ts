/** Rows as they are read: columns, nulls, lookups, annotations, dates, secrets. */

import { expect } from 'vitest';
import type { Client, Json } from '../../../src/emulator/test-client.ts';
import { casesOf } from '../contract-case.ts';
import { rowsOf, someRow } from '../subject.ts';

/** A recorded row in microsoft/terraform-provider-power-platform has such a column, as null. */
const SECRETS = ['password', 'incomingpassword', 'outgoingpassword', 'oauthclientsecret', 'gcpclientsecret'];
const OWNED = '_regardingobjectid_value ne null';
const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/u;
/** "Never" is a time, not null (a recorded row in microsoft/terraform-provider-power-platform). */
const NEVER = '1900-01-01T00:00:00Z';

function ownedMailbox(client: Client, select: string): Promise<Json> {
  return someRow(client, `mailboxes?$select=${select}&$filter=${OWNED}&$top=1`, 'a mailbox of somebody');
}

const reading = casesOf('rows', [], {
  '$select gives the columns, the key and the version, and nothing else': async ({ client }) => {
    const row = await ownedMailbox(client, 'name,statecode');
    expect(Object.keys(row).sort()).toEqual(['@odata.etag', 'mailboxid', 'name', 'statecode']);
    expect(row['@odata.etag']).toMatch(/^W\/"\d+"$/u);
  },

  'a row alone has the same version as in a list': async ({ client }) => {
    const row = await ownedMailbox(client, 'name');
    const { body } = await client.get(`mailboxes(${row.mailboxid})?$select=name`);
    expect(body).toEqual({
      '@odata.context': expect.stringMatching(/#mailboxes\(name\)\/\$entity$/u),
      ...row,
    });
  },

  'a column without a value is there as null': async ({ client }) => {
    const path =
      'systemusers?$select=_queueid_value,applicationid&$filter=applicationid eq null and isdisabled eq false&$top=1';
    expect(await someRow(client, path, 'a person')).toMatchObject({ applicationid: null });
  },

  'a lookup is an id in _name_value, without a word about its table': async ({ client }) => {
    const row = await ownedMailbox(client, '_regardingobjectid_value,_emailserverprofile_value');
    const columns = ['@odata.etag', '_emailserverprofile_value', '_regardingobjectid_value', 'mailboxid'];
    expect(Object.keys(row).sort()).toEqual(columns);
    expect(row._regardingobjectid_value).toMatch(/^[0-9a-f-]{36}$/u);
  },

  'labels, and tables of lookups, come on request': async ({ client }) => {
    const { mailboxid } = await ownedMailbox(client, 'name');
    const path = `mailboxes(${mailboxid})?$select=statecode,_regardingobjectid_value`;
    const prefer = { prefer: 'odata.include-annotations="*"' };
    const { body, headers } = await client.call('GET', path, undefined, prefer);
    expect(headers.get('preference-applied')).toBe('odata.include-annotations="*"');
    expect(body['statecode@OData.Community.Display.V1.FormattedValue']).toMatch(/\S/u);
    const table = body['_regardingobjectid_value@Microsoft.Dynamics.CRM.lookuplogicalname'];
    expect(['systemuser', 'queue']).toContain(table);
  },

  'the table of a lookup comes alone where that is all that is asked for': async ({ client }) => {
    const { mailboxid } = await ownedMailbox(client, 'name');
    const annotation = 'Microsoft.Dynamics.CRM.lookuplogicalname';
    const path = `mailboxes(${mailboxid})?$select=statecode,_regardingobjectid_value`;
    const prefer = { prefer: `odata.include-annotations="${annotation}"` };
    const { body } = await client.call('GET', path, undefined, prefer);
    expect(Object.keys(body).filter((key) => !key.startsWith('@') && key.includes('@'))).toEqual([
      `_regardingobjectid_value@${annotation}`,
    ]);
  },

  'the mailbox of a user or queue is named by it': async ({ client }) => {
    const row = await ownedMailbox(client, '_regardingobjectid_value');
    const owners = await Promise.all(
      ['systemusers', 'queues'].map((set) =>
        rowsOf(
          client,
          `${set}?$select=_defaultmailbox_value&$filter=_defaultmailbox_value eq ${row.mailboxid}`,
        ),
      ),
    );
    const ids = owners.flat().map((owner) => owner.systemuserid ?? owner.queueid);
    expect(ids).toEqual([row._regardingobjectid_value]);
  },

  'times are of UTC and to the second': async ({ client }) => {
    const row = await ownedMailbox(client, 'createdon,modifiedon,testmailboxaccesscompletedon');
    for (const column of ['createdon', 'modifiedon']) expect(row[column]).toMatch(ISO);
    expect(row.testmailboxaccesscompletedon ?? NEVER).toMatch(ISO);
  },

  'a whole row holds no secret': async ({ client }) => {
    for (const path of ['mailboxes?$top=1', 'emailserverprofiles?$top=1']) {
      const row = await someRow(client, path, path);
      expect(SECRETS.filter((column) => (row[column] ?? null) !== null)).toEqual([]);
    }
  },

  'the settings are one row, under the id of the organization': async ({ client }) => {
    const { OrganizationId } = (await client.get('WhoAmI')).body;
    const path = `organizations(${OrganizationId})?$select=defaultemailsettings,maxuploadfilesize`;
    const { status, body } = await client.get(path);
    expect([status, body.organizationid]).toEqual([200, OrganizationId]);
    expect(body.defaultemailsettings).toMatch(/^<EmailSettings>.*<\/EmailSettings>$/su);
  },

  'a navigation property leads to the row of a lookup': async ({ client }) => {
    const filter = '_emailserverprofile_value ne null';
    const path = `mailboxes?$select=_emailserverprofile_value&$filter=${filter}&$top=1`;
    const row = await someRow(client, path, 'a mailbox with a profile');
    const profile = await client.get(`mailboxes(${row.mailboxid})/emailserverprofile?$select=name`);
    expect([profile.status, profile.body.emailserverprofileid]).toEqual([200, row._emailserverprofile_value]);
  },
});

const own = casesOf('rows', ['own rows'], {
  'a new mailbox has never been tested: times of 1900': async ({ client, own: rows }) => {
    const path = await rows.make('mailboxes');
    const { body } = await client.get(
      `${path}?$select=testmailboxaccesscompletedon,postponetestemailconfigurationuntil,testemailconfigurationscheduled`,
    );
    expect(body).toMatchObject({
      testmailboxaccesscompletedon: NEVER,
      postponetestemailconfigurationuntil: NEVER,
      testemailconfigurationscheduled: false,
    });
  },

  'a secret is taken and never given back': async ({ client, own: rows }) => {
    const canary = `canary-${rows.name().replaceAll(' ', '-')}`;
    const path = await rows.make('mailboxes');
    expect((await client.get(`${path}?$select=ispasswordset`)).body.ispasswordset).toBe(false);
    const answer = await client.patch(path, { username: 'contract', password: canary });
    const { text, body } = await client.get(path);
    expect([answer.status, body.ispasswordset, text.includes(canary)]).toEqual([204, true, false]);
    expect((await client.get(`${path}?$select=password`)).text).not.toContain(canary);
  },
});

export const ROW_CASES = [...reading, ...own];
