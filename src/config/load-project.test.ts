import { describe, expect, it } from 'vitest';
import { memoryFiles, PROJECT } from '../../test/config/memory-files.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { loadProject } from './load-project.ts';

const ROOT = `version: 1
environments:
  local: { url: emulator, data: organization.yaml }
  prod:
    url: https://contoso.crm4.dynamics.com/
    organizationId: 00000000-0000-0000-0000-00000000000A
    purpose: production
    auth: { method: azure-cli, tenantId: 00000000-0000-0000-0000-000000000001 }
    approvals: hand-off
    tests: { perRun: 5, timeout: 90s, retestAfter: 7d }
    guards: { maxChanges: { share: 5%, from: 3 } }
    mail: { allow: ["*@test.contoso.com"], others: none }
include: ["config/**/*.yaml"]
`;

const QUEUES = `serverProfiles:
  - name: Mail
    type: imap-smtp
    incoming: { server: imap.contoso.com, authentication: profile }
    outgoing: { server: smtp.contoso.com }
    authentication: user-or-queue
rules:
  - name: people
    match: { mailboxOf: user, emailAddress: ["*@contoso.com"], businessUnit: Sales, below: true,
             in: lists/pilot.txt, include: disabled-users }
    except: [ceo@contoso.com, { team: [A, B], licensed: false }]
    outgoing: none
mailboxes:
  - queue: Support
    serverProfile: Mail
    credentials: { username: support, password: { env: SUPPORT_PASSWORD } }
  - forward: Inbound
    emailAddress: forward@contoso.com
`;

const FILES = {
  'mailboxctl.yaml': ROOT,
  'config/a/queues.yaml': QUEUES,
  'lists/pilot.txt': '# Pilots\nalice@contoso.com\n',
  'organization.yaml': '',
};

function at(line: number, column: number): object {
  return { file: 'config/a/queues.yaml', line, column };
}

