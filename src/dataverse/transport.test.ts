import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import type { Clock } from '../model/ports.ts';
import type { TokenProvider } from './exchange.ts';
import { createReadTransport, type WriteTransport } from './transport.ts';
import { parseEnvironmentUrl } from './url.ts';
import {
  batch,
  DATE,
  errorOf,
  fault,
  json,
  lost,
  multipart,
  ORIGIN,
  part,
  START,
  TOKEN,
  wire,
} from './wire.test-support.ts';
import type { WriteAnswer } from './write-request.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

describe('reads', () => {
  it('carry the headers of the protocol and the token', async () => {
    const { transport, sent } = wire(() => json({ value: [] }));
    await transport.get('WhoAmI');
    await transport.eachPage('mailboxes?$select=name', () => {});
    const headers = {
      accept: 'application/json',
      'odata-maxversion': '4.0',
      'odata-version': '4.0',
      'if-none-match': 'null',
      authorization: `Bearer ${TOKEN}`,
    };
    expect(sent.map(({ method, url, headers }) => ({ method, url, headers }))).toEqual([
      { method: 'GET', url: `${ORIGIN}/api/data/v9.2/WhoAmI`, headers },
      {
        method: 'GET',
        url: `${ORIGIN}/api/data/v9.2/mailboxes?$select=name`,
        headers: { ...headers, prefer: 'odata.maxpagesize=5000' },
      },
    ]);
  });

  it('know service time, parallelism and the number of requests', async () => {
    const { transport } = wire(() => json({}, 200, { 'x-ms-dop-hint': '8' }));
    expect([transport.lastServiceTime(), transport.parallelism(), transport.requests()]).toEqual([
      null,
      null,
      0,
    ]);
    expect(await transport.get('WhoAmI')).toEqual({ body: {}, at: '2026-11-21T08:59:00.000Z' });
    expect([transport.lastServiceTime(), transport.parallelism(), transport.requests()]).toEqual([
      '2026-11-21T08:59:00.000Z',
      8,
      1,
    ]);
  });

  it.each([
    ['1,200.00', '7999', '4', { workMsLeft: 1_200_000, requestsLeft: 7999, parallelism: 4 }],
    ['0.07', '0', '52', { workMsLeft: 70, requestsLeft: 0, parallelism: 52 }],
    ['1.200,00', '5 000', 'many', { workMsLeft: null, requestsLeft: null, parallelism: null }],
    ['', '', '0', { workMsLeft: null, requestsLeft: null, parallelism: null }],
  ])('know what is left of the limits: %s s, %s requests, hint %s', async (time, burst, hint, left) => {
    const { transport } = wire((_request, index) =>
      json(
        {},
        200,
        index > 0
          ? {}
          : {
              'x-ms-ratelimit-time-remaining-xrm-requests': time,
              'x-ms-ratelimit-burst-remaining-xrm-requests': burst,
              'x-ms-dop-hint': hint,
            },
      ),
    );
    await transport.get('WhoAmI');
    expect(transport.remaining()).toEqual(left);
    await transport.get('WhoAmI');
    expect(transport.remaining()).toEqual(left);
  });

  it.each(['x-ms-service-request-id', 'REQ_ID'])(
    'keep the id that %s gives to a failed request',
    async (name) => {
      const { transport } = wire(() => fault(500, '0x80040216', 'Unexpected', { [name]: 'r-1' }));
      expect((await errorOf(transport.get('WhoAmI'))).requestId).toBe('r-1');
    },
  );

  it('follow the next link as it is', async () => {
    const link = `${ORIGIN}/api/data/v9.2/mailboxes?$select=name&$skiptoken=%3Ccookie%20pagenumber=%222%22%20/%3E`;
    const { transport, sent } = wire((_request, index) =>
      json(index === 0 ? { value: [{ name: 'a' }], '@odata.nextLink': link } : { value: [{ name: 'b' }] }),
    );
    const pages: (readonly unknown[])[] = [];
    await transport.eachPage('mailboxes?$select=name', (rows) => void pages.push(rows));
    expect(pages).toEqual([[{ name: 'a' }], [{ name: 'b' }]]);
    expect(sent[1]?.url).toBe(link);
    expect(sent[1]?.headers.prefer).toBe('odata.maxpagesize=5000');
  });

  it('let go of a page that was looked at, while the next one is under way', async () => {
    const pages: WeakRef<object>[] = [];
    const held: number[] = [];
    const { transport } = wire(async (_request, index) => {
      while (pages.length < index) await setImmediate();
      // Whatever a reference was made to stays until the task is over.
      await setImmediate();
      collectGarbage();
      held.push(pages.filter((page) => page.deref() !== undefined).length);
      const link = { '@odata.nextLink': `${ORIGIN}/api/data/v9.2/mailboxes?${index}` };
      return json({ value: [{ index }], ...(index < 3 ? link : {}) });
    });
    await transport.eachPage('mailboxes', (rows) => void pages.push(new WeakRef(rows)));
    expect(held).toEqual([0, 0, 0, 0]);
  });

  it('follow no link to another server', async () => {
    const { transport, sent } = wire(() =>
      json({ value: [], '@odata.nextLink': 'https://evil.example/api/data/v9.2/mailboxes' }),
    );
    const error = await errorOf(transport.eachPage('mailboxes', () => {}));
    expect([error.kind, sent.length]).toEqual(['not-dataverse', 1]);
  });

  it('end where the link to the next page is null', async () => {
    const { transport } = wire(() => json({}));
    expect(await transport.allRowsOf({ value: [{ name: 'a' }], '@odata.nextLink': null })).toEqual([
      { name: 'a' },
    ]);
  });

  it.each([['/api/data/v9.2/mailboxes?page=2'], ['mailboxes?page=2'], [''], [7]])(
    'follow no link that is no complete address: %j',
    async (link) => {
      const { transport, sent } = wire(() => json({ value: [], '@odata.nextLink': link }));
      const error = await errorOf(transport.eachPage('mailboxes', () => {}));
      expect([error.message, sent.length]).toEqual([
        'The link to the next page is no complete address, as those of Dataverse are; it is not followed',
        1,
      ]);
    },
  );

  const emptyPages = (count: number): ReturnType<typeof wire> =>
    wire((_request, index) => {
      const isRow = index >= count;
      const link = { '@odata.nextLink': `${ORIGIN}/api/data/v9.2/mailboxes?page=${index}` };
      return json({ value: isRow ? [{ name: 'a' }] : [], ...(isRow ? {} : link) });
    });

  it('pass over a few empty pages', async () => {
    const rows: unknown[] = [];
    await emptyPages(5).transport.eachPage('mailboxes', (page) => void rows.push(...page));
    expect(rows).toEqual([{ name: 'a' }]);
  });

  it('end where pages stay empty', async () => {
    const { transport, sent } = emptyPages(2_000);
    const error = await errorOf(transport.eachPage('mailboxes', () => {}));
    expect([error.kind, error.message, sent.length]).toEqual([
      'server',
      'A list has more than 5 pages without a row, one behind the other, and a link to one more',
      6,
    ]);
  });

  it('follow no link twice', async () => {
    const link = (page: number): string => `${ORIGIN}/api/data/v9.2/mailboxes?page=${page}`;
    const { transport, sent } = wire((_request, index) =>
      json({ value: [], '@odata.nextLink': link(index % 3) }),
    );
    const error = await errorOf(transport.eachPage('mailboxes', () => {}));
    expect([error.kind, error.message, sent.length]).toEqual([
      'server',
      'The link to the next page leads to a page that was read already',
      4,
    ]);
    await expect(transport.allRowsOf({ value: [], '@odata.nextLink': link(0) })).rejects.toThrow(
      'The link to the next page leads to a page that was read already',
    );
  });

  it('end where links are new each time and rows are not, whatever their version', async () => {
    const { transport, sent } = wire((_request, index) =>
      json({
        value: [{ '@odata.etag': `W/"${index}"`, mailboxid: `m-${index % 2}` }],
        '@odata.nextLink': `${ORIGIN}/api/data/v9.2/mailboxes?page=${index}`,
      }),
    );
    const error = await errorOf(transport.eachPage('mailboxes', () => {}));
    expect([error.kind, error.message]).toEqual([
      'server',
      'The link to the next page leads to a page that was read already',
    ]);
    expect(sent.length).toBeLessThan(8);
  });

  it('end where neither rows nor links ever end', async () => {
    const { transport, sent } = wire((_request, index) =>
      json({
        value: [{ mailboxid: index }],
        '@odata.nextLink': `${ORIGIN}/api/data/v9.2/mailboxes?page=${index}`,
      }),
    );
    const error = await errorOf(transport.eachPage('mailboxes', () => {}));
    expect([error.message, sent.length]).toEqual([
      'A list has more than 2000 pages, and a link to one more',
      2_001,
    ]);
  });

  it('repeat a page that stands in place of rows, a few times', async () => {
    const page = (): Response =>
      new Response('<html>one moment</html>', { headers: { 'Content-Type': 'text/html' } });
    const passing = wire((_request, index) => (index < 2 ? page() : json({ value: [] })));
    expect(await passing.transport.get('mailboxes')).toMatchObject({ body: { value: [] } });
    expect(passing.sent.length).toBe(3);
    const lasting = wire(page);
    for (const read of [() => lasting.transport.get('mailboxes'), () => lasting.transport.batchGet(['a'])]) {
      const before = lasting.sent.length;
      const error = await errorOf(read());
      expect([error.kind, error.status, lasting.sent.length - before]).toEqual(['not-dataverse', 200, 3]);
      expect(error.message).toContain('an HTML page and status 200');
    }
  });

  it('go side by side up to the ceiling', async () => {
    let under = 0;
    const seen: number[] = [];
    const reply = async (): Promise<Response> => {
      under += 1;
      seen.push(under);
      await setImmediate();
      under -= 1;
      return json({ value: [] });
    };
    const { transport } = wire(reply, { requestsAtOnce: 2 });
    await Promise.all(['a', 'b', 'c', 'd', 'e'].map((path) => transport.get(path)));
    expect([seen.length, Math.max(...seen)]).toEqual([5, 2]);
  });

  it('ask for a new token once', async () => {
    const asked: (string | null)[] = [];
    const tokens = {
      token: async ({ refused }: { readonly refused: string | null }) => {
        asked.push(refused);
        return refused === null ? 'old-token' : 'new-token';
      },
    };
    const { transport, sent } = wire(
      ({ headers }) => (headers.get('authorization') === 'Bearer new-token' ? json({}) : fault(401, '', '')),
      { tokens },
    );
    await transport.get('WhoAmI');
    expect(asked).toEqual([null, 'old-token']);
    expect(sent.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer old-token',
      'Bearer new-token',
    ]);
  });

  it('are not sent again with the token that was refused', async () => {
    const { transport, sent } = wire(() => fault(401, '', ''));
    expect([(await errorOf(transport.get('WhoAmI'))).kind, sent.length]).toEqual(['sign-in', 1]);
  });

  it('halt together when one of them is throttled', async () => {
    const { transport, sent } = wire((_request, index) =>
      index === 0 ? fault(429, '0x80072322', 'Too many', { 'Retry-After': '17' }) : json({}),
    );
    await transport.get('first');
    await Promise.all([transport.get('second'), transport.get('third')]);
    expect(sent.map(({ at }) => at)).toEqual([0, 17_000, 17_000, 17_000]);
  });

  it('understand a pause that is given as a date of the server', async () => {
    const { transport, sent } = wire((_request, index) =>
      index === 0 ? fault(429, '', '', { 'Retry-After': 'Sat, 21 Nov 2026 08:59:07 GMT' }) : json({}),
    );
    await transport.get('WhoAmI');
    expect(sent.map(({ at }) => at)).toEqual([0, 7000]);
  });

  it('halt all callers that come while the pause lasts', async () => {
    const waits: (() => void)[] = [];
    let now = START;
    const clock: Clock = {
      now: () => now,
      sleep: (ms) =>
        new Promise((resolve) => {
          const until = now + ms;
          waits.push(() => {
            now = Math.max(now, until);
            resolve();
          });
        }),
    };
    const times: number[] = [];
    const { transport } = wire(
      (_request, index) => {
        times.push(now - START);
        return index === 0 ? fault(429, '0x80072322', '', { 'Retry-After': '5' }) : json({});
      },
      { clock },
    );
    const first = transport.get('first');
    while (waits.length === 0) await Promise.resolve();
    const second = transport.get('second');
    while (waits.length < 2) await Promise.resolve();
    for (const wake of waits) wake();
    await Promise.all([first, second]);
    expect(times).toEqual([0, 5000, 5000]);
  });

  it('back off when throttled without a time', async () => {
    const { transport, sent } = wire((_request, index) => (index < 3 ? fault(429, '', '') : json({})));
    await transport.get('WhoAmI');
    expect(sent.map(({ at }) => at)).toEqual([0, 750, 2250, 5250]);
  });

  it.each([
    ['502', () => new Response('bad gateway', { status: 502 })],
    ['503', () => fault(503, '', 'busy')],
    ['504', () => new Response('', { status: 504 })],
    ['408', () => new Response('', { status: 408 })],
    ['520', () => new Response('', { status: 520 })],
    ['524', () => new Response('', { status: 524 })],
    ['a database that took too long', () => fault(500, '0x80044151', 'SQL timeout expired.')],
    ['an error behind some rows', () => json({ value: [{ a: 1 }], error: { code: '0x1', message: 'x' } })],
    ['an error in place of rows', () => fault(200, '0x80040216', 'x')],
    ['rows that are none', () => json({ value: [{ a: 1 }, null] })],
    ['500 without words of the service', () => new Response('<html>', { status: 500 })],
    ['an unexpected error of the service', () => fault(500, '0x80040216', 'Unexpected')],
    [
      'an answer that is cut',
      () => new Response('{"value":[{"na', { headers: { 'Content-Type': 'application/json' } }),
    ],
    ['a lost connection', () => Promise.reject(lost('ECONNRESET'))],
    ['a failure without a code', () => Promise.reject(lost())],
  ] satisfies [string, () => Response | Promise<Response>][])(
    'are repeated after %s',
    async (_name, reply) => {
      const { transport, sent } = wire((_request, index) => (index < 2 ? reply() : json({ ok: true })));
      expect((await transport.get('WhoAmI')).body).toEqual({ ok: true });
      expect(sent.map(({ at }) => at)).toEqual([0, 750, 2250]);
    },
  );

  it('end after six attempts', async () => {
    const { transport, sent } = wire(() => fault(503, '0x80044150', 'busy'));
    const error = await errorOf(transport.get('WhoAmI'));
    expect([error.kind, error.status, sent.length]).toEqual(['server', 503, 6]);
  });

  it('end when the service asks for more time than there is', async () => {
    const { transport, sent } = wire(() => fault(429, '0x80072321', '', { 'Retry-After': '1000' }));
    const error = await errorOf(transport.get('WhoAmI'));
    expect([error.kind, sent.length]).toEqual(['throttled', 1]);
    expect(await errorOf(transport.get('WhoAmI'))).toMatchObject({ kind: 'throttled', status: null });
    expect(await transport.delete('mailboxes(1)', { 'If-Match': '*' })).toEqual({
      kind: 'throttled',
      retryAfterMs: 1_000_000,
    });
    expect(sent.length).toBe(1);
  });

  it('renew their token within a pause, and leave when it is over', async () => {
    const renewal = heldTokens();
    const { transport, sent } = wire(
      ({ headers, url }) => {
        if (url.endsWith('busy')) return fault(429, '0x80072322', '', { 'Retry-After': '30' });
        return headers.get('authorization') === 'Bearer new' ? json({}) : fault(401, '', '');
      },
      { tokens: renewal, retry: { attempts: 1, totalMs: 60_000 } },
    );
    const read = transport.get('WhoAmI');
    await renewal.asked;
    await transport.patch('busy', {}, { 'If-Match': '*' });
    renewal.renew();
    await read;
    expect(sent.map(({ method, at }) => [method, at])).toEqual([
      ['GET', 0],
      ['PATCH', 0],
      ['GET', 30_000],
    ]);
  });

  it.each([
    ['a server that refuses', 'ECONNREFUSED', 'contoso.crm4.dynamics.com refuses the connection'],
    ['an unknown name', 'ENOTFOUND', 'contoso.crm4.dynamics.com is not known to the name service'],
    [
      'a certificate that is not trusted',
      'SELF_SIGNED_CERT_IN_CHAIN',
      'The certificate of contoso.crm4.dynamics.com is not trusted: it is signed by itself, or by an authority that is',
    ],
  ])('are not repeated for %s', async (_name, code, message) => {
    const { transport, sent } = wire(() => Promise.reject(lost(code)));
    const error = await errorOf(transport.get('WhoAmI'));
    expect([error.kind, error.message, sent.length]).toEqual(['unreachable', message, 1]);
    expect(error.hint).not.toBeNull();
  });

  it('time out while the body hangs', async () => {
    const body = new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array([123])) });
    const { transport } = wire(
      () => new Response(body, { headers: { 'Content-Type': 'application/json' } }),
      {
        timeoutMs: 20,
        retry: { attempts: 1, totalMs: 1000 },
      },
    );
    const error = await errorOf(transport.get('WhoAmI'));
    expect([error.kind, error.message]).toEqual([
      'unreachable',
      'contoso.crm4.dynamics.com did not answer in time',
    ]);
  });

  it.each([
    [
      'an HTML page with status 501',
      () =>
        new Response('<html>login</html>', {
          status: 501,
          headers: { 'Content-Type': 'text/html; charset=utf-8' },
        }),
      'not-dataverse',
      'GET WhoAmI was answered with an HTML page and status 501: no answer of Dataverse',
    ],
    [
      'an HTML page with status 200',
      () => new Response('<html>login</html>', { headers: { 'Content-Type': 'text/html' } }),
      'not-dataverse',
      'GET WhoAmI was answered with an HTML page and status 200: no answer of Dataverse; given up after 2 s, attempts: 3',
    ],
    [
      'a redirect to a sign-in page',
      () => new Response(null, { status: 302, headers: { Location: 'https://login.example/x?token=1' } }),
      'not-dataverse',
      'GET WhoAmI was redirected to login.example; Dataverse never does that',
    ],
    [
      'cut JSON',
      () => new Response('{"value":[{"na', { headers: { 'Content-Type': 'application/json' } }),
      'server',
      'The answer to GET WhoAmI broke off: its JSON is not complete; given up after 23 s, attempts: 6',
    ],
    [
      'an error behind some rows',
      () => json({ value: [{ name: 'a' }], error: { code: '0x80040216', message: 'Out of\nmemory' } }),
      'server',
      'The answer to GET WhoAmI broke off with an error of the service: Out of memory; given up after 23 s, attempts: 6',
    ],
    [
      'rows that are none',
      () => json({ value: ['a'] }),
      'server',
      'The answer to GET WhoAmI is damaged: it lists what is no row; given up after 23 s, attempts: 6',
    ],
    [
      'JSON that is no object',
      () => json([]),
      'not-dataverse',
      'GET WhoAmI was answered with JSON that is no object: no answer of Dataverse; given up after 2 s, attempts: 3',
    ],
    [
      'the answer of a cache',
      () => new Response(null, { status: 304 }),
      'not-dataverse',
      'GET WhoAmI was answered with status 304, as if an earlier answer were kept here',
    ],
    [
      'a missing privilege',
      () => fault(403, '0x80040220', 'Principal user is missing prvReadMailbox privilege on OTC=9606'),
      'permission',
      'GET WhoAmI is not permitted; privilege prvReadMailbox is missing: Principal user is missing prvReadMailbox privilege on OTC=9606 (0x80040220)',
    ],
    [
      'a refused sign-in',
      () => fault(401, '', 'The token has expired'),
      'sign-in',
      'The environment does not accept the sign-in: The token has expired',
    ],
    [
      'a missing row',
      () => fault(404, '0x80040217', 'Does Not Exist'),
      'not-found',
      'GET WhoAmI found nothing: Does Not Exist (0x80040217)',
    ],
    [
      'an operation that an emulator leaves out',
      () => fault(501, '', '$apply is not supported'),
      'refused',
      'GET WhoAmI is not supported there: $apply is not supported',
    ],
    [
      'an error of the service',
      () => fault(500, '0x80040216', 'An unexpected error occurred.'),
      'server',
      'GET WhoAmI was refused with status 500: An unexpected error occurred. (0x80040216); given up after 23 s, attempts: 6',
    ],
    [
      'an error that asking again does not mend',
      () => fault(500, '0x80044150', 'Generic SQL error.'),
      'server',
      'GET WhoAmI was refused with status 500: Generic SQL error. (0x80044150)',
    ],
    [
      'a known code without words',
      () => fault(400, '0x8005E210', ''),
      'refused',
      'GET WhoAmI was refused with status 400: queues cannot use the Outlook method (0x8005E210)',
    ],
  ] satisfies [string, () => Response, string, string][])(
    'explain %s',
    async (_name, reply, kind, message) => {
      const { transport } = wire(reply);
      const error = await errorOf(transport.get('WhoAmI'));
      expect([error.kind, error.message, error.request]).toEqual([kind, message, 'GET WhoAmI']);
      expect(JSON.stringify([error, error.message, error.stack])).not.toContain(TOKEN);
    },
  );

  it('show neither query values nor long bodies', async () => {
    const { transport } = wire(() => fault(400, '0x80040203', 'x'.repeat(5000)));
    const error = await errorOf(transport.get("queues?$filter=name eq 'Secret'"));
    expect(error.request).toBe('GET queues');
    expect(error.message).not.toContain('Secret');
    expect(error.message.length).toBeLessThan(500);
  });
});

