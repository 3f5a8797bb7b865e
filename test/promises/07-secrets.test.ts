/**
 * Promise 7: a secret is in no plan, log, error, journal or report, in no disguise, and in no request but the one that
 * sets it; what the service echoes is scrubbed; short values are refused before anything is written.
 */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../src/catalogue/catalogue.ts';
import { createTransport } from '../../src/dataverse/transport.ts';
import { parseEnvironmentUrl } from '../../src/dataverse/url.ts';
import { createStepWriter } from '../../src/dataverse/write-step.ts';
import { createSecretResolver } from '../../src/secrets/secret-resolver.ts';
import { watchSecrets } from '../scenarios/secrets-seen.ts';
import { openWorld } from '../world.ts';
import { type Folder, openFolder } from './command-line.ts';
import { configOf, organizationOf } from './contoso.ts';

/** Every character that some notation escapes. */
const CANARY = 'cnry "+/&<>\'%\\?é-7f3a';
const VAULT = 'https://contoso.vault.azure.net/secrets/support';
const organization = organizationOf('queues:\n  - { name: Support, emailAddress: support@contoso.com }\n');

function itemsFor(password: string): string {
  return `serverProfiles:
  - name: Support POP3
    type: pop3-smtp
    incoming: { server: pop3.contoso.com, port: 995 }
    outgoing: { server: smtp.contoso.com, port: 587 }
    authentication: user-or-queue
mailboxes:
  - queue: Support
    emailAddress: support@contoso.com
    serverProfile: Support POP3
    incoming: server-side-sync
    outgoing: server-side-sync
    appointmentsContactsTasks: none
    credentials: { username: support, password: ${password} }
    approved: true
    testAndEnable: true
`;
}

function withData(config: string): string {
  return config.replace('url: emulator', 'url: emulator, data: organization.yaml');
}

const folders: Folder[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await folder.remove();
});

/** Text of everything that the tool printed and wrote for itself; the emulator's own files are the service. */
async function toolTexts(folder: Folder, printed: readonly unknown[]): Promise<string> {
  const files = Object.entries(await folder.texts()).filter(
    ([path]) => !path.includes('emulator') && path !== 'password' && path !== 'mailboxctl.yaml',
  );
  return JSON.stringify([files, printed]);
}

const FORMATS = ['markdown', 'html', 'sarif', 'junit', 'github'] as const;

describe.each([
  ['an environment variable', '{ env: SUPPORT_PASSWORD }'],
  ['a file', '{ file: password }'],
])('a secret in %s', (_name, reference) => {
  it('is in nothing that the verbs print or write', async () => {
    const files = {
      'mailboxctl.yaml': withData(configOf(itemsFor(reference))),
      'organization.yaml': organization,
      password: CANARY,
    };
    const folder = await openFolder(files, { SUPPORT_PASSWORD: CANARY });
    folders.push(folder);
    const printed = [];
    for (const command of [
      ['plan', '--out', join(folder.path, 'plan.json')],
      ['plan', '--format', 'json', '--verbose'],
      ['apply', '--yes', '--verbose', '--events', join(folder.path, 'events.jsonl')],
      ['drift', '--format', 'json'],
      ['status', '--format', 'json'],
      ...FORMATS.map((format) => ['plan', '--rotate', 'all', '--format', format]),
      ['drift', '--format', 'html'],
      ['apply', '--yes', '--rotate', 'all', '--format', 'json'],
    ])
      printed.push(await folder.run(...command));
    const texts = await toolTexts(folder, printed);
    expect(printed.map(({ exitCode }) => exitCode)).toEqual(printed.map(() => 0));
    expect(texts).toContain('run-started');
    expect(texts).toContain('because a rotation was asked for');
    watchSecrets({ CANARY }).expectUnseen({ texts });
  });
});

