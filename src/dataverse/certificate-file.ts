/** Whether a file can sign in as an application, said before Microsoft's library fails in its own words. */

import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { ServiceError } from '../model/service-error.ts';

const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----/gu;
const BOTH =
  'The file holds the certificate and its private key, both as PEM; of a .pfx: openssl pkcs12 -in FILE.pfx -out FILE.pem -nodes';

/** Errors: `ServiceError`. */
export async function checkCertificateFile(path: string, password: string | null): Promise<void> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (isMissing(error)) throw wrong(path, 'is not there', 'Check the path.', error);
    throw wrong(path, 'cannot be read', 'Check the rights of the file.', error);
  });
  const blocks = [...text.matchAll(BLOCK)].map(([, name = '']) => name);
  if (blocks.length === 0) throw wrong(path, 'is no PEM file', BOTH);
  if (!blocks.includes('CERTIFICATE')) throw wrong(path, 'holds no certificate', BOTH);
  if (!blocks.some((name) => name.endsWith('PRIVATE KEY'))) throw wrong(path, 'holds no private key', BOTH);
  const key = privateKey(path, text, password);
  if (key.asymmetricKeyType !== 'rsa') {
    // Microsoft Learn, "Microsoft identity platform application authentication certificate credentials": PS256.
    throw wrong(
      path,
      `has a key of the type ${key.asymmetricKeyType}`,
      'Make a certificate with an RSA key.',
    );
  }
  if (!certificateOf(path, text).checkPrivateKey(key)) {
    throw wrong(
      path,
      'holds the private key of another certificate',
      'Put the certificate before its chain.',
    );
  }
}

function privateKey(path: string, text: string, password: string | null): KeyObject {
  // Certificates before the key would hide it from older versions of OpenSSL.
  const pem = blockOf(text, '[A-Z ]*PRIVATE KEY');
  try {
    return createPrivateKey({ key: pem, ...(password === null ? {} : { passphrase: password }) });
  } catch (error) {
    if (!/ENCRYPTED/u.test(pem)) throw wrong(path, 'holds a private key that is damaged', BOTH, error);
    const what = `holds an encrypted private key, ${password === null ? 'and no password is given' : 'which the password does not open'}`;
    throw wrong(path, what, 'Set AZURE_CLIENT_CERTIFICATE_PASSWORD.', error);
  }
}

function certificateOf(path: string, text: string): X509Certificate {
  try {
    return new X509Certificate(blockOf(text, 'CERTIFICATE'));
  } catch (error) {
    throw wrong(path, 'holds a certificate that is damaged', BOTH, error);
  }
}

/** The first one. */
function blockOf(text: string, name: string): string {
  return new RegExp(`-----BEGIN (${name})-----[\\s\\S]*?-----END \\1-----`, 'u').exec(text)?.[0] ?? '';
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function wrong(path: string, what: string, hint: string, cause?: unknown): ServiceError {
  return new ServiceError(`The certificate file ${path} ${what}`, {
    kind: 'sign-in',
    hint: `${hint} "auth.certificate" or AZURE_CLIENT_CERTIFICATE_PATH names it.`,
    cause,
  });
}
