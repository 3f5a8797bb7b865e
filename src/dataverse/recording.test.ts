import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fetch } from './http.ts';
import { openRecording, withoutSecretColumns } from './recording.ts';
import { parseRecording, type Recording } from './recording-lines.ts';
import { replay } from './replay.ts';

const ORIGIN = 'https://contoso.crm4.dynamics.com';
const API = `${ORIGIN}/api/data/v9.2/`;

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'mailboxctl-recording-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

async function record(fetch: Fetch, requests: readonly Request[]): Promise<Recording> {
  const path = join(directory, 'run.jsonl');
  let now = Date.parse('2026-11-21T09:00:00Z');
  const known: string[] = [];
  const recorder = await openRecording({
    path,
    origin: ORIGIN,
    fetch: (request) => {
      now += 30;
      return fetch(request);
    },
    clock: { now: () => now, sleep: async () => {} },
    scrubber: {
      learn: (secret) => known.push(secret),
      scrub: (text) => known.reduce((clean, secret) => clean.replaceAll(secret, '***'), text),
    },
  });
  for (const request of requests) await recorder.fetch(request).catch(() => {});
  await recorder.close();
  return parseRecording(readFileSync(path, 'utf8'));
}

describe('openRecording', () => {
  it('writes a request with its answer, without what signs it in', async () => {
    const request = new Request(`${API}mailboxes(1)?$select=name`, {
      method: 'PATCH',
      headers: { Authorization: 'Bearer canary', Cookie: 'canary', 'If-Match': '*' },
      body: '{"password":"canary\\"2","name":"Ada"}',
    });
    const headers = { 'Set-Cookie': 'canary', 'x-ms-service-request-id': '1' };
    const { environment, exchanges } = await record(
      async () => new Response('the token was canary', { status: 400, headers }),
      [request],
    );
    expect(environment).toBe(ORIGIN);
    expect(exchanges).toEqual([
      {
        time: '2026-11-21T09:00:00.000Z',
        ms: 30,
        request: {
          method: 'PATCH',
          path: '/api/data/v9.2/mailboxes(1)?$select=name',
          headers: { 'content-type': 'text/plain;charset=UTF-8', 'if-match': '*' },
          body: '{"password":"***","name":"Ada"}',
        },
        answer: {
          status: 400,
          headers: { 'content-type': 'text/plain;charset=UTF-8', 'x-ms-service-request-id': '1' },
          body: 'the token was ***',
        },
        failure: null,
      },
    ]);
  });

  it('writes why no answer came', async () => {
    const lost = Object.assign(new TypeError('fetch failed'), { code: 'ENOTFOUND' });
    const { exchanges } = await record(() => Promise.reject(lost), [new Request(`${API}WhoAmI`)]);
    expect(exchanges.map(({ answer, failure }) => ({ answer, failure }))).toEqual([
      { answer: null, failure: 'contoso.crm4.dynamics.com is not known to the name service' },
    ]);
  });

  it('hands on answers as they are, those without a body as well', async () => {
    const path = join(directory, 'other.jsonl');
    const recorder = await openRecording({
      path,
      origin: ORIGIN,
      fetch: async () => new Response(null, { status: 204, headers: { 'OData-EntityId': 'x' } }),
      clock: { now: () => 0, sleep: async () => {} },
      scrubber: { learn: () => {}, scrub: (text) => text },
    });
    const answer = await recorder.fetch(new Request(`${API}mailboxes`, { method: 'POST', body: '{}' }));
    await recorder.close();
    expect([answer.status, answer.headers.get('odata-entityid'), await answer.text()]).toEqual([
      204,
      'x',
      '',
    ]);
  });
});

describe('withoutSecretColumns', () => {
  it.each([
    ['{"password":"a"}', '{"password":"***"}'],
    ['{"incomingpassword" : "a\\"b", "x": "y"}', '{"incomingpassword" : "***", "x": "y"}'],
    ['{"oauthclientsecret":""}', '{"oauthclientsecret":"***"}'],
    ['{"oauthaccesstoken":"a"}', '{"oauthaccesstoken":"***"}'],
    ['{"password":null,"ispasswordset":true}', '{"password":null,"ispasswordset":true}'],
    ['{"name":"password"}', '{"name":"password"}'],
  ])('%s', (text, clean) => {
    expect(withoutSecretColumns(text)).toBe(clean);
  });
});

