/** A Microsoft Entra ID on this machine, over TLS: gives out tokens, and refuses with the codes of the real one. */

import { constants, createPublicKey, verify } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Certificate, type Running, serveTls } from './local-servers.test-support.ts';

export const TENANT = '00000000-0000-0000-0000-00000000000a';
export const CLIENT = '00000000-0000-0000-0000-00000000000b';
export const SECRET = 'canary-client-secret';

export interface Authority extends Running {
  readonly url: string;
  /** Forms that tokens were asked for with. */
  readonly asked: readonly URLSearchParams[];
  /** Tokens given out, oldest first. */
  readonly given: readonly string[];
  /** The next request is refused with this code. */
  refuse(code: string): void;
  /** Life of the tokens from now on. */
  expiresIn(seconds: number): void;
}

export async function startAuthority(certificate: Certificate): Promise<Authority> {
  const asked: URLSearchParams[] = [];
  const given: string[] = [];
  let seconds = 3600;
  let refusal: string | null = null;
  const answerToken = (form: URLSearchParams, response: ServerResponse): void => {
    asked.push(form);
    const code = refusal ?? problemOf(form, certificate, running.port);
    refusal = null;
    if (code !== null) {
      sendJson(response, 401, refused(code));
      return;
    }
    const token = unsigned({ appid: CLIENT, tid: TENANT, aud: form.get('scope'), jti: given.length });
    given.push(token);
    sendJson(response, 200, { token_type: 'Bearer', expires_in: seconds, access_token: token });
  };
  const running = await serveTls(certificate, (request, response) => {
    const { pathname } = new URL(request.url ?? '', 'https://localhost');
    if (pathname === `/${TENANT}/oauth2/v2.0/token`) {
      void bodyOf(request).then((body) => answerToken(new URLSearchParams(body), response));
    } else if (pathname === `/${TENANT}/v2.0/.well-known/openid-configuration`) {
      sendJson(response, 200, configuration(`https://localhost:${running.port}/${TENANT}`));
    } else sendJson(response, 404, {});
  });
  return {
    ...running,
    url: `https://localhost:${running.port}`,
    asked,
    given,
    refuse: (code) => {
      refusal = code;
    },
    expiresIn: (life) => {
      seconds = life;
    },
  };
}

/** A token that anybody could have made; nobody here checks signatures of access tokens. */
export function unsigned(claims: Readonly<Record<string, unknown>>): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.canary-signature`;
}

/** The code with which the real one would refuse this request; `null` for a good one. */
function problemOf(form: URLSearchParams, certificate: Certificate, port: number): string | null {
  if (form.get('client_id') !== CLIENT) return 'AADSTS700016';
  const secret = form.get('client_secret');
  if (secret !== null) return secret === SECRET ? null : 'AADSTS7000215';
  const assertion = form.get('client_assertion') ?? '';
  const claims = partOf(assertion, 1);
  if (claims.iss === CLIENT) return isSigned(assertion, claims, certificate, port) ? null : 'AADSTS700027';
  return claims.sub === 'repo:contoso/mail:ref:refs/heads/main' ? null : 'AADSTS700213';
}

/** By the key of the certificate, for this authority. */
function isSigned(
  assertion: string,
  claims: Readonly<Record<string, unknown>>,
  { certificate }: Certificate,
  port: number,
): boolean {
  const [header = '', payload = '', signature = ''] = assertion.split('.');
  const padding =
    partOf(assertion, 0).alg === 'PS256' ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING;
  const key = createPublicKey(certificate);
  const signed = verify(
    'sha256',
    Buffer.from(`${header}.${payload}`),
    { key, padding },
    Buffer.from(signature, 'base64url'),
  );
  return signed && String(claims.aud).startsWith(`https://localhost:${port}/${TENANT}/`);
}

function partOf(token: string, index: number): Readonly<Record<string, unknown>> {
  const text = Buffer.from(token.split('.')[index] ?? '', 'base64url').toString();
  return text === '' ? {} : (JSON.parse(text) as Readonly<Record<string, unknown>>);
}

/** The real one quotes what it was asked; nothing of that may be shown. */
function refused(code: string): Readonly<Record<string, unknown>> {
  return {
    error: 'invalid_client',
    error_description: `${code}: Wrong. Request: ${SECRET} canary-assertion. Trace ID: canary-trace`,
    error_codes: [Number(code.replace('AADSTS', ''))],
    correlation_id: '00000000-0000-0000-0000-00000000000c',
  };
}

function configuration(base: string): Readonly<Record<string, unknown>> {
  return {
    issuer: `${base}/v2.0`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
    response_types_supported: ['code'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
  };
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
