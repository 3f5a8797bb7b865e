/** What overlays make of the base, seen through a whole project. */

import { describe, expect, it } from 'vitest';
import { memoryFiles, PROJECT } from '../../test/config/memory-files.ts';
import type { Config, DeclaredResource } from '../model/config.ts';
import { loadProject } from './load-project.ts';

const ROOT = `version: 1
environments:
  dev: { url: emulator }
  test: { url: emulator, overlay: overlays/test.yaml }
include: [config/*.yaml]
`;

const BASE = `serverProfiles:
  - name: Mail
    type: imap-smtp
    incoming: { server: imap.contoso.com, port: 993 }
    outgoing: { server: smtp.contoso.com }
    authentication: user-or-queue
emailSettings:
  onlyApproved: { users: true, queues: true }
rules:
  - name: people
    match: { mailboxOf: user, emailAddress: "*@contoso.com" }
    except: [ceo@contoso.com]
    incoming: none
    outgoing: none
  - name: later
    match: { mailboxOf: queue }
    outgoing: none
mailboxes:
  - queue: Support
    emailAddress: support@contoso.com
    serverProfile: Mail
    credentials: { username: support, password: { env: SUPPORT_PASSWORD } }
    ignore: [incoming]
`;

async function load(overlay: string, more: Readonly<Record<string, string>> = {}) {
  const files = { 'mailboxctl.yaml': ROOT, 'config/base.yaml': BASE, 'overlays/test.yaml': overlay, ...more };
  return loadProject(PROJECT, memoryFiles(files));
}

async function testConfig(overlay: string): Promise<Config> {
  const { diagnostics, config } = await load(overlay);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return config('test');
}

/** Each field as `value at file:line`. */
function shown(item: Pick<DeclaredResource, 'fields'> | undefined | null): Readonly<Record<string, string>> {
  const fields = [...(item?.fields ?? [])].map(([key, { value, source }]) => [
    key,
    `${JSON.stringify(value)} at ${source.file.replace('.yaml', '')}:${source.line}`,
  ]);
  return Object.fromEntries(fields);
}

const SUPPORT = {
  emailAddress: '"support@contoso.com" at config/base:20',
  serverProfile: '{"ref":"profile:Mail"} at config/base:21',
  credentials: '"allowed" at config/base:22',
  'credentials.username': '"support" at config/base:22',
  'credentials.password': '{"secret":"env:SUPPORT_PASSWORD"} at config/base:22',
  ignore: '["incoming"] at config/base:23',
};
const { credentials: _, 'credentials.username': __, 'credentials.password': ___, ...WITHOUT } = SUPPORT;

describe('a single item', () => {
  it.each<[what: string, lines: string, expected: Readonly<Record<string, string>>]>([
    [
      'a value replaces the one of the base',
      'emailAddress: t@contoso.com',
      { ...SUPPORT, emailAddress: '"t@contoso.com" at overlays/test:3' },
    ],
    [
      'a key inside a mapping leaves its siblings alone',
      'credentials: { username: tester }',
      {
        ...SUPPORT,
        credentials: '"allowed" at overlays/test:3',
        'credentials.username': '"tester" at overlays/test:3',
      },
    ],
    [
      'a text replaces a whole mapping',
      'credentials: none',
      { ...WITHOUT, credentials: '"none" at overlays/test:3' },
    ],
    ['null takes a whole mapping back', 'credentials: null', WITHOUT],
    [
      'a list replaces a list',
      'ignore: [outgoing]',
      { ...SUPPORT, ignore: '["outgoing"] at overlays/test:3' },
    ],
    [
      'managed: false stands beside the fields of the base',
      'managed: false',
      { ...SUPPORT, managed: 'false at overlays/test:3' },
    ],
  ])('%s', async (_what, lines, expected) => {
    const { mailboxes } = await testConfig(`mailboxes:\n  - queue: support\n    ${lines}\n`);
    expect(mailboxes.map(shown)).toEqual([expected]);
    expect(mailboxes[0]).toMatchObject({
      name: 'Support',
      address: 'mailbox:queue/Support',
      source: { file: 'config/base.yaml', line: 19 },
    });
  });

  it('that the base does not have is added', async () => {
    const { mailboxes } = await testConfig('mailboxes:\n  - user: tester@contoso.com\n    outgoing: none\n');
    expect(mailboxes.map(shown)).toEqual([SUPPORT, { outgoing: '"none" at overlays/test:3' }]);
  });

  it('that is declared absent loses the fields of the base', async () => {
    const { profiles } = await testConfig(
      'serverProfiles: [{ name: Mail, absent: true }]\nmailboxes: [{ queue: Support, serverProfile: null, credentials: null }]\n',
    );
    expect(profiles.map(shown)).toEqual([
      { name: '"Mail" at config/base:2', absent: 'true at overlays/test:1' },
    ]);
  });

  it('may get an id that holds here alone', async () => {
    const id = '00000000-0000-0000-0000-000000000007';
    const { mailboxes } = await testConfig(`mailboxes:\n  - { queue: Support, id: ${id}, outgoing: none }\n`);
    expect(mailboxes.map(({ name, id: own }) => [name, own])).toEqual([['Support', id]]);
  });

  it('that takes a direction back leaves the shorthand at the top alone', async () => {
    const { profiles } = await testConfig('serverProfiles: [{ name: Mail, type: gmail, incoming: null }]\n');
    expect(shown(profiles[0])).toEqual({
      name: '"Mail" at config/base:2',
      type: '"gmail" at overlays/test:1',
      'outgoing.server': '"smtp.contoso.com" at config/base:5',
      'incoming.authentication': '"user-or-queue" at config/base:6',
      'outgoing.authentication': '"user-or-queue" at config/base:6',
    });
  });

  it('with a shorthand changes both directions', async () => {
    const { profiles } = await testConfig(
      'serverProfiles: [{ name: Mail, authentication: profile }]\nmailboxes: [{ queue: Support, credentials: null }]\n',
    );
    expect(shown(profiles[0])).toMatchObject({
      type: '"imap-smtp" at config/base:3',
      'incoming.authentication': '"profile" at overlays/test:1',
      'outgoing.authentication': '"profile" at overlays/test:1',
    });
  });
});

