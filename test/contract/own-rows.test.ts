import { describe, expect, it } from 'vitest';
import { encodeParts } from './batch.ts';
import { guardWrites, NAME_PREFIX } from './own-rows.ts';

const API = 'https://contoso.crm4.dynamics.com/api/data/v9.2/';
const OWN = 'mailboxes(5b1c7d52-7d0a-4c5e-9a53-3f4b0f8f0a11)';
const OTHER = 'mailboxes(6c2d8e63-8e1b-4d6f-8b64-405c1090b122)';
const NAMED = { name: `${NAME_PREFIX} 1` };

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

async function isSent({ method, path, body }: Sent, mayWrite = true): Promise<boolean> {
  const guard = guardWrites(async () => new Response(null, { status: 204 }), mayWrite);
  guard.writable.add(OWN);
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const request = new Request(`${API}${path}`, body === undefined ? { method } : { method, body: text });
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
  ])('%s: %#', async (_name, sent, expected) => {
    expect(await isSent(sent)).toBe(expected);
  });

  it.each<readonly [string, Sent, boolean]>([
    ['a read', { method: 'GET', path: OTHER }, true],
    ['a batch of reads', batch({ method: 'GET', path: OTHER }), true],
    ['a write of an own row', { method: 'PATCH', path: OWN, body: {} }, false],
    ['a new row', { method: 'POST', path: 'mailboxes', body: NAMED }, false],
    ['a batch that makes one', batch({ method: 'POST', path: 'mailboxes', body: NAMED }), false],
  ])('where writes are not allowed, %s', async (_name, sent, expected) => {
    expect(await isSent(sent, false)).toBe(expected);
  });
});
