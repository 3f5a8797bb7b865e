/** What is told of reads that are not answered, or not as they should be. */

import { afterEach, expect, it, vi } from 'vitest';
import type { RequestReport } from './exchange.ts';
import type { Trouble } from './trouble.ts';
import { fault, json, lost, ORIGIN, wire } from './wire.test-support.ts';

const host = new URL(ORIGIN).host;

afterEach(() => {
  vi.useRealTimers();
});

it.each<readonly [string, () => Response, Trouble['what']]>([
  ['an error of the service', () => fault(500, '0x80040216', 'unexpected'), 500],
  ['a service that is out of order', () => fault(503, '', 'not now'), 503],
  [
    'an answer that is cut',
    () => new Response('{"a', { headers: { 'content-type': 'application/json' } }),
    'cut',
  ],
  [
    'a page in place of rows',
    () => new Response('<p>', { headers: { 'content-type': 'text/html' } }),
    'page',
  ],
  [
    'a connection that is lost',
    () => {
      throw lost('ECONNRESET');
    },
    'none',
  ],
])('tells of %s when it is asked again', async (_name, reply, what) => {
  const told: Trouble[] = [];
  const { transport } = wire((_request, index) => (index === 0 ? reply() : json({})), {
    onTrouble: (trouble) => told.push(trouble),
  });
  await transport.get('WhoAmI');
  const most = what === 'page' ? 3 : 6;
  expect(told).toEqual([{ host, what, tookMs: 0, again: { inMs: 750, attempt: 2, most } }]);
});

it('tells trouble that lasts at most each half minute, and every attempt to who looks at requests', async () => {
  const told: Trouble[] = [];
  const reports: RequestReport[] = [];
  const { transport } = wire(() => fault(503, '', 'not now'), {
    onTrouble: (trouble) => told.push(trouble),
    onRequest: (report) => reports.push(report),
  });
  const reads = Array.from({ length: 10 }, () => transport.get('mailboxes?$select=name'));
  await Promise.allSettled(reads);
  expect(told.length).toBeLessThanOrEqual(8);
  expect(told[0]).toMatchObject({ what: 503, again: { attempt: 2 } });
  expect(new Set(reports.map(({ attempt }) => attempt))).toEqual(new Set([1, 2, 3, 4, 5, 6]));
});

it('tells nothing of a pause that is told as one, and of what is not asked again', async () => {
  const told: Trouble[] = [];
  const options = { onTrouble: (trouble: Trouble) => void told.push(trouble) };
  const pausing = wire(
    (_request, index) => (index === 0 ? fault(429, '', 'too much', { 'Retry-After': '5' }) : json({})),
    options,
  );
  await pausing.transport.get('WhoAmI');
  await expect(wire(() => fault(404, '', 'gone'), options).transport.get('WhoAmI')).rejects.toThrow();
  expect(told).toEqual([]);
});

it('tells of a server that takes a request and says nothing', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const told: Trouble[] = [];
  const { transport } = wire(
    (_request, index) => (index === 0 ? new Promise<Response>(() => {}) : json({})),
    {
      onTrouble: (trouble) => told.push(trouble),
      timeoutMs: 130_000,
    },
  );
  const read = transport.get('WhoAmI');
  await vi.advanceTimersByTimeAsync(29_000);
  expect(told).toEqual([]);
  await vi.advanceTimersByTimeAsync(2000);
  expect(told).toEqual([{ host, what: 'slow', tookMs: 30_000, again: null }]);
  await vi.advanceTimersByTimeAsync(100_000);
  await read;
});

it.each([
  ['$select=a,b&$top=1', '$select=a,b&$top=1'],
  [
    '$filter=name%20eq%20%27O%27%27Brien%27%20and%20statecode%20eq%200',
    "$filter=name eq '…''…' and statecode eq 0",
  ],
  [`$select=${'column,'.repeat(20)}x`, `$select=${'column,'.repeat(20).slice(0, 60)}…`],
  ['$skiptoken=%3Ccookie%20name=%22Alice%22/%3E', '$skiptoken=…'],
  ['$filter=%E0%A4%A', '$filter=…'],
  ['$filter=a%0A%1B[2Kb', '$filter=a [2Kb'],
])('shortens the query %s', async (query, shown) => {
  const reports: RequestReport[] = [];
  const { transport } = wire(() => json({}), { onRequest: (report) => reports.push(report) });
  await transport.get(`mailboxes?${query}`);
  expect(reports.map((report) => report.query)).toEqual([shown]);
});
