/**
 * The contract of the Web API as far as the product relies on it, driven over HTTP only. With EMULATOR_URL set it runs
 * against that server instead, which must have been started with fixtures/contract.organization.yaml.
 */

import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { createEmulator } from './emulator.ts';
import { parseOrganization } from './parse-organization.ts';
import { type Client, createClient, type Json } from './test-client.ts';

const file = new URL('./fixtures/contract.organization.yaml', import.meta.url);
const url = process.env.EMULATOR_URL;

function connect(): Client {
  if (url !== undefined) return createClient(fetch, `${url}/api/data/v9.2/`);
  const emulator = createEmulator({
    organization: parseOrganization(readFileSync(file, 'utf8'), 'contract'),
  });
  return createClient(emulator.fetch, emulator.baseUrl);
}

let client: Client;
let alice: Json;
let mailboxId: string;

beforeAll(async () => {
  client = connect();
  await client.control('POST', 'reset');
  alice = await client.find('systemusers', 'domainname', 'alice@contoso.com');
  mailboxId = String(alice._defaultmailbox_value);
});

describe('the protocol', () => {
  it('tells who the caller is', async () => {
    const { status, body, headers } = await client.get('WhoAmI');
    expect(status).toBe(200);
    expect(Object.keys(body).sort()).toEqual([
      '@odata.context',
      'BusinessUnitId',
      'OrganizationId',
      'UserId',
    ]);
    expect(headers.get('odata-version')).toBe('4.0');
    expect(headers.get('date')).toMatch(/GMT$/);
    expect(headers.get('x-ms-dop-hint')).toMatch(/^\d+$/);
    expect(headers.get('x-ms-ratelimit-time-remaining-xrm-requests')).toBe('1,200.00');
  });

  it('answers 404 for a row that is not there when the update must find one', async () => {
    const path = 'mailboxes(11111111-1111-4111-8111-111111111111)';
    const { status, body } = await client.patch(path, { name: 'x' });
    expect([status, body.error?.code]).toEqual([404, '0x80040217']);
  });

  it('creates on PATCH without If-Match, and refuses with If-None-Match when the row is there', async () => {
    const path = 'mailboxes(22222222-2222-4222-8222-222222222222)';
    const row = { name: 'Upserted', emailaddress: 'upserted@contoso.com' };
    expect((await client.call('PATCH', path, row)).status).toBe(204);
    expect((await client.get(path)).body.isforwardmailbox).toBe(true);
    expect((await client.call('PATCH', path, row, { 'if-none-match': '*' })).status).toBe(412);
  });

  it('answers 412 for another version and 304 for the same', async () => {
    const path = `mailboxes(${mailboxId})?$select=name`;
    const etag = String((await client.get(path)).body['@odata.etag']);
    expect((await client.call('GET', path, undefined, { 'if-none-match': etag })).status).toBe(304);
    const stale = await client.patch(`mailboxes(${mailboxId})`, { name: 'Alice' }, { 'if-match': 'W/"1"' });
    expect([stale.status, stale.body.error?.code]).toEqual([412, '']);
    const current = await client.patch(
      `mailboxes(${mailboxId})`,
      { name: 'Alice Berg' },
      { 'if-match': etag },
    );
    expect(current.status).toBe(204);
  });

  it('binds, clears and reads a lookup', async () => {
    const profile = await client.find('emailserverprofiles', 'name', 'Support POP3');
    const path = `mailboxes(${mailboxId})`;
    const bind = { 'emailserverprofile@odata.bind': `/emailserverprofiles(${profile.emailserverprofileid})` };
    await client.patch(path, bind);
    expect((await client.get(path)).body._emailserverprofile_value).toBe(profile.emailserverprofileid);
    expect((await client.get(`${path}/emailserverprofile?$select=name`)).body.name).toBe('Support POP3');
    expect((await client.call('DELETE', `${path}/emailserverprofile/$ref`)).status).toBe(204);
    expect((await client.get(path)).body._emailserverprofile_value).toBe(null);
    await client.patch(path, {
      'emailserverprofile@odata.bind': '/emailserverprofiles(7eedeb22-6a30-4a66-808b-00c25a95b03f)',
    });
  });

  it.each([
    ['an unknown property', { nosuch: 1 }, '0x80048d19'],
    ['a value of another type', { name: 5 }, '0x80048d19'],
    ['text that is too long', { emailaddress: `${'a'.repeat(100)}@contoso.com` }, '0x80044331'],
    ['a number out of range', { verboseloggingenabled: 101 }, '0x8004432f'],
    ['a choice that does not exist', { incomingemaildeliverymethod: 7 }, '0x8004431a'],
    ['null in a required column', { name: null }, '0x80040203'],
    ['a column that is read only', { isforwardmailbox: true }, '0x80040203'],
    ['a state with another status', { statecode: 1, statuscode: 1 }, '0x80048408'],
    ['a lookup written as a value', { _emailserverprofile_value: 'x' }, '0x80048d19'],
  ])('refuses %s', async (_name, body, code) => {
    const answer = await client.patch(`mailboxes(${mailboxId})`, body);
    expect([answer.status, answer.body.error?.code]).toEqual([400, code]);
  });

  it.each([
    ['DELETE', 'organizations(d76771b5-0b80-ef11-ac1c-0022482cc906)', 405],
    ['PATCH', 'tracelogs', 405],
    ['GET', 'nosuchset', 404],
    ['GET', 'mailboxes?$select=nosuch', 400],
    ['GET', "mailboxes?$filter=password eq 'x'", 400],
    ['GET', 'mailboxes?$apply=aggregate($count as n)', 501],
    ['GET', 'mailboxes?$skip=5', 400],
    ['POST', 'mailboxes/Microsoft.Dynamics.CRM.UpdateMultiple', 404],
  ])('answers %s %s with %i', async (method, path, status) => {
    expect((await client.call(method, path, method === 'GET' ? undefined : {})).status).toBe(status);
  });

  it('says that change tracking is not supported', async () => {
    const answer = await client.call('GET', 'mailboxes', undefined, { prefer: 'odata.track-changes' });
    expect([answer.status, answer.body.error?.message]).toEqual([
      501,
      expect.stringContaining('track-changes'),
    ]);
  });

  it('pages by next links to the end', async () => {
    const names: unknown[] = [];
    let path: string | undefined = 'mailboxes?$select=name';
    const prefer = { prefer: 'odata.maxpagesize=3' };
    while (path !== undefined) {
      const { body, headers }: Awaited<ReturnType<Client['call']>> = await client.call(
        'GET',
        path,
        undefined,
        prefer,
      );
      expect(headers.get('preference-applied')).toBe('odata.maxpagesize=3');
      names.push(...(body.value ?? []).map((row) => row.mailboxid));
      path = body['@odata.nextLink']?.split('/api/data/v9.2/')[1];
    }
    const whole = (await client.get('mailboxes?$select=name&$count=true')).body;
    expect(names).toEqual((whole.value ?? []).map((row) => row.mailboxid));
    expect(whole['@odata.count']).toBe(names.length);
  });

  it('gives labels and lookup names when asked', async () => {
    const prefer = { prefer: 'odata.include-annotations="*"' };
    const path = `mailboxes(${mailboxId})?$select=statecode,_regardingobjectid_value`;
    const { body } = await client.call('GET', path, undefined, prefer);
    expect(body['statecode@OData.Community.Display.V1.FormattedValue']).toBe('Active');
    expect(body['_regardingobjectid_value@Microsoft.Dynamics.CRM.lookuplogicalname']).toBe('systemuser');
  });

  it('counts rows, filtered or not', async () => {
    const all = (await client.get('queues?$select=name')).body.value ?? [];
    expect((await client.get('queues/$count')).text).toBe(String(all.length));
    expect((await client.get("queues/$count?$filter=name eq 'support'")).text).toBe('1');
  });

  it('answers a write with the row when asked, as far as it is selected', async () => {
    const path = `mailboxes(${mailboxId})?$select=undeliverablefolder`;
    const prefer = { prefer: 'return=representation' };
    const { status, body, headers } = await client.patch(path, { undeliverablefolder: 'Lost' }, prefer);
    expect([status, headers.get('preference-applied')]).toEqual([200, 'return=representation']);
    expect(Object.keys(body).sort()).toEqual([
      '@odata.context',
      '@odata.etag',
      'mailboxid',
      'undeliverablefolder',
    ]);
    const etag = (await client.get(path)).body['@odata.etag'];
    expect([body.undeliverablefolder, body['@odata.etag']]).toEqual(['Lost', etag]);
  });

  it('describes itself', async () => {
    const definition = await client.get(
      "EntityDefinitions(LogicalName='mailbox')?$select=LogicalName,EntitySetName",
    );
    expect(definition.body.EntitySetName).toBe('mailboxes');
    const columns = await client.get(
      "EntityDefinitions(LogicalName='mailbox')/Attributes?$select=LogicalName",
    );
    expect((columns.body.value ?? []).map((row) => row.LogicalName)).toContain(
      'testemailconfigurationscheduled',
    );
    expect((await client.get('$metadata')).text).toContain('<EntityType Name="mailbox"');
    expect(((await client.get('')).body.value ?? []).map((set) => set.name)).toContain('emailserverprofiles');
  });
});

