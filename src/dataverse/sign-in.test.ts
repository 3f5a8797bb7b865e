import { afterEach, describe, expect, it, vi } from 'vitest';
import { ServiceError } from '../model/service-error.ts';
import { githubToken } from './github-token.ts';
import { createTokenProvider, createTokenSource, describeSignIn } from './sign-in.ts';
import type { Auth } from './sign-in-method.ts';
import { parseEnvironmentUrl } from './url.ts';

const CONTOSO = parseEnvironmentUrl('https://contoso.crm4.dynamics.com');
const LOCAL = parseEnvironmentUrl('http://emulator.localhost');
const nowhere = (): Promise<Response> => Promise.reject(new Error('nothing may be sent'));

async function errorOf(promise: Promise<unknown>): Promise<ServiceError> {
  const error = await promise.catch((reason: unknown) => reason);
  if (error instanceof ServiceError) return error;
  throw new Error(`No service error but ${String(error)}`);
}

describe('createTokenProvider', () => {
  it.each([
    ['a real environment', CONTOSO],
    ['this machine', LOCAL],
  ])('sends a given token to %s, whatever the method', async (_name, url) => {
    const provider = createTokenProvider(url, {
      auth: { method: 'client-secret' },
      env: {},
      directory: '/project',
      fetch: nowhere,
      givenToken: ' given\n',
    });
    expect(await provider?.token({ refused: null })).toBe('given');
  });

  it.each(['"given"', "'given'", 'Bearer given', 'bearer  given\n', '"Bearer given"', 'Bearer "given"'])(
    'takes off what is copied with a token: %j',
    async (givenToken) => {
      const options = { auth: null, env: {}, directory: '/project', fetch: nowhere, givenToken };
      expect(await createTokenProvider(CONTOSO, options)?.token({ refused: null })).toBe('given');
    },
  );

  it.each(['Token abc', 'a\nb', 'tökén'])('refuses a given token that is none: %j', (givenToken) => {
    const options = { auth: null, env: {}, directory: '/project', fetch: nowhere, givenToken };
    expect(() => createTokenProvider(CONTOSO, options)).toThrow(
      'The given token holds characters that no token has',
    );
  });

  it.each([' ', 'Bearer ', 'Bearer', '"Bearer "', '""', '\n'])(
    'says when nothing is in the wrapping of a given token: %j',
    (givenToken) => {
      const options = { auth: null, env: {}, directory: '/project', fetch: nowhere, givenToken };
      for (const url of [CONTOSO, LOCAL]) {
        expect(() => createTokenProvider(url, options)).toThrow('MAILBOXCTL_TOKEN holds no token');
        expect(() => describeSignIn(url, options)).toThrow('MAILBOXCTL_TOKEN holds no token');
      }
    },
  );

  it.each([null, ''])('never signs in on this machine, given %j', (givenToken) => {
    const options = {
      auth: { method: 'azure-cli' },
      env: {},
      directory: '/project',
      fetch: nowhere,
      givenToken,
    };
    expect(createTokenProvider(LOCAL, options)).toBeNull();
  });
});

describe('createTokenSource', () => {
  it('names the methods there are', () => {
    expect(() =>
      createTokenSource({ auth: { method: 'password' }, env: {}, directory: '/project', fetch: nowhere }),
    ).toThrow(
      'Sign-in method "password" is not known; use one of: github-oidc, azure-cli, client-secret, workload-identity, managed-identity, certificate',
    );
  });

  it.each([
    [
      'github-oidc',
      {},
      'Sign-in by github-oidc needs "auth.tenantId" or AZURE_TENANT_ID, and "auth.clientId" or AZURE_CLIENT_ID; besides, this is no job of GitHub Actions, and github-oidc signs in nothing else',
    ],
    [
      'certificate',
      { tenantId: 't' },
      'Sign-in by certificate needs "auth.clientId" or AZURE_CLIENT_ID, and "auth.certificate" or AZURE_CLIENT_CERTIFICATE_PATH',
    ],
    [
      'workload-identity',
      { tenantId: 't', clientId: 'c' },
      'Sign-in by workload-identity needs "auth.tokenFile" or AZURE_FEDERATED_TOKEN_FILE',
    ],
    [
      'client-secret',
      { tenantId: 't', clientId: 'c', clientSecret: 'committed' },
      'Sign-in by client-secret needs AZURE_CLIENT_SECRET',
    ],
  ] satisfies [string, Auth, string][])('says what %s needs', async (method, settings, message) => {
    const source = createTokenSource({
      auth: { method, ...settings },
      env: {},
      directory: '/project',
      fetch: nowhere,
    });
    const error = await errorOf(source('https://contoso.crm4.dynamics.com/.default'));
    expect([error.kind, error.message]).toEqual(['sign-in', message]);
  });

  it('says how to mend a method that fails, without the words of the library', async () => {
    const source = createTokenSource({
      auth: {
        method: 'certificate',
        tenantId: 'contoso.com',
        clientId: 'c',
        certificate: '/nowhere/secret.pem',
      },
      env: {},
      directory: '/project',
      fetch: nowhere,
    });
    const error = await errorOf(source('https://contoso.crm4.dynamics.com/.default'));
    expect([error.kind, error.message, error.hint]).toEqual([
      'sign-in',
      'The certificate file /nowhere/secret.pem is not there',
      'Check the path. "auth.certificate" or AZURE_CLIENT_CERTIFICATE_PATH names it.\n  This was the sign-in to contoso.crm4.dynamics.com by certificate as client c, tenant contoso.com; "auth.method" names it.',
    ]);
  });
});

