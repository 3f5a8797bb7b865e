import { expect, it } from 'vitest';
import { formatBatch, type Written } from './format-batch.ts';

function counter(): () => string {
  let next = 0;
  return () => {
    next += 1;
    return `0000000${next}`;
  };
}

function written(status: number, headers: Readonly<Record<string, string>> = {}, body = ''): Written {
  return { status, headers: new Headers(headers), body };
}

it('formats responses, change sets and errors as the service does', () => {
  const entity = { 'odata-version': '4.0', 'odata-entityid': 'https://h/mailboxes(one)' };
  const created = written(204, entity);
  const found = written(200, { 'content-type': 'application/json' }, '{"value":[]}');
  const failed = written(412, { 'content-type': 'application/json', req_id: '7' }, '{"error":{}}');
  const { contentType, body } = formatBatch(
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
])('writes %i as %s', (status, reason) => {
  const { body } = formatBatch([{ kind: 'response', contentId: null, response: written(status) }], counter());
  expect(body).toContain(`\r\nHTTP/1.1 ${status} ${reason}\r\n`);
});

it('formats an empty batch', () => {
  const { body } = formatBatch([], counter());
  expect(body).toBe('--batchresponse_00000001--\r\n');
});
