import { describe, expect, it } from 'vitest';
import { type Env, namesProxy, proxyFor } from './proxy.ts';

const CONTOSO = 'https://contoso.crm4.dynamics.com/api/data/v9.2/';
const PROXY = 'http://proxy.contoso.test:8080';

function taken(target: string, env: Env): readonly [string, string] | null {
  const proxy = proxyFor(new URL(target), env);
  return proxy === null ? null : [proxy.url.host, proxy.variable];
}

describe('proxyFor', () => {
  it.each([
    ['HTTPS_PROXY', CONTOSO, { HTTPS_PROXY: PROXY }, ['proxy.contoso.test:8080', 'HTTPS_PROXY']],
    [
      'the lower case first',
      CONTOSO,
      { HTTPS_PROXY: PROXY, https_proxy: 'http://other:1' },
      ['other:1', 'https_proxy'],
    ],
    [
      'ALL_PROXY where nothing else is set',
      CONTOSO,
      { ALL_PROXY: PROXY },
      ['proxy.contoso.test:8080', 'ALL_PROXY'],
    ],
    [
      'HTTPS_PROXY before ALL_PROXY',
      CONTOSO,
      { ALL_PROXY: 'http://all:1', HTTPS_PROXY: PROXY },
      ['proxy.contoso.test:8080', 'HTTPS_PROXY'],
    ],
    ['an address without scheme', CONTOSO, { HTTPS_PROXY: 'proxy:3128' }, ['proxy:3128', 'HTTPS_PROXY']],
    ['none for an empty variable', CONTOSO, { HTTPS_PROXY: ' ', https_proxy: '' }, null],
    ['none of HTTP_PROXY for https', CONTOSO, { HTTP_PROXY: PROXY }, null],
    [
      'HTTP_PROXY for http',
      'http://contoso.test/',
      { HTTP_PROXY: PROXY },
      ['proxy.contoso.test:8080', 'HTTP_PROXY'],
    ],
    ['none without variables', CONTOSO, {}, null],
  ] satisfies [string, string, Env, [string, string] | null][])(
    'takes %s',
    (_name, target, env, expected) => {
      expect(taken(target, env)).toEqual(expected);
    },
  );

  it.each([
    'http://localhost:8080/',
    'http://emulator.localhost/',
    'http://127.0.0.1/',
    'http://127.8.8.8/',
    'http://[::1]:80/',
    'http://169.254.169.254/metadata/identity',
  ])('keeps %s on this machine', (target) => {
    expect(taken(target, { ALL_PROXY: PROXY })).toBeNull();
  });

  it.each([
    ['*', CONTOSO, true],
    ['contoso.crm4.dynamics.com', CONTOSO, true],
    ['CONTOSO.crm4.Dynamics.com', CONTOSO, true],
    ['dynamics.com', CONTOSO, true],
    ['.dynamics.com', CONTOSO, true],
    ['*.dynamics.com', CONTOSO, true],
    ['namics.com', CONTOSO, false],
    ['contoso.com, dynamics.com', CONTOSO, true],
    ['contoso.com dynamics.com', CONTOSO, true],
    ['dynamics.com:443', CONTOSO, true],
    ['dynamics.com:8443', CONTOSO, false],
    ['dynamics.com:8443', 'https://a.dynamics.com:8443/', true],
    ['login.microsoftonline.com', CONTOSO, false],
    ['::2', 'https://[::2]/', true],
    ['[::2]:443', 'https://[::2]/', true],
    ['[::2]:444', 'https://[::2]/', false],
    ['', CONTOSO, false],
  ] as const)('NO_PROXY %j: %s goes straight: %j', (exempt, target, straight) => {
    expect(taken(target, { HTTPS_PROXY: PROXY, NO_PROXY: exempt }) === null).toBe(straight);
    expect(taken(target, { HTTPS_PROXY: PROXY, no_proxy: exempt, NO_PROXY: '' }) === null).toBe(straight);
  });

  it.each(['socks5://user:hunter22@proxy:1080', 'http://user:hunter22@', 'http://user:hunter22%@proxy'])(
    'shows nothing of %s',
    (value) => {
      const problem = (): unknown => proxyFor(new URL(CONTOSO), { HTTPS_PROXY: value });
      expect(problem).toThrow(/^HTTPS_PROXY holds no address of an HTTP proxy$/u);
    },
  );
});

describe('namesProxy', () => {
  it.each([
    [{}, false],
    [{ HTTPS_PROXY: '' }, false],
    [{ NO_PROXY: '*' }, false],
    [{ all_proxy: PROXY }, true],
    [{ http_proxy: PROXY }, true],
  ] satisfies [Env, boolean][])('%j: %j', (env, expected) => {
    expect(namesProxy(env)).toBe(expected);
  });
});
