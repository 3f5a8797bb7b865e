import { describe, expect, it } from 'vitest';
import { createEmulator } from './emulator.ts';
import { createClient, testOrganization } from './test-client.ts';

/** Virtual milliseconds for so many requests in so many lanes. */
async function spend(requests: number, lanes: number): Promise<number> {
  const emulator = createEmulator({
    organization: testOrganization,
    cost: { latencyMs: 100, operationMs: 50, workers: 4 },
  });
  const client = createClient(emulator.fetch, emulator.baseUrl);
  const start = emulator.clock.now();
  let left = requests;
  async function lane(): Promise<void> {
    while (left > 0) {
      left -= 1;
      await client.get('WhoAmI');
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane));
  return emulator.clock.now() - start;
}

describe('the cost of requests by the clock', () => {
  it('of one lane is latency and work, one after the other', async () => {
    expect(await spend(10, 1)).toBe(10 * 150 + 10);
  });

  it('falls with lanes and rises again with too many', async () => {
    const [one, eight, fifty] = [await spend(200, 1), await spend(200, 8), await spend(200, 50)];
    expect(eight).toBeLessThan(one / 4);
    expect(fifty).toBeGreaterThan(eight);
  });
});
