/**
 * Bearer tokens for an environment, by the method that its configuration names or that its surroundings offer. Tokens
 * are kept until shortly before they end, and callers that want one at the same time share it. Tokens and secrets
 * appear in no message.
 */

import type { TokenCredential } from '@azure/identity';
import { ServiceError } from '../model/service-error.ts';
import { authorityFor } from './authority.ts';
import { createCredential } from './credential.ts';
import type { TokenProvider } from './exchange.ts';
import type { Fetch } from './http.ts';
import { createIdentityHttp } from './identity-http.ts';
import type { Env } from './proxy.ts';
import { type SignInFacts, signInFailed } from './sign-in-failure.ts';
import { APPLICATION_SETTINGS, type Auth, type ChosenMethod, chooseMethod } from './sign-in-method.ts';
import { callerOf, claimsOf, type TokenClaims, whyRefused } from './token-claims.ts';
import type { EnvironmentUrl } from './url.ts';

export interface SignInOptions {
  readonly auth: Auth | null;
  readonly env: Env;
  /** Folder that paths of `auth` are relative to. */
  readonly directory: string;
  readonly fetch: Fetch;
  /** Milliseconds since 1970, by this machine's clock, as the ends of tokens are. */
  readonly now?: () => number;
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
  const given = tokenGiven(options.givenToken);
  const { host } = new URL(url.origin);
  const callerBy = (token: string, way: string): string =>
    `${callerOf(token) ?? 'whom the token stands for'}, at ${host} by ${way}`;
  if (given !== null) {
    checkToken(given);
    const caller = callerBy(given, `MAILBOXCTL_TOKEN${endOf(given, url)}`);
    return { token: async () => given, caller: () => caller, whyRefused: (why) => whyRefused(given, why) };
  }
  if (url.loopback) return null;
  const tokenFor = createTokenSource(options);
  let last = '';
  return {
    token: async ({ refused }) => {
      last = await tokenFor(`${url.origin}/.default`, refused);
      return last;
    },
    caller: () => callerBy(last, tokenFor.chosen.method),
    whyRefused: (why) => whyRefused(last, why),
  };
}

/** How requests to an environment are signed in, and what decided it. */
export function describeSignIn(
  url: EnvironmentUrl,
  { auth, env, givenToken }: Pick<EnvironmentSignInOptions, 'auth' | 'env' | 'givenToken'>,
): string {
  if (tokenGiven(givenToken) !== null) return 'the token of MAILBOXCTL_TOKEN';
  if (url.loopback) return 'none: the environment is on this machine';
  const { method, because } = chooseMethod(auth, env);
  return `${method} (${because})`;
}

/** A token that has ended, or is for something else, is the likeliest reason for it to be refused. */
function endOf(token: string, { origin }: EnvironmentUrl): string {
  const { expires = null, audience = null } = claimsOf(token) ?? {};
  const made = audience === null ? '' : `, which is made for ${audience}${notFor(audience, origin)}`;
  return expires === null ? made : `${made}, not usable after ${new Date(expires).toISOString()}`;
}

/** An audience may also be an id, or a host of the same service with another name: the service decides, not we. */
function notFor(audience: string, origin: string): string {
  if (!URL.canParse(audience) || new URL(audience).host === new URL(origin).host) return '';
  if (!/^https?:/u.test(audience)) return '';
  return ` and not for this environment (az account get-access-token --resource ${origin} makes one that is)`;
}

/** A variable that is empty counts as not set, as pipelines have it; one with nothing but wrapping is a mistake. */
function tokenGiven(given: string | null): string | null {
  if (given === null || given === '') return null;
  const token = bareToken(given);
  if (token !== '') return token;
  throw new ServiceError('MAILBOXCTL_TOKEN holds no token', {
    kind: 'sign-in',
    hint: 'Set it to a bearer token, or unset it, to sign in as "auth" of the environment says.',
  });
}

