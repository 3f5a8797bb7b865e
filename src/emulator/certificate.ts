/**
 * A certificate for this machine's loopback names, one for each user, so that whoever is to trust it is told its file
 * once. Made anew shortly before it ends; the file stays where it is.
 */

import { createPrivateKey, randomUUID, X509Certificate } from 'node:crypto';
import { link, lstat, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

export interface CertificateFile extends Certificate {
  /** For NODE_EXTRA_CA_CERTS or `curl --cacert`. */
  readonly file: string;
}

const days = 30;
/** An emulator that is started with it runs for hours. */
const renewMs = 2 * 86_400_000;

async function makeCertificate(now: number): Promise<Certificate> {
  // Only HTTPS needs it.
  const { generate } = await import('selfsigned');
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(now - 86_400_000),
    notAfterDate: new Date(now + days * 86_400_000),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' },
        ],
      },
    ],
  });
  return { key, cert };
}

/** `directory`: the user's own below that of temporary files; another one in tests. */
export async function makeCertificateFile(now: number, directory?: string): Promise<CertificateFile> {
  const folder = directory ?? (await ownDirectory());
  const file = join(folder, 'certificate.pem');
  const pair = await keptPair(join(folder, 'pair.pem'), now);
  // Trust is given to the certificate alone: its file holds no key.
  if ((await textOf(file)) !== pair.cert) await writeFileAtomic(file, pair.cert);
  return { ...pair, file };
}

/** Others can write where temporary files are: a folder that is not ours alone could hold a key that they know. */
async function ownDirectory(): Promise<string> {
  const { username, uid } = userInfo();
  const folder = join(tmpdir(), `mailboxctl-emulator-${uid < 0 ? username : uid}`);
  await mkdir(folder, { mode: 0o700 }).catch((error: unknown) => {
    if (!isCode(error, 'EEXIST')) throw error;
  });
  const found = await lstat(folder);
  const isOurs = uid < 0 || (found.uid === uid && (found.mode & 0o077) === 0);
  return isOurs && found.isDirectory() ? folder : mkdtemp(join(tmpdir(), 'mailboxctl-emulator-'));
}

/** Key and certificate are one file, so that emulators that start together agree on both. */
async function keptPair(path: string, now: number): Promise<Certificate> {
  const text = await textOf(path);
  const kept = pairIn(text, now);
  if (kept !== null) return kept;
  const made = await makeCertificate(now);
  const fresh = `${path}.${randomUUID()}`;
  if (text !== null) await rm(path, { force: true });
  await writeFile(fresh, `${made.key.trim()}\n${made.cert.trim()}\n`, { mode: 0o600 });
  try {
    await link(fresh, path);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  } finally {
    await rm(fresh, { force: true });
  }
  // Another emulator may have been faster.
  return pairIn(await textOf(path), now) ?? made;
}

/** `null`: there is none, or it ends soon, or its halves do not belong together. */
function pairIn(text: string | null, now: number): Certificate | null {
  const [key, cert] = (text ?? '').match(/-----BEGIN ([A-Z ]+)-----[\s\S]*?-----END \1-----\n/gu) ?? [];
  if (key === undefined || cert === undefined) return null;
  try {
    const certificate = new X509Certificate(cert);
    const isGood =
      Date.parse(certificate.validFrom) <= now && Date.parse(certificate.validTo) > now + renewMs;
    return isGood && certificate.checkPrivateKey(createPrivateKey(key)) ? { key, cert } : null;
  } catch {
    // A file that was cut or written over is made anew.
    return null;
  }
}

async function textOf(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    if (isCode(error, 'ENOENT')) return null;
    throw error;
  });
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