describe.each(['env:SUPPORT_PASSWORD', 'file:password', `keyVault:${VAULT}`])(
  'a secret from %s',
  (source) => {
    const [kind = '', rest = ''] = [
      source.slice(0, source.indexOf(':')),
      source.slice(source.indexOf(':') + 1),
    ];

    it('is in no request but the one that sets it, and scrubbed from what the service echoes', async () => {
      const projectDir = await mkdtemp(join(tmpdir(), 'mailboxctl-secrets-'));
      await writeFile(join(projectDir, 'password'), CANARY, { mode: 0o600 });
      const secrets = watchSecrets({ CANARY });
      let echoed = 0;
      const world = await openWorld({ config: configOf(itemsFor(`{ ${kind}: '${rest}' }`)), organization });
      const transport = createTransport({
        url: parseEnvironmentUrl(world.emulator.baseUrl),
        fetch: (request) =>
          secrets.intercept(request, async (sent) => {
            const body = await sent.clone().text();
            if (sent.method !== 'PATCH' || !body.includes('password')) return world.emulator.fetch(sent);
            echoed += 1;
            const told = [body, btoa(unescape(encodeURIComponent(body))), encodeURIComponent(body)].join(' ');
            return Response.json(
              { error: { code: '0x80040203', message: `Cannot save ${told}` } },
              { status: 400 },
            );
          }),
        clock: world.clock,
        random: () => 0.5,
        tokens: null,
      });
      const resolver = createSecretResolver({
        env: { SUPPORT_PASSWORD: CANARY },
        projectDir,
        fetch: async () => Response.json({ value: CANARY }),
        vaultToken: async () => 'vault-token',
      });
      const writer = createStepWriter(transport, CATALOGUE, resolver, world.clock);
      const plan = await world.plan();
      const step = plan.steps.find(({ set }) => set.some(({ field }) => field === 'credentials.password'));
      if (step === undefined) throw new Error('The plan sets no password');
      const readings = await world.reader.reread(plan.records);
      const reading = readings.get(step.address);
      if (reading === undefined) throw new Error('The mailbox was not read');
      // The profile that the mailbox is moved to is created first.
      const create = plan.steps.find(({ verb }) => verb === 'create');
      const profile = create === undefined ? undefined : readings.get(create.address);
      if (create !== undefined && profile !== undefined)
        await writer.write([{ step: create, reading: profile }], plan.records);
      const [result] = await writer.write([{ step, reading }], plan.records);
      expect(result?.kind).toBe('refused');
      expect(echoed).toBe(1);
      secrets.expectUnseen({ plan, result, log: world.emulator.log });
      secrets.expectSentBySteps(plan);
      await world.close();
      await rm(projectDir, { recursive: true });
    });
  },
);

it('reaches the service as it is', async () => {
  let body: unknown;
  const world = await openWorld({
    config: configOf(itemsFor('{ env: SUPPORT_PASSWORD }')),
    organization,
    env: { SUPPORT_PASSWORD: CANARY },
    intercept: async (request, pass) => {
      const text = await request.clone().text();
      if (text.includes('"password"')) body = JSON.parse(text);
      return pass(request);
    },
  });
  const { outcomes } = await world.apply(await world.plan());
  expect(outcomes.filter(({ kind }) => kind !== 'applied')).toEqual([]);
  expect(body).toMatchObject({ username: 'support', password: CANARY });
  await world.close();
});

it.each([
  ['too short', { SUPPORT_PASSWORD: '12345' }, 'env:SUPPORT_PASSWORD holds 5 characters'],
  ['not set', {}, 'env:SUPPORT_PASSWORD: the environment variable is not set'],
])('that is %s stops the run before the first write', async (_name, env, message) => {
  const config = withData(configOf(itemsFor('{ env: SUPPORT_PASSWORD }')));
  const folder = await openFolder({ 'mailboxctl.yaml': config, 'organization.yaml': organization }, env);
  folders.push(folder);
  const { exitCode, stderr } = await folder.run('apply', '--yes');
  expect({ exitCode, explained: stderr.includes(message) || stderr }).toEqual({
    exitCode: 3,
    explained: true,
  });
  expect(Object.keys(await folder.texts()).filter((path) => path.includes('/runs/'))).toEqual([]);
  const { exitCode: planned, stdout } = await folder.run('plan');
  expect({ planned, summary: stdout.includes('Plan: 1 to add, 1 to change') }).toEqual({
    planned: 0,
    summary: true,
  });
});
