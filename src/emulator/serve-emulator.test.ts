import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Agent, fetch as undiciFetch } from 'undici';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { makeCertificateFile } from './certificate.ts';
import { createEmulator } from './emulator.ts';
import { type Served, serveEmulator } from './serve-emulator.ts';
import { type Client, createClient, open, testOrganization } from './test-client.ts';

let served: Served | undefined;
afterEach(async () => {
  await served?.close();
});

async function serve(changes: Parameters<typeof open>[0] = {}, clockSpeed = 1): Promise<Client> {
  served = await serveEmulator(open(changes).emulator, { port: 0, clockSpeed });
  return createClient(fetch, `${served.url}/api/data/v9.2/`);
}

describe('the emulator over HTTP', () => {
  it('answers on loopback, with links to itself, its clock following real time', async () => {
    const client = await serve({}, 1000);
    expect(served?.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const body = { name: 'x', emailaddress: 'x@contoso.com' };
    const made = await client.call('POST', 'mailboxes', body);
    const drift = Date.parse(made.headers.get('date') ?? '') - Date.parse('2026-11-02T08:00:00Z');
    expect(drift).toBeGreaterThanOrEqual(0);
    expect(drift).toBeLessThan(60 * 60_000);
    expect(made.headers.get('odata-entityid')).toContain(`${served?.url}/api/data/v9.2/mailboxes(`);
    expect((await client.control('GET', 'clock')).body.speed).toBe(1000);
  });

  it('answers with the rates of the service and the length of the body', async () => {
    const { headers, text } = await (await serve()).get('WhoAmI');
    const named = ['content-length', 'x-ms-dop-hint', 'x-ms-ratelimit-burst-remaining-xrm-requests'];
    expect(named.map((name) => headers.get(name))).toEqual([String(text.length), '4', '5999']);
  });

  it('gives each answer an id, which an error tells twice', async () => {
    const client = await serve();
    const answers = [await client.get('WhoAmI'), await client.get('nothing')];
    const ids = answers.map(({ headers }) => headers.get('x-ms-service-request-id'));
    expect(ids).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/), answers[1]?.headers.get('req_id')]);
  });

  it('drops a connection for real', async () => {
    const client = await serve({ faults: [{ drop: 'before' }] });
    await expect(client.get('WhoAmI')).rejects.toThrow('fetch failed');
    expect((await client.get('WhoAmI')).status).toBe(200);
  });

  it('sends a slow body in pieces', async () => {
    const client = await serve({ faults: [{ trickle: '200ms' }] });
    const before = performance.now();
    const { body } = await client.get('WhoAmI');
    expect(body.OrganizationId).toBe(testOrganization.organizationId);
    expect(performance.now() - before).toBeGreaterThan(150);
  });

  it('keeps idle connections for as long as clients use them', async () => {
    await serve();
    const answer = await fetch(`${served?.url}/api/data/v9.2/WhoAmI`);
    expect((await answer.text()) === '' ? null : answer.headers.get('keep-alive')).toBe('timeout=600');
  });

  it('refuses what is no address', async () => {
    await serve();
    const answer = await promisify(execFile)('curl', [
      '-s',
      '-o',
      '/dev/null',
      '-w',
      '%{http_code}',
      '-H',
      'Host: a b',
      served?.url ?? '',
    ]);
    expect(answer.stdout).toBe('400');
  });

  it('takes the round trip and the work in real time, whatever the speed of its clock', async () => {
    const cost = { latencyMs: 40, operationMs: 30, workers: 2 };
    const emulator = createEmulator({ organization: testOrganization, cost });
    served = await serveEmulator(emulator, { port: 0, clockSpeed: 1000 });
    const client = createClient(fetch, `${served.url}/api/data/v9.2/`);
    await client.control('GET', 'clock');
    const before = performance.now();
    for (let index = 0; index < 5; index += 1) await client.get('WhoAmI');
    expect((performance.now() - before) / 5).toBeGreaterThan(69);
  });
});

describe('the emulator over HTTPS', () => {
  it('is trusted with its certificate by curl and by Node.js, and by nobody without', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'mailboxctl-certificate-'));
    onTestFinished(() => rm(directory, { recursive: true, force: true }));
    const certificate = await makeCertificateFile(Date.now(), directory);
    served = await serveEmulator(open().emulator, { port: 0, clockSpeed: 1, certificate });
    const { port, protocol } = new URL(served.url);
    expect(protocol).toBe('https:');
    const names = [served.url, `https://localhost:${port}`];
    for (const name of names) {
      const curl = [
        '--silent',
        '--show-error',
        '--noproxy',
        '*',
        '--cacert',
        certificate.file,
        `${name}/api/data/v9.2/WhoAmI`,
      ];
      expect((await promisify(execFile)('curl', curl)).stdout).toContain(testOrganization.organizationId);
    }
    const trusting = new Agent({ connect: { ca: certificate.cert } });
    const answer = await undiciFetch(`${served.url}/api/data/v9.2/mailboxes?$top=1`, {
      dispatcher: trusting,
    });
    expect(JSON.stringify(await answer.json())).toContain(`${served.url}/api/data/v9.2/$metadata#mailboxes`);
    await trusting.close();
    await expect(fetch(`${served.url}/api/data/v9.2/WhoAmI`)).rejects.toThrow('fetch failed');
  });
});
