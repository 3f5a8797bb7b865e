import { describe, expect, it } from 'vitest';
import { changeSetText, encodeParts } from './batch.ts';
import { guardWrites, NAME_PREFIX } from './write-guard.ts';

const API = 'https://contoso.crm4.dynamics.com/api/data/v9.2/';
const PATH = '/api/data/v9.2/';
const OWN = 'mailboxes(5b1c7d52-7d0a-4c5e-9a53-3f4b0f8f0a12)';
const PROFILE = 'emailserverprofiles(7d3e9f74-9f2c-4e70-9c75-516d21a1c233)';
const OTHER = 'mailboxes(6c2d8e63-8e1b-4d6f-8b64-405c1090b122)';
const NAMED = { name: `${NAME_PREFIX} 1` };

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

async function isSent({ method, path, body }: Sent, mayWrite = true): Promise<boolean> {
  const guard = guardWrites(async () => new Response(null, { status: 204 }), mayWrite);
  for (const path of [OWN, PROFILE]) guard.writable.add(path);
  const isText = typeof body === 'string';
  const text = isText ? body : JSON.stringify(body);
  const type = path === '$batch' && isText ? 'multipart/mixed; boundary=batch_contract' : 'application/json';
  const headers = { 'content-type': type };
  const request = new Request(
    `${API}${path}`,
    body === undefined ? { method } : { method, headers, body: text },
  );
  return guard.fetch(request).then(
    () => true,
    () => false,
  );
}

const batch = (...parts: readonly Sent[]): Sent => ({
  method: 'POST',
  path: '$batch',
  body: encodeParts(parts),
});

/** A batch of one part, as it stands. */
const written = (...lines: readonly string[]): Sent => ({
  method: 'POST',
  path: '$batch',
  body: [
    '--batch_contract',
    'Content-Type: application/http',
    '',
    ...lines,
    '',
    '',
    '--batch_contract--',
    '',
  ].join('\r\n'),
});

const post = (path: string, body: unknown): Sent => ({ method: 'POST', path, body });
const set = (...parts: readonly Sent[]): Sent => ({
  method: 'POST',
  path: '$batch',
  body: `--batch_contract\r\n${changeSetText(parts)}--batch_contract--\r\n`,
});
const BIND = 'emailserverprofile@odata.bind';
const MEMBERS = 'emailserverprofile_mailbox';

