/** Reads secrets of Azure Key Vault over its REST API (Microsoft Learn, "Get Secret", version 7.4). */

import { SecretError } from './secret-error.ts';

export type Fetch = (request: Request) => Promise<Response>;
/** A bearer token for a scope, such as `https://vault.azure.net/.default`. */
export type VaultToken = (scope: string) => Promise<string>;

const API_VERSION = '7.4';
const TIMEOUT_MS = 30_000;

export async function readVaultSecret(url: URL, fetch: Fetch, token: VaultToken): Promise<string> {
  const answer = await ask(url, fetch, await bearer(url, token));
  if (answer.status === 401 || answer.status === 403) {
    throw cannot(
      url,
      `the vault does not let the caller in (${answer.status})`,
      'Give it the role Key Vault Secrets User.',
    );
  }
  if (answer.status === 404) {
    throw cannot(url, 'the vault has no such secret', 'Check name and version of the secret.');
  }
  if (answer.status !== 200) {
    throw cannot(url, `the vault answered with status ${answer.status}`, 'Run the command again.');
  }
  return secretIn(url, answer.text);
}

async function bearer(url: URL, token: VaultToken): Promise<string> {
  const domain = url.hostname.slice(url.hostname.indexOf('.') + 1);
  try {
    return await token(`https://${domain}/.default`);
  } catch (error) {
    throw cannot(url, 'signing in to the vault failed', 'Check the sign-in of this environment.', error);
  }
}

async function ask(
  url: URL,
  fetch: Fetch,
  token: string,
): Promise<{ readonly status: number; readonly text: string }> {
  try {
    const request = new Request(`${url.href.replace(/\/$/u, '')}?api-version=${API_VERSION}`, {
      headers: { Authorization: `Bearer ${token}`, Accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const answer = await fetch(request);
    return { status: answer.status, text: await answer.text() };
  } catch (error) {
    throw cannot(url, 'the vault cannot be reached', 'Check its name, and the way to it.', error);
  }
}

function secretIn(url: URL, text: string): string {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null && 'value' in body && typeof body.value === 'string') {
      return body.value;
    }
  } catch {
    // The parser's message would quote the answer, which may hold the secret.
  }
  throw cannot(
    url,
    'the answer holds no value',
    'Check that the URL names a secret, not a key or certificate.',
  );
}

function cannot(url: URL, what: string, hint: string, cause?: unknown): SecretError {
  return new SecretError('secret-unresolvable', `keyVault:${url.href}: ${what}`, hint, cause);
}
