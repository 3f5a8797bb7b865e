import { describe, expect, it } from 'vitest';
import type { Env } from './proxy.ts';
import { type Auth, chooseMethod, SIGN_IN_METHODS, SIGN_IN_ORDER } from './sign-in-method.ts';

const APPLICATION = { AZURE_TENANT_ID: 't', AZURE_CLIENT_ID: 'c' };
const GITHUB = { ACTIONS_ID_TOKEN_REQUEST_URL: 'u', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 't' };
const EVERYTHING = {
  ...APPLICATION,
  ...GITHUB,
  AZURE_FEDERATED_TOKEN_FILE: 'f',
  AZURE_CLIENT_CERTIFICATE_PATH: 'p',
  AZURE_CLIENT_SECRET: 's',
  MSI_ENDPOINT: 'm',
};

function without(...names: readonly string[]): Env {
  return Object.fromEntries(Object.entries(EVERYTHING).filter(([name]) => !names.includes(name)));
}

describe('chooseMethod', () => {
  it.each([
    ['the named one', { method: 'azure-cli' }, EVERYTHING, 'azure-cli', '"auth.method" names it'],
    [
      'GitHub first',
      null,
      EVERYTHING,
      'github-oidc',
      'ACTIONS_ID_TOKEN_REQUEST_URL and ACTIONS_ID_TOKEN_REQUEST_TOKEN are set',
    ],
    [
      'then a federated token',
      null,
      without('ACTIONS_ID_TOKEN_REQUEST_TOKEN'),
      'workload-identity',
      'AZURE_FEDERATED_TOKEN_FILE is set',
    ],
    [
      'then a certificate',
      null,
      without(...Object.keys(GITHUB), 'AZURE_FEDERATED_TOKEN_FILE'),
      'certificate',
      'AZURE_CLIENT_CERTIFICATE_PATH is set',
    ],
    [
      'then a secret, of the application that the configuration names',
      { tenantId: 't', clientId: 'c' },
      { AZURE_CLIENT_SECRET: 's', MSI_ENDPOINT: 'm' },
      'client-secret',
      'AZURE_CLIENT_SECRET is set',
    ],
    ['then a managed identity', null, { MSI_ENDPOINT: 'm' }, 'managed-identity', 'MSI_ENDPOINT is set'],
    ['at last the Azure CLI', null, APPLICATION, 'azure-cli', 'no variable offers another way'],
    [
      'none whose application is unknown, and says so',
      null,
      { AZURE_CLIENT_SECRET: 's', AZURE_TENANT_ID: 't' },
      'azure-cli',
      'AZURE_CLIENT_SECRET is set, but not AZURE_CLIENT_ID',
    ],
    [
      'none for an empty variable',
      null,
      { ...APPLICATION, AZURE_CLIENT_SECRET: ' ' },
      'azure-cli',
      'no variable offers another way',
    ],
  ] satisfies [string, Auth | null, Env, string, string][])(
    'takes %s',
    (_name, auth, env, method, because) => {
      expect(chooseMethod(auth, env)).toEqual({ method, because });
    },
  );

  it('can choose every method', () => {
    const offered = [...SIGN_IN_ORDER.map(({ method }) => method), 'azure-cli'];
    expect(offered.sort()).toEqual([...SIGN_IN_METHODS].sort());
  });
});