describe('a managed identity', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('is told as missing where there is none', async () => {
    for (const name of ['IDENTITY_ENDPOINT', 'IDENTITY_HEADER', 'MSI_ENDPOINT']) vi.stubEnv(name, undefined);
    const source = createTokenSource({
      auth: { method: 'managed-identity' },
      env: {},
      directory: '/project',
      fetch: () => Promise.reject(new TypeError('fetch failed')),
    });
    const error = await errorOf(source('https://contoso.crm4.dynamics.com/.default'));
    expect([error.kind, error.message, error.hint?.split('\n')[0]]).toEqual([
      'sign-in',
      'Signing in by managed-identity failed: this machine offers no managed identity',
      'Run on a machine of Azure with an identity assigned, or name another way under "auth".',
    ]);
  });
});

describe('describeSignIn', () => {
  it.each([
    [CONTOSO, null, 'given', 'the token of MAILBOXCTL_TOKEN'],
    [LOCAL, null, null, 'none: the environment is on this machine'],
    [CONTOSO, { method: 'certificate' }, null, 'certificate ("auth.method" names it)'],
    [CONTOSO, null, '', 'azure-cli (no variable offers another way)'],
  ])('%j %j %j: %s', (url, auth, givenToken, text) => {
    expect(describeSignIn(url, { auth, env: {}, givenToken })).toBe(text);
  });
});

describe('githubToken', () => {
  const AUDIENCE = 'api://AzureADTokenExchange';
  const env = {
    ACTIONS_ID_TOKEN_REQUEST_URL: 'https://actions.example/token?api-version=2.0',
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'job-token',
  };

  it('asks for the audience of Microsoft Entra ID', async () => {
    const sent: unknown[] = [];
    const ask = async (request: Request): Promise<Response> => {
      sent.push([request.url, request.headers.get('authorization')]);
      return Response.json({ value: 'jwt' });
    };
    const token = await githubToken(env, ask, AUDIENCE);
    expect(token).toBe('jwt');
    expect(sent).toEqual([
      [
        'https://actions.example/token?api-version=2.0&audience=api%3A%2F%2FAzureADTokenExchange',
        'Bearer job-token',
      ],
    ]);
  });

  it('asks again when GitHub has an error of its own', async () => {
    const waits: number[] = [];
    let asked = 0;
    const ask = (good: number): Promise<string> =>
      githubToken(
        env,
        async () => {
          asked += 1;
          return asked >= good ? Response.json({ value: 'jwt' }) : new Response('', { status: 503 });
        },
        AUDIENCE,
        async (ms) => waits.push(ms),
      );
    expect(await ask(3)).toBe('jwt');
    expect([asked, waits]).toEqual([3, [1000, 3000]]);
    const error = await errorOf(ask(99));
    expect([error.message, asked]).toEqual(['GitHub gave no identity token (status 503)', 7]);
  });

  it.each([
    [
      'without the permission',
      { GITHUB_ACTIONS: 'true' },
      () => Response.json({}),
      'This job has no identity token',
    ],
    [
      'outside GitHub Actions',
      {},
      () => Response.json({}),
      'This is no job of GitHub Actions, and github-oidc signs in nothing else',
    ],
    [
      'when GitHub refuses',
      env,
      () => new Response('no', { status: 403 }),
      'GitHub gave no identity token (status 403)',
    ],
    [
      'when the answer holds none',
      env,
      () => Response.json({}),
      'GitHub gave no identity token (status 200)',
    ],
  ] satisfies [string, Readonly<Record<string, string>>, () => Response, string][])(
    'fails %s',
    async (_name, variables, answer, message) => {
      const error = await errorOf(githubToken(variables, async () => answer(), AUDIENCE));
      expect([error.kind, error.message]).toEqual(['sign-in', message]);
    },
  );
});