describe('parseRecording', () => {
  it('leaves out a line that was torn at the end', async () => {
    await record(async () => Response.json({}), [new Request(`${API}a`), new Request(`${API}b`)]);
    const text = readFileSync(join(directory, 'run.jsonl'), 'utf8');
    expect(parseRecording(text.slice(0, -10)).exchanges.length).toBe(1);
    expect(parseRecording(text.trimEnd()).exchanges.length).toBe(2);
  });

  it.each([
    ['', 'The file is no recording of mailboxctl'],
    ['{"recording":2}\n', 'The file is no recording of mailboxctl'],
    [
      `{"recording":1,"environment":"${ORIGIN}"}\n{"x":1}\n{}\n`,
      'Line 2 of the recording is no request with its answer',
    ],
  ])('refuses %j', (text, message) => {
    expect(() => parseRecording(text)).toThrow(message);
  });
});

describe('replay', () => {
  const batch = (boundary: string, part: string): Request =>
    new Request(`${API}$batch`, {
      method: 'POST',
      headers: { 'Content-Type': `multipart/mixed; boundary=${boundary}` },
      body: `--${boundary}\r\n${part}\r\n--${boundary}--`,
    });

  it('answers the same requests in their order, whatever stands between', async () => {
    let count = 0;
    const recording = await record(async () => {
      count += 1;
      return Response.json({ count }, { status: count === 2 ? 412 : 200 });
    }, [
      new Request(`${API}WhoAmI`),
      new Request(`${API}mailboxes(1)`),
      new Request(`${API}mailboxes(1)`),
      batch('batch_1', 'GET queues'),
      batch('batch_2', 'GET systemusers'),
    ]);
    const fetch = replay(recording);
    const asked = [
      batch('batch_8', 'GET systemusers'),
      new Request(`${API}mailboxes(1)`),
      batch('batch_9', 'GET queues'),
      new Request(`${API}mailboxes(1)`),
      new Request(`http://localhost/api/data/v9.2/WhoAmI`),
    ];
    const got: unknown[] = [];
    for (const request of asked) {
      const answer = await fetch(request);
      got.push([answer.status, await answer.json()]);
    }
    expect(got).toEqual([
      [200, { count: 5 }],
      [412, { count: 2 }],
      [200, { count: 4 }],
      [200, { count: 3 }],
      [200, { count: 1 }],
    ]);
    await expect(fetch(new Request(`${API}WhoAmI`))).rejects.toThrow(
      'The recording holds no further answer to GET /api/data/v9.2/WhoAmI',
    );
  });

  it('fails where no answer came', async () => {
    const recording = await record(
      () => Promise.reject(new TypeError('fetch failed')),
      [new Request(`${API}WhoAmI`)],
    );
    await expect(replay(recording)(new Request(`${API}WhoAmI`))).rejects.toThrow('fetch failed');
  });
});

it('a recording is for its owner alone, an earlier one that it replaces as well', async () => {
  const path = join(directory, 'run.jsonl');
  rmSync(path, { force: true });
  const modes: number[] = [];
  for (let time = 0; time < 2; time += 1) {
    await record(async () => Response.json({}), []);
    modes.push(statSync(path).mode & 0o777);
    chmodSync(path, 0o644);
  }
  expect(modes).toEqual([0o600, 0o600]);
});

it('a file that cannot be written is told by its path', async () => {
  writeFileSync(join(directory, 'notes'), 'mine');
  const open = (path: string): Promise<unknown> =>
    openRecording({
      path,
      origin: ORIGIN,
      fetch: async () => Response.json({}),
      clock: { now: () => 0, sleep: async () => {} },
      scrubber: { learn: () => {}, scrub: (text) => text },
    });
  await expect(open(directory)).rejects.toThrow(`--record ${directory} cannot be written: it is a folder`);
  await expect(open(join(directory, 'notes'))).rejects.toThrow('is no recording; it was not overwritten');
  expect(readFileSync(join(directory, 'notes'), 'utf8')).toBe('mine');
});
