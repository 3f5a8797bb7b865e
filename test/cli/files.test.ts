/** Files that options name and that cannot be read or written: a sentence with the path and the way out, exit 1. */

import { mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mailboxctl, ORGANIZATION, project, twoEdits } from './command-line.ts';

describe.each([
  ['plan --out', ['plan', '--out'], 'written'],
  ['plan --output', ['plan', '--output'], 'written'],
  ['validate --output', ['validate', '--output'], 'written'],
  ['apply --events', ['apply', '--yes', '--events'], 'written'],
  ['drift --previous', ['drift', '--previous'], 'read'],
  ['apply --plan', ['apply', '--plan'], 'read'],
] as const)('%s', (_, args, done) => {
  const option = args.at(-1) ?? '';
  const named = option === '--plan' ? 'The plan' : option;

  it.each([
    [
      'nowhere/file.json',
      done === 'read' ? 'there is no such file' : 'there is no folder nowhere',
      done === 'read'
        ? 'Check the spelling, and the folder the command runs in.'
        : 'Make the folder first, or name another file.',
    ],
    ['folder', 'it is a folder', 'Name a file in it.'],
    ['mailboxctl.yaml/file.json', 'a part of the path is a file, not a folder', 'Name another path.'],
  ])('%s', async (path, what, wayOut) => {
    const directory = await twoEdits();
    await mkdir(join(directory, 'folder'));
    const { exitCode, stderr } = await mailboxctl([...args, path], { cwd: directory });
    expect(stderr).toBe(`Error: ${named} ${path} cannot be ${done}: ${what}\n  ${wayOut}\n`);
    expect(exitCode).toBe(1);
  });
});

it('nothing is written to the environment when events cannot be', async () => {
  const directory = await twoEdits();
  await mailboxctl(['apply', '--yes', '--events', 'nowhere/events.jsonl'], { cwd: directory });
  const { stdout } = await mailboxctl(['plan'], { cwd: directory });
  expect(stdout).toContain('\nPlan: 0 to add, 2 to change, 0 to destroy.');
});

it.skipIf(process.platform === 'win32')(
  'nobody else reads the events, as nobody else reads the journal',
  async () => {
    const directory = await twoEdits();
    await mailboxctl(['apply', '--yes', '--events', 'events.jsonl'], { cwd: directory });
    const { mode, size } = await stat(join(directory, 'events.jsonl'));
    expect([mode & 0o777, size > 0]).toEqual([0o600, true]);
  },
);

it('--previous that is no report says so', async () => {
  const directory = await twoEdits();
  await writeFile(join(directory, 'report.json'), '[1]');
  const { exitCode, stderr } = await mailboxctl(['drift', '--previous', 'report.json'], { cwd: directory });
  expect(exitCode).toBe(1);
  expect(stderr).toContain('Error: --previous report.json is no drift report of format 1.0\n');
});

it('paths are relative to where the command runs', async () => {
  const directory = await twoEdits();
  const planned = await mailboxctl(['plan', '--out', 'plan.json'], { cwd: directory });
  const applied = await mailboxctl(['apply', '--plan', 'plan.json', '--yes'], { cwd: directory });
  expect([planned.exitCode, applied.exitCode]).toEqual([0, 0]);
});

