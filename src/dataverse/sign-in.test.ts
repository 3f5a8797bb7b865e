import { describe, expect, it } from 'vitest';
import { ServiceError } from '../model/service-error.ts';
import { githubToken } from './github-token.ts';
import { type Auth, createTokenProvider, createTokenSource } from './sign-in.ts';
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
      fetch: nowhere,
      givenToken: ' given\n',
    });
    expect(await provider?.token({ fresh: true })).toBe('given');
  });

  it.each(['Bearer abc', 'a\nb', 'tökén'])('refuses a given token that is none: %j', (givenToken) => {
    const options = { auth: null, env: {}, fetch: nowhere, givenToken };
    expect(() => createTokenProvider(CONTOSO, options)).toThrow(
      'The given token holds characters that no token has',
    );
  });

  it.each([null, ''])('never signs in on this machine, given %j', (givenToken) => {
    const options = { auth: { method: 'azure-cli' }, env: {}, fetch: nowhere, givenToken };
    expect(createTokenProvider(LOCAL, options)).toBeNull();
  });
});

describe('createTokenSource', () => {
  it('names the methods there are', () => {
    expect(() => createTokenSource({ auth: { method: 'password' }, env: {}, fetch: nowhere })).toThrow(
      'Sign-in method "password" is not known; use one of: github-oidc, azure-cli, client-secret, workload-identity, managed-identity, certificate',
    );
  });

  it.each([
    ['github-oidc', {}, 'Sign-in by github-oidc needs "auth.tenantId" or AZURE_TENANT_ID'],
    ['certificate', { tenantId: 't' }, 'Sign-in by certificate needs "auth.clientId" or AZURE_CLIENT_ID'],
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
    const source = createTokenSource({ auth: { method, ...settings }, env: {}, fetch: nowhere });
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
      fetch: nowhere,
    });
    const error = await errorOf(source('https://contoso.crm4.dynamics.com/.default'));
    expect([error.kind, error.message, error.hint]).toEqual([
      'sign-in',
      'Signing in by certificate failed',
      'Check tenant, client and the certificate file, and that the certificate has not expired.',
    ]);
  });
});

describe('githubToken', () => {
  const env = {
    ACTIONS_ID_TOKEN_REQUEST_URL: 'https://actions.example/token?api-version=2.0',
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'job-token',
  };

  it('asks for the audience of Microsoft Entra ID', async () => {
    const sent: unknown[] = [];
    const token = await githubToken(env, async (request) => {
      sent.push([request.url, request.headers.get('authorization')]);
      return Response.json({ value: 'jwt' });
    });
    expect(token).toBe('jwt');
    expect(sent).toEqual([
      [
        'https://actions.example/token?api-version=2.0&audience=api%3A%2F%2FAzureADTokenExchange',
        'Bearer job-token',
      ],
    ]);
  });

  it.each([
    ['without the permission', {}, () => Response.json({}), 'This job has no identity token'],
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
      const error = await errorOf(githubToken(variables, async () => answer()));
      expect([error.kind, error.message]).toEqual(['sign-in', message]);
    },
  );
});
