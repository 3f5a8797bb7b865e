/**
 * `export --snapshot` and `plan --against`: the same plan without access to the environment, and nothing in the file that
 * it does not need.
 */

import { cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sha256 } from '../../src/local/digest.ts';
import type { Plan } from '../../src/model/plan.generated.ts';
import type { SnapshotDocument } from '../../src/model/snapshot.generated.ts';
import { canonicalPieces } from '../../src/model/value.ts';
import { planCore } from '../../src/plan/make-plan.ts';
import {
  closedPort,
  contoso,
  environment,
  mailboxctl,
  ORGANIZATION,
  ORGANIZATION_ID,
  project,
  type Run,
  twoEdits,
} from './command-line.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));

async function copyOf(path: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'mailboxctl-snapshot-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  await cp(join(HERE, path), directory, {
    recursive: true,
    filter: (name) => !name.includes('.mailboxctl'),
  });
  return directory;
}

async function planned(run: Promise<Run>): Promise<Plan> {
  const { stdout, stderr } = await run;
  expect([stdout.slice(0, 1), stderr]).toEqual(['{', expect.anything()]);
  return JSON.parse(stdout) as Plan;
}

/** Without what tells of the read, and not of the environment. */
function comparable({ timestamp: _, diagnostics, ...plan }: Plan): unknown {
  return { ...plan, diagnostics: diagnostics.filter(({ code }) => code !== 'planned-from-snapshot') };
}

function coreOf({ plan_digest: _, ...plan }: Plan): string {
  return [...canonicalPieces(planCore(plan))].join('');
}

describe('the plan of a snapshot is that of the environment', () => {
  it.each<[string, () => Promise<string>, string, string]>([
    ['contoso', contoso, 'local', ''],
    ['three environments: dev', () => copyOf('../../examples/three-environments'), 'dev', ''],
    ['three environments: test', () => copyOf('../../examples/three-environments'), 'test', ''],
    ['three environments: prod', () => copyOf('../../examples/three-environments'), 'prod', ''],
    ['by team, role and business unit', () => copyOf('../scenarios/rule-matches'), 'local', ''],
    [
      'an account that sees one business unit',
      () => copyOf('../scenarios/incomplete-read'),
      'local',
      'north',
    ],
    ['an account that may not approve', () => copyOf('../scenarios/hand-off-by-privilege'), 'local', ''],
    ['what is held back', () => copyOf('../scenarios/held-back'), 'local', ''],
    ['best practices', () => copyOf('../scenarios/best-practices'), 'local', ''],
    ['single items, of which a plan may read these alone', twoEdits, 'local', ''],
  ])('%s', async (_name, make, name, token) => {
    const directory = await make();
    const file = join(directory, 'snapshot.json');
    const env: Record<string, string> = token === '' ? {} : { MAILBOXCTL_TOKEN: token };
    const run = (...args: readonly string[]): Promise<Run> =>
      mailboxctl([args[0] ?? '', directory, '--env', name, ...args.slice(1)], { env });
    const live = await planned(run('plan', '--format', 'json'));
    const exported = await run('export', '--snapshot', file);
    expect(exported.exitCode).toBe(0);
    // Nobody signs in, and there is nothing to sign in to.
    const against = await planned(
      mailboxctl(['plan', directory, '--env', name, '--against', file, '--format', 'json'], {
        env: { HTTPS_PROXY: await closedPort() },
      }),
    );
    expect(live.steps.length + live.held_back.length + live.diagnostics.length).toBeGreaterThan(0);
    expect(coreOf(against)).toBe(coreOf(live));
    expect([against.plan_digest, sha256(coreOf(against))]).toEqual([live.plan_digest, live.plan_digest]);
    expect(comparable(against)).toEqual(comparable(live));
  });
});

const ITEMS = 'mailboxes:\n  - { user: alice@contoso.com, outgoing: none }\n';

