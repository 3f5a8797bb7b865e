/** A certificate for this machine's loopback names, made for one run: whoever is to trust it is given its file. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

export interface CertificateFile extends Certificate {
  /** For NODE_EXTRA_CA_CERTS or `curl --cacert`. */
  readonly file: string;
  remove(): Promise<void>;
}

const days = 30;

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

/** The certificate in a directory of its own; the key stays in memory. */
export async function makeCertificateFile(now: number): Promise<CertificateFile> {
  const certificate = await makeCertificate(now);
  const directory = await mkdtemp(join(tmpdir(), 'mailboxctl-emulator-'));
  const file = join(directory, 'certificate.pem');
  await writeFile(file, certificate.cert);
  return { ...certificate, file, remove: () => rm(directory, { recursive: true, force: true }) };
}
