/** Headers, errors and limits: what every request and every answer carries. */

import { expect } from 'vitest';
import { casesOf } from '../contract-case.ts';
import { NOBODY } from '../write-guard.ts';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

const reading = casesOf('protocol', [], {
  'WhoAmI names user, business unit and organization': async ({ client }) => {
    const { status, body } = await client.get('WhoAmI');
    const { BusinessUnitId, OrganizationId, UserId, ...rest } = body;
    const context = expect.stringMatching(/\$metadata#Microsoft\.Dynamics\.CRM\.WhoAmIResponse$/u);
    expect([status, rest]).toEqual([200, { '@odata.context': context }]);
    for (const id of [BusinessUnitId, OrganizationId, UserId]) expect(id).toMatch(GUID);
  },

  'an answer says version, type and the time of the service': async ({ client }) => {
    const { headers } = await client.get('WhoAmI');
    expect(headers.get('odata-version')).toBe('4.0');
    expect(headers.get('content-type')).toMatch(/^application\/json; ?odata\.metadata=minimal/u);
    expect(headers.get('date')).toMatch(/^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} GMT$/u);
  },

  'the headers that every request of ours has are taken': async ({ client }) => {
    const { status, body } = await client.call('GET', 'WhoAmI', undefined, {
      accept: 'application/json',
      'odata-maxversion': '4.0',
      'odata-version': '4.0',
      'if-none-match': 'null',
    });
    expect([status, body.UserId]).toEqual([200, expect.stringMatching(GUID)]);
  },

  'a row that is not there answers 404 with 0x80040217': async ({ client }) => {
    const { status, body } = await client.get(`mailboxes(${NOBODY})?$select=name`);
    expect([status, body.error?.code.toLowerCase()]).toEqual([404, '0x80040217']);
  },

  'an error is an object with code and message, and nothing else': async ({ client }) => {
    const { body } = await client.get(`mailboxes(${NOBODY})?$select=name`);
    expect(body).toEqual({
      error: { code: expect.stringMatching(/^(0x[0-9a-f]{8})?$/iu), message: expect.stringMatching(/\S/u) },
    });
  },

  'an error says more where annotations are asked for': async ({ client }) => {
    const prefer = { prefer: 'odata.include-annotations="*"' };
    const { body } = await client.call('GET', `mailboxes(${NOBODY})?$select=name`, undefined, prefer);
    const more = Object.keys(body.error ?? {}).filter((key) => key !== 'code' && key !== 'message');
    expect(more).toContain('@Microsoft.PowerApps.CDS.ErrorDetails.OperationStatus');
    expect(more).toContain('@Microsoft.PowerApps.CDS.HelpLink');
  },

  'a set that is not there answers 404': async ({ client }) => {
    expect((await client.get('mailboxctlnosuchset')).status).toBe(404);
  },

  'a column that is not there answers 400 and names it': async ({ client }) => {
    const { status, body } = await client.get('mailboxes?$select=mailboxctlnosuch');
    expect([status, body.error?.message]).toEqual([400, expect.stringContaining('mailboxctlnosuch')]);
  },

  '$skip is refused': async ({ client }) => {
    expect((await client.get('mailboxes?$select=name&$skip=1')).status).toBe(400);
  },

  'the plain `in` of later OData versions is refused': async ({ client }) => {
    const path = `mailboxes?$select=name&$filter=mailboxid in (${NOBODY})`;
    expect((await client.get(encodeURI(path))).status).toBe(400);
  },

  'a batch in JSON is refused': async ({ client }) => {
    const { status } = await client.call('POST', '$batch', { requests: [] });
    expect(status).toBe(400);
  },
});

const signIn = casesOf('protocol', ['sign-in'], {
  'who does not sign in gets 401': async ({ anonymous }) => {
    const answer = await anonymous?.get('WhoAmI');
    expect([answer?.status, answer?.headers.has('www-authenticate')]).toEqual([401, true]);
  },
});

export const PROTOCOL_CASES = [...reading, ...signIn];