describe('approval, then Test & Enable', () => {
  it('approves on the user, tests, and sends one message', async () => {
    const path = `mailboxes(${mailboxId})`;
    expect((await client.get(path)).body.emailrouteraccessapproval).toBe(2);
    await client.patch(`systemusers(${alice.systemuserid})`, { emailrouteraccessapproval: 1 });
    expect((await client.patch(path, { testemailconfigurationscheduled: true })).status).toBe(204);
    expect((await client.patch(path, { name: 'Alice' })).body.error?.code).toBe('0x8005e248');
    await client.control('POST', 'clock', { advance: '4m' });
    const { body } = await client.get(path);
    expect({
      approval: body.emailrouteraccessapproval,
      tenant: body.isemailaddressapprovedbyo365admin,
      scheduled: body.testemailconfigurationscheduled,
      results: [body.incomingemailstatus, body.outgoingemailstatus, body.actstatus, body.mailboxstatus],
    }).toEqual({ approval: 1, tenant: true, scheduled: false, results: [1, 1, 0, 1] });
    expect((await client.control('GET', 'stats')).body.messages).toEqual({ 'alice@contoso.com': 1 });
  });

  it('keeps secrets to itself', async () => {
    await client.patch(`mailboxes(${mailboxId})`, { username: 'alice', password: 'canary-secret' });
    const row = (await client.get(`mailboxes(${mailboxId})`)).text;
    expect(row).toContain('"ispasswordset":true');
    const rows = (await client.control('GET', 'rows?table=mailbox')).text;
    const log = (await client.control('GET', 'log')).text;
    expect([row, rows, log].some((text) => text.includes('canary-secret'))).toBe(false);
  });

  it('does not delete the mailbox of a user', async () => {
    const answer = await client.call('DELETE', `mailboxes(${mailboxId})`);
    expect([answer.status, answer.body.error?.code]).toEqual([400, '0x8005e200']);
  });
});

