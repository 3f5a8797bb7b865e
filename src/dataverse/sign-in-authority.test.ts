/** Signing in for real: Microsoft's library, TLS, and an authority on this machine. */

import { spawn } from 'node:child_process';
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ServiceError } from '../model/service-error.ts';
import type { Fetch } from './http.ts';
import {
  type Authority,
  CLIENT,
  SECRET,
  startAuthority,
  TENANT,
  unsigned,
} from './local-authority.test-support.ts';
import { type Certificate, makeCertificate, type Running, serve } from './local-servers.test-support.ts';
import { createNetwork } from './network.ts';
import type { Env } from './proxy.ts';
import { createTokenProvider, createTokenSource, type TokenSource } from './sign-in.ts';
import type { Auth } from './sign-in-method.ts';
import { createReadTransport } from './transport.ts';
import { parseEnvironmentUrl } from './url.ts';

const ORIGIN = 'https://contoso.crm4.dynamics.com';
const SCOPE = `${ORIGIN}/.default`;
const SUBJECT = 'repo:contoso/mail:ref:refs/heads/main';
const APPLICATION = { tenantId: TENANT, clientId: CLIENT };

let certificate: Certificate;
let stranger: Certificate;
let authority: Authority;
let network: Fetch;
let directory: string;

beforeAll(async () => {
  [certificate, stranger] = await Promise.all([makeCertificate(), makeCertificate()]);
  network = createNetwork({ SSL_CERT_FILE: certificate.file });
  directory = mkdtempSync(join(tmpdir(), 'mailboxctl-sign-in-'));
});

beforeEach(async () => {
  authority = await startAuthority(certificate);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await authority.close();
});

afterAll(() => {
  certificate.remove();
  stranger.remove();
  rmSync(directory, { recursive: true });
});

interface Given {
  readonly auth?: Auth;
  readonly env?: Env;
  readonly now?: () => number;
  readonly fetch?: Fetch;
}

function source({ auth, env, now, fetch }: Given): TokenSource {
  return createTokenSource({
    auth: auth ?? null,
    env: { AZURE_AUTHORITY_HOST: authority.url, ...env },
    directory,
    fetch: fetch ?? network,
    ...(now === undefined ? {} : { now }),
  });
}

async function errorOf(promise: Promise<unknown>): Promise<ServiceError> {
  const error = await promise.catch((reason: unknown) => reason);
  if (error instanceof ServiceError) return error;
  throw new Error(`No service error but ${String(error)}`);
}

function everything(error: ServiceError): string {
  return `${error.message} ${error.hint} ${error.code} ${error.stack} ${String(error.cause)}`;
}