describe('plan --against', () => {
  const configOf = (url: string, id = ORGANIZATION_ID): string =>
    `version: 1\nenvironments:\n  prod: { url: "${url}", organizationId: ${id}, purpose: production }\n${ITEMS}`;

  it('asks nobody, also where the environment is not to be reached', async () => {
    const { url, requests } = await environment(ORGANIZATION);
    const directory = await project({ 'mailboxctl.yaml': configOf(url) });
    await mailboxctl(['export', '--snapshot', 's.json'], { cwd: directory });
    const before = requests();
    const live = await planned(mailboxctl(['plan', '--format', 'json'], { cwd: directory }));
    const asked = requests() - before;
    await writeFile(join(directory, 'mailboxctl.yaml'), configOf('https://contoso.crm4.dynamics.com'));
    const args = ['plan', '--against', 's.json', '--format', 'json'];
    const against = await planned(mailboxctl(args, { cwd: directory }));
    expect(requests() - before).toBe(asked);
    expect(against.plan_digest).toBe(live.plan_digest);
  });

  it('goes with --base', async () => {
    const directory = await project({
      'mailboxctl.yaml': configOf('emulator').replace('purpose: production', 'data: organization.yaml'),
      'organization.yaml': ORGANIZATION,
    });
    await mailboxctl(['export', '--snapshot', 's.json'], { cwd: directory });
    const base = await project({ 'mailboxctl.yaml': configOf('emulator') });
    const args = ['plan', '--against', 's.json', '--base', base, '--format', 'json'];
    const { base: found } = await planned(mailboxctl(args, { cwd: directory }));
    expect(found?.pending).toEqual(['mailbox:user/alice@contoso.com#edit']);
  });

  it('refuses the snapshot of another organization', async () => {
    const directory = await twoEdits();
    await mailboxctl(['export', '--snapshot', 's.json'], { cwd: directory });
    const other = '7d000000-0000-4000-8000-000000000002';
    await writeFile(join(directory, 'mailboxctl.yaml'), configOf('https://contoso.crm4.dynamics.com', other));
    expect(await mailboxctl(['plan', '--against', 's.json'], { cwd: directory })).toEqual({
      exitCode: 6,
      stdout: '',
      stderr: `Error: The snapshot s.json is of another organization: ${ORGANIZATION_ID}; "prod" declares ${other}\n  Name a snapshot of this environment.\n`,
    });
  });

  it('refuses what is no snapshot', async () => {
    const directory = await twoEdits();
    const { exitCode, stderr } = await mailboxctl(['plan', '--against', 'organization.yaml'], {
      cwd: directory,
    });
    expect(exitCode).toBe(1);
    expect(stderr).toBe(
      'Error: --against organization.yaml is no snapshot: it is not JSON\n  Name a file that "mailboxctl export --snapshot" of this version wrote.\n',
    );
  });

  it('warns of an old snapshot, and says how old', async () => {
    const directory = await twoEdits();
    await mailboxctl(['export', '--snapshot', 's.json'], { cwd: directory });
    const file = join(directory, 's.json');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace(/"as_of": "[^"]*"/u, '"as_of": "2020-01-01T00:00:00Z"'));
    const { exitCode, stdout } = await mailboxctl(['plan', '--against', 's.json'], {
      cwd: directory,
      terminal: 200,
    });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('as of 2020-01-01 00:00 UTC');
    expect(stdout).toMatch(/Planned from a snapshot of 2020-01-01 00:00 UTC, [\d,]+ days old; /u);
  });

  it('makes a plan that apply carries out, and is not for apply itself', async () => {
    const directory = await twoEdits();
    const run = (...args: readonly string[]): Promise<Run> => mailboxctl(args, { cwd: directory });
    await run('export', '--snapshot', 's.json');
    await run('plan', '--against', 's.json', '--out', 'plan.json');
    const refused = await run('apply', '--against', 's.json', '--yes');
    expect(refused).toEqual({
      exitCode: 1,
      stdout: '',
      stderr:
        'Error: apply does not take --against: what it is about to change it plans from the environment itself; nothing was sent\n  To apply the plan of a snapshot: mailboxctl plan --against s.json --out plan.json, then mailboxctl apply --plan plan.json\n',
    });
    const applied = await run('apply', '--plan', 'plan.json', '--yes');
    expect(applied.exitCode).toBe(0);
  });

  it('makes no requests that could be recorded', async () => {
    const directory = await twoEdits();
    await mailboxctl(['export', '--snapshot', 's.json'], { cwd: directory });
    const { exitCode, stderr } = await mailboxctl(['plan', '--against', 's.json', '--record', 'r.jsonl'], {
      cwd: directory,
    });
    expect([exitCode, stderr]).toEqual([
      1,
      'Error: --record writes requests, and with --against there are none\n',
    ]);
  });
});