describe('$batch', () => {
  const part = (method: string, path: string, body = '', id?: string): string =>
    [
      'Content-Type: application/http',
      'Content-Transfer-Encoding: binary',
      ...(id === undefined ? [] : [`Content-ID: ${id}`]),
      '',
      `${method} /api/data/v9.2/${path} HTTP/1.1`,
      ...(body === '' ? [] : ['Content-Type: application/json']),
      '',
      body,
    ].join('\r\n');
  const batch = (parts: readonly string[], boundary: string): string =>
    `${parts.map((text) => `--${boundary}\r\n${text}\r\n`).join('')}--${boundary}--\r\n`;
  const send = (parts: readonly string[], prefer: Readonly<Record<string, string>> = {}) =>
    client.call('POST', '$batch', batch(parts, 'batch_1'), {
      'content-type': 'multipart/mixed; boundary=batch_1',
      ...prefer,
    });
  const statuses = (text: string): readonly string[] =>
    [...text.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map((match) => match[1] ?? '');

  it('stops at the first failure', async () => {
    const answer = await send([part('GET', 'WhoAmI'), part('GET', 'nosuch'), part('GET', 'WhoAmI')]);
    expect([answer.status, statuses(answer.text)]).toEqual([404, ['200', '404']]);
  });

  it('goes on where that is asked for', async () => {
    const parts = [part('GET', 'WhoAmI'), part('GET', 'nosuch'), part('GET', 'WhoAmI')];
    const answer = await send(parts, { prefer: 'odata.continue-on-error' });
    expect([answer.status, statuses(answer.text)]).toEqual([200, ['200', '404', '200']]);
  });

  it('logs each part', async () => {
    await send([part('GET', 'WhoAmI'), part('PATCH', `mailboxes(${mailboxId})`, '{"nosuch":1}')]);
    const log = (await client.control('GET', 'log')).body as unknown as readonly Json[];
    expect(log.at(-1)).toMatchObject({
      method: 'POST',
      path: '$batch',
      status: 400,
      parts: [
        { method: 'GET', path: 'WhoAmI', table: null, status: 200, keys: [] },
        { method: 'PATCH', path: `mailboxes(${mailboxId})`, table: 'mailbox', status: 400, keys: ['nosuch'] },
      ],
    });
  });

  it('rolls a change set back as one', async () => {
    const before = (await client.get('mailboxes?$count=true&$select=name')).body['@odata.count'];
    const set = batch(
      [
        part('POST', 'mailboxes', '{"name":"A","emailaddress":"a@contoso.com"}', '1'),
        part('POST', 'mailboxes', '{"name":"B"}', '2'),
      ],
      'changeset_1',
    );
    const answer = await send([`Content-Type: multipart/mixed; boundary=changeset_1\r\n\r\n${set}`]);
    expect([answer.status, statuses(answer.text)]).toEqual([400, ['400']]);
    expect((await client.get('mailboxes?$count=true&$select=name')).body['@odata.count']).toBe(before);
  });

  it('keeps other requests out of a change set that fails', async () => {
    const members = Array.from({ length: 5 }, (_none, index) =>
      part('POST', 'mailboxes', `{"name":"R${index}","emailaddress":"r@contoso.com"}`, String(index + 1)),
    );
    const failing = batch([...members, part('POST', 'mailboxes', '{"name":"R"}', '6')], 'changeset_1');
    const set = send([`Content-Type: multipart/mixed; boundary=changeset_1\r\n\r\n${failing}`]);
    const others = Array.from({ length: 5 }, (_none, index) =>
      client.call('POST', 'mailboxes', { name: `Other ${index}`, emailaddress: 'o@contoso.com' }),
    );
    expect((await set).status).toBe(400);
    expect((await Promise.all(others)).map((answer) => answer.status)).toEqual([204, 204, 204, 204, 204]);
    const { body } = await client.get(
      "mailboxes?$select=name&$filter=startswith(name,'R') or startswith(name,'Other')",
    );
    expect((body.value ?? []).map((row) => row.name).sort()).toEqual(
      members.slice(0, 5).map((_none, i) => `Other ${i}`),
    );
  });

  it('lets a later member name the row that an earlier one made', async () => {
    const set = batch(
      [
        part(
          'POST',
          'emailserverprofiles',
          '{"name":"Batch","servertype":0,"incomingcredentialretrieval":2}',
          '1',
        ),
        part(
          'POST',
          'mailboxes',
          '{"name":"C","emailaddress":"c@contoso.com","emailserverprofile@odata.bind":"$1"}',
          '2',
        ),
      ],
      'changeset_1',
    );
    const answer = await send([`Content-Type: multipart/mixed; boundary=changeset_1\r\n\r\n${set}`]);
    expect([answer.status, statuses(answer.text)]).toEqual([200, ['204', '204']]);
    const profile = await client.find('emailserverprofiles', 'name', 'Batch');
    expect((await client.find('mailboxes', 'name', 'C'))._emailserverprofile_value).toBe(
      profile.emailserverprofileid,
    );
  });

  it('refuses JSON batches', async () => {
    const answer = await client.call('POST', '$batch', { requests: [] });
    expect(answer.status).toBe(400);
  });
});