describe('loadProject', () => {
  it('reads environments with every default', async () => {
    const { environments } = await loadProject(PROJECT, memoryFiles(FILES));
    expect(environments).toEqual([
      {
        name: 'local',
        url: 'emulator',
        data: '/project/organization.yaml',
        organizationId: null,
        purpose: 'non-production',
        auth: null,
        approvals: 'apply',
        tests: { perRun: 200, timeoutMs: 900_000, retestAfterMs: 86_400_000 },
        guards: { maxChanges: { share: 0.2, from: 10 } },
        mail: null,
        source: { file: 'mailboxctl.yaml', line: 3, column: 3 },
      },
      {
        name: 'prod',
        url: 'https://contoso.crm4.dynamics.com',
        data: null,
        organizationId: '00000000-0000-0000-0000-00000000000a',
        purpose: 'production',
        auth: { method: 'azure-cli', tenantId: '00000000-0000-0000-0000-000000000001' },
        approvals: 'hand-off',
        tests: { perRun: 5, timeoutMs: 90_000, retestAfterMs: 604_800_000 },
        guards: { maxChanges: { share: 0.05, from: 3 } },
        mail: {
          allow: ['*@test.contoso.com'],
          others: 'none',
          source: { file: 'mailboxctl.yaml', line: 12, column: 5 },
        },
        source: { file: 'mailboxctl.yaml', line: 4, column: 3 },
      },
    ]);
  });

  it.each([
    ['contoso.onmicrosoft.com', []],
    ['72F988BF-86F1-41AF-91AB-2D7CD011DB47', []],
    ['contoso', ['wrong-value']],
    ['common', ['wrong-value']],
  ])('takes a tenant by its id or by a domain: %s', async (tenantId, codes) => {
    const text = `version: 1
environments:
  prod:
    url: https://contoso.crm4.dynamics.com
    organizationId: 00000000-0000-0000-0000-00000000000a
    purpose: production
    auth: { tenantId: ${tenantId} }
`;
    const { diagnostics } = await loadProject(PROJECT, memoryFiles({ 'mailboxctl.yaml': text }));
    expect(diagnostics.map(({ code }) => code)).toEqual(codes);
  });

  it('gives every value the place it came from', async () => {
    const { mailboxes } = (await loadProject(PROJECT, memoryFiles(FILES))).config('local');
    expect(mailboxes).toEqual([
      {
        kind: 'mailbox',
        sort: 'queue',
        name: 'Support',
        address: 'mailbox:queue/Support',
        id: null,
        source: at(14, 5),
        fields: new Map<string, unknown>([
          ['serverProfile', { value: { ref: 'profile:Mail' }, source: at(15, 20) }],
          ['credentials', { value: 'allowed', source: at(16, 18) }],
          ['credentials.username', { value: 'support', source: at(16, 30) }],
          ['credentials.password', { value: { secret: 'env:SUPPORT_PASSWORD' }, source: at(16, 49) }],
        ]),
      },
      {
        kind: 'mailbox',
        sort: 'forward',
        name: 'Inbound',
        address: 'mailbox:forward/Inbound',
        id: null,
        source: at(17, 5),
        fields: new Map([
          ['name', { value: 'Inbound', source: at(17, 14) }],
          ['emailAddress', { value: 'forward@contoso.com', source: at(18, 19) }],
        ]),
      },
    ]);
  });

  it('reads rules, whose values carry the name of the rule', async () => {
    const { rules } = (await loadProject(PROJECT, memoryFiles(FILES))).config('local');
    expect(rules).toEqual([
      {
        name: 'people',
        match: {
          mailboxOf: ['user'],
          emailAddress: ['*@contoso.com'],
          businessUnit: ['Sales'],
          below: true,
          in: [{ text: 'alice@contoso.com', source: { file: 'lists/pilot.txt', line: 2, column: 1 } }],
        },
        except: ['ceo@contoso.com', { team: ['A', 'B'], licensed: false }],
        include: ['disabled-users'],
        fields: new Map([['outgoing', { value: 'none', source: { ...at(12, 15), rule: 'people' } }]]),
        source: { ...at(8, 5), rule: 'people' },
      },
    ]);
  });

  it('lets a direction of a profile win over the shorthand', async () => {
    const { profiles } = (await loadProject(PROJECT, memoryFiles(FILES))).config('local');
    const fields = profiles[0]?.fields;
    expect(fields?.get('incoming.authentication')).toEqual({ value: 'profile', source: at(4, 59) });
    expect(fields?.get('outgoing.authentication')).toEqual({
      value: 'user-or-queue',
      source: at(6, 21),
      byShorthand: true,
    });
  });

  it('finds the project in a folder above, and lists its files', async () => {
    const { directory, files } = await loadProject(`${PROJECT}/config/a`, memoryFiles(FILES));
    expect([directory, files]).toEqual([
      PROJECT,
      ['mailboxctl.yaml', 'config/a/queues.yaml', 'lists/pilot.txt'],
    ]);
  });

  it('says that there is no project', async () => {
    const { diagnostics } = await loadProject(PROJECT, memoryFiles({}));
    expect(diagnostics.map(({ code }) => code)).toEqual(['file-not-found']);
  });

  it('refuses an environment that is not declared', async () => {
    const project = await loadProject(PROJECT, memoryFiles(FILES));
    expect(() => project.config('live')).toThrow(RangeError);
  });

  it('joins emailSettings of several files', async () => {
    const files = {
      ...FILES,
      'config/b.yaml': 'emailSettings: { onlyApproved: { users: true } }\n',
      'config/c.yaml': 'emailSettings: { onlyApproved: { queues: true } }\n',
    };
    const { settings } = (await loadProject(PROJECT, memoryFiles(files))).config('local');
    expect([...(settings?.fields.keys() ?? [])]).toEqual(['onlyApproved.users', 'onlyApproved.queues']);
  });

  it('reports all phases at once, each leaving out only what an earlier one refused', async () => {
    const items = 'mailboxes:\n  - { queue: A, outgoing: imap }\n  - { queue: B, outgoing: outlook }\n';
    const files = { ...FILES, 'config/b.yaml': items, 'config/c.yaml': 'a: [\n' };
    const { diagnostics } = await loadProject(PROJECT, memoryFiles(files));
    const found = diagnostics
      .filter(({ severity }) => severity === 'error')
      .map(({ code, address }) => [code, address]);
    expect(found).toEqual([
      ['wrong-value', 'mailbox:queue/A'],
      ['method-not-for-queue', 'mailbox:queue/B'],
      ['yaml-syntax', null],
    ]);
  });

  it('does not call a profile missing while a file is broken', async () => {
    const files = { ...FILES, 'config/b.yaml': 'mailboxes:\n  - { queue: B, serverProfile: Other }\n' };
    const told = async (more: object): Promise<boolean> =>
      (await loadProject(PROJECT, memoryFiles({ ...files, ...more }))).diagnostics.some(
        ({ code }) => code === 'unknown-reference',
      );
    expect([await told({}), await told({ 'config/c.yaml': 'a: [\n' })]).toEqual([true, false]);
  });

  it('says of each environment what concerns it, without the names of others', async () => {
    const profile = 'serverProfiles: [{ name: Mail, type: exchange-online }]\n';
    const overlay = 'serverProfiles: [{ name: Mail, connectionTimeout: null }]\n';
    const root = `version: 1
environments: { sandbox: { url: emulator }, prod: { url: emulator, overlay: overlays/prod.yaml } }
include: [config/*.yaml, later/*.yaml]
`;
    const files = {
      'mailboxctl.yaml': root,
      'config/a.yaml': profile,
      'overlays/prod.yaml': overlay,
    };
    const project = await loadProject(PROJECT, memoryFiles(files));
    const inVain = 'connectionTimeout is null, but the base does not declare it; nothing is taken back';
    const told = (diagnostics: readonly Diagnostic[]) => diagnostics.map(({ message }) => message);
    expect({
      all: told(project.diagnostics),
      sandbox: told(project.diagnosticsOf('sandbox')),
      prod: told(project.diagnosticsOf('prod')),
    }).toEqual({
      all: ['include "later/*.yaml" matches no file', `${inVain} (environments: prod)`],
      sandbox: ['include "later/*.yaml" matches no file'],
      prod: ['include "later/*.yaml" matches no file', inVain],
    });
  });

  it('refuses an included folder', async () => {
    const root = 'version: 1\nenvironments: { local: { url: emulator } }\ninclude: [config]\n';
    const files = memoryFiles({ 'mailboxctl.yaml': root });
    const folder = `${PROJECT}/config`;
    const withFolder = { ...files, exists: async (path: string) => path === folder || files.exists(path) };
    const { diagnostics } = await loadProject(PROJECT, withFolder);
    expect(diagnostics.map(({ code, severity, message }) => [code, severity, message])).toEqual([
      ['include-empty', 'error', 'include "config" is no file that include reaches'],
    ]);
  });
});
