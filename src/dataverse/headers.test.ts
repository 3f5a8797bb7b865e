import { expect, it } from 'vitest';
import { batch, json, part, TOKEN, wire } from './wire.test-support.ts';

const PROTOCOL = { accept: 'application/json', 'odata-maxversion': '4.0', 'odata-version': '4.0' };
const EVERY = { ...PROTOCOL, authorization: `Bearer ${TOKEN}` };
const JSON_BODY = { 'content-type': 'application/json; charset=utf-8' };
const BATCH_BODY = { 'content-type': 'multipart/mixed; boundary=batch_m672jxbim8' };

it('requests carry these headers and no others', async () => {
  const { transport, sent } = wire(({ url }) =>
    url.endsWith('$batch') ? batch(part('200 OK', { value: [] })) : json({ value: [] }),
  );
  await transport.get('WhoAmI');
  await transport.eachPage('mailboxes', () => {});
  await transport.patch('mailboxes(1)', { name: 'a' }, { 'If-Match': 'W/"7"' });
  await transport.patch('mailboxes(2)', { name: 'a' }, { 'If-None-Match': '*' });
  await transport.delete('mailboxes(1)', { 'If-Match': '*' });
  await transport.batchGet(['a']);
  await transport.batch([], []);
  expect(sent.map(({ method, url, headers }) => [method, new URL(url).pathname, headers])).toEqual([
    ['GET', '/api/data/v9.2/WhoAmI', { ...EVERY, 'if-none-match': 'null' }],
    [
      'GET',
      '/api/data/v9.2/mailboxes',
      { ...EVERY, 'if-none-match': 'null', prefer: 'odata.maxpagesize=5000' },
    ],
    ['PATCH', '/api/data/v9.2/mailboxes(1)', { ...EVERY, ...JSON_BODY, 'if-match': 'W/"7"' }],
    ['PATCH', '/api/data/v9.2/mailboxes(2)', { ...EVERY, ...JSON_BODY, 'if-none-match': '*' }],
    ['DELETE', '/api/data/v9.2/mailboxes(1)', { ...EVERY, 'if-match': '*' }],
    [
      'POST',
      '/api/data/v9.2/$batch',
      { ...EVERY, ...BATCH_BODY, 'if-none-match': 'null', prefer: 'odata.continue-on-error' },
    ],
    ['POST', '/api/data/v9.2/$batch', { ...EVERY, ...BATCH_BODY, prefer: 'odata.continue-on-error' }],
  ]);
});

it('parts of a batch carry their own, to the last character', async () => {
  const { transport, sent } = wire(() => json({}));
  await transport.batch(
    [
      { method: 'PATCH', path: 'mailboxes(1)', body: { name: 'Ü' }, condition: { 'If-Match': 'W/"7"' } },
      { method: 'PATCH', path: 'mailboxes(2)', body: {}, condition: { 'If-None-Match': '*' } },
      { method: 'DELETE', path: 'mailboxes(3)', body: null, condition: { 'If-Match': '*' } },
    ],
    ['queues?$select=name'],
  );
  const part = ['--batch_m672jxbim8', 'Content-Type: application/http', 'Content-Transfer-Encoding: binary'];
  const protocol = ['Accept: application/json', 'OData-MaxVersion: 4.0', 'OData-Version: 4.0'];
  const type = 'Content-Type: application/json; charset=utf-8';
  expect(sent[0]?.body.split('\r\n')).toEqual([
    ...[...part, 'Content-ID: 1', ''],
    ...[
      'PATCH /api/data/v9.2/mailboxes(1) HTTP/1.1',
      ...protocol,
      'If-Match: W/"7"',
      type,
      '',
      '{"name":"Ü"}',
    ],
    ...[...part, 'Content-ID: 2', ''],
    ...['PATCH /api/data/v9.2/mailboxes(2) HTTP/1.1', ...protocol, 'If-None-Match: *', type, '', '{}'],
    ...[...part, 'Content-ID: 3', ''],
    ...['DELETE /api/data/v9.2/mailboxes(3) HTTP/1.1', ...protocol, 'If-Match: *', '', ''],
    ...[...part, 'Content-ID: 4', ''],
    ...['GET /api/data/v9.2/queues?$select=name HTTP/1.1', ...protocol],
    ...['If-None-Match: null', 'Prefer: odata.maxpagesize=5000', '', ''],
    '--batch_m672jxbim8--',
    '',
  ]);
});
