/** Writes, all of them on rows that the run made: conditions, upserts, lookups, states, refusals, deletions. */

import { expect } from 'vitest';
import type { Client } from '../../../src/emulator/test-client.ts';
import { casesOf, type Run } from '../contract-case.ts';
import { rowsOf } from '../subject.ts';
import { NOBODY } from '../write-guard.ts';

async function versionOf(client: Client, path: string): Promise<string> {
  return String((await client.get(`${path}?$select=name`)).body['@odata.etag']);
}

const STALE = { 'if-match': 'W/"1"' };

const conditions: Readonly<Record<string, Run>> = {
  'a new row is named by OData-EntityId': async ({ client, own }) => {
    const answer = await client.call('POST', 'mailboxes', own.columns('mailboxes'));
    const url = answer.headers.get('odata-entityid') ?? '';
    own.adopt(url.split('/').at(-1) ?? '');
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect(url).toMatch(/\/api\/data\/v9\.2\/mailboxes\([0-9a-f-]{36}\)$/u);
  },

  'a version that is no longer there answers 412 and changes nothing': async ({ client, own }) => {
    const path = await own.make('mailboxes');
    const before = (await client.get(path)).body;
    const answer = await client.patch(path, { undeliverablefolder: 'stale' }, STALE);
    expect(answer.status).toBe(412);
    expect(['', '0x80060882']).toContain(answer.body.error?.code.toLowerCase());
    expect((await client.get(path)).body).toEqual(before);
  },

  'the current version is taken, and becomes another': async ({ client, own }) => {
    const path = await own.make('mailboxes');
    const version = await versionOf(client, path);
    const match = { 'if-match': version };
    expect((await client.patch(path, { undeliverablefolder: 'one' }, match)).status).toBe(204);
    expect((await client.patch(path, { undeliverablefolder: 'two' }, match)).status).toBe(412);
    const { body } = await client.get(`${path}?$select=undeliverablefolder`);
    expect(body.undeliverablefolder).toBe('one');
  },

  'If-Match: * answers 404 for a row that is not there, and makes none': async ({ client, own }) => {
    const path = own.reserve('mailboxes');
    const answer = await client.patch(path, own.columns('mailboxes'));
    expect([answer.status, answer.body.error?.code.toLowerCase()]).toEqual([404, '0x80040217']);
    expect((await client.get(path)).status).toBe(404);
  },

  'PATCH without a condition makes the row': async ({ client, own }) => {
    const path = own.reserve('mailboxes');
    expect((await client.call('PATCH', path, own.columns('mailboxes'))).status).toBe(204);
    expect((await client.get(`${path}?$select=name`)).status).toBe(200);
  },

  'If-None-Match: * makes the row once': async ({ client, own }) => {
    const path = own.reserve('emailserverprofiles');
    const columns = own.columns('emailserverprofiles');
    const none = { 'if-none-match': '*' };
    expect((await client.call('PATCH', path, columns, none)).status).toBe(204);
    expect((await client.call('PATCH', path, { ...columns, description: 'again' }, none)).status).toBe(412);
    expect((await client.get(`${path}?$select=description`)).body.description).toBe(null);
  },

  'a version that is known answers 304': async ({ client, own }) => {
    const path = await own.make('mailboxes');
    const known = { 'if-none-match': await versionOf(client, path) };
    expect((await client.call('GET', `${path}?$select=name`, undefined, known)).status).toBe(304);
    await client.patch(path, { undeliverablefolder: 'new' });
    expect((await client.call('GET', `${path}?$select=name`, undefined, known)).status).toBe(200);
  },

  'a deletion minds the version, and cannot be repeated': async ({ client, own }) => {
    const path = await own.make('mailboxes');
    expect((await client.call('DELETE', path, undefined, STALE)).status).toBe(412);
    const current = { 'if-match': await versionOf(client, path) };
    expect((await client.call('DELETE', path, undefined, current)).status).toBe(204);
    const again = await client.call('DELETE', path);
    expect([again.status, again.body.error?.code.toLowerCase()]).toEqual([404, '0x80040217']);
  },

  'a write answers with the row where that is asked for': async ({ client, own }) => {
    const path = `${await own.make('mailboxes')}?$select=undeliverablefolder`;
    const prefer = { prefer: 'return=representation' };
    const answer = await client.patch(path, { undeliverablefolder: 'Lost' }, prefer);
    expect([answer.status, answer.headers.get('preference-applied')]).toEqual([200, 'return=representation']);
    const { body } = await client.get(path);
    expect(answer.body).toEqual({ ...body, '@odata.context': expect.any(String) });
  },
};