/** `first` is there at once, or the first one asked for comes when it is let go, as each that is renewed. */
function heldTokens(first: string | null = 'old'): TokenProvider & {
  readonly asked: Promise<void>;
  readonly renew: () => void;
} {
  let isAsked = false;
  let renew = (): void => {};
  let tell = (): void => {};
  const held = new Promise<void>((resolve) => {
    renew = resolve;
  });
  const asked = new Promise<void>((resolve) => {
    tell = resolve;
  });
  return {
    asked,
    renew,
    token: async ({ refused }) => {
      if (refused === null && (first !== null || isAsked)) return first ?? 'old';
      isAsked = true;
      tell();
      await held;
      return 'new';
    },
  };
}

describe('batches', () => {
  it('send GETs only, and continue after a part that fails', async () => {
    const { transport, sent } = wire(() =>
      batch(
        part('200 OK', { value: [{ name: 'a' }] }),
        part('403 Forbidden', { error: { code: '0x80040220', message: 'missing prvReadQueue' } }),
      ),
    );
    const { parts, at } = await transport.batchGet(['mailboxes?$select=name', 'queues']);
    expect(at).toBe('2026-11-21T08:59:00.000Z');
    expect(parts.map((one) => (one.ok ? one.body : one.error.kind))).toEqual([
      { value: [{ name: 'a' }] },
      'permission',
    ]);
    expect(sent[0]?.headers.prefer).toBe('odata.continue-on-error');
    expect(sent[0]?.body.match(/^[A-Z]+ \S+ HTTP\/1\.1/gmu)).toEqual([
      'GET /api/data/v9.2/mailboxes?$select=name HTTP/1.1',
      'GET /api/data/v9.2/queues HTTP/1.1',
    ]);
  });

  it('fail when parts are missing', async () => {
    const { transport } = wire(() => batch(part('200 OK', {})));
    const error = await errorOf(transport.batchGet(['a', 'b']));
    expect(error.message).toBe(
      'The answer to POST $batch is not complete: 1 of 2 parts; given up after 23 s, attempts: 6',
    );
  });

  it('are repeated where a part has an unexpected error, which fails no other', async () => {
    const broken = part('500 Internal Server Error', { error: { code: '0x80040216', message: 'Oops' } });
    const { transport, sent } = wire((_request, index) =>
      index === 0 ? batch(part('200 OK', { name: 'a' }), broken) : batch(broken),
    );
    const { parts } = await transport.batchGet(['a', 'b']);
    expect(parts.map((one) => (one.ok ? one.body : one.error.message))).toEqual([
      { name: 'a' },
      'GET b was refused with status 500: Oops (0x80040216)',
    ]);
    expect(sent.length).toBe(6);
  });

  it.each([
    ['cut', '{"value":[{"na'],
    ['ended by an error', '{"value":[{"name":"x"}],"error":{"code":"","message":"m"}}'],
    ['ended by what is no row', '{"value":[null]}'],
  ])('are repeated for a part that is %s, which fails no other', async (_name, text) => {
    const damaged = part('200 OK', {}).replace('\r\n{}', `\r\n${text}`);
    const { transport, sent } = wire((_request, index) =>
      index < 2
        ? batch(...(index === 0 ? [part('200 OK', { name: 'a' })] : []), damaged)
        : batch(part('200 OK', { name: 'b' })),
    );
    const { parts } = await transport.batchGet(['a', 'b']);
    expect(parts).toEqual(['a', 'b'].map((name) => ({ ok: true, body: { name } })));
    expect(sent.map(({ at }) => at)).toEqual([0, 750, 2250]);
    const lasting = wire((_request, index) =>
      batch(...(index === 0 ? [part('200 OK', { name: 'a' })] : []), damaged),
    );
    const answered = await lasting.transport.batchGet(['a', 'b']);
    expect(answered.parts.map(({ ok }) => ok)).toEqual([true, false]);
  });

  it('are repeated when the answer is cut', async () => {
    const { transport, sent } = wire((_request, index) =>
      index === 0 ? multipart(part('200 OK', {})) : batch(part('200 OK', { name: 'a' })),
    );
    expect((await transport.batchGet(['a'])).parts).toEqual([{ ok: true, body: { name: 'a' } }]);
    expect(sent.map(({ at }) => at)).toEqual([0, 750]);
  });

  it('fail when the answer is cut', async () => {
    const { transport } = wire(
      () =>
        new Response(part('200 OK', {}), {
          headers: { 'Content-Type': 'multipart/mixed; boundary=batchresponse_1' },
        }),
    );
    expect((await errorOf(transport.batchGet(['a']))).kind).toBe('server');
  });

  it.each([['429 Too Many Requests'], ['503 Service Unavailable']])(
    'are sent again for the parts alone that are answered %s',
    async (status) => {
      const refused = part(status, { error: { code: '', message: 'later' } });
      const { transport, sent } = wire((_request, index) =>
        index === 0
          ? batch(part('200 OK', { name: 'a' }), refused, part('200 OK', { name: 'c' }))
          : batch(part('200 OK', { name: 'b' })),
      );
      const { parts } = await transport.batchGet(['a', 'b', 'c']);
      expect(parts).toEqual(['a', 'b', 'c'].map((name) => ({ ok: true, body: { name } })));
      expect(sent.map(({ at }) => at)).toEqual([0, 750]);
      const asked = sent.map(({ body }) => [...body.matchAll(/v9\.2\/(\w+) HTTP/gu)].map(([, path]) => path));
      expect(asked).toEqual([['a', 'b', 'c'], ['b']]);
    },
  );

  it('are as old as their first answer', async () => {
    const later = part('503 Service Unavailable', { error: { code: '', message: 'later' } });
    const end = '--batchresponse_1--\r\n';
    const answered = (text: string, second: number): Response =>
      multipart(`${text}${end}`, { headers: { Date: `Sat, 21 Nov 2026 08:59:0${second} GMT` } });
    const { transport } = wire((_request, index) =>
      index === 0 ? answered(`${part('200 OK', {})}${later}`, 1) : answered(part('200 OK', {}), 7),
    );
    expect((await transport.batchGet(['a', 'b'])).at).toBe('2026-11-21T08:59:01.000Z');
  });

  it('halt all for the longest time that a part asks for', async () => {
    const later = (seconds: number): string =>
      part('429 Too Many Requests', { error: { code: '', message: '' } }, [], [`Retry-After: ${seconds}`]);
    const { transport, sent } = wire((_request, index) =>
      index === 0
        ? batch(later(3), later(9), part('503 x', {}))
        : batch(...['a', 'b', 'c'].map(() => part('200 OK', {}))),
    );
    await transport.batchGet(['a', 'b', 'c']);
    expect(sent.map(({ at }) => at)).toEqual([0, 9000]);
  });

  it('fail when parts changed places', async () => {
    const { transport } = wire(() =>
      batch(part('200 OK', {}, ['Content-ID: 2']), part('200 OK', {}, ['Content-ID: 1'])),
    );
    const error = await errorOf(transport.batchGet(['a', 'b']));
    expect(error.message).toBe('The answer to POST $batch is not in the order of its requests');
  });

  it('fail when a page answers', async () => {
    const { transport } = wire(() => new Response('<html>', { headers: { 'Content-Type': 'text/html' } }));
    expect((await errorOf(transport.batchGet(['a']))).kind).toBe('not-dataverse');
  });

  it('are repeated like any read', async () => {
    const { transport, sent } = wire((_request, index) =>
      index === 0 ? fault(429, '', '', { 'Retry-After': '3' }) : batch(part('200 OK', {})),
    );
    await transport.batchGet(['a']);
    expect(sent.map(({ at }) => at)).toEqual([0, 3000]);
  });
});

