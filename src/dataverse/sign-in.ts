/**
 * Bearer tokens for an environment, by the method that its configuration names. Azure's library is loaded when a
 * token is first wanted. Tokens and client secrets appear in no message.
 */

import type { TokenCredential } from '@azure/identity';
import { ServiceError } from '../model/service-error.ts';
import type { TokenProvider } from './exchange.ts';
import { githubToken } from './github-token.ts';
import type { Fetch } from './http.ts';
import type { EnvironmentUrl } from './url.ts';

export const SIGN_IN_METHODS = [
  'github-oidc',
  'azure-cli',
  'client-secret',
  'workload-identity',
  'managed-identity',
  'certificate',
] as const;

export type SignInMethod = (typeof SIGN_IN_METHODS)[number];
export type Auth = Readonly<Record<string, string>>;
type Env = Readonly<Record<string, string | undefined>>;

export interface SignInOptions {
  readonly auth: Auth | null;
  /** Environment variables, of which only those that Azure's own tools read are used. */
  readonly env: Env;
  readonly fetch: Fetch;
}

export interface EnvironmentSignInOptions extends SignInOptions {
  /** `MAILBOXCTL_TOKEN`, which wins over every method. */
  readonly givenToken: string | null;
}

/** `null`: requests carry no token, as on this machine. */
export function createTokenProvider(
  url: EnvironmentUrl,
  options: EnvironmentSignInOptions,
): TokenProvider | null {
  const given = options.givenToken?.trim() ?? '';
  if (given !== '') {
    checkToken(given);
    return { token: async () => given };
  }
  if (url.loopback) return null;
  const tokenFor = createTokenSource(options);
  return { token: ({ fresh }) => tokenFor(`${url.origin}/.default`, fresh) };
}

/** Anything else cannot stand in a header, and would look like a lost connection. */
function checkToken(token: string): void {
  if (/^[\x21-\x7e]+$/u.test(token)) return;
  throw new ServiceError('The given token holds characters that no token has', {
    kind: 'sign-in',
    hint: 'Set MAILBOXCTL_TOKEN to the token alone, without "Bearer" and without line breaks.',
  });
}

/** Tokens for any scope, such as that of a key vault. */
export type TokenSource = (scope: string, fresh?: boolean) => Promise<string>;

export function createTokenSource(options: SignInOptions): TokenSource {
  const method = methodOf(options.auth);
  let credential: Promise<TokenCredential> | null = null;
  return async (scope, fresh = false) => {
    if (fresh) credential = null;
    credential ??= createCredential(method, options);
    try {
      // Credentials keep a token until shortly before it ends.
      const token = await (await credential).getToken(scope);
      if (token !== null) return token.token;
    } catch (error) {
      credential = null;
      throw signInFailed(method, error);
    }
    throw signInFailed(method, null);
  };
}

function methodOf(auth: Auth | null): SignInMethod {
  const named = auth?.method ?? 'azure-cli';
  const method = SIGN_IN_METHODS.find((known) => known === named);
  if (method !== undefined) return method;
  throw new ServiceError(
    `Sign-in method "${named}" is not known; use one of: ${SIGN_IN_METHODS.join(', ')}`,
    {
      kind: 'sign-in',
      hint: 'Correct "auth.method" of the environment.',
    },
  );
}

async function createCredential(
  method: SignInMethod,
  { auth, env, fetch }: SignInOptions,
): Promise<TokenCredential> {
  const azure = await import('@azure/identity');
  const need = (key: string, variable: string): string => setting(method, auth, env, key, variable);
  const tenantId = (): string => need('tenantId', 'AZURE_TENANT_ID');
  const clientId = (): string => need('clientId', 'AZURE_CLIENT_ID');
  switch (method) {
    case 'github-oidc':
      return new azure.ClientAssertionCredential(tenantId(), clientId(), () => githubToken(env, fetch));
    case 'azure-cli':
      return new azure.AzureCliCredential(auth?.tenantId === undefined ? {} : { tenantId: auth.tenantId });
    case 'client-secret':
      return new azure.ClientSecretCredential(
        tenantId(),
        clientId(),
        need('clientSecret', 'AZURE_CLIENT_SECRET'),
      );
    case 'workload-identity':
      return new azure.WorkloadIdentityCredential({
        tenantId: tenantId(),
        clientId: clientId(),
        tokenFilePath: need('tokenFile', 'AZURE_FEDERATED_TOKEN_FILE'),
      });
    case 'managed-identity': {
      const client = auth?.clientId ?? env.AZURE_CLIENT_ID;
      return client === undefined
        ? new azure.ManagedIdentityCredential()
        : new azure.ManagedIdentityCredential({ clientId: client });
    }
    case 'certificate':
      return new azure.ClientCertificateCredential(
        tenantId(),
        clientId(),
        need('certificate', 'AZURE_CLIENT_CERTIFICATE_PATH'),
      );
    default:
      return method satisfies never;
  }
}

/** A secret of the configuration is a variable's business: the file is committed. */
function setting(method: SignInMethod, auth: Auth | null, env: Env, key: string, variable: string): string {
  const declared = key === 'clientSecret' ? undefined : auth?.[key];
  const value = declared ?? env[variable];
  if (value !== undefined && value !== '') return value;
  const where = key === 'clientSecret' ? variable : `"auth.${key}" or ${variable}`;
  throw new ServiceError(`Sign-in by ${method} needs ${where}`, {
    kind: 'sign-in',
    hint: `Set ${where} for this environment.`,
  });
}

const HINTS: Readonly<Record<SignInMethod, string>> = {
  'github-oidc':
    'Check "permissions: id-token: write" and that a federated credential of the app registration names this repository and its branch, tag or environment.',
  'azure-cli': 'Run: az login --allow-no-subscriptions --tenant TENANT',
  'client-secret': 'Check tenant, client and AZURE_CLIENT_SECRET, and that the secret has not expired.',
  'workload-identity': 'Check tenant, client and the token file of the federated credential.',
  'managed-identity':
    'Check that this machine has a managed identity and that "auth.clientId" is the one it has.',
  certificate: 'Check tenant, client and the certificate file, and that the certificate has not expired.',
};

/** Messages of Microsoft Entra ID begin with their code and name no secret; the rest of them is left out. */
function signInFailed(method: SignInMethod, error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  const code = error instanceof Error ? /\bAADSTS\d+\b/u.exec(error.message)?.[0] : undefined;
  return new ServiceError(`Signing in by ${method} failed${code === undefined ? '' : ` (${code})`}`, {
    kind: 'sign-in',
    code: code ?? null,
    hint: HINTS[method],
  });
}
