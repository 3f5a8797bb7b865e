/**
 * Why a sign-in failed, in words that an administrator can act on. Of what Microsoft Entra ID says only the code is
 * kept (Microsoft Learn, "Microsoft Entra authentication and authorization error codes"): its text may quote requests.
 */

import { ServiceError } from '../model/service-error.ts';
import type { IdentityHttp } from './identity-http.ts';
import { networkFailure } from './network-failure.ts';
import type { ChosenMethod, SignInMethod } from './sign-in-method.ts';
import type { TokenClaims } from './token-claims.ts';

export interface SignInFacts {
  readonly chosen: ChosenMethod;
  /** Origin of the service that the token was for. */
  readonly target: string;
  readonly authority: string;
  readonly tenant: string | null;
  readonly client: string | null;
  /** Of the assertion that stood in for a secret. */
  readonly assertion: TokenClaims | null;
  readonly network: ReturnType<IdentityHttp['lastFailure']>;
  readonly outage: ReturnType<IdentityHttp['lastOutage']>;
}

/** Code | what is the matter | what to do. */
const CODES = `
16000 50058 50173 70008 700082 70043 | the sign-in of the Azure CLI has ended | Run: az login --tenant TENANT --scope TARGET/.default
50034 51004 | the account does not exist in the tenant TENANT | Sign in with an account of that tenant, or correct the tenant.
50053 | the account is locked, or signs in from an address that is blocked | Unlock it in Microsoft Entra ID, or sign in from elsewhere.
50055 50126 | the password of the account is wrong or has expired | Sign in again with the right one.
50057 | the account is disabled | Enable it in Microsoft Entra ID, or use another one.
50072 50074 50076 50079 | a policy asks for a second factor | Run: az login --tenant TENANT --scope TARGET/.default; a pipeline needs an application instead of a person.
50105 65001 | the application has no consent to use Dataverse for this account | Have an administrator consent, or sign in as an application.
53000 53001 53003 530003 530004 | Conditional Access does not let this sign-in through | Ask who keeps the policies to except the application CLIENT, or run where they allow it.
500011 | the tenant TENANT knows no service TARGET | The environment is in another tenant, or its URL is wrong: check both.
70021 | no federated credential of the application fits SUBJECT | Add one to the app registration CLIENT with issuer ISSUER and exactly this subject, audience AUDIENCE.
700211 | no federated credential of the application has the issuer ISSUER | Add one to the app registration CLIENT with this issuer and the subject SUBJECT.
700212 | no federated credential of the application has the audience AUDIENCE | Set the audience of the credential of the app registration CLIENT to it.
700213 | no federated credential of the application fits SUBJECT | Add one to the app registration CLIENT with issuer ISSUER and exactly this subject.
700024 50013 | the assertion of the sign-in is not valid now | Check the clock of this machine, and how old the token file is.
700027 | the certificate is none of the application CLIENT | Upload its public part in the app registration, under "Certificates & secrets"; it may also have expired.
7000215 | AZURE_CLIENT_SECRET holds no secret of the application CLIENT | Use the value of the secret, not its id; it shows only when it is made.
7000222 | the client secret of the application CLIENT has expired | Make a new one in the app registration, under "Certificates & secrets", and put it into AZURE_CLIENT_SECRET.
7000112 700030 | the application CLIENT is disabled | Enable it in Microsoft Entra ID, under "Enterprise applications".
700016 | the tenant TENANT has no application CLIENT | Check both ids; the app registration must be in the tenant of the environment.
90033 | Microsoft Entra ID is out of order for a moment | Run the command again.
90002 900023 900021 | there is no tenant TENANT at AUTHORITY | Check the tenant id; clouds of governments have authorities of their own.
`;

interface Words {
  readonly meaning: string;
  readonly hint: string;
}

const BY_CODE: ReadonlyMap<string, Words> = new Map(
  CODES.trim()
    .split('\n')
    .flatMap((line) => {
      const [codes = '', meaning = '', hint = ''] = line.split(' | ');
      return codes.split(' ').map((code) => [code, { meaning, hint }] as const);
    }),
);

const HINTS: Readonly<Record<SignInMethod, string>> = {
  'github-oidc':
    'Check "permissions: id-token: write" and that a federated credential of the app registration CLIENT names this repository and its branch, tag or environment.',
  'azure-cli': 'Run: az login --allow-no-subscriptions --tenant TENANT',
  'client-secret': 'Check tenant, client and AZURE_CLIENT_SECRET, and that the secret has not expired.',
  'workload-identity': 'Check tenant, client and the token file of the federated credential.',
  'managed-identity':
    'Check that this machine has a managed identity and that "auth.clientId" is the one it has.',
  certificate:
    'Check tenant, client and the certificate file (PEM, with its private key), and that the certificate has not expired.',
};