/** As it is copied, out of JSON or out of a header, a token has quotes or its scheme around it. */
function bareToken(given: string): string {
  const text = given.trim();
  const bare = text
    .replace(/^(["'])(.*)\1$/su, '$2')
    .replace(/^Bearer(\s+|$)/iu, '')
    .trim();
  return bare === text ? text : bareToken(bare);
}

/** Anything else cannot stand in a header, and would look like a lost connection. */
function checkToken(token: string): void {
  if (/^[\x21-\x7e]+$/u.test(token)) return;
  throw new ServiceError('The given token holds characters that no token has', {
    kind: 'sign-in',
    hint: 'Set MAILBOXCTL_TOKEN to the token alone, without spaces and line breaks.',
  });
}

/** Tokens for any scope, such as that of a key vault. `refused`: the service does not take this one any more. */
export interface TokenSource {
  (scope: string, refused?: string | null): Promise<string>;
  readonly chosen: ChosenMethod;
}

interface Token {
  readonly token: string;
  /** Another one is fetched from then on; this one is good a little longer. */
  readonly renewAt: number;
  readonly endsAt: number;
}

interface Kept {
  current: Token | null;
  /** A token that is on its way, for all who want one meanwhile. */
  coming: Promise<string> | null;
  credential: Promise<TokenCredential> | null;
  signIn: Preparation | null;
}

/** Errors: `ServiceError` where the configuration names no method that there is. */
export function createTokenSource(options: SignInOptions): TokenSource {
  const chosen = chooseMethod(options.auth, options.env);
  const now = options.now ?? Date.now;
  const scopes = new Map<string, Kept>();
  const source = (scope: string, refused: string | null = null): Promise<string> => {
    const kept = scopes.get(scope) ?? { current: null, coming: null, credential: null, signIn: null };
    scopes.set(scope, kept);
    const { current } = kept;
    if (kept.coming !== null) return kept.coming;
    if (current !== null && current.token !== refused && now() < current.renewAt) {
      return Promise.resolve(current.token);
    }
    // What a library keeps of a refused token goes with its credential.
    if (current !== null && current.token === refused) kept.credential = null;
    const usable = current !== null && current.token !== refused ? current : null;
    kept.coming = fetchToken(kept, { scope, chosen, options, now, usable }).finally(() => {
      kept.coming = null;
    });
    return kept.coming;
  };
  return Object.assign(source, { chosen });
}

interface Wanted {
  readonly scope: string;
  readonly chosen: ChosenMethod;
  readonly options: SignInOptions;
  readonly now: () => number;
  /** A token that should be renewed but has not ended. */
  readonly usable: Token | null;
}

async function fetchToken(kept: Kept, { scope, chosen, options, now, usable }: Wanted): Promise<string> {
  const signIn = kept.signIn ?? prepare(scope, chosen, options);
  kept.signIn = signIn;
  try {
    kept.credential ??= signIn.credential();
    const access = await (await kept.credential).getToken(scope);
    if (access === null) throw signIn.failed(null);
    kept.current = keepable(access.token, access.expiresOnTimestamp, now());
    return access.token;
  } catch (error) {
    kept.credential = null;
    // The next request tries again: a short outage of the sign-in is no reason to end a long run.
    if (usable !== null && now() < usable.endsAt) return usable.token;
    throw signIn.failed(error);
  }
}

/** Long enough before the end for a slow request, and for clocks that differ. */
const LONGEST_MARGIN_MS = 5 * 60_000;

function keepable(token: string, endsAt: number, now: number): Token {
  const margin = Math.min(LONGEST_MARGIN_MS, (endsAt - now) / 10);
  return { token, endsAt, renewAt: endsAt - margin };
}

interface Preparation {
  readonly credential: () => Promise<TokenCredential>;
  readonly failed: (error: unknown) => ServiceError;
}

function prepare(scope: string, chosen: ChosenMethod, options: SignInOptions): Preparation {
  const { auth, env, directory, fetch } = options;
  const target = new URL(scope).origin;
  const authority = authorityFor(new URL(scope).hostname, env);
  const http = createIdentityHttp(fetch);
  let assertion: TokenClaims | null = null;
  let noAssertion: unknown = null;
  // It signs in whoever has signed in to it, and takes no client.
  const isCli = chosen.method === 'azure-cli';
  const known = (key: keyof typeof APPLICATION_SETTINGS): string | null =>
    auth?.[key] ?? (isCli ? null : (env[APPLICATION_SETTINGS[key]] ?? null));
  return {
    credential: () =>
      createCredential({
        method: chosen.method,
        auth,
        env,
        authority,
        directory,
        fetch,
        httpClient: http.client,
        onAssertion: (text) => {
          assertion = claimsOf(text);
          noAssertion = null;
        },
        onNoAssertion: (error) => {
          noAssertion = error;
        },
      }),
    failed: (error) =>
      signInFailed(
        {
          chosen,
          target,
          authority,
          tenant: known('tenantId'),
          client: isCli ? null : known('clientId'),
          assertion,
          network: http.lastFailure(),
          outage: http.lastOutage(),
        } satisfies SignInFacts,
        noAssertion ?? error,
      ),
  };
}
