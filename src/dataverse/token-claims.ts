/** Whom a token stands for, by its claims. Checks no signature and keeps nothing of the token itself. */

import { parseObject } from './service-answer.ts';

export interface TokenClaims {
  readonly subject: string | null;
  readonly issuer: string | null;
  readonly application: string | null;
  readonly person: string | null;
  readonly tenant: string | null;
  readonly audience: string | null;
  /** Milliseconds since 1970. */
  readonly expires: number | null;
}

/** `null`: no JSON web token. */
export function claimsOf(token: string): TokenClaims | null {
  const [, payload, ...rest] = token.split('.');
  if (payload === undefined || rest.length !== 1) return null;
  const claims = parseObject(Buffer.from(payload, 'base64url').toString('utf8'));
  if (claims === null) return null;
  const text = (...names: readonly string[]): string | null =>
    (names.map((name) => claims[name]).find((value) => typeof value === 'string') as string | undefined) ??
    null;
  return {
    subject: text('sub'),
    issuer: text('iss'),
    application: text('appid', 'azp'),
    person: text('upn', 'preferred_username', 'unique_name'),
    tenant: text('tid'),
    audience: text('aud'),
    expires: typeof claims.exp === 'number' ? claims.exp * 1000 : null,
  };
}

/** What an answer 401 tells besides that. */
export interface Refusal {
  /** `WWW-Authenticate`. */
  readonly challenge: string | null;
  /** Milliseconds since 1970, by the clock of the service where it is known. */
  readonly at: number;
}

/** Why a token was refused, where it can be told from the token; `null`: nothing is wrong with it to see. */
export function whyRefused(token: string, { challenge, at }: Refusal): string | null {
  const claims = claimsOf(token);
  if (claims === null) return 'the token is no JSON web token, which every token of Microsoft Entra ID is';
  const { expires, tenant } = claims;
  if (expires !== null && expires <= at) return `the token has expired at ${new Date(expires).toISOString()}`;
  const wanted = tenantIn(challenge ?? '');
  if (tenant === null || wanted === null || tenant.toLowerCase() === wanted.toLowerCase()) return null;
  return `the token is of tenant ${tenant}, and the environment of tenant ${wanted}`;
}

/** `authorization_uri=https://AUTHORITY/TENANT/…` (Microsoft Learn, "Use OAuth authentication with Microsoft Dataverse"). */
function tenantIn(challenge: string): string | null {
  return (
    /\bauthorization_uri="?https:\/\/[^/\s",]+\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b/iu.exec(
      challenge,
    )?.[1] ?? null
  );
}

/** A person by the sign-in name, an application by its id; `null` where the token tells neither. */
export function callerOf(token: string): string | null {
  const claims = claimsOf(token);
  if (claims === null) return null;
  const tenant = claims.tenant === null ? '' : ` of tenant ${claims.tenant}`;
  if (claims.person !== null) return `${claims.person}${tenant}`;
  return claims.application === null ? null : `the application ${claims.application}${tenant}`;
}
