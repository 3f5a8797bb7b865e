/** Makes what signs in by a method, out of Microsoft's library, which is loaded here and nowhere else. */

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { TokenCredential } from '@azure/identity';
import { ServiceError } from '../model/service-error.ts';
import { isMicrosoftAuthority } from './authority.ts';
import { githubToken } from './github-token.ts';
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
      return asserting(() => githubToken(env, options.fetch));
    case 'workload-identity': {
      const path = pathOf(options, 'tokenFile', 'AZURE_FEDERATED_TOKEN_FILE');
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
        setting(options, null, 'AZURE_CLIENT_SECRET'),
        shared,
      );
    case 'managed-identity': {
      const clientId = auth?.clientId ?? env.AZURE_CLIENT_ID;
      return new azure.ManagedIdentityCredential({ ...shared, ...(clientId ? { clientId } : {}) });
    }
    case 'certificate': {
      const [tenant, client] = [tenantOf(options), clientOf(options)];
      const certificatePath = pathOf(options, 'certificate', 'AZURE_CLIENT_CERTIFICATE_PATH');
      const password = env.AZURE_CLIENT_CERTIFICATE_PASSWORD;
      const file = { certificatePath, ...(password ? { certificatePassword: password } : {}) };
      return new azure.ClientCertificateCredential(tenant, client, file, shared);
    }
    default:
      return method satisfies never;
  }
}

function tenantOf(options: CredentialOptions): string {
  return setting(options, 'tenantId', APPLICATION_SETTINGS.tenantId);
}

function clientOf(options: CredentialOptions): string {
  return setting(options, 'clientId', APPLICATION_SETTINGS.clientId);
}

/** `key: null`: a secret, which is a variable's business, since the configuration is committed. */
function setting({ method, auth, env }: CredentialOptions, key: string | null, variable: string): string {
  const declared = key === null ? undefined : auth?.[key];
  const value = declared ?? env[variable]?.trim();
  if (value !== undefined && value !== '') return value;
  const where = key === null ? variable : `"auth.${key}" or ${variable}`;
  throw new ServiceError(`Sign-in by ${method} needs ${where}`, {
    kind: 'sign-in',
    hint: `Set ${where} for this environment.`,
  });
}

/** A path of the configuration is relative to its folder, one of a variable to where the command runs. */
function pathOf(options: CredentialOptions, key: string, variable: string): string {
  const path = setting(options, key, variable);
  return options.auth?.[key] === undefined ? path : resolve(options.directory, path);
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
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    throw new ServiceError(`The file of the federated token cannot be read: ${path}`, {
      kind: 'sign-in',
      hint: 'Check "auth.tokenFile" or AZURE_FEDERATED_TOKEN_FILE, and the rights of the file.',
      cause: error,
    });
  }
}
