import { describe, expect, it } from 'vitest';
import { createEmulator } from './emulator.ts';
import { createLimits, ThrottledError } from './limits.ts';
import { createClient, open, testOrganization } from './test-client.ts';

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
    emulator.clock.advance(10_000);
    expect((await client.get('WhoAmI')).status).toBe(200);
  });

  it('counts working time', () => {
    const limits = createLimits({ executionTime: '2s', window: '10s' });
    limits.enter('a', 0, 1);
    limits.spent('a', 0, 2000);
    expect(limits.headers('a', 0)['x-ms-ratelimit-time-remaining-xrm-requests']).toBe('0.00');
    expect(() => limits.enter('a', 1, 1)).toThrow(ThrottledError);
    expect(() => limits.enter('b', 1, 1)).not.toThrow();
  });

  it('refuses more requests at once', async () => {
    const organization = { ...testOrganization, limits: { concurrent: 2 } };
    const emulator = createEmulator({ organization, cost: { latencyMs: 10, operationMs: 10, workers: 4 } });
    const client = createClient(emulator.fetch, emulator.baseUrl);
    const answers = await Promise.all([1, 2, 3].map(() => client.get('WhoAmI')));
    const codes = answers.map((answer) => answer.body.error?.code);
    expect(codes.filter((code) => code === '0x80072326').length).toBeGreaterThan(0);
    expect((await client.get('WhoAmI')).status).toBe(200);
  });
});