describe('emailSettings', () => {
  it('are merged field by field', async () => {
    const { settings } = await testConfig(
      'emailSettings: { onlyApproved: { users: false, queues: null }, attachments: { maxSizeKB: 1000 } }\n',
    );
    expect(shown(settings)).toEqual({
      'onlyApproved.users': 'false at overlays/test:1',
      'attachments.maxSizeKB': '1000 at overlays/test:1',
    });
  });
});

describe('a rule', () => {
  it('is merged key by key, keeps its place and its file, and its values say where they come from', async () => {
    const { rules } = await testConfig(
      'rules:\n  - name: People\n    match: { emailAddress: "*@test.contoso.com", licensed: true }\n    except: null\n    outgoing: outlook\n',
    );
    expect(rules.map(({ name, source }) => [name, source.file])).toEqual([
      ['people', 'config/base.yaml'],
      ['later', 'config/base.yaml'],
    ]);
    expect(rules[0]).toMatchObject({
      match: { mailboxOf: ['user'], emailAddress: ['*@test.contoso.com'], licensed: true },
      except: [],
    });
    expect(shown(rules[0])).toEqual({
      incoming: '"none" at config/base:13',
      outgoing: '"outlook" at overlays/test:5',
    });
  });

  it('loses a key of its match by null', async () => {
    const { rules } = await testConfig('rules: [{ name: people, match: { mailboxOf: null } }]\n');
    expect(rules[0]?.match).toEqual({ emailAddress: ['*@contoso.com'] });
  });

  it('is taken out with match: null', async () => {
    const { rules } = await testConfig('rules: [{ name: people, match: null }]\n');
    expect(rules.map(({ name }) => name)).toEqual(['later']);
  });

  it('that is new comes after those of the base', async () => {
    const { rules } = await testConfig('rules: [{ name: new, match: { signIn: "*" }, outgoing: none }]\n');
    expect(rules.map(({ name }) => name)).toEqual(['people', 'later', 'new']);
  });
});

