import { describe, expect, it } from 'vitest';
import { createTokenProvider } from './sign-in.ts';
import { whyRefused } from './token-claims.ts';
import { parseEnvironmentUrl } from './url.ts';
import { errorOf, fault, json, ORIGIN, START, wire } from './wire.test-support.ts';

const OURS = '11111111-1111-4111-8111-111111111111';
const THEIRS = '22222222-2222-4222-8222-222222222222';

function jwt(claims: object): string {
  return `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`;
}

function challengeOf(tenant: string): string {
  return `Bearer authorization_uri=https://login.microsoftonline.com/${tenant}/oauth2/authorize, resource_id=${ORIGIN}/`;
}

describe('whyRefused', () => {
  const ended = START / 1000 - 3600;
  it.each([
    ['it has expired', jwt({ exp: ended }), null, 'the token has expired at 2026-11-21T08:00:00.000Z'],
    ['it ends now', jwt({ exp: START / 1000 }), null, 'the token has expired at 2026-11-21T09:00:00.000Z'],
    [
      'it is of another tenant',
      jwt({ tid: THEIRS, exp: START / 1000 + 1 }),
      challengeOf(OURS),
      `the token is of tenant ${THEIRS}, and the environment of tenant ${OURS}`,
    ],
    ['it is of this tenant', jwt({ tid: OURS.toUpperCase() }), challengeOf(OURS), null],
    ['no tenant is asked for', jwt({ tid: THEIRS }), 'Bearer realm=""', null],
    ['no claim tells', jwt({}), null, null],
    [
      'it is none',
      'opaque',
      challengeOf(OURS),
      'the token is no JSON web token, which every token of Microsoft Entra ID is',
    ],
  ])('%s', (_name, token, challenge, reason) => {
    expect(whyRefused(token, { challenge, at: START })).toBe(reason);
  });
});

describe('an expired token', () => {
  const givenToken = jwt({ exp: START / 1000 - 3600 });
  const tokens = createTokenProvider(parseEnvironmentUrl(ORIGIN), {
    auth: null,
    env: {},
    directory: '/project',
    fetch: () => Promise.reject(new Error('nothing may be sent')),
    givenToken,
  });

  it('is told first where the service refuses it', async () => {
    const { transport } = wire(() => fault(401, '', 'Unauthorized'), { tokens });
    const error = await errorOf(transport.get('WhoAmI'));
    expect([error.kind, error.message]).toEqual([
      'sign-in',
      'The environment does not accept the sign-in: the token has expired at 2026-11-21T08:00:00.000Z: Unauthorized',
    ]);
  });

  it('is no error where the service takes it', async () => {
    const { transport } = wire(() => json({ ok: true }), { tokens });
    expect((await transport.get('WhoAmI')).body).toEqual({ ok: true });
  });
});