describe('a client secret', () => {
  const env = { AZURE_CLIENT_SECRET: SECRET };

  it('gives a token for the environment, which is kept', async () => {
    const tokens = source({ auth: APPLICATION, env });
    expect(await tokens(SCOPE)).toBe(authority.given[0]);
    expect(await tokens(SCOPE)).toBe(authority.given[0]);
    expect(authority.asked.map((form) => form.get('scope')?.split(' ')[0])).toEqual([SCOPE]);
  });

  it('is sent once for callers that come together', async () => {
    const tokens = source({ auth: APPLICATION, env });
    const got = await Promise.all(Array.from({ length: 20 }, () => tokens(SCOPE)));
    expect([new Set(got).size, authority.asked.length]).toEqual([1, 1]);
  });

  it('is renewed shortly before the token ends, and not earlier', async () => {
    let at = Date.now();
    const tokens = source({ auth: APPLICATION, env, now: () => at });
    authority.expiresIn(100);
    const first = await tokens(SCOPE);
    at += 80_000;
    expect(await tokens(SCOPE)).toBe(first);
    at += 12_000;
    expect(await tokens(SCOPE)).toBe(authority.given[1]);
  });

  it('goes on with a token that is good while the authority is out of order', async () => {
    let at = Date.now();
    const tokens = source({ auth: APPLICATION, env, now: () => at });
    authority.expiresIn(100);
    const first = await tokens(SCOPE);
    at += 95_000;
    authority.refuse('AADSTS90033');
    expect(await tokens(SCOPE)).toBe(first);
    at += 10_000;
    expect(await tokens(SCOPE)).toBe(authority.given[1]);
  });

  it('gives another token once one is refused, to all who were refused', async () => {
    const tokens = source({ auth: APPLICATION, env });
    const first = await tokens(SCOPE);
    const second = await Promise.all([tokens(SCOPE, first), tokens(SCOPE, first)]);
    expect([...second, await tokens(SCOPE, first)]).toEqual(Array(3).fill(authority.given[1]));
    expect(authority.asked.length).toBe(2);
  });

  it.each([
    [
      'AADSTS7000215',
      'AZURE_CLIENT_SECRET holds no secret of the application CLIENT',
      'Use the value of the secret, not its id; it shows only when it is made.',
    ],
    [
      'AADSTS7000222',
      'the client secret of the application CLIENT has expired',
      'Make a new one in the app registration, under "Certificates & secrets", and put it into AZURE_CLIENT_SECRET.',
    ],
    [
      'AADSTS700016',
      'the tenant TENANT has no application CLIENT',
      'Check both ids; the app registration must be in the tenant of the environment.',
    ],
    [
      'AADSTS90002',
      'there is no tenant TENANT at localhost:PORT',
      'Check the tenant id; clouds of governments have authorities of their own.',
    ],
    [
      'AADSTS53003',
      'Conditional Access does not let this sign-in through',
      'Ask who keeps the policies to except the application CLIENT, or run where they allow it.',
    ],
    [
      'AADSTS50076',
      'a policy asks for a second factor',
      `Run: az login --tenant TENANT --scope ${SCOPE}; a pipeline needs an application instead of a person.`,
    ],
    [
      'AADSTS500011',
      `the tenant TENANT knows no service ${ORIGIN}`,
      'The environment is in another tenant, or its URL is wrong: check both.',
    ],
  ])('refused with %s: %s', async (code, meaning, hint) => {
    const tokens = source({ auth: APPLICATION, env });
    authority.refuse(code);
    const error = await errorOf(tokens(SCOPE));
    const filled = (text: string): string =>
      text
        .replaceAll('TENANT', TENANT)
        .replaceAll(/\bCLIENT\b/gu, CLIENT)
        .replace('PORT', String(authority.port));
    expect([error.kind, error.code, error.message, error.hint]).toEqual([
      'sign-in',
      code,
      `Signing in by client-secret failed (${code}): ${filled(meaning)}`,
      `${filled(hint)}\n  This was the sign-in to contoso.crm4.dynamics.com by client-secret as client ${CLIENT}, tenant ${TENANT}; AZURE_CLIENT_SECRET is set.`,
    ]);
    expect(everything(error)).not.toContain('canary');
  });

  it('is told by its code alone where the code is new', async () => {
    const tokens = source({ auth: APPLICATION, env });
    authority.refuse('AADSTS123456789');
    const error = await errorOf(tokens(SCOPE));
    expect([error.message, error.hint?.split('\n')[0]]).toEqual([
      'Signing in by client-secret failed (AADSTS123456789)',
      'Check tenant, client and AZURE_CLIENT_SECRET, and that the secret has not expired.',
    ]);
    expect(everything(error)).not.toContain('canary');
  });

  it('that is wrong is refused', async () => {
    const tokens = source({ auth: APPLICATION, env: { AZURE_CLIENT_SECRET: 'canary-wrong' } });
    const error = await errorOf(tokens(SCOPE));
    expect(error.code).toBe('AADSTS7000215');
    expect(everything(error)).not.toContain('canary');
  });

  it('says when the authority cannot be reached', async () => {
    const tokens = source({ auth: APPLICATION, env });
    await authority.close();
    const error = await errorOf(tokens(SCOPE));
    expect([error.kind, error.message]).toEqual([
      'sign-in',
      `Signing in by client-secret failed: localhost:${authority.port} refuses the connection`,
    ]);
  });

  it('says when the certificate of the authority is not trusted', async () => {
    const tokens = source({ auth: APPLICATION, env, fetch: createNetwork({}) });
    const error = await errorOf(tokens(SCOPE));
    expect(error.message).toBe(
      `Signing in by client-secret failed: The certificate of localhost:${authority.port} is not trusted: it is signed by itself, or by an authority that is`,
    );
  });
});