describe('several environments', () => {
  it('the base stays as it is for the others, object by object', async () => {
    const { config } = await load('mailboxes: [{ queue: Support, outgoing: none }]\n');
    expect(shown(config('dev').mailboxes[0])).toEqual(SUPPORT);
    expect(config('test').profiles[0]).toBe(config('dev').profiles[0]);
  });

  it('later overlays are stronger', async () => {
    const root = ROOT.replace('overlays/test.yaml', '[overlays/test.yaml, overlays/more.yaml]');
    const { config } = await load('mailboxes: [{ queue: Support, outgoing: none, incoming: none }]\n', {
      'mailboxctl.yaml': root,
      'overlays/more.yaml': 'mailboxes: [{ queue: Support, outgoing: null, incoming: outlook }]\n',
    });
    expect(shown(config('test').mailboxes[0])).toEqual({
      ...SUPPORT,
      incoming: '"outlook" at overlays/more:1',
    });
  });

  it('checks are switched off here and on there', async () => {
    const { config, diagnostics } = await load(
      'checks: { forward-mailbox: null, outlook-method: { off: for a test } }\n',
      { 'config/checks.yaml': 'checks: { forward-mailbox: { off: needed } }\n' },
    );
    expect(diagnostics).toEqual([]);
    const off = (name: string): unknown => config(name).checksOff.map(({ id, reason }) => [id, reason]);
    expect([off('dev'), off('test')]).toEqual([
      [['forward-mailbox', 'needed']],
      [['outlook-method', 'for a test']],
    ]);
  });

  it('a finding that holds for some environments only names them', async () => {
    const { diagnostics } = await load('mailboxes: [{ queue: Support, serverProfile: Male }]\n');
    expect(diagnostics.map(({ message, source }) => [message, source?.file])).toEqual([
      [
        'server profile "Male" is not declared here; it will be looked up in the environment (environments: test)',
        'overlays/test.yaml',
      ],
    ]);
  });
});

describe('what hits nothing', () => {
  it.each<[what: string, overlay: string, found: string]>([
    [
      'null for a field that the base does not have',
      'mailboxes: [{ queue: Support, outgoing: null }]',
      'warning overlay-hits-nothing outgoing is null, but the base does not declare it; nothing is taken back',
    ],
    [
      'null in an item that is new',
      'mailboxes: [{ queue: Sales, outgoing: null }]',
      'warning overlay-hits-nothing outgoing is null, but the base does not declare it; nothing is taken back',
    ],
    [
      'null for a key of a match',
      'rules: [{ name: people, match: { team: null } }]',
      'warning overlay-hits-nothing rule "people": match.team is null, but the base does not declare it; nothing is taken back',
    ],
    [
      'null for a setting',
      'emailSettings: { tracking: null }',
      'warning overlay-hits-nothing tracking is null, but the base does not declare it; nothing is taken back',
    ],
    [
      'a check that is on',
      'checks: { forward-mailbox: null }',
      'warning overlay-hits-nothing checks.forward-mailbox is null, but the base does not switch the check off',
    ],
    [
      'an exception from a rule that is not there',
      'rules: [{ name: poeple, except: [cfo@contoso.com] }]',
      'error overlay-hits-nothing the overlay changes rule "poeple", which the base does not declare',
    ],
    [
      'a profile that is not there',
      'serverProfiles: [{ name: Male, pollingMinutes: 5 }]',
      'error overlay-hits-nothing the overlay changes server profile "Male", which the base does not declare',
    ],
    [
      'a profile that is not there, to be left alone',
      'serverProfiles: [{ name: Male, managed: false }]',
      'warning overlay-hits-nothing the overlay leaves server profile "Male" alone, which the base does not declare',
    ],
  ])('%s', async (_what, overlay, found) => {
    const { diagnostics } = await load(`${overlay}\n`);
    expect(diagnostics.map(({ severity, code, message }) => `${severity} ${code} ${message}`)).toEqual([
      `${found} (environments: test)`,
    ]);
  });

  it('is no profile left alone that the base has, or that is named by its id', async () => {
    const id = '00000000-0000-4000-8000-00000000000a';
    const { diagnostics } = await load(
      `serverProfiles: [{ name: Mail, managed: false }, { name: Gmail, id: ${id}, managed: false }]\n`,
    );
    expect(diagnostics.filter(({ code }) => code === 'overlay-hits-nothing')).toEqual([]);
  });

  it('a direction that the base names by the shorthand at the top alone', async () => {
    const base = 'serverProfiles: [{ name: Post, type: gmail, authentication: user-or-queue }]\n';
    const { diagnostics } = await load('serverProfiles: [{ name: Post, incoming: null }]\n', {
      'config/post.yaml': base,
    });
    const vain = diagnostics.filter(({ code }) => code !== 'authentication-ended');
    expect(vain.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'overlay-hits-nothing incoming is null, but the base does not declare it; nothing is taken back (environments: test)',
    ]);
  });

  it.each([
    [
      'emailSettings',
      'emailSettings: null',
      'Name the fields that are meant: each of them may be null here.',
    ],
    ['rules', 'rules: null', 'Name the rules that are meant: match: null takes one out here.'],
    ['mailboxes', 'mailboxes:', 'Name the mailboxes that are meant: managed: false leaves one alone here.'],
    [
      'id',
      'mailboxes: [{ queue: Support, id: null }]',
      'Write a value, or remove the key: only fields can be taken back.',
    ],
  ])('null for %s, which an overlay cannot take back, says what can be', async (key, overlay, hint) => {
    const { diagnostics } = await load(`${overlay}\n`);
    expect(diagnostics.map(({ code, message, hint: given }) => [code, message, given])).toEqual([
      ['empty-value', `${key} has no value`, hint],
    ]);
  });

  it('a file among overlays that no environment names', async () => {
    const { diagnostics } = await load('version: 1\n', { 'overlays/prod.yaml': 'version: 1\n' });
    expect(diagnostics.map(({ code, source }) => [code, source?.file])).toEqual([
      ['overlay-hits-nothing', 'overlays/prod.yaml'],
    ]);
  });

  it('is not told while a file is broken', async () => {
    const broken = { 'config/more.yaml': 'mailboxes: [{ queue: Sales, outgoing: imap }]\n' };
    const { diagnostics } = await load('rules: [{ name: nobody, except: [] }]\n', broken);
    expect(diagnostics.map(({ code }) => code)).toEqual(['wrong-value']);
  });
});