describe('writes', () => {
  it('carry their condition and are told with service time', async () => {
    const { transport, sent } = wire(() => new Response(null, { status: 204, headers: { Date: DATE } }));
    expect(await transport.patch('mailboxes(1)', { name: 'Ü' }, { 'If-Match': 'W/"7"' })).toEqual({
      kind: 'accepted',
      at: '2026-11-21T08:59:00.000Z',
    });
    await transport.delete('mailboxes(1)', { 'If-Match': '*' });
    expect(sent.map(({ method, headers, body }) => [method, headers['if-match'], body])).toEqual([
      ['PATCH', 'W/"7"', '{"name":"Ü"}'],
      ['DELETE', '*', ''],
    ]);
    expect(sent[0]?.headers['if-none-match']).toBeUndefined();
  });

  it.each([
    [
      '429',
      () => fault(429, '0x80072326', '', { 'Retry-After': '4' }),
      { kind: 'throttled', retryAfterMs: 4000 },
    ],
    [
      'a service that is not available for a time',
      () => fault(503, '0x80044150', 'Busy', { 'Retry-After': '6' }),
      { kind: 'throttled', retryAfterMs: 6000 },
    ],
    [
      'a lost connection',
      () => Promise.reject(lost('ECONNRESET')),
      { kind: 'lost', message: 'PATCH mailboxes(1): The connection to contoso.crm4.dynamics.com was lost' },
    ],
    [
      'a gateway error',
      () => new Response('<html>', { status: 504, headers: { 'Content-Type': 'text/html' } }),
      {
        kind: 'lost',
        message: 'PATCH mailboxes(1) was answered with an HTML page and status 504: no answer of Dataverse',
      },
    ],
    [
      'a connection that was never made',
      () => Promise.reject(lost('ECONNREFUSED')),
      {
        kind: 'refused',
        status: 0,
        code: null,
        message: 'PATCH mailboxes(1): contoso.crm4.dynamics.com refuses the connection; nothing was sent',
        hint: 'Nothing listens there. For an emulator, check its port and that it is running.',
      },
    ],
    [
      'an error of the service',
      () => fault(400, '0x8005E211', 'Address required'),
      {
        kind: 'refused',
        status: 400,
        code: '0x8005E211',
        message: 'PATCH mailboxes(1) was refused with status 400: Address required (0x8005E211)',
        hint: 'A forward mailbox needs an e-mail address. Give "emailAddress".',
      },
    ],
  ] satisfies [string, () => Response | Promise<Response>, unknown][])(
    'are sent once and told: %s',
    async (_name, reply, result) => {
      const { transport, sent } = wire(reply);
      expect(await transport.patch('mailboxes(1)', {}, { 'If-Match': '*' })).toEqual(result);
      expect(sent.length).toBe(1);
    },
  );

  const gateway = (status: number, code: string): Response =>
    fault(status, code, 'The gateway gave up waiting', { 'Retry-After': '5' });

  // Only 204 is an answer to a write that asks for no representation, and only the service knows that it refused.
  it.each([
    ['200 of a gateway', () => json({ ok: true })],
    ['200 with an error', () => fault(200, '0x80040220', 'no')],
    ['200 with an empty page', () => new Response('', { headers: { 'Content-Type': 'text/html' } })],
    ['201', () => json({}, 201)],
    ['202', () => new Response(null, { status: 202 })],
    ['207', () => json({}, 207)],
    ['302', () => new Response('', { status: 302, headers: { Location: 'https://login.example' } })],
    ['408', () => new Response('', { status: 408 })],
    ['409 without a code', () => fault(409, '', 'conflict')],
    ['499', () => fault(499, 'ClientClosedRequest', 'closed')],
    ['500 of a gateway', () => gateway(500, 'InternalServerError')],
    ['502 of a gateway', () => gateway(502, 'BadGateway')],
    ['502 with a code of the service', () => gateway(502, '0x80040216')],
    ['503 of a gateway', () => gateway(503, 'ServiceUnavailable')],
    ['504 of a gateway', () => gateway(504, 'GatewayTimeout')],
    ['504 with a code of the service', () => gateway(504, '0x80040216')],
  ])('are lost, and no more: %s', async (_name, reply) => {
    const { transport } = wire(reply);
    const condition = { 'If-Match': '*' } as const;
    expect((await transport.patch('mailboxes(1)', {}, condition)).kind).toBe('lost');
    expect((await transport.delete('mailboxes(1)', condition)).kind).toBe('lost');
  });

  it.each([
    ['a code of the service', () => fault(409, '0x80060891', 'no such key'), 409],
    ['a status that says so', () => fault(412, '', 'changed'), 412],
    ['the status of a page', () => new Response('<html>', { status: 403 }), 403],
    ['the code 0x0', () => fault(400, '0x0', 'no such column'), 400],
  ])('are refused by %s', async (_name, reply, status) => {
    const { transport } = wire(reply);
    expect(await remove(transport, 'a')).toMatchObject({ kind: 'refused', status });
  });

  const remove = (transport: WriteTransport, path: string): Promise<WriteAnswer> =>
    transport.delete(path, { 'If-Match': '*' });

  it('are not sent within a pause, and tell what is left of it', async () => {
    const { transport, sent, clock } = wire((_request, index) =>
      index === 0
        ? fault(429, '', '', { 'Retry-After': '9' })
        : new Response(null, { status: 204, headers: { Date: DATE } }),
    );
    expect(await remove(transport, 'a')).toEqual({ kind: 'throttled', retryAfterMs: 9000 });
    await clock.sleep(2000);
    expect(await remove(transport, 'b')).toEqual({ kind: 'throttled', retryAfterMs: 7000 });
    expect((await transport.batch([], [])).answers).toEqual([]);
    expect(sent.length).toBe(1);
    await clock.sleep(7000);
    expect(await remove(transport, 'b')).toMatchObject({ kind: 'accepted' });
  });

  it('do not wait for a pause that a read was asked for', async () => {
    const clock: Clock = { now: () => START, sleep: () => new Promise(() => {}) };
    const { transport, sent } = wire(() => fault(429, '', '', { 'Retry-After': '9' }), { clock });
    transport.get('x').catch(() => {});
    while (sent.length === 0 || transport.lastServiceTime() === null) await setImmediate();
    expect(await remove(transport, 'a')).toEqual({ kind: 'throttled', retryAfterMs: 9000 });
    expect(sent.length).toBe(1);
  });

  it.each([
    ['is had', null],
    ['is renewed', 'old'],
  ])('do not leave in a pause that began while their token %s', async (_name, first) => {
    const renewal = heldTokens(first);
    const { transport, sent } = wire(
      ({ headers, url }) => {
        if (url.endsWith('b')) return fault(429, '0x80072322', '', { 'Retry-After': '30' });
        return headers.get('authorization') === 'Bearer old'
          ? fault(401, '', '')
          : new Response(null, { status: 204 });
      },
      { tokens: renewal },
    );
    const write = remove(transport, 'a');
    await renewal.asked;
    const throttled = { kind: 'throttled', retryAfterMs: 30_000 };
    expect(await remove(transport, 'b')).toEqual(throttled);
    renewal.renew();
    expect(await write).toEqual(throttled);
    expect(sent.filter(({ headers }) => headers.authorization === 'Bearer new')).toEqual([]);
  });

  it.each([
    ['asks for less than a second', { 'Retry-After': '0' }, 1000],
    ['names no time', {}, 10_000],
    ['names a time that is none', { 'Retry-After': '-1' }, 10_000],
    ['names a span of time', { 'Retry-After': '00:00:02' }, 10_000],
  ])('are paused where the service %s', async (_name, headers, retryAfterMs) => {
    const { transport } = wire(() => fault(429, '', '', headers));
    expect(await remove(transport, 'a')).toEqual({ kind: 'throttled', retryAfterMs });
    expect(await remove(transport, 'a')).toEqual({ kind: 'throttled', retryAfterMs });
  });

  it.each([
    ['with its words', () => fault(500, '0x80040216', 'Unexpected'), 'refused'],
    ['without them', () => json({}, 500), 'lost'],
    ['without a body', () => new Response(null, { status: 500 }), 'lost'],
  ])('are settled by an error of the service %s', async (_name, reply, kind) => {
    const { transport } = wire(reply);
    expect((await remove(transport, 'a')).kind).toBe(kind);
  });
});

