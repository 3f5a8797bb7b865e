import { expect, it } from 'vitest';
import { formatBatch } from './format-batch.ts';

function counter(): () => string {
  let next = 0;
  return () => {
    next += 1;
    return `0000000${next}`;
  };
}

it('formats responses, change sets and errors as the service does', async () => {
  const created = new Response(null, {
    status: 204,
    headers: { 'odata-version': '4.0', 'odata-entityid': 'https://h/mailboxes(one)' },
  });
  const found = new Response('{"value":[]}', { headers: { 'content-type': 'application/json' } });
  const failed = new Response('{"error":{}}', {
    status: 412,
    headers: { 'content-type': 'application/json', req_id: '7' },
  });
  const { contentType, body } = await formatBatch(
    [
      { kind: 'changeset', responses: [{ contentId: '1', response: created }] },
      { kind: 'response', contentId: null, response: found },
      { kind: 'response', contentId: null, response: failed },
    ],
    counter(),
  );
  expect(contentType).toBe('multipart/mixed; boundary=batchresponse_00000002');
  expect(body.split('\r\n')).toEqual([
    '--batchresponse_00000002',
    'Content-Type: multipart/mixed; boundary=changesetresponse_00000001',
    '',
    '--changesetresponse_00000001',
    'Content-Type: application/http',
    'Content-Transfer-Encoding: binary',
    'Content-ID: 1',
    '',
    'HTTP/1.1 204 No Content',
    'OData-EntityId: https://h/mailboxes(one)',
    'OData-Version: 4.0',
    '',
    '',
    '--changesetresponse_00000001--',
    '',
    '--batchresponse_00000002',
    'Content-Type: application/http',
    'Content-Transfer-Encoding: binary',
    '',
    'HTTP/1.1 200 OK',
    'Content-Type: application/json',
    '',
    '{"value":[]}',
    '--batchresponse_00000002',
    'Content-Type: application/http',
    'Content-Transfer-Encoding: binary',
    '',
    'HTTP/1.1 412 Precondition Failed',
    'Content-Type: application/json',
    'REQ_ID: 7',
    '',
    '{"error":{}}',
    '--batchresponse_00000002--',
    '',
  ]);
});

it.each([
  [200, 'OK'],
  [201, 'Created'],
  [304, 'Not Modified'],
  [400, 'Bad Request'],
  [429, 'Too Many Requests'],
  [501, 'Not Implemented'],
])('writes %i as %s', async (status, reason) => {
  const { body } = await formatBatch(
    [{ kind: 'response', contentId: null, response: new Response(null, { status }) }],
    counter(),
  );
  expect(body).toContain(`\r\nHTTP/1.1 ${status} ${reason}\r\n`);
});

it('formats an empty batch', async () => {
  const { body } = await formatBatch([], counter());
  expect(body).toBe('--batchresponse_00000001--\r\n');
});
