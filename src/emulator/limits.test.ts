import { describe, expect, it } from 'vitest';
import { createEmulator } from './emulator.ts';
import { createLimits, type Limits, ThrottledError } from './limits.ts';
import type { LimitsEntry } from './organization.ts';
import { createClient, open, testOrganization } from './test-client.ts';

/** What a request at this time is told: its code and Retry-After, or that it may come in. */
function ask(limits: Limits, now: number, workMs = 0): string {
  try {
    limits.enter('a', now);
  } catch (error) {
    if (error instanceof ThrottledError) return `${error.code} ${error.retryAfter}`;
    throw error;
  }
  limits.leave('a', now, workMs);
  return 'in';
}

describe('the limits of a window', () => {
  it.each<readonly [string, LimitsEntry, readonly (readonly [at: number, work: number, told: string])[]]>([
    [
      'requests: waiting as told gets in',
      { requests: 2, window: '10s' },
      [
        [0, 0, 'in'],
        [4000, 0, 'in'],
        [5000, 0, '0x80072322 9'],
        [14_000, 0, 'in'],
      ],
    ],
    [
      'requests: a moment too early is refused, and counts',
      { requests: 2, window: '10s' },
      [
        [0, 0, 'in'],
        [4000, 0, 'in'],
        [5000, 0, '0x80072322 9'],
        [13_999, 0, '0x80072322 2'],
        [15_999, 0, 'in'],
      ],
    ],
    [
      'work: waiting as told gets in',
      { executionTime: '2s', window: '10s' },
      [
        [0, 1900, 'in'],
        [3000, 200, 'in'],
        [3001, 0, '0x80072321 7'],
        [10_001, 0, 'in'],
      ],
    ],
    [
      'work: who insists waits longer',
      { executionTime: '2s', window: '10s' },
      [
        [0, 50, 'in'],
        [3000, 1950, 'in'],
        [3001, 0, '0x80072321 10'],
        [3002, 0, '0x80072321 10'],
        [10_000, 0, '0x80072321 3'],
        [13_000, 0, 'in'],
      ],
    ],
  ])('%s', (_name, entry, requests) => {
    const limits = createLimits(entry);
    const told = requests.map(([at, work]) => [at, work, ask(limits, at, work)]);
    expect(told).toEqual(requests);
  });

  it('tells a client to wait until a twentieth of the limit is free, so that it is not refused again at once', () => {
    const limits = createLimits(undefined);
    const told = Array.from({ length: 6001 }, (_none, index) => ask(limits, index * 10));
    expect([told[5999], told[6000]]).toEqual(['in', '0x80072322 243']);
    const again = Array.from({ length: 301 }, (_none, index) => ask(limits, 60_000 + 243_000 + index * 10));
    expect(again.filter((answer) => answer !== 'in')).toEqual([]);
  });

  it('are those of one user', () => {
    const limits = createLimits({ requests: 1 });
    limits.enter('a', 0);
    expect(() => limits.enter('a', 1)).toThrow(ThrottledError);
    expect(() => limits.enter('b', 1)).not.toThrow();
  });

  it('show what is left, as the service writes numbers', () => {
    const limits = createLimits({ requests: 8000, dopHint: 12 });
    limits.enter('a', 0);
    const headers = (left: string) => ({
      'x-ms-ratelimit-burst-remaining-xrm-requests': '7999',
      'x-ms-ratelimit-time-remaining-xrm-requests': left,
      'x-ms-dop-hint': '12',
    });
    expect(limits.headers('a', 0)).toEqual(headers('1,200.00'));
    limits.leave('a', 500, 1234);
    expect(limits.headers('a', 500)).toEqual(headers('1,198.77'));
  });
});

describe('service protection', () => {
  it('refuses the request after the last, until the window has moved on', async () => {
    const { client, emulator } = open({ limits: { requests: 3, window: '10s' } });
    const left: unknown[] = [];
    for (let index = 0; index < 3; index += 1) {
      left.push((await client.get('WhoAmI')).headers.get('x-ms-ratelimit-burst-remaining-xrm-requests'));
    }
    expect(left).toEqual(['2', '1', '0']);
    const refused = await client.get('WhoAmI');
    expect([refused.status, refused.body.error?.code, refused.headers.get('retry-after')]).toEqual([
      429,
      '0x80072322',
      '10',
    ]);
    await emulator.sleep(10_000);
    expect((await client.get('WhoAmI')).status).toBe(200);
  });

  it('turns away at once whoever is one too many at the service; those on their way are not there', async () => {
    const organization = { ...testOrganization, limits: { concurrent: 2 } };
    const emulator = createEmulator({ organization, cost: { latencyMs: 10, operationMs: 10, workers: 4 } });
    const client = createClient(emulator.fetch, emulator.baseUrl);
    const start = emulator.clock.now();
    const ask = async (): Promise<unknown> => {
      const { status, body, headers } = await client.get('WhoAmI');
      return [emulator.clock.now() - start, status, body.error?.code, headers.get('retry-after')];
    };
    const late = emulator.sleep(10).then(ask);
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([
      [20, 200, undefined, null],
      [20, 200, undefined, null],
      [10, 429, '0x80072326', '1'],
    ]);
    expect(await late).toEqual([30, 200, undefined, null]);
  });

  it('counts a batch once, and all of its work', async () => {
    const organization = { ...testOrganization, limits: { executionTime: '1s' } };
    const emulator = createEmulator({ organization, cost: { latencyMs: 0, operationMs: 100, workers: 4 } });
    const client = createClient(emulator.fetch, emulator.baseUrl);
    const part =
      '--b\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\nGET /api/data/v9.2/WhoAmI HTTP/1.1\r\n\r\n\r\n';
    const headers = { 'content-type': 'multipart/mixed; boundary=b' };
    const answer = await client.call('POST', '$batch', `${part.repeat(10)}--b--\r\n`, headers);
    expect([
      answer.status,
      answer.headers.get('x-ms-ratelimit-burst-remaining-xrm-requests'),
      answer.headers.get('x-ms-ratelimit-time-remaining-xrm-requests'),
    ]).toEqual([200, '5999', '0.00']);
    expect((await client.get('WhoAmI')).body.error?.code).toBe('0x80072321');
    const { body } = await client.control('GET', 'stats');
    expect(body.traffic).toEqual({
      requests: 2,
      operations: 10,
      bytes_in: part.length * 10 + 7,
      bytes_out: expect.any(Number),
      work_ms: 1000,
      throttled: { '0x80072321': 1 },
      most_at_once: 1,
      per_second: [[0, 10]],
    });
  });
});