describe('what may be sent to an environment', () => {
  it.each<readonly [string, Sent, boolean]>([
    ['a read', { method: 'GET', path: OTHER }, true],
    ['a write of an own row', { method: 'PATCH', path: `${OWN}?$select=name`, body: {} }, true],
    ['its deletion', { method: 'DELETE', path: OWN }, true],
    ['a write of one of its columns', { method: 'PUT', path: `${OWN}/name`, body: {} }, true],
    ['a write of another row', { method: 'PATCH', path: OTHER, body: {} }, false],
    ['its deletion', { method: 'DELETE', path: OTHER }, false],
    ['a row with the prefix', { method: 'POST', path: 'mailboxes', body: NAMED }, true],
    ['a row without it', { method: 'POST', path: 'mailboxes', body: { name: 'Support' } }, false],
    ['a row of another table', { method: 'POST', path: 'queues', body: NAMED }, false],
    ['an action', { method: 'POST', path: 'SendEmail', body: NAMED }, false],
    ['a batch of reads', batch({ method: 'GET', path: OTHER }), true],
    ['a batch that writes an own row', batch({ method: 'PATCH', path: OWN, body: {} }), true],
    [
      'a batch that writes another row as well',
      batch({ method: 'PATCH', path: OWN, body: {} }, { method: 'DELETE', path: OTHER }),
      false,
    ],
    ['a batch that makes a row without the prefix', batch({ method: 'POST', path: 'mailboxes' }), false],
    ['a name with the prefix in another row', post('mailboxes', { name: 'Payroll', more: NAMED }), false],
    ['two names', post('mailboxes', `{"name":"${NAMED.name}","name":"Payroll"}`), false],
    ['a new row with rows of its own', post('emailserverprofiles', { ...NAMED, [MEMBERS]: [NAMED] }), false],
    ['a new row for an own profile', post('mailboxes', { ...NAMED, [BIND]: `/${PROFILE}` }), true],
    ['a new row for another profile', post('mailboxes', { ...NAMED, [BIND]: OTHER }), false],
    [
      'a new row that takes another',
      post('emailserverprofiles', { ...NAMED, [`${MEMBERS}@odata.bind`]: [OTHER] }),
      false,
    ],
    ['the end of a lookup', { method: 'DELETE', path: `${OWN}/emailserverprofile/$ref` }, true],
    [
      'the end of that of another row',
      { method: 'DELETE', path: `${PROFILE}/${MEMBERS}${OTHER.slice(9)}/$ref` },
      false,
    ],
    [
      'another row below an own one',
      { method: 'PATCH', path: `${PROFILE}/${MEMBERS}${OTHER.slice(9)}`, body: {} },
      false,
    ],
    [
      'another row by its address',
      { method: 'DELETE', path: `${PROFILE}/${MEMBERS}/$ref?$id=${API}${OTHER}` },
      false,
    ],
    [
      'another row for an own one',
      post(`${PROFILE}/${MEMBERS}/$ref`, { '@odata.id': `${API}${OTHER}` }),
      false,
    ],
    ['a path in a path', { method: 'DELETE', path: `${OTHER}/api/data/v9.2/${OWN}` }, false],
    ['an action on an own row', post(`${OWN}/Microsoft.Dynamics.CRM.Merge`, {}), false],
    [
      'a change set of own rows',
      set({ method: 'PATCH', path: OWN, body: {} }, post('mailboxes', NAMED)),
      true,
    ],
    ['a change set with another row', set({ method: 'PATCH', path: OTHER, body: {} }), false],
    ['a batch in JSON without requests', post('$batch', { requests: [] }), true],
    ['a batch in JSON', post('$batch', { requests: [{ method: 'DELETE', url: OTHER }] }), false],
    ['a batch of nothing', { method: 'POST', path: '$batch', body: '--batch_contract--\r\n' }, false],
    [
      'a batch that does not end',
      { method: 'POST', path: '$batch', body: encodeParts([]).slice(0, -4) },
      false,
    ],
    ['a part as it should be', written(`DELETE ${PATH}${OWN} HTTP/1.1`), true],
    ['a part of another version of HTTP', written(`DELETE ${PATH}${OWN} HTTP/1.0`), false],
    ['a part with a space in its path', written(`PATCH ${PATH}queues(name='a b') HTTP/1.1`, '', '{}'), false],
    ['a part in small letters', written(`delete ${PATH}${OTHER} HTTP/1.1`), false],
    ['a part without a path', written('DELETE HTTP/1.1'), false],
    ['a relative path', written(`DELETE ${OTHER} HTTP/1.1`), false],
    [
      'a read with a request in its body',
      written(`GET ${PATH}${OWN} HTTP/1.1`, '', `DELETE ${PATH}${OTHER} HTTP/1.1`),
      false,
    ],
  ])('%s: %#', async (_name, sent, expected) => {
    expect(await isSent(sent)).toBe(expected);
  });

  it.each<readonly [string, Sent, boolean]>([
    ['a read', { method: 'GET', path: OTHER }, true],
    ['a batch of reads', batch({ method: 'GET', path: OTHER }), true],
    ['a write of an own row', { method: 'PATCH', path: OWN, body: {} }, false],
    ['a new row', { method: 'POST', path: 'mailboxes', body: NAMED }, false],
    ['a batch that makes one', batch({ method: 'POST', path: 'mailboxes', body: NAMED }), false],
    ['a part that is not understood', written(`DELETE ${PATH}${OTHER} HTTP/1.0`), false],
    ['a batch in JSON without requests', post('$batch', { requests: [] }), true],
  ])('where writes are not allowed, %s', async (_name, sent, expected) => {
    expect(await isSent(sent, false)).toBe(expected);
  });
});
