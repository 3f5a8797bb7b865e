import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeCertificateFile } from './certificate.ts';

const DAY_MS = 86_400_000;
const now = Date.parse('2026-11-21T09:00:00Z');

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'mailboxctl-certificate-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(directory, { recursive: true });
});

describe('makeCertificateFile', () => {
  it('gives the same certificate again, in the same file', async () => {
    const first = await makeCertificateFile(now, directory);
    expect(await makeCertificateFile(now + 20 * DAY_MS, directory)).toEqual(first);
    expect(await readFile(first.file, 'utf8')).toBe(first.cert);
  });

  it('gives another one shortly before it ends, in the same file', async () => {
    const first = await makeCertificateFile(now, directory);
    const second = await makeCertificateFile(now + 29 * DAY_MS, directory);
    expect([second.file, second.cert === first.cert]).toEqual([first.file, false]);
    expect(await readFile(first.file, 'utf8')).toBe(second.cert);
  });

  it('lets nobody else read the key, which is not in the file to trust', async () => {
    const { file, key } = await makeCertificateFile(now, directory);
    expect((await stat(join(directory, 'pair.pem'))).mode & 0o777).toBe(0o600);
    expect(await readFile(file, 'utf8')).not.toContain(key.split('\n')[1]);
  });

  it.each(['', 'cut', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n'])(
    'makes anew what is damaged: %j',
    async (text) => {
      const first = await makeCertificateFile(now, directory);
      await writeFile(join(directory, 'pair.pem'), text);
      const second = await makeCertificateFile(now, directory);
      expect(second.cert === first.cert).toBe(false);
      expect(await makeCertificateFile(now, directory)).toEqual(second);
    },
  );

  it('is agreed on by emulators that start together', async () => {
    const made = await Promise.all([1, 2, 3].map(() => makeCertificateFile(now, directory)));
    const last = await makeCertificateFile(now, directory);
    expect(made).toEqual([last, last, last]);
    expect(last.cert).toBe(await readFile(last.file, 'utf8'));
  });

  it("is the user's own, and never in a folder that others can write to", async () => {
    vi.stubEnv('TMPDIR', directory);
    const own = await makeCertificateFile(now);
    expect(await makeCertificateFile(now)).toEqual(own);
    const folder = join(own.file, '..');
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    await rm(folder, { recursive: true });
    await mkdir(folder, { mode: 0o777 });
    const elsewhere = await makeCertificateFile(now);
    expect(elsewhere.file.startsWith(`${folder}/`)).toBe(false);
  });
});
