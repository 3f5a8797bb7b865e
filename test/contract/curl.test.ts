/**
 * curl against the embedded Dataverse over HTTPS: a client that sends what a shell script wrote, byte by byte. The
 * certificate is trusted as a user would, by its file.
 */

import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CertificateFile, makeCertificateFile } from '../../src/emulator/certificate.ts';
import { createEmulator } from '../../src/emulator/emulator.ts';
import { type Served, serveEmulator } from '../../src/emulator/serve-emulator.ts';
import { decodeParts, encodeParts } from './batch.ts';
import { ORGANIZATION } from './emulated.ts';

const MATCH = { 'If-Match': '*' };
const hasCurl = spawnSync('curl', ['--version']).status === 0;

let served: Served;
let certificate: CertificateFile;
let folder: string;
let mailbox: string;

interface Told {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** No settings of this machine, no proxy, and an end. */
const PLAIN = ['--disable', '--silent', '--globoff', '--noproxy', '*', '--max-time', '30'];

function run(...options: readonly string[]): Promise<{ readonly stdout: string }> {
  return promisify(execFile)('curl', [...PLAIN, ...options]);
}

/** Body first, then what curl tells of the answer. */
async function curl(path: string, ...options: readonly string[]): Promise<Told> {
  const url = `${served.url}/api/data/v9.2/${path}`;
  const trust = ['--cacert', certificate.file, '--write-out', '\n%{http_code}\n%{content_type}'];
  const [type = '', status = '', ...body] = (await run(...trust, ...options, url)).stdout
    .split('\n')
    .reverse();
  return { status: Number(status), type, body: body.reverse().join('\n') };
}

async function folderName(): Promise<unknown> {
  const { body } = await curl(`${mailbox}?$select=undeliverablefolder`);
  return JSON.parse(body).undeliverablefolder;
}

describe.skipIf(!hasCurl)(hasCurl ? 'curl' : 'curl is not on this machine', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mailboxctl-curl-'));
    certificate = await makeCertificateFile(Date.now(), folder);
    const emulator = createEmulator({ organization: ORGANIZATION });
    served = await serveEmulator(emulator, { port: 0, clockSpeed: 1, certificate });
    const { body } = await curl(encodeURI("mailboxes?$select=mailboxid&$filter=name eq 'Inbound'"));
    mailbox = `mailboxes(${JSON.parse(body).value[0].mailboxid})`;
  });

  afterAll(async () => {
    await served.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('reads over HTTPS with the certificate that was given', async () => {
    const { status, type, body } = await curl('WhoAmI');
    expect([status, type]).toEqual([200, 'application/json; odata.metadata=minimal']);
    expect(JSON.parse(body).OrganizationId).toBe(ORGANIZATION.organizationId);
  });

  it('trusts nobody without it', async () => {
    // CURLE_PEER_FAILED_VERIFICATION
    await expect(run(served.url)).rejects.toMatchObject({ code: 60 });
  });

  it('patches a row', async () => {
    const json = ['--header', 'Content-Type: application/json', '--header', 'If-Match: *'];
    const data = ['--request', 'PATCH', '--data', '{"undeliverablefolder":"From curl"}'];
    const answer = await curl(mailbox, ...json, ...data);
    expect([answer.status, answer.body]).toEqual([204, '']);
    expect(await folderName()).toBe('From curl');
  });

  it.each([
    ['CRLF', '\r\n'],
    ['LF', '\n'],
  ])('sends a batch from a file whose lines end in %s', async (name, newline) => {
    const file = join(folder, `batch-${name}.txt`);
    const parts = encodeParts(
      [
        { method: 'PATCH', path: mailbox, body: { undeliverablefolder: name }, headers: MATCH },
        { method: 'GET', path: `${mailbox}?$select=undeliverablefolder` },
        { method: 'PATCH', path: mailbox, body: { nosuch: 1 }, headers: MATCH },
      ],
      { newline },
    );
    await writeFile(file, parts);
    const answer = await curl(
      '$batch',
      ...['--header', 'Content-Type: multipart/mixed; boundary=batch_contract'],
      ...['--header', 'Prefer: odata.continue-on-error', '--data-binary', `@${file}`],
    );
    const told = decodeParts(answer.type, answer.body);
    expect([answer.status, told.map(({ status }) => status)]).toEqual([200, [204, 200, 400]]);
    expect(told[1]?.body.undeliverablefolder).toBe(name);
    expect(await folderName()).toBe(name);
  });
});