describe('what is given twice', () => {
  it('in one overlay is an error at its line, told once', async () => {
    const item = '  - { queue: Support, outgoing: none }\n';
    const { diagnostics } = await load(`mailboxes:\n${item}${item}`);
    expect(diagnostics.map(({ message, source }) => [message, source?.line])).toEqual([
      ['"Support" is declared here and in overlays/test.yaml:2', 3],
    ]);
  });

  it('in the base, without ids, leaves open which item an overlay changes', async () => {
    const id = (last: number): string => `id: 00000000-0000-0000-0000-00000000000${last}`;
    const more = { 'config/sales.yaml': `mailboxes: [{ queue: A, ${id(1)} }, { queue: A, ${id(2)} }]\n` };
    const told = async (overlay: string): Promise<readonly string[]> =>
      (await load(overlay, more)).diagnostics
        .filter(({ severity }) => severity === 'error')
        .map(({ message }) => message);
    expect(await told('mailboxes: [{ queue: A, outgoing: none }]\n')).toEqual([
      'the base declares "A" several times, in config/sales.yaml:1 and config/sales.yaml:1; the overlay does not say which it changes (environments: test)',
    ]);
    expect(await told(`mailboxes: [{ queue: A, ${id(2)}, outgoing: none }]\n`)).toEqual([]);
  });
});

describe('files', () => {
  it.each<[what: string, overlay: string, include: string, found: string]>([
    [
      'an overlay that is not there',
      'overlays/tset.yaml',
      'config/*.yaml',
      'the overlay "overlays/tset.yaml" is not there',
    ],
    [
      'an overlay that include matches too',
      './overlays/test.yaml',
      '"**/*.yaml"',
      'the overlay "./overlays/test.yaml" is matched by include too, so that it would hold for every environment',
    ],
  ])('%s', async (_what, overlay, include, found) => {
    const root = ROOT.replace('overlays/test.yaml', overlay).replace('config/*.yaml', include);
    const { diagnostics } = await load('mailboxes: [{ queue: Support, credentials: null }]\n', {
      'mailboxctl.yaml': root,
    });
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ message, source }) => [message, source?.file, source?.line])).toEqual([
      [found, 'mailboxctl.yaml', 4],
    ]);
  });

  it('are listed with what they are read for', async () => {
    const { files } = await load('rules: [{ name: people, match: { in: lists/pilot.txt } }]\n', {
      'lists/pilot.txt': 'alice@contoso.com\n',
    });
    expect(files).toEqual(['mailboxctl.yaml', 'config/base.yaml', 'overlays/test.yaml', 'lists/pilot.txt']);
  });
});

it('many items and environments stay linear', async () => {
  const items = (count: number): string =>
    `mailboxes:\n${Array.from({ length: count }, (_, index) => `  - { queue: Q${index}, outgoing: none }\n`).join('')}`;
  const changes = (count: number): string => items(count).replaceAll('outgoing: none', 'incoming: none');
  const timed = async (count: number): Promise<number> => {
    const start = performance.now();
    await load(changes(count), { 'config/many.yaml': items(count) });
    return performance.now() - start;
  };
  await timed(100);
  const [few, many] = [await timed(500), await timed(4_000)];
  // Quadratic would be 64 times as long.
  expect(many / few).toBeLessThan(24);
}, 60_000);
