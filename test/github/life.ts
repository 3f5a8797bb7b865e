/**
 * A repository of somebody who uses our pipelines, on this machine: files in git, an environment behind HTTP in a
 * process of its own, and a fake GitHub whose runs are those of the example workflows.
 */

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import type { Program } from '../program.ts';
import { type Executed, execute } from './execute.ts';
import { type FakeGithub, REPOSITORY, serveGithub } from './fake-github.ts';
import { type Event, type RunnerOptions, type RunResult, runWorkflow } from './runner.ts';

export interface Environment {
  readonly url: string;
  /** What somebody does by hand. */
  readonly edit: (edit: object) => Promise<void>;
  readonly requests: () => Promise<number>;
}

export interface Life {
  readonly folder: string;
  readonly repository: string;
  readonly github: FakeGithub;
  readonly write: (files: Readonly<Record<string, string>>) => Promise<void>;
  readonly read: (file: string) => Promise<string>;
  /** Commits what was written, on this branch. */
  readonly commit: (branch: string, message: string) => string;
  /** A pull request of the branch into main, or another push to it; answers with the event that GitHub sends. */
  readonly pullRequest: (number: number, branch: string, from?: string) => Event;
  readonly merge: (number: number, branch: string) => Event;
  readonly run: (
    workflow: 'plan' | 'apply' | 'drift',
    event: Event,
    inputs?: Readonly<Record<string, string>>,
    variables?: Pick<RunnerOptions, 'variables' | 'environmentVariables' | 'secrets'>,
  ) => Promise<RunResult>;
  /** A person at a terminal, in a clone of the repository. */
  readonly person: (command: string, cwd?: string) => Promise<Executed>;
}

