import { afterEach, describe, expect, it } from 'vitest';
import { type Served, serveEmulator } from './serve-emulator.ts';
import { createClient, open } from './test-client.ts';

let served: Served | undefined;
afterEach(async () => {
  await served?.close();
});

describe('the emulator over HTTP', () => {
  it('answers on loopback, with links to itself, its clock following real time', async () => {
    const { emulator } = open();
    served = await serveEmulator(emulator, { port: 0, clockSpeed: 1000 });
    expect(served.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const client = createClient(fetch, `${served.url}/api/data/v9.2/`);
    const body = { name: 'x', emailaddress: 'x@contoso.com' };
    const made = await client.call('POST', 'mailboxes', body);
    const drift = Date.parse(made.headers.get('date') ?? '') - Date.parse('2026-11-02T08:00:00Z');
    expect(drift).toBeGreaterThanOrEqual(0);
    expect(drift).toBeLessThan(60 * 60_000);
    expect(made.headers.get('odata-entityid')).toContain(`${served.url}/api/data/v9.2/mailboxes(`);
    expect((await client.control('GET', 'clock')).body.speed).toBe(1000);
  });

  it('drops a connection for real', async () => {
    const { emulator } = open({ faults: [{ drop: 'before' }] });
    served = await serveEmulator(emulator, { port: 0, clockSpeed: 1 });
    const client = createClient(fetch, `${served.url}/api/data/v9.2/`);
    await expect(client.get('WhoAmI')).rejects.toThrow('fetch failed');
    expect((await client.get('WhoAmI')).status).toBe(200);
  });
});