describe('a file that the project is read from is not written over', () => {
  const FILES = {
    'mailboxctl.yaml': `
version: 1
environments: { local: { url: emulator, data: organization.yaml, overlay: local.yaml } }
include: [more.yaml]
rules:
  - { name: some, match: { emailAddress: "*@contoso.com", in: people.txt }, outgoing: none }
`,
    'organization.yaml': ORGANIZATION,
    'local.yaml': 'mailboxes:\n  - { user: bob@contoso.com, outgoing: none }\n',
    'more.yaml': 'mailboxes:\n  - { user: bob@contoso.com, incoming: none }\n',
    'people.txt': 'alice@contoso.com\n',
  };

  it.each([
    [['plan', '--out'], 'mailboxctl.yaml'],
    [['plan', '--out'], './more.yaml'],
    [['plan', '--output'], 'organization.yaml'],
    [['validate', '--output'], 'more.yaml'],
    [['drift', '--output'], 'local.yaml'],
    [['status', '--output'], 'people.txt'],
    [['doctor', '--output'], 'link.yaml'],
    [['apply', '--yes', '--events'], 'mailboxctl.yaml'],
    [['apply', '--yes', '--output'], 'mailboxctl.yaml'],
  ])('%j %s', async (args, path) => {
    const directory = await project(FILES);
    await symlink(join(directory, 'more.yaml'), join(directory, 'link.yaml'));
    const { exitCode, stdout, stderr } = await mailboxctl([...args, path], { cwd: directory });
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toBe(
      `Error: ${args.at(-1)} ${path} is a file of the project; nothing was written\n  Name another file.\n`,
    );
    for (const [name, text] of Object.entries(FILES))
      expect(await readFile(join(directory, name), 'utf8')).toBe(text);
  });

  it('an earlier plan is', async () => {
    const directory = await project({ ...FILES, 'plan.json': '{"plan_digest":"old"}' });
    const { exitCode } = await mailboxctl(['plan', '--out', 'plan.json'], { cwd: directory });
    expect(exitCode).toBe(0);
    expect(await readFile(join(directory, 'plan.json'), 'utf8')).toMatch(/"plan_digest": ?"sha256:/u);
  });

  it('anything else that is there is not replaced by a plan', async () => {
    const directory = await project({ ...FILES, 'secrets/support': 'the password' });
    const ran = await mailboxctl(['plan', '--out', 'secrets/support'], { cwd: directory });
    expect([ran.exitCode, ran.stderr]).toEqual([
      1,
      'Error: --out secrets/support is there already and is no plan; it was not overwritten\n  Name another file, or remove this one.\n',
    ]);
    expect(await readFile(join(directory, 'secrets/support'), 'utf8')).toBe('the password');
  });
});

describe('what is kept elsewhere is not written over', () => {
  const FILES = {
    'mailboxctl.yaml': `
version: 1
environments:
  local:
    url: emulator
    data: organization.yaml
    overlay: local.yaml
    auth: { method: certificate, certificate: auth/client.pem, tokenFile: auth/token }
serverProfiles:
  - name: Exchange on-premises
    type: exchange-server
    authentication: profile
    autoDiscover: true
    incoming: { username: crm, password: { file: secrets/incoming } }
mailboxes:
  - queue: Support
    credentials: { username: support, password: { file: secrets/support } }
`,
    'local.yaml':
      'mailboxes:\n  - queue: Support\n    credentials: { username: support, password: { file: secrets/local } }\n',
    'organization.yaml': ORGANIZATION,
    'auth/client.pem': 'certificate',
    'auth/token': 'token',
    'elsewhere.pem': 'certificate',
    'secrets/incoming': 'canary-incoming',
    'secrets/local': 'canary-local',
    '.mailboxctl/local/runs/run.jsonl': '',
  };
  const SECRET = 'is a secret of the project';
  const SIGN_IN = 'is a file of the sign-in';
  const OWN = 'is where mailboxctl keeps its own files';

  it.each([
    [['plan', '--output'], 'secrets/incoming', SECRET],
    [['validate', '--output'], 'secrets/local', SECRET],
    [['status', '--record'], 'linked/incoming', SECRET],
    [['plan', '--out'], 'auth/client.pem', SIGN_IN],
    [['drift', '--output'], 'auth/token', SIGN_IN],
    [['doctor', '--output'], 'elsewhere.pem', SIGN_IN],
    [['apply', '--yes', '--events'], '.mailboxctl/local/runs/run.jsonl', OWN],
    [['plan', '--out'], '.mailboxctl/new/plan.json', OWN],
    [['plan', '--record'], '.mailboxctl', OWN],
  ])('%j %s', async (args, path, what) => {
    const directory = await project(FILES);
    await symlink(join(directory, 'secrets'), join(directory, 'linked'));
    const env = { AZURE_CLIENT_CERTIFICATE_PATH: 'elsewhere.pem' };
    const { exitCode, stdout, stderr } = await mailboxctl([...args, path], { cwd: directory, env });
    const wayOut = what === OWN ? 'Name a file in another folder.' : 'Name another file.';
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toBe(`Error: ${args.at(-1)} ${path} ${what}; nothing was written\n  ${wayOut}\n`);
    for (const [name, text] of Object.entries(FILES))
      expect(await readFile(join(directory, name), 'utf8')).toBe(text);
  });

  it('nor is one file named twice', async () => {
    const directory = await project(FILES);
    const args = ['plan', '--out', 'run.json', '--record', './run.json'];
    const { exitCode, stderr } = await mailboxctl(args, { cwd: directory });
    expect([exitCode, stderr]).toEqual([
      1,
      'Error: --out and --record name one file, ./run.json; nothing was written\n  Name another file.\n',
    ]);
  });

  it('a file beside them is written', async () => {
    const directory = await project(FILES);
    const { exitCode } = await mailboxctl(['status', '--output', 'secrets/status'], { cwd: directory });
    expect(exitCode).toBe(0);
  });
});

describe('a file of another sort is named as such', () => {
  it.each([
    [
      'an organization file that is not there',
      ['emulator', '--data', 'nowhere.yaml'],
      'Error: --data nowhere.yaml cannot be read: there is no such file\n  Check the spelling, and the folder the command runs in.\n',
    ],
    [
      'a plan that is YAML',
      ['apply', '--plan', 'organization.yaml'],
      'Error: organization.yaml is no plan: it is not JSON\n  Name a file that "mailboxctl plan --out" wrote.\n',
    ],
    [
      'an earlier report that is YAML',
      ['drift', '--previous', 'organization.yaml'],
      'Error: --previous organization.yaml is no drift report: it is not JSON\n  Name a file that "mailboxctl drift --format json --output" wrote.\n',
    ],
  ])('%s', async (_, args, says) => {
    const { stderr } = await mailboxctl(args, { cwd: await twoEdits() });
    expect(stderr).toBe(says);
  });
});