describe('an authority that is out of order', () => {
  it.each([
    [503, 'application/json', '{"error":"temporarily_unavailable"}', 'status 503'],
    [503, 'text/html', '<html>Service Unavailable</html>', 'status 503'],
    [200, 'text/html', '<html>Sign in to the network</html>', 'a page and status 200'],
  ])('(%i %s) is not told as a wrong secret', async (status, type, body, what) => {
    const fetch: Fetch = async (request) =>
      /token$/u.test(new URL(request.url).pathname)
        ? new Response(body, { status, headers: { 'content-type': type, 'retry-after': '0' } })
        : network(request);
    const error = await errorOf(
      source({ auth: APPLICATION, env: { AZURE_CLIENT_SECRET: SECRET }, fetch })(SCOPE),
    );
    expect([error.kind, error.message]).toEqual([
      'sign-in',
      `Signing in by client-secret failed: localhost:${authority.port} answered with ${what}, not with a token`,
    ]);
    expect(error.hint).not.toMatch(/Check tenant/u);
  });
});

describe('a certificate file', () => {
  const key = (type: 'rsa' | 'ec', passphrase?: string): string => {
    const encoding = { type: 'pkcs8', format: 'pem' } as const;
    const encrypted = passphrase === undefined ? {} : ({ cipher: 'aes-256-cbc', passphrase } as const);
    const { privateKey } =
      type === 'rsa'
        ? generateKeyPairSync('rsa', { modulusLength: 2048 })
        : generateKeyPairSync('ec', { namedCurve: 'P-256' });
    return privateKey.export({ ...encoding, ...encrypted }).toString();
  };
  const damaged = (name: string): string => `-----BEGIN ${name}-----\nAAAA\n-----END ${name}-----\n`;

  it.each([
    ['is no PEM file', () => Buffer.from([0x30, 0x82, 0x0a, 0x09])],
    ['holds no certificate', () => key('rsa')],
    ['holds no private key', () => certificate.certificate],
    ['holds a private key that is damaged', () => `${certificate.certificate}\n${damaged('PRIVATE KEY')}`],
    ['holds a certificate that is damaged', () => damaged('CERTIFICATE') + key('rsa')],
    ['has a key of the type ec', () => `${certificate.certificate}\n${key('ec')}`],
    ['holds the private key of another certificate', () => `${certificate.certificate}\n${key('rsa')}`],
    [
      'holds an encrypted private key, and no password is given',
      () => `${certificate.certificate}\n${key('rsa', 'canary')}`,
    ],
  ])('%s', async (what, content) => {
    const path = join(directory, 'wrong.pem');
    writeFileSync(path, content());
    const error = await errorOf(
      source({ auth: { method: 'certificate', ...APPLICATION, certificate: 'wrong.pem' } })(SCOPE),
    );
    expect([error.kind, error.message]).toEqual(['sign-in', `The certificate file ${path} ${what}`]);
    expect(error.hint).toContain('"auth.certificate" or AZURE_CLIENT_CERTIFICATE_PATH names it.');
    expect(authority.asked).toEqual([]);
  });

  it('whose key a password opens is taken, and no other password', async () => {
    const path = join(directory, 'encrypted.pem');
    const pem = createPrivateKey(certificate.key).export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase: 'canary-right',
    });
    writeFileSync(path, `${certificate.certificate}\n${pem.toString()}`);
    const by = (password: string): Promise<string> =>
      source({
        auth: APPLICATION,
        env: { AZURE_CLIENT_CERTIFICATE_PATH: path, AZURE_CLIENT_CERTIFICATE_PASSWORD: password },
      })(SCOPE);
    expect(await by('canary-right')).toBe(authority.given[0]);
    const error = await errorOf(by('canary-wrong'));
    expect(error.message).toBe(
      `The certificate file ${path} holds an encrypted private key, which the password does not open`,
    );
    expect(everything(error)).not.toContain('canary');
  });
});

describe('a certificate', () => {
  it('signs what the authority checks by the public key', async () => {
    const tokens = source({ auth: { ...APPLICATION, certificate: certificate.bothFile } });
    const named = source({
      auth: { method: 'certificate', ...APPLICATION },
      env: { AZURE_CLIENT_CERTIFICATE_PATH: certificate.bothFile },
    });
    expect(await named(SCOPE)).toBe(authority.given[0]);
    expect(tokens.chosen.method).toBe('azure-cli');
  });

  it('that the application does not have is refused', async () => {
    const tokens = source({
      auth: APPLICATION,
      env: { AZURE_CLIENT_CERTIFICATE_PATH: stranger.bothFile },
    });
    const error = await errorOf(tokens(SCOPE));
    expect([error.code, error.message]).toEqual([
      'AADSTS700027',
      `Signing in by certificate failed (AADSTS700027): the certificate is none of the application ${CLIENT}`,
    ]);
  });

  it('is found relative to the folder of the configuration', async () => {
    const tokens = source({ auth: { method: 'certificate', ...APPLICATION, certificate: 'nowhere.pem' } });
    const error = await errorOf(tokens(SCOPE));
    expect(error.message).toBe(`The certificate file ${join(directory, 'nowhere.pem')} is not there`);
  });
});

