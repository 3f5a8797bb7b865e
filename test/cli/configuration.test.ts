/** Files that are wrong: exit 3, every problem with its place, and nothing is asked of any environment. */

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONFIG, environment, mailboxctl, ORGANIZATION, project, twoEdits } from './command-line.ts';

const HEAD = 'version: 1\nenvironments: { local: { url: emulator, data: organization.yaml } }\n';

const WRONG: readonly (readonly [what: string, yaml: string | Uint8Array, says: string])[] = [
  ['wrong YAML', `${HEAD}mailboxes: [\n`, 'mailboxctl.yaml:4:1  error  a bracket or brace is not closed'],
  ['a tab', `${HEAD}mailboxes:\n\t- user: a@contoso.com\n`, '[yaml-tab]'],
  ['bytes that are no UTF-8', new Uint8Array([0x76, 0xff, 0xfe]), '[not-utf8]'],
  [
    'an unknown key',
    `${HEAD}mailboxes:\n  - user: a@contoso.com\n    outgoin: none\n`,
    'mailboxctl.yaml:5:5  error  mailbox:user/a@contoso.com  the key "outgoin" is not known',
  ],
  [
    'a wrong type',
    `${HEAD}mailboxes:\n  - user: a@contoso.com\n    approved: "yes"\n`,
    'mailboxctl.yaml:5:15  error  mailbox:user/a@contoso.com',
  ],
  [
    'a duplicate key',
    `${HEAD}mailboxes:\n  - user: a@contoso.com\n    outgoing: none\n    outgoing: outlook\n`,
    'mailboxctl.yaml:6:5  error  the key "outgoing" is given twice, here and in line 5',
  ],
  ['no version', 'environments: { local: { url: emulator } }\n', 'the key "version" is missing'],
  ['an empty file', '', 'the file is empty'],
];

describe.each(WRONG)('%s', (_what, yaml, says) => {
  it('is shown by validate on stdout', async () => {
    const directory = await project({ 'mailboxctl.yaml': yaml });
    const { exitCode, stdout, stderr } = await mailboxctl(['validate', directory]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 3, stderr: '' });
    expect(stdout).toContain(says);
    expect(stdout).toMatch(/\nErrors: [1-9]\d*\. Warnings: \d+\.\n$/u);
  });

  it.each(['plan', 'apply', 'drift', 'status'])('stops %s before anything is asked', async (verb) => {
    const { url, requests } = await environment(ORGANIZATION);
    const directory = await project({ 'mailboxctl.yaml': yaml });
    const { exitCode, stdout, stderr } = await mailboxctl([verb, directory, '--url', url]);
    expect({ exitCode, stdout, requests: requests() }).toEqual({ exitCode: 3, stdout: '', requests: 0 });
    expect(stderr).toContain(says);
    expect(stderr).toMatch(/Error: The configuration is not valid; nothing was read or sent\n$/u);
  });
});

describe('the project folder', () => {
  it('whose file cannot be read', async () => {
    const directory = await project({});
    await mkdir(join(directory, 'mailboxctl.yaml'));
    const { exitCode, stdout } = await mailboxctl(['validate', directory]);
    expect(exitCode).toBe(3);
    expect(stdout).toContain(
      'mailboxctl.yaml:1:1  error  the file cannot be read (EISDIR)  [file-unreadable]',
    );
  });

  it('that is none', async () => {
    const directory = await project({});
    const { exitCode, stdout } = await mailboxctl(['validate', directory]);
    expect(exitCode).toBe(3);
    expect(stdout).toContain(`mailboxctl.yaml is neither in ${directory} nor in a folder above it`);
    expect(stdout).toContain('mailboxctl init');
  });

  it('is found upwards from here', async () => {
    const directory = await twoEdits();
    await mkdir(join(directory, 'deep', 'below'), { recursive: true });
    const { exitCode, stdout } = await mailboxctl(['validate'], { cwd: join(directory, 'deep', 'below') });
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: 'Errors: 0. Warnings: 0.\nChecked: local (items: 2).\nValid. Environments: 1. Files: 1.\n',
    });
  });

  it('keeps the text of a secret that stands in a file out of every output', async () => {
    const secret = 'hunter2-hunter2';
    const directory = await project({
      'mailboxctl.yaml': `${HEAD}mailboxes:\n  - queue: Support\n    credentials: { username: a, password: ${secret} }\n`,
    });
    for (const format of ['text', 'json']) {
      const run = await mailboxctl(['validate', directory, '--format', format]);
      expect(run.exitCode).toBe(3);
      expect(run.stdout).toContain('secret-in-text');
      expect(run.stdout + run.stderr).not.toContain(secret);
    }
  });
});

describe('the environment', () => {
  const several = CONFIG.replace('environments:\n', 'environments:\n  test: { url: emulator }\n');

  it('has to be named where there are several', async () => {
    expect(await mailboxctl(['plan', await twoEdits(several)])).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'Error: There are several environments; choose one with --env: test, local\n',
    });
  });

  it('has to be a declared one', async () => {
    expect(await mailboxctl(['plan', await twoEdits(several), '--env', 'prod'])).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'Error: There is no environment "prod"; use one of: test, local\n',
    });
  });

  it('is taken where it is named', async () => {
    const { exitCode, stdout } = await mailboxctl(['plan', await twoEdits(several), '--env', 'local']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Plan for local');
  });

  it('has an organization file that is read as carefully', async () => {
    const directory = await project({
      'mailboxctl.yaml': CONFIG,
      'organization.yaml': 'version: 1\nusrs: []\n',
    });
    const { exitCode, stdout, stderr } = await mailboxctl(['plan', directory]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain(`${join(directory, 'organization.yaml')}:2:1  usrs is not known`);
  });
});

it('rules of two files that disagree on a mailbox of the environment are no plan to apply', async () => {
  const directory = await twoEdits(
    `${HEAD}include: [more.yaml]\nrules:\n  - { name: one, match: { emailAddress: "*@contoso.com" }, except: [Support], outgoing: none }\n`,
  );
  await writeFile(
    join(directory, 'more.yaml'),
    'rules:\n  - { name: two, match: { mailboxOf: user }, outgoing: server-side-sync }\n',
  );
  const planned = await mailboxctl(['plan', directory]);
  expect(planned.exitCode).toBe(3);
  expect(planned.stdout).toContain('rule-conflict');
  expect(planned.stdout.replace(/\s+/gu, ' ')).toContain('disagree: mailboxctl.yaml:5 and more.yaml:2');
  const { url, writes } = await environment(ORGANIZATION);
  const applied = await mailboxctl(['apply', directory, '--yes', '--url', url]);
  expect({ exitCode: applied.exitCode, writes: writes() }).toEqual({ exitCode: 3, writes: [] });
  expect(applied.stderr).toContain('cannot be applied');
});