describe('export --snapshot', () => {
  it('says what it holds, for its owner alone, and is the same again', async () => {
    const directory = await contoso();
    const file = join(directory, 's.json');
    const { exitCode, stdout } = await mailboxctl(['export', '--snapshot', 's.json'], { cwd: directory });
    expect(exitCode).toBe(0);
    expect(stdout).toBe(
      [
        'Written: s.json, as of 2026-11-21 09:00 UTC. Profiles: 2. Mailboxes: 133.',
        'It holds names, sign-in names and e-mail addresses of people, their business units, teams and security roles, and the servers of profiles. It holds no password and no other secret, and no alerts.',
        'Think twice before you put it where others can read it, such as a public repository.',
        '',
      ].join('\n'),
    );
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const text = await readFile(file, 'utf8');
    await mailboxctl(['export', '--snapshot', 's.json'], { cwd: directory });
    expect(await readFile(file, 'utf8')).toBe(text);
  });

  it('holds no secret, also of what was written to the environment', async () => {
    const directory = await contoso();
    const password = (await readFile(join(directory, 'secrets', 'support-password'), 'utf8')).trim();
    await mailboxctl(['apply', directory, '--yes', '--allow', 'mail-stops']);
    await mailboxctl(['export', directory, '--snapshot', join(directory, 's.json')]);
    const text = await readFile(join(directory, 's.json'), 'utf8');
    expect(text).toContain('"credentials.password":{"is_set":true}');
    expect(text).not.toContain(password);
    expect((JSON.parse(text) as SnapshotDocument).resources.length).toBeGreaterThan(100);
  });

  it('writes nothing over but a snapshot', async () => {
    const directory = await twoEdits();
    await writeFile(join(directory, 'notes.txt'), 'mine');
    const run = (path: string): Promise<Run> =>
      mailboxctl(['export', '--snapshot', path], { cwd: directory });
    expect(await run('notes.txt')).toEqual({
      exitCode: 1,
      stdout: '',
      stderr:
        'Error: --snapshot notes.txt is there already and is no snapshot; it was not overwritten\n  Name another file, or remove this one.\n',
    });
    expect((await run('organization.yaml')).stderr).toContain(
      '--snapshot organization.yaml is a file of the project',
    );
    expect((await run('nowhere/s.json')).stderr).toContain('--snapshot nowhere/s.json cannot be written');
  });

  it('is all that export does', async () => {
    const directory = await twoEdits();
    expect(await mailboxctl(['export'], { cwd: directory })).toEqual({
      exitCode: 1,
      stdout: '',
      stderr:
        'Error: export writes snapshots, and nothing else in this version: no YAML is made of an environment\n  Name a file: mailboxctl export --snapshot snapshot.json\n',
    });
  });

  it('tells of a table that is closed to the account, and notes it', async () => {
    const directory = await project({
      'mailboxctl.yaml': `version: 1\nenvironments:\n  local: { url: emulator, data: organization.yaml }\n${ITEMS}`,
      'organization.yaml': `${ORGANIZATION}
callers:
  - { token: blind, user: alice@contoso.com, roles: [System Administrator], readDepth: { queue: none } }
`,
    });
    const { exitCode, stderr } = await mailboxctl(['export', '--snapshot', 's.json'], { cwd: directory });
    expect(exitCode).toBe(4);
    expect(stderr).toContain('Error: permission is missing: the caller may read nothing of mailbox (queue)');
    const document = JSON.parse(await readFile(join(directory, 's.json'), 'utf8')) as SnapshotDocument;
    expect(document.not_seen).toEqual([
      { kind: 'mailbox', sort: 'queue', reason: 'no-privilege', depth: 'none' },
    ]);
  });
});