describe('a federated token', () => {
  it('is read from its file for each token', async () => {
    const path = join(directory, 'token');
    const tokens = source({ auth: APPLICATION, env: { AZURE_FEDERATED_TOKEN_FILE: path } });
    writeFileSync(path, `${unsigned({ sub: SUBJECT, n: 1 })}\n`);
    const first = await tokens(SCOPE);
    writeFileSync(path, unsigned({ sub: SUBJECT, n: 2 }));
    await tokens(SCOPE, first);
    expect(authority.asked.map((form) => form.get('client_assertion'))).toEqual([
      unsigned({ sub: SUBJECT, n: 1 }),
      unsigned({ sub: SUBJECT, n: 2 }),
    ]);
  });

  it('that no credential fits is told by its subject, never by itself', async () => {
    const path = join(directory, 'other-token');
    const assertion = unsigned({ sub: 'system:serviceaccount:mail:ctl', iss: 'https://cluster.test' });
    writeFileSync(path, assertion);
    const tokens = source({
      auth: { method: 'workload-identity', tokenFile: 'other-token', ...APPLICATION },
    });
    const error = await errorOf(tokens(SCOPE));
    expect([error.message, error.hint?.split('\n')[0]]).toEqual([
      'Signing in by workload-identity failed (AADSTS700213): no federated credential of the application fits the subject "system:serviceaccount:mail:ctl"',
      `Add one to the app registration ${CLIENT} with issuer https://cluster.test and exactly this subject.`,
    ]);
    expect(everything(error)).not.toContain('canary');
    expect(everything(error)).not.toContain(assertion);
  });

  it('that is not there is told by its path', async () => {
    const tokens = source({ auth: { method: 'workload-identity', tokenFile: 'none', ...APPLICATION } });
    const error = await errorOf(tokens(SCOPE));
    expect(error.message).toBe(`The file of the federated token cannot be read: ${join(directory, 'none')}`);
  });

  it('of which the file is empty is told by its path, and not sent', async () => {
    writeFileSync(join(directory, 'empty-token'), ' \n');
    const auth = { method: 'workload-identity', tokenFile: 'empty-token', ...APPLICATION };
    const error = await errorOf(source({ auth })(SCOPE));
    expect([error.kind, error.message, authority.asked]).toEqual([
      'sign-in',
      `The file of the federated token is empty: ${join(directory, 'empty-token')}`,
      [],
    ]);
  });
});

