/**
 * What only the embedded Dataverse can be asked: its own codes where no page names one, its clock, its control API and
 * its log. What it shares with the service stands in test/contract, which runs on both.
 */

import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { createEmulator } from './emulator.ts';
import { parseOrganization } from './parse-organization.ts';
import { type Client, createClient, type Json } from './test-client.ts';

const file = new URL('./fixtures/contract.organization.yaml', import.meta.url);

let client: Client;
let alice: Json;
let mailboxId: string;

beforeAll(async () => {
  const emulator = createEmulator({
    organization: parseOrganization(readFileSync(file, 'utf8'), 'contract'),
  });
  client = createClient(emulator.fetch, emulator.baseUrl);
  alice = await client.find('systemusers', 'domainname', 'alice@contoso.com');
  mailboxId = String(alice._defaultmailbox_value);
});

describe('refusals', () => {
  it.each([
    ['an unknown property', { nosuch: 1 }, '0x80048d19'],
    ['a value of another type', { name: 5 }, '0x80048d19'],
    ['null in a required column', { name: null }, '0x80040203'],
    ['a column that is read only', { isforwardmailbox: true }, '0x80040203'],
    ['a lookup written as a value', { _emailserverprofile_value: 'x' }, '0x80048d19'],
  ])('refuses %s', async (_name, body, code) => {
    const answer = await client.patch(`mailboxes(${mailboxId})`, body);
    expect([answer.status, answer.body.error?.code]).toEqual([400, code]);
  });

  it.each([
    ['DELETE', 'organizations(d76771b5-0b80-ef11-ac1c-0022482cc906)', 405],
    ['PATCH', 'tracelogs', 405],
    ['GET', "mailboxes?$filter=password eq 'x'", 400],
    ['POST', 'mailboxes/Microsoft.Dynamics.CRM.UpdateMultiple', 404],
  ])('answers %s %s with %i', async (method, path, status) => {
    expect((await client.call(method, path, method === 'GET' ? undefined : {})).status).toBe(status);
  });

  it('does not delete the mailbox of a user', async () => {
    const answer = await client.call('DELETE', `mailboxes(${mailboxId})`);
    expect([answer.status, answer.body.error?.code]).toEqual([400, '0x8005e200']);
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

  it('keeps secrets out of its control API', async () => {
    await client.patch(`mailboxes(${mailboxId})`, { username: 'alice', password: 'canary-secret' });
    const rows = (await client.control('GET', 'rows?table=mailbox')).text;
    const log = (await client.control('GET', 'log')).text;
    expect([rows, log].map((text) => text.includes('canary-secret'))).toEqual([false, false]);
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
  const send = (parts: readonly string[]) =>
    client.call('POST', '$batch', batch(parts, 'batch_1'), {
      'content-type': 'multipart/mixed; boundary=batch_1',
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
});
