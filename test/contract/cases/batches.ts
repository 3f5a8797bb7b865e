/** `$batch`: order, failures, conditions of parts, change sets. */

import { expect } from 'vitest';
import { sendBatch, sendChangeSet } from '../batch.ts';
import { casesOf } from '../contract-case.ts';
import { rowsOf } from '../subject.ts';

const WHO = { method: 'GET', path: 'WhoAmI' };
const WRONG = { method: 'GET', path: 'mailboxctlnosuchset' };
const MATCH = { 'If-Match': '*' };

const reading = casesOf('batches', [], {
  'goes on behind a failure where that is asked for, in order': async ({ client }) => {
    const { UserId } = (await client.get('WhoAmI')).body;
    const { answer, parts } = await sendBatch(client, [WHO, WRONG, WHO]);
    expect([answer.status, parts.map(({ status }) => status)]).toEqual([200, [200, 404, 200]]);
    expect([parts[0]?.body.UserId, parts[2]?.body.UserId]).toEqual([UserId, UserId]);
    expect(answer.headers.get('content-type')).toMatch(/^multipart\/mixed; ?boundary=batchresponse_/u);
  },

  'ends with the first failure else': async ({ client }) => {
    const { answer, parts } = await sendBatch(client, [WHO, WRONG, WHO], {});
    expect([answer.status, parts.map(({ status }) => status)]).toEqual([404, [200, 404]]);
  },

  'a part that fails says why, as a request by itself does': async ({ client }) => {
    const alone = await client.get(WRONG.path);
    const { parts } = await sendBatch(client, [WRONG]);
    expect(parts[0]?.body).toEqual(alone.body);
  },

  'a part has preferences of its own': async ({ client }) => {
    const path = 'mailboxes?$select=name';
    const small = { method: 'GET', path, headers: { Prefer: 'odata.maxpagesize=1' } };
    const { parts } = await sendBatch(client, [small, { method: 'GET', path }]);
    const whole = await rowsOf(client, path);
    expect(parts.map(({ body }) => body.value?.length)).toEqual([1, whole.length]);
    expect(parts[0]?.body['@odata.nextLink']).toMatch(/^https?:/u);
  },

  'the answer as a whole bears time and version': async ({ client }) => {
    const { answer } = await sendBatch(client, [WHO, WHO]);
    expect(answer.headers.get('date')).toMatch(/GMT$/u);
    expect(answer.headers.get('odata-version')).toBe('4.0');
  },
});

const own = casesOf('batches', ['own rows'], {
  'each part has its own condition': async ({ client, own: rows }) => {
    const [first, second] = [await rows.make('mailboxes'), await rows.make('mailboxes')];
    const etag = String((await client.get(first)).body['@odata.etag']);
    const body = { undeliverablefolder: 'batch' };
    const { answer, parts } = await sendBatch(client, [
      { method: 'PATCH', path: first, body, headers: { 'If-Match': etag } },
      { method: 'PATCH', path: second, body, headers: { 'If-Match': 'W/"1"' } },
      { method: 'PATCH', path: rows.reserve('mailboxes'), body, headers: MATCH },
    ]);
    expect([answer.status, parts.map(({ status }) => status)]).toEqual([200, [204, 412, 404]]);
    const written = await Promise.all([first, second].map((path) => client.get(path)));
    expect(written.map((row) => row.body.undeliverablefolder)).toEqual(['batch', null]);
  },

  'a later part sees what an earlier one wrote': async ({ client, own: rows }) => {
    const path = await rows.make('mailboxes');
    const { parts } = await sendBatch(client, [
      { method: 'PATCH', path, body: { undeliverablefolder: 'seen' }, headers: MATCH },
      { method: 'GET', path: `${path}?$select=undeliverablefolder` },
    ]);
    expect(parts.map(({ status }) => status)).toEqual([204, 200]);
    expect(parts[1]?.body.undeliverablefolder).toBe('seen');
  },

  'a row that a part makes is there once': async ({ client, own: rows }) => {
    const path = rows.reserve('mailboxes');
    const body = rows.columns('mailboxes');
    const part = { method: 'PATCH', path, body, headers: { 'If-None-Match': '*' } };
    const { parts } = await sendBatch(client, [part, part]);
    expect(parts.map(({ status }) => status)).toEqual([204, 412]);
  },

  'a change set that fails leaves nothing': async ({ client, own: rows }) => {
    const [good, path] = [rows.columns('mailboxes'), await rows.make('mailboxes')];
    const { parts } = await sendChangeSet(client, [
      { method: 'POST', path: 'mailboxes', body: good, contentId: '1' },
      { method: 'PATCH', path, body: { mailboxctlnosuch: 1 }, headers: MATCH, contentId: '2' },
    ]);
    expect(parts.map(({ status }) => status)).toEqual([400]);
    expect(await rowsOf(client, `mailboxes?$select=name&$filter=name eq '${good.name}'`)).toEqual([]);
  },

  'a later member of a change set names the row that an earlier one made': async ({ client, own: rows }) => {
    const profile = rows.columns('emailserverprofiles');
    const mailbox = { ...rows.columns('mailboxes'), 'emailserverprofile@odata.bind': '$1' };
    const { parts } = await sendChangeSet(client, [
      { method: 'POST', path: 'emailserverprofiles', body: profile, contentId: '1' },
      { method: 'POST', path: 'mailboxes', body: mailbox, contentId: '2' },
    ]);
    const made = parts.map(({ headers }) => headers.get('odata-entityid')?.split('/').at(-1) ?? '');
    for (const path of made) rows.adopt(path);
    expect(parts.map(({ status, contentId }) => [status, contentId])).toEqual([
      [204, '1'],
      [204, '2'],
    ]);
    const { body } = await client.get(`${made[1]}?$select=_emailserverprofile_value`);
    expect(`emailserverprofiles(${body._emailserverprofile_value})`).toBe(made[0]);
  },
});

export const BATCH_CASES = [...reading, ...own];