describe('GitHub OIDC', () => {
  let job: Running;
  let subject = SUBJECT;
  let asked = 0;

  beforeEach(async () => {
    subject = SUBJECT;
    asked = 0;
    job = await serve((request, response) => {
      asked += 1;
      const { searchParams } = new URL(request.url ?? '', 'http://localhost');
      const good =
        request.headers.authorization === 'Bearer canary-job-token' &&
        searchParams.get('audience') === 'api://AzureADTokenExchange';
      response.writeHead(good ? 200 : 403, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ value: unsigned({ sub: subject, asked }) }));
    });
  });
  afterEach(() => job.close());

  const variables = (): Env => ({
    ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${job.port}/token?api-version=2.0`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'canary-job-token',
  });

  it('fetches a fresh assertion for each token, as in runs of hours', async () => {
    let at = Date.now();
    authority.expiresIn(60);
    const tokens = source({ auth: APPLICATION, env: variables(), now: () => at });
    for (let hour = 0; hour < 3; hour += 1) {
      await tokens(SCOPE);
      at += 3_600_000;
    }
    const assertions = authority.asked.map((form) => form.get('client_assertion'));
    expect(new Set(assertions).size).toBe(3);
    expect(assertions.at(-1)).not.toBe(unsigned({ sub: SUBJECT, asked: 1 }));
  });

  it('names the subject that no credential fits, also when an earlier token was had', async () => {
    let at = Date.now();
    authority.expiresIn(60);
    const tokens = source({ auth: APPLICATION, env: variables(), now: () => at });
    await tokens(SCOPE);
    at += 3_600_000;
    subject = 'repo:contoso/mail:pull_request';
    const error = await errorOf(tokens(SCOPE));
    expect(error.message).toBe(
      'Signing in by github-oidc failed (AADSTS700213): no federated credential of the application fits the subject "repo:contoso/mail:pull_request"',
    );
    expect(everything(error)).not.toContain('canary');
  });

  it('says what GitHub answered', async () => {
    const env = { ...variables(), ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'canary-other' };
    const error = await errorOf(source({ auth: APPLICATION, env })(SCOPE));
    expect(error.message).toBe('GitHub gave no identity token (status 403)');
    expect(everything(error)).not.toContain('canary');
  });

  it('says when GitHub cannot be reached', async () => {
    await job.close();
    const error = await errorOf(source({ auth: APPLICATION, env: variables() })(SCOPE));
    expect([error.kind, error.message]).toEqual(['sign-in', `127.0.0.1:${job.port} refuses the connection`]);
  });
});

describe('a managed identity', () => {
  it('is asked of the endpoint that the variables name', async () => {
    const seen: unknown[] = [];
    const endpoint = await serve((request, response) => {
      const { searchParams } = new URL(request.url ?? '', 'http://localhost');
      seen.push([request.headers['x-identity-header'], searchParams.get('resource')]);
      response.writeHead(200, { 'content-type': 'application/json' });
      const expires = Math.floor(Date.now() / 1000) + 3600;
      response.end(JSON.stringify({ access_token: unsigned({ appid: CLIENT }), expires_on: expires }));
    });
    // In a process of its own: the library keeps tokens and endpoints of managed identities until the process ends.
    const script = `
      import { createTokenSource } from '${new URL('./sign-in.ts', import.meta.url).href}';
      const source = createTokenSource({ auth: null, env: process.env, directory: '/', fetch });
      process.stdout.write(source.chosen.method + ' ' + await source('${SCOPE}'));`;
    const env = {
      PATH: process.env.PATH ?? '',
      IDENTITY_ENDPOINT: `http://127.0.0.1:${endpoint.port}/msi/token`,
      IDENTITY_HEADER: 'canary-header',
    };
    expect(await outputOf(script, env)).toBe(`managed-identity ${unsigned({ appid: CLIENT })}`);
    await endpoint.close();
    expect(seen).toEqual([['canary-header', ORIGIN]]);
  });
});

async function outputOf(script: string, env: Record<string, string>): Promise<string> {
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  await once(child, 'close');
  return output;
}

describe('the Azure CLI', () => {
  function fake(name: string, script: string): void {
    const folder = mkdtempSync(join(directory, `${name}-`));
    const path = join(folder, 'az');
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    vi.stubEnv('PATH', `${folder}:/usr/bin:/bin`);
  }

  it('is asked for the environment and the tenant, once for many requests', async () => {
    const log = join(directory, 'az.log');
    const token = unsigned({ upn: 'ada@contoso.com', tid: TENANT });
    fake(
      'good',
      `echo "$@" >> ${log}\necho '{"accessToken":"${token}","expires_on":${Math.floor(Date.now() / 1000) + 3600}}'`,
    );
    const tokens = source({ auth: { method: 'azure-cli', tenantId: TENANT } });
    expect([await tokens(SCOPE), await tokens(SCOPE)]).toEqual([token, token]);
    expect(readFileSync(log, 'utf8')).toBe(
      `account get-access-token --output json --resource ${ORIGIN} --tenant ${TENANT}\n`,
    );
  });

  it.each([
    [
      'nobody is signed in',
      `echo "ERROR: Please run 'az login' to setup account. canary" >&2; exit 1`,
      'Signing in by azure-cli failed: nobody is signed in to the Azure CLI',
      'Run: az login --allow-no-subscriptions --tenant TENANT',
    ],
    [
      'a second factor is asked for',
      `echo "ERROR: AADSTS50076: Due to a change canary" >&2; exit 1`,
      'Signing in by azure-cli failed (AADSTS50076): a policy asks for a second factor',
      `Run: az login --tenant TENANT --scope ${SCOPE}; a pipeline needs an application instead of a person.`,
    ],
  ])('says that %s', async (_name, script, message, hint) => {
    fake('bad', script);
    const error = await errorOf(source({})(SCOPE));
    expect([error.message, error.hint]).toEqual([
      message,
      `${hint}\n  This was the sign-in to contoso.crm4.dynamics.com by azure-cli; no variable offers another way.`,
    ]);
    expect(everything(error)).not.toContain('canary');
  });

  it('signs in whoever it knows: a client is none of its business', async () => {
    fake('bad', 'exit 1');
    const error = await errorOf(source({ auth: { method: 'azure-cli', ...APPLICATION } })(SCOPE));
    expect(error.hint).toMatch(
      new RegExp(`This was the sign-in to contoso.crm4.dynamics.com by azure-cli as tenant ${TENANT}; `, 'u'),
    );
  });

  it('says that it is not installed', async () => {
    vi.stubEnv('PATH', '/nowhere');
    const error = await errorOf(source({})(SCOPE));
    expect(error.message).toBe(
      'Signing in by azure-cli failed: the command "az" is not installed, or not on the PATH',
    );
  });
});