const columns: Readonly<Record<string, Run>> = {
  'a lookup is bound by the path of its row, and cleared by its reference': async ({ client, own }) => {
    const [profile, path] = [await own.make('emailserverprofiles'), await own.make('mailboxes')];
    const bound = async (): Promise<unknown> =>
      (await client.get(`${path}?$select=_emailserverprofile_value`)).body._emailserverprofile_value;
    await client.patch(path, { 'emailserverprofile@odata.bind': `/${profile}` });
    expect(`emailserverprofiles(${await bound()})`).toBe(profile);
    expect((await client.call('DELETE', `${path}/emailserverprofile/$ref`)).status).toBe(204);
    expect(await bound()).toBe(null);
  },

  'a lookup of a row that is not there is refused': async ({ client, own }) => {
    const path = await own.make('mailboxes');
    const bind = { 'emailserverprofile@odata.bind': `/emailserverprofiles(${NOBODY})` };
    const answer = await client.patch(path, bind);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
  },

  'state and status go together, and come back': async ({ client, own }) => {
    const path = await own.make('mailboxes');
    const state = async (): Promise<unknown> =>
      (await client.get(`${path}?$select=statecode`)).body.statecode;
    expect((await client.patch(path, { statecode: 1, statuscode: 2 })).status).toBe(204);
    expect(await state()).toBe(1);
    expect((await client.patch(path, { statecode: 0, statuscode: 1 })).status).toBe(204);
    expect(await state()).toBe(0);
  },

  'text keeps spaces, quotes and signs of all scripts': async ({ client, own }) => {
    const path = await own.make('emailserverprofiles');
    const text = ' Ωmega – "quoted" \\ \u{1F4EB}\nline ';
    await client.patch(path, { description: text });
    expect((await client.get(`${path}?$select=description`)).body.description).toBe(text);
  },

  'one value is written, read and deleted by itself': async ({ client, own }) => {
    const path = `${await own.make('mailboxes')}/undeliverablefolder`;
    expect((await client.call('PUT', path, { value: 'Alone' })).status).toBe(204);
    expect((await client.get(path)).body.value).toBe('Alone');
    expect((await client.call('DELETE', path)).status).toBe(204);
    expect((await client.get(path)).status).toBe(204);
  },

  'a row is found by its name as soon as it is there': async ({ client, own }) => {
    const path = await own.make('mailboxes');
    const { name } = (await client.get(`${path}?$select=name`)).body;
    const rows = await rowsOf(client, `mailboxes?$select=name&$filter=name eq '${name}'`);
    expect(rows.map(({ mailboxid }) => `mailboxes(${mailboxid})`)).toEqual([path]);
  },
};

/** Columns, with the documented code ("Web service error codes") where there is one. */
const REFUSED: Readonly<Record<string, readonly [body: object, code: string | null]>> = {
  'an unknown property': [{ mailboxctlnosuch: 1 }, null],
  'a value of another type': [{ name: 5 }, null],
  'text that is too long': [{ emailaddress: `${'a'.repeat(100)}@contoso.com` }, '0x80044331'],
  'a number out of range': [{ verboseloggingenabled: 101 }, '0x8004432f'],
  'a choice that does not exist': [{ incomingemaildeliverymethod: 7 }, '0x8004431a'],
  'null in a required column': [{ name: null }, null],
  'a state with another status': [{ statecode: 1, statuscode: 1 }, '0x80048408'],
  'a lookup written as a value': [{ _emailserverprofile_value: 'x' }, null],
};

const refusals = Object.fromEntries(
  Object.entries(REFUSED).map(([what, [body, code]]): [string, Run] => [
    `${what} is refused, with nothing written`,
    async ({ client, own }) => {
      const path = await own.make('mailboxes');
      const before = (await client.get(path)).body;
      const answer = await client.patch(path, { undeliverablefolder: 'no', ...body });
      const told = answer.body.error?.code.toLowerCase();
      expect([answer.status, code ?? told]).toEqual([400, told]);
      expect((await client.get(path)).body).toEqual(before);
    },
  ]),
);

export const WRITE_CASES = casesOf('writes', ['own rows'], { ...conditions, ...columns, ...refusals });
