/** Makes what signs in by a method, out of Microsoft's library, which is loaded here and nowhere else. */

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { TokenCredential } from '@azure/identity';
import { ServiceError } from '../model/service-error.ts';
import { audienceAt, isMicrosoftAuthority } from './authority.ts';
import { checkCertificateFile } from './certificate-file.ts';
import { githubToken, jobProblem } from './github-token.ts';
import type { Fetch } from './http.ts';
import type { HttpClient } from './identity-http.ts';
import type { Env } from './proxy.ts';
import { APPLICATION_SETTINGS, type Auth, type SignInMethod } from './sign-in-method.ts';

export interface CredentialOptions {
  readonly method: SignInMethod;
  readonly auth: Auth | null;
  /** Environment variables, of which only those that Azure's own tools read are used. */
  readonly env: Env;
  readonly authority: string;
  /** Folder that paths of the configuration are relative to. */
  readonly directory: string;
  readonly fetch: Fetch;
  readonly httpClient: HttpClient;
  /** Told of each assertion that stands in for a secret, before it is sent. */
  readonly onAssertion: (assertion: string) => void;
  /** Told why there is none; the library hands on less than that. */
  readonly onNoAssertion: (error: unknown) => void;
}

/** `az` starts a Python of its own, and may have to renew its sign-in first. */
const CLI_TIMEOUT_MS = 90_000;

export async function createCredential(options: CredentialOptions): Promise<TokenCredential> {
  checkSettings(options);
  const azure = await import('@azure/identity');
  const { method, auth, env, httpClient, authority } = options;
  const shared = {
    httpClient,
    authorityHost: authority,
    disableInstanceDiscovery: !isMicrosoftAuthority(authority),
  };
  const asserting = (assertion: () => Promise<string>): TokenCredential =>
    new azure.ClientAssertionCredential(
      tenantOf(options),
      clientOf(options),
      told(options, assertion),
      shared,
    );
  switch (method) {
    case 'github-oidc':
      return asserting(() => githubToken(env, options.fetch, audienceAt(authority)));
    case 'workload-identity': {
      const path = pathOf(options, TOKEN_FILE);
      // Whoever writes the file renews it before it ends: it is read for each token.
      return asserting(() => readTokenFile(path));
    }
    case 'azure-cli':
      return new azure.AzureCliCredential({
        processTimeoutInMs: CLI_TIMEOUT_MS,
        ...(auth?.tenantId === undefined ? {} : { tenantId: auth.tenantId }),
      });
    case 'client-secret':
      return new azure.ClientSecretCredential(
        tenantOf(options),
        clientOf(options),
        setting(options, SECRET),
        shared,
      );
    case 'managed-identity': {
      const clientId = auth?.clientId ?? env.AZURE_CLIENT_ID;
      return new azure.ManagedIdentityCredential({ ...shared, ...(clientId ? { clientId } : {}) });
    }
    case 'certificate': {
      const [tenant, client] = [tenantOf(options), clientOf(options)];
      const certificatePath = pathOf(options, CERTIFICATE);
      const password = env.AZURE_CLIENT_CERTIFICATE_PASSWORD;
      await checkCertificateFile(certificatePath, password ? password : null);
      const file = { certificatePath, ...(password ? { certificatePassword: password } : {}) };
      return new azure.ClientCertificateCredential(tenant, client, file, shared);
    }
    default:
      return method satisfies never;
  }
}

function tenantOf(options: CredentialOptions): string {
  return setting(options, TENANT);
}

function clientOf(options: CredentialOptions): string {
  return setting(options, CLIENT);
}

interface Setting {
  /** Of `auth`; `null`: a secret, which is a variable's business, since the configuration is committed. */
  readonly key: string | null;
  readonly variable: string;
}

const TENANT: Setting = { key: 'tenantId', variable: APPLICATION_SETTINGS.tenantId };
const CLIENT: Setting = { key: 'clientId', variable: APPLICATION_SETTINGS.clientId };
const SECRET: Setting = { key: null, variable: 'AZURE_CLIENT_SECRET' };
const TOKEN_FILE: Setting = { key: 'tokenFile', variable: 'AZURE_FEDERATED_TOKEN_FILE' };
const CERTIFICATE: Setting = { key: 'certificate', variable: 'AZURE_CLIENT_CERTIFICATE_PATH' };

const NEEDED: Readonly<Record<SignInMethod, readonly Setting[]>> = {
  'github-oidc': [TENANT, CLIENT],
  'workload-identity': [TENANT, CLIENT, TOKEN_FILE],
  'client-secret': [TENANT, CLIENT, SECRET],
  certificate: [TENANT, CLIENT, CERTIFICATE],
  'azure-cli': [],
  'managed-identity': [],
};

type Settings = Pick<CredentialOptions, 'auth' | 'env'>;

/** All that is missing at once. */
function checkSettings({ method, auth, env }: CredentialOptions): void {
  const missing = NEEDED[method].filter((needed) => settingOf({ auth, env }, needed) === null);
  if (missing.length === 0) return;
  const where = missing.map(({ key, variable }) =>
    key === null ? variable : `"auth.${key}" or ${variable}`,
  );
  const set = `Set ${where.length === 1 ? 'it' : 'them'} for this environment.`;
  const noJob = method === 'github-oidc' ? jobProblem(env) : null;
  throw new ServiceError(
    `Sign-in by ${method} needs ${where.join(', and ')}${noJob === null ? '' : `; besides, ${noJob.what}`}`,
    { kind: 'sign-in', hint: noJob === null ? set : `${set} ${noJob.wayOut}` },
  );
}

function settingOf({ auth, env }: Settings, { key, variable }: Setting): string | null {
  const declared = key === null ? undefined : auth?.[key];
  const value = declared ?? env[variable]?.trim();
  return value === undefined || value === '' ? null : value;
}

/** Of those that are checked to be there. */
function setting(options: Settings, needed: Setting): string {
  return settingOf(options, needed) ?? '';
}

/** A path of the configuration is relative to its folder, one of a variable to where the command runs. */
function pathOf(options: CredentialOptions, needed: Setting): string {
  const path = setting(options, needed);
  const isDeclared = needed.key !== null && options.auth?.[needed.key] !== undefined;
  return isDeclared ? resolve(options.directory, path) : path;
}

function told(options: CredentialOptions, assertion: () => Promise<string>): () => Promise<string> {
  return async () => {
    try {
      const text = await assertion();
      options.onAssertion(text);
      return text;
    } catch (error) {
      options.onNoAssertion(error);
      throw error;
    }
  };
}

async function readTokenFile(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new ServiceError(`The file of the federated token cannot be read: ${path}`, {
      kind: 'sign-in',
      hint: 'Check "auth.tokenFile" or AZURE_FEDERATED_TOKEN_FILE, and the rights of the file.',
      cause: error,
    });
  });
  if (text.trim() !== '') return text.trim();
  throw new ServiceError(`The file of the federated token is empty: ${path}`, {
    kind: 'sign-in',
    hint: 'Whoever makes the token has to write it there: look at the step or the pod identity that does.',
  });
}