describe('reports', () => {
  it('tell every request and attempt, without header and body', async () => {
    const reports: unknown[] = [];
    const { transport } = wire((_request, index) => (index === 0 ? fault(503, '', '') : json({})), {
      onRequest: (report) => reports.push(report),
    });
    await transport.get('mailboxes?$select=name');
    const seen = { method: 'GET', path: 'mailboxes', query: '$select=name', durationMs: 0, requestId: null };
    const serviceTime = '2026-11-21T08:59:00.000Z';
    expect(reports).toEqual([
      { ...seen, attempt: 1, status: 503, serviceTime },
      { ...seen, attempt: 2, status: 200, serviceTime },
    ]);
  });
});

it('has nothing to write with where it only reads', () => {
  const transport = createReadTransport({
    url: parseEnvironmentUrl(ORIGIN),
    fetch: () => Promise.reject(lost()),
    clock: { now: () => START, sleep: async () => {} },
    random: () => 0,
    tokens: null,
  });
  expect(Object.keys(transport).sort()).toEqual([
    'allRowsOf',
    'batchGet',
    'eachPage',
    'get',
    'lastServiceTime',
    'parallelism',
    'remaining',
    'requests',
  ]);
});

describe('over real connections', () => {
  /** What a read of a server on this machine ends with; the server closes before, where there is no listener. */
  async function failure(listener: RequestListener | null): Promise<readonly string[]> {
    const server = createServer(listener ?? undefined);
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
    });
    const close = (): Promise<unknown> => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    };
    if (listener === null) await close();
    const { transport } = wire(() => json({}), {
      url: parseEnvironmentUrl(`http://127.0.0.1:${port}`),
      fetch: (request) => fetch(request),
      retry: { attempts: 1, totalMs: 1000 },
    });
    const { kind, message } = await errorOf(transport.get('WhoAmI'));
    if (listener !== null) await close();
    return [kind, message.replace(String(port), 'PORT')];
  }

  it.each([
    ['a closed port', null, 'unreachable', '127.0.0.1:PORT refuses the connection'],
    [
      'a redirect',
      (_request, response) => response.writeHead(302, { Location: 'https://login.example/' }).end(),
      'not-dataverse',
      'GET WhoAmI was redirected to login.example; Dataverse never does that',
    ],
    [
      'a connection that is cut before the answer',
      (request) => request.socket.destroy(),
      'unreachable',
      'The connection to 127.0.0.1:PORT was lost',
    ],
    [
      'a connection that is cut within the answer',
      (_request, response) => {
        response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '100' });
        response.write('{"value":', () => response.destroy());
      },
      'unreachable',
      'The connection to 127.0.0.1:PORT was lost',
    ],
  ] satisfies [string, RequestListener | null, string, string][])(
    'explains %s',
    async (_name, listener, kind, message) => {
      expect(await failure(listener)).toEqual([kind, message]);
    },
  );
});
