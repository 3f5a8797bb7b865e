import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSecretResolver, type SecretOptions } from './secret-resolver.ts';

const CANARY = 'canary-7f3a"&';
const VAULT = 'keyVault:https://contoso.vault.azure.net/secrets/support';

let projectDir = '';
beforeAll(async () => {
  projectDir = await mkdtemp(join(tmpdir(), 'secrets-'));
  await writeFile(join(projectDir, 'one-newline'), `${CANARY}\n\n`, { mode: 0o600 });
  await writeFile(join(projectDir, 'windows'), `${CANARY}\r\n`, { mode: 0o600 });
  await writeFile(join(projectDir, 'open'), CANARY);
  await chmod(join(projectDir, 'open'), 0o644);
  await mkdir(join(projectDir, 'folder'));
});
afterAll(() => rm(projectDir, { recursive: true }));

function resolver(options: Partial<SecretOptions> = {}) {
  return createSecretResolver({
    env: { SUPPORT: CANARY, EMPTY: '', SHORT: '12345', SIX: '123456' },
    projectDir,
    fetch: async () => Response.json({ value: CANARY }),
    vaultToken: async () => 'vault-token',
    ...options,
  });
}

describe('resolve', () => {
  it.each([
    ['env:SUPPORT', CANARY],
    ['env:SIX', '123456'],
    ['file:one-newline', `${CANARY}\n`],
    ['file:windows', CANARY],
    [VAULT, CANARY],
  ])('reads %s', async (reference, value) => {
    expect(await resolver().resolve(reference)).toBe(value);
  });

  it.each([
    ['env:NONE', 'env:NONE: the environment variable is not set'],
    ['env:EMPTY', 'env:EMPTY: the environment variable is empty'],
    ['env:SHORT', 'env:SHORT holds 5 characters'],
    ['file:none', 'file:none: there is no such file'],
    ['file:folder', 'file:folder: it is a folder'],
    ['file:one-newline/x', 'file:one-newline/x: a part of the path is a file, not a folder'],
    ['plain text', '"plain text" is no reference to a secret'],
    ['env:', '"env:" is no reference to a secret'],
    [
      'keyVault:https://evil.example/secrets/x',
      '"keyVault:https://evil.example/secrets/x" is no reference to a secret',
    ],
    [
      'keyVault:http://contoso.vault.azure.net/secrets/x',
      '"keyVault:http://contoso.vault.azure.net/secrets/x" is no reference to a secret',
    ],
    [
      'keyVault:https://contoso.vault.azure.net.evil.example/secrets/x',
      '"keyVault:https://contoso.vault.azure.net.evil.example/secrets/x" is no reference to a secret',
    ],
  ])('refuses %s', async (reference, message) => {
    await expect(resolver().resolve(reference)).rejects.toThrow(message);
  });
});

describe('key vaults', () => {
  it('are asked over their REST API', async () => {
    const sent: unknown[] = [];
    const secrets = resolver({
      fetch: async ({ url, headers }) => {
        sent.push([url, headers.get('authorization')]);
        return Response.json({ value: CANARY });
      },
      vaultToken: async (scope) => {
        sent.push(scope);
        return 'vault-token';
      },
    });
    await secrets.resolve(`${VAULT}/0123abcd`);
    expect(sent).toEqual([
      'https://vault.azure.net/.default',
      ['https://contoso.vault.azure.net/secrets/support/0123abcd?api-version=7.4', 'Bearer vault-token'],
    ]);
  });

  it('are asked once for a secret, and again after a failure', async () => {
    let asked = 0;
    const secrets = resolver({
      fetch: async () => {
        asked += 1;
        return asked === 1 ? new Response('', { status: 503 }) : Response.json({ value: CANARY });
      },
    });
    await expect(secrets.resolve(VAULT)).rejects.toThrow('the vault answered with status 503');
    expect([await secrets.resolve(VAULT), await secrets.resolve(VAULT), asked]).toEqual([CANARY, CANARY, 2]);
  });

  it.each([
    [401, 'the vault does not let the caller in (401)'],
    [403, 'the vault does not let the caller in (403)'],
    [404, 'the vault has no such secret'],
    [500, 'the vault answered with status 500'],
  ])('explain status %d', async (status, words) => {
    const secrets = resolver({ fetch: async () => new Response(CANARY, { status }) });
    const problems = await secrets.check([VAULT]);
    expect(problems.map(({ message }) => message)).toEqual([`${VAULT}: ${words}`]);
  });

  it.each([
    ['cut JSON', `{"value":"${CANARY.slice(0, 9)}`],
    ['no value', `{"key":"${CANARY.slice(0, 9)}"}`],
  ])('tell nothing of an answer with %s', async (_name, body) => {
    const [problem] = await resolver({ fetch: async () => new Response(body) }).check([VAULT]);
    expect(problem?.message).toBe(`${VAULT}: the answer holds no value`);
  });

  it('explain a failed sign-in and a lost connection', async () => {
    const noToken = resolver({ vaultToken: () => Promise.reject(new Error(CANARY)) });
    const noWay = resolver({ fetch: () => Promise.reject(new TypeError('fetch failed')) });
    const problems = [...(await noToken.check([VAULT])), ...(await noWay.check([VAULT]))];
    expect(problems.map(({ message }) => message)).toEqual([
      `${VAULT}: signing in to the vault failed`,
      `${VAULT}: the vault cannot be reached`,
    ]);
  });
});

describe('check', () => {
  it('tells every problem at once, each reference once', async () => {
    const problems = await resolver().check([
      'env:NONE',
      'env:SHORT',
      'env:SUPPORT',
      'file:open',
      'env:NONE',
    ]);
    expect(problems.map(({ reference, severity, code }) => [reference, severity, code])).toEqual([
      ['env:NONE', 'error', 'secret-unresolvable'],
      ['env:SHORT', 'error', 'secret-too-short'],
      ['file:open', 'warning', 'secret-unresolvable'],
    ]);
    expect(problems.at(-1)?.hint).toBe(`Run: chmod 600 ${join(projectDir, 'open')}`);
    expect(JSON.stringify(problems)).not.toContain('12345');
  });

  it('shows no canary, whatever it looks like and wherever it lies', async () => {
    const canaries = fc
      .string({ unit: 'grapheme', minLength: 6, maxLength: 30 })
      .map((text) => `cnry${text}`);
    await fc.assert(
      fc.asyncProperty(canaries, async (canary) => {
        const secrets = resolver({
          env: { CANARY: canary },
          fetch: async () => new Response(canary, { status: 500 }),
          vaultToken: () => Promise.resolve(canary),
        });
        const problems = await secrets.check(['env:CANARY', VAULT, 'file:none']);
        const echo = `service said: ${canary} ${JSON.stringify(canary)} ${encodeURIComponent(canary)}`;
        const text = `${JSON.stringify(problems)} ${secrets.scrub(echo)}`;
        expect(problems.length).toBe(2);
        expect(text).not.toContain('cnry');
      }),
    );
  });
});