/** The library's own words, which differ from those of the service in having no code. */
const LOCAL: readonly (readonly [SignInMethod, RegExp, Words])[] = [
  [
    'azure-cli',
    /could not be found/iu,
    {
      meaning: 'the command "az" is not installed, or not on the PATH',
      hint: 'Install the Azure CLI and run: az login --tenant TENANT; or name another way under "auth".',
    },
  ],
  [
    'azure-cli',
    /az login/iu,
    {
      meaning: 'nobody is signed in to the Azure CLI',
      hint: 'Run: az login --allow-no-subscriptions --tenant TENANT',
    },
  ],
  [
    'managed-identity',
    /not available|unreachable|timed? ?out|aborted|fetch failed|network/iu,
    {
      meaning: 'this machine offers no managed identity',
      hint: 'Run on a machine of Azure with an identity assigned, or name another way under "auth".',
    },
  ],
];

export function signInFailed(facts: SignInFacts, error: unknown): ServiceError {
  if (error instanceof ServiceError) return knownFailure(facts, error);
  const { method } = facts.chosen;
  const text = error instanceof Error ? error.message : '';
  const code = /\bAADSTS(\d+)\b/u.exec(text)?.[1] ?? null;
  const known = code === null ? localWords(method, text) : BY_CODE.get(code);
  if (known === undefined && code === null && facts.network !== null) return notReached(facts, facts.network);
  if (known === undefined && code === null && facts.outage !== null) return outOfOrder(facts, facts.outage);
  const words = known ?? { meaning: null, hint: HINTS[method] };
  const reason = words.meaning === null ? '' : `: ${fill(words.meaning, facts)}`;
  return new ServiceError(
    `Signing in by ${method} failed${code === null ? '' : ` (AADSTS${code})`}${reason}`,
    {
      kind: 'sign-in',
      code: code === null ? null : `AADSTS${code}`,
      hint: `${fill(words.hint, facts)}\n  ${whoAndWhere(facts)}`,
    },
  );
}

/** Ours already; only who signs in is not known where it is thrown. */
function knownFailure(facts: SignInFacts, error: ServiceError): ServiceError {
  const { status, code, request, requestId, cause } = error;
  // Whatever kept it from being done: no request to the environment was tried.
  const kind = error.kind === 'unreachable' ? 'sign-in' : error.kind;
  const hint = [error.hint, whoAndWhere(facts)].filter((line) => line !== null).join('\n  ');
  return new ServiceError(error.message, { kind, status, code, request, requestId, hint, cause });
}

function localWords(method: SignInMethod, text: string): Words | undefined {
  return LOCAL.find(([of, pattern]) => of === method && pattern.test(text))?.[2];
}

function notReached(facts: SignInFacts, { host, error }: NonNullable<SignInFacts['network']>): ServiceError {
  const { message, hint } = networkFailure(error, host);
  return new ServiceError(`Signing in by ${facts.chosen.method} failed: ${message}`, {
    kind: 'sign-in',
    hint: `${hint}\n  ${whoAndWhere(facts)}`,
    cause: error,
  });
}

/** Says nothing about tenant, client or secret: nobody looked at them. */
function outOfOrder(
  facts: SignInFacts,
  { host, status, isJson }: NonNullable<SignInFacts['outage']>,
): ServiceError {
  const what = isJson || status >= 500 || status === 429 ? `status ${status}` : `a page and status ${status}`;
  const hint =
    status >= 500 || status === 429
      ? 'Run the command again in a few minutes; if it persists, look at the health of Microsoft Entra ID and for a proxy on the way.'
      : 'Something between here and the authority answered, such as a proxy or its sign-in page: check HTTPS_PROXY and NO_PROXY, or AZURE_AUTHORITY_HOST.';
  return new ServiceError(
    `Signing in by ${facts.chosen.method} failed: ${host} answered with ${what}, not with a token`,
    { kind: 'sign-in', status, hint: `${hint}\n  ${whoAndWhere(facts)}` },
  );
}

/** Which identity, for which environment, and why by this method. */
function whoAndWhere({ chosen, target, tenant, client }: SignInFacts): string {
  const identity = [
    client === null ? null : `client ${client}`,
    tenant === null ? null : `tenant ${tenant}`,
  ].filter((part) => part !== null);
  const who = identity.length === 0 ? '' : ` as ${identity.join(', ')}`;
  return `This was the sign-in to ${new URL(target).host} by ${chosen.method}${who}; ${chosen.because}.`;
}

function fill(text: string, { tenant, client, target, authority, assertion }: SignInFacts): string {
  const subject = assertion?.subject ?? null;
  const values: Readonly<Record<string, string>> = {
    TENANT: tenant ?? 'TENANT',
    CLIENT: client ?? 'of this sign-in',
    TARGET: target,
    AUTHORITY: new URL(authority).host,
    SUBJECT: subject === null ? 'the subject of its token' : `the subject "${subject}"`,
    ISSUER: assertion?.issuer ?? 'of the token',
    AUDIENCE: assertion?.audience ?? 'of the token',
  };
  return text.replaceAll(
    /\b(TENANT|CLIENT|TARGET|AUTHORITY|SUBJECT|ISSUER|AUDIENCE)\b/gu,
    (word) => values[word] ?? word,
  );
}