describe('an environment that refuses a token', () => {
  const env = (): Env => ({ AZURE_AUTHORITY_HOST: authority.url, AZURE_CLIENT_SECRET: SECRET });
  const url = parseEnvironmentUrl(ORIGIN);

  function transport(accepts: (token: string) => boolean, sent: string[]) {
    const fetch: Fetch = async (request) => {
      if (new URL(request.url).origin !== ORIGIN) return network(request);
      const token = request.headers.get('authorization')?.replace('Bearer ', '') ?? '';
      sent.push(token);
      return accepts(token) ? Response.json({ UserId: 'u' }) : new Response(null, { status: 401 });
    };
    return createReadTransport({
      url,
      fetch,
      clock: { now: Date.now, sleep: async () => {} },
      random: () => 0.5,
      tokens: createTokenProvider(url, { auth: APPLICATION, env: env(), directory, fetch, givenToken: null }),
    });
  }

  it('is sent another one, once', async () => {
    const sent: string[] = [];
    const reading = transport((token) => token !== authority.given[0], sent);
    expect((await reading.get('WhoAmI')).body).toEqual({ UserId: 'u' });
    expect(sent).toEqual(authority.given.slice(0, 2));
    expect((await reading.get('WhoAmI')).body).toEqual({ UserId: 'u' });
    expect(authority.asked.length).toBe(2);
  });

  it('is an error when it refuses that as well, and says as whom', async () => {
    const sent: string[] = [];
    const error = await errorOf(transport(() => false, sent).get('WhoAmI'));
    expect([error.kind, sent.length]).toEqual(['sign-in', 2]);
    expect(error.hint?.split('\n').at(-1)?.trim()).toBe(
      `The caller is the application ${CLIENT} of tenant ${TENANT}, at contoso.crm4.dynamics.com by client-secret.`,
    );
    expect(everything(error)).not.toContain('canary');
  });

  it.each([[`${ORIGIN}/`], ['00000007-0000-0000-c000-000000000000'], ['api://contoso']])(
    'says nothing against a token for %s',
    async (aud) => {
      const given = unsigned({ upn: 'ada@contoso.com', aud });
      const tokens = createTokenProvider(url, {
        auth: null,
        env: {},
        directory,
        fetch: network,
        givenToken: given,
      });
      expect(tokens?.caller?.()).toBe(
        `ada@contoso.com, at contoso.crm4.dynamics.com by MAILBOXCTL_TOKEN, which is made for ${aud}`,
      );
    },
  );

  it('is not sent a given token twice, and the error says for what and until when that was good', async () => {
    const exp = Date.parse('2026-11-21T09:00:00Z') / 1000;
    const given = unsigned({ upn: 'ada@contoso.com', exp, aud: 'https://graph.microsoft.com' });
    let sent = 0;
    const reading = createReadTransport({
      url,
      fetch: async () => {
        sent += 1;
        return new Response(null, { status: 401 });
      },
      clock: { now: Date.now, sleep: async () => {} },
      random: () => 0.5,
      tokens: createTokenProvider(url, { auth: null, env: {}, directory, fetch: network, givenToken: given }),
    });
    const error = await errorOf(reading.get('WhoAmI'));
    expect([sent, error.hint?.split('\n').at(-1)?.trim()]).toEqual([
      1,
      'The caller is ada@contoso.com, at contoso.crm4.dynamics.com by MAILBOXCTL_TOKEN, which is made for https://graph.microsoft.com and not for this environment (az account get-access-token --resource https://contoso.crm4.dynamics.com makes one that is), not usable after 2026-11-21T09:00:00.000Z.',
    ]);
    expect(everything(error)).not.toContain('canary');
  });
});