export async function startLife(program: Program): Promise<Life> {
  const folder = await mkdtemp(join(tmpdir(), 'mailboxctl-life-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const repository = join(folder, 'repository');
  for (const name of ['repository', 'bin', 'artifacts', 'caches']) await mkdir(join(folder, name));
  const bin = await commandsOf(program, join(folder, 'bin'));
  const github = await serveGithub();
  const git = (...args: readonly string[]): string => gitIn(repository, args);
  git('init', '--quiet', '--initial-branch', 'main');
  const options: RunnerOptions = { github, repository, folder, bin };

  const life: Life = {
    folder,
    repository,
    github,
    write: async (files) => {
      for (const [name, text] of Object.entries(files)) {
        await mkdir(dirname(join(repository, name)), { recursive: true });
        await writeFile(join(repository, name), text);
      }
    },
    read: (file) => readFile(join(repository, file), 'utf8'),
    commit: (branch, message) => {
      git('add', '--all');
      if (git('branch', '--show-current') !== branch) git('checkout', '--quiet', '-B', branch);
      git('commit', '--quiet', '--message', message);
      return git('rev-parse', 'HEAD');
    },
    pullRequest: (number, branch, from = REPOSITORY) => {
      const head = git('rev-parse', branch);
      git('checkout', '--quiet', '--detach', 'main');
      git('merge', '--quiet', '--no-ff', '--message', 'For the request', branch);
      git('update-ref', `refs/pull/${number}/merge`, 'HEAD');
      const known = github.pulls.find((pull) => pull.number === number);
      const files = changedFiles(git);
      if (known === undefined)
        github.pulls.push({
          number,
          head: { sha: head, ref: branch, repo: { full_name: from } },
          merged_at: null,
          merge_commit_sha: null,
          files,
        });
      else Object.assign(known, { head: { ...known.head, sha: head }, files });
      git('checkout', '--quiet', branch);
      return {
        name: 'pull_request',
        payload: { pull_request: { number, head: { sha: head, ref: branch, repo: { full_name: from } } } },
        sha: git('rev-parse', `refs/pull/${number}/merge`),
        ref: `refs/pull/${number}/merge`,
        baseRef: 'main',
        ...(from === REPOSITORY ? {} : { fork: from }),
      };
    },
    merge: (number, branch) => {
      git('checkout', '--quiet', 'main');
      const before = git('rev-parse', 'HEAD');
      git('merge', '--quiet', '--no-ff', '--message', `Merge #${number}`, branch);
      const sha = git('rev-parse', 'HEAD');
      const pull = github.pulls.find((each) => each.number === number);
      if (pull !== undefined)
        Object.assign(pull, { merged_at: '2026-11-21T10:00:00Z', merge_commit_sha: sha });
      return { ...onMain('push', sha), payload: { before } };
    },
    run: (workflow, event, inputs = {}, variables = {}) =>
      runWorkflow(`examples/pipelines/github/${workflow}.yml`, event, { ...options, ...variables, inputs }),
    person: (command, cwd = repository) => {
      const env = { ...process.env, PATH: `${bin}:${process.env.PATH ?? ''}`, FORCE_COLOR: '' };
      return execute('bash', ['-c', command], { cwd, env });
    },
  };
  return life;
}

/** An event of the base branch as it is. */
export function onMain(name: Event['name'], sha: string, inputs: Event['inputs'] = {}): Event {
  return { name, payload: { inputs }, sha, ref: 'refs/heads/main', inputs };
}

async function commandsOf({ path }: Program, bin: string): Promise<string> {
  for (const [name, file] of [
    ['mailboxctl', path],
    ['mailboxctl-github', join(dirname(path), 'github.js')],
  ] as const) {
    await writeFile(join(bin, name), `#!/bin/sh\nexec "${process.execPath}" "${file}" "$@"\n`);
    await chmod(join(bin, name), 0o755);
  }
  return bin;
}

function gitIn(cwd: string, args: readonly string[]): string {
  const who = ['-c', 'user.name=Alice', '-c', 'user.email=alice@contoso.com', '-c', 'commit.gpgsign=false'];
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  return execFileSync('git', [...who, ...args], { cwd, env, encoding: 'utf8' }).trim();
}

/** As GitHub lists them: the hunks of each file, without the head of the difference. */
function changedFiles(git: (...args: readonly string[]) => string): FakeGithub['pulls'][number]['files'] {
  const names = git('diff', '--name-only', 'HEAD^1', 'HEAD').split('\n');
  return names
    .filter((name) => name !== '')
    .map((filename) => {
      const text = git('diff', 'HEAD^1', 'HEAD', '--', filename);
      return { filename, patch: text.slice(text.indexOf('\n@@') + 1) };
    });
}

/** Of the built program, in a process of its own. */
export async function serveEnvironment(program: Program, organization: string): Promise<Environment> {
  const child = spawn(
    process.execPath,
    [program.path, 'emulator', '--data', organization, '--clock-speed', '120'],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await once(child, 'exit');
  });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const url = line.replace('listening on ', '');
  return {
    url,
    edit: async (edit) => {
      const answer = await fetch(`${url}/_emulator/edits`, { method: 'POST', body: JSON.stringify(edit) });
      if (!answer.ok) throw new Error(`The emulator refused the edit: ${await answer.text()}`);
    },
    requests: async () => ((await (await fetch(`${url}/_emulator/log`)).json()) as unknown[]).length,
  };
}

/** What differs from run to run, by what it is. */
export function stable(text: string, { url = '' }: { readonly url?: string } = {}): string {
  const digests = [...new Set(text.match(/sha256:[0-9a-f]{64}/gu) ?? [])];
  const commits = [...new Set(text.match(/\b[0-9a-f]{40}\b/gu) ?? [])];
  let shown = url === '' ? text : text.replaceAll(url, 'https://contoso.crm4.dynamics.com');
  for (const [index, digest] of digests.entries())
    shown = shown.replaceAll(digest, `sha256:${'0'.repeat(63)}${index + 1}`);
  for (const commit of commits)
    shown = shown.replaceAll(commit, 'COMMIT').replaceAll(commit.slice(0, 12), 'COMMIT');
  return shown
    .replaceAll(/Commit [0-9a-f]{12}/gu, 'Commit COMMIT')
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/gu, '2026-11-21 09:00 UTC')
    .replaceAll(/\b\d+ (?:h|min)(?: \d+ min)? old/gu, '5 h old')
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/gu, '2026-11-21T09:00:00Z');
}

export const ORGANIZATION = `
version: 1
organizationId: 7d000000-0000-4000-8000-000000000001
clock: 2026-11-21T09:00:00Z
users:
  - { signIn: alice@contoso.com, name: Alice Berg, works: true }
  - { signIn: chen@contoso.com, name: 陈伟 }
queues:
  - { name: Support, emailAddress: suport@contoso.com }
`;

/** The starter project with a real environment in place of the embedded one. */
export function everybody(starter: string, url: string): string {
  const environments = `environments:\n  prod:\n    url: ${url}\n    purpose: production\n    approvals: hand-off\n\n`;
  return starter.replace(/environments:\n[\s\S]*?\n(?=# More files)/u, () => environments);
}

/** The same with Alice alone. */
export function aliceAlone(config: string): string {
  const [head = ''] = config.split('\nemailSettings:');
  return `${head}\nmailboxes:\n  - { user: alice@contoso.com, incoming: server-side-sync }\n`;
}

export function comments({ github }: Life, number: number): readonly string[] {
  return (github.comments.get(number) ?? []).map(({ body }) => body);
}

export function results({ jobs }: RunResult): readonly string[] {
  return jobs.map(({ name, result }) => `${name}: ${result}`);
}
