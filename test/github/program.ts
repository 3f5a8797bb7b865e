/** The pipelines' program in this process, in a job that is made up, with a clock that only pauses move. */

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { runGithub } from '../../src/github/program.ts';
import { type FakeGithub, REPOSITORY } from './fake-github.ts';

export const TOKEN = 'ghs_canary0123456789';
export const HEAD = 'a'.repeat(40);

export interface Job {
  readonly run: (...args: readonly string[]) => Promise<Ran>;
  readonly file: (name: string, text: string) => Promise<string>;
  /** As a later step reads them. */
  readonly outputs: () => Promise<string>;
}

export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly pauses: readonly number[];
}

export interface JobOptions {
  readonly event?: object;
  readonly env?: Readonly<Record<string, string>>;
}

export function pullEvent(number = 7, from: string | null = REPOSITORY, sha = HEAD): object {
  return { pull_request: { number, head: { sha, repo: from === null ? null : { full_name: from } } } };
}

export async function job(github: FakeGithub, { event = {}, env = {} }: JobOptions = {}): Promise<Job> {
  const directory = await mkdtemp(join(tmpdir(), 'mailboxctl-job-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const file = async (name: string, text: string): Promise<string> => {
    await writeFile(join(directory, name), text);
    return join(directory, name);
  };
  const variables = {
    GITHUB_TOKEN: TOKEN,
    GITHUB_REPOSITORY: REPOSITORY,
    GITHUB_API_URL: github.url,
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_RUN_ID: '77',
    GITHUB_SHA: 'b'.repeat(40),
    GITHUB_EVENT_NAME: 'pull_request',
    GITHUB_EVENT_PATH: await file('event.json', JSON.stringify(event)),
    GITHUB_OUTPUT: await file('outputs', ''),
    ...env,
  };
  return {
    file,
    outputs: async () => {
      const text = await readFile(join(directory, 'outputs'), 'utf8');
      return text.replaceAll(/end-[0-9a-f-]{36}/gu, 'END');
    },
    run: async (...args) => {
      const written = { stdout: '', stderr: '' };
      const pauses: number[] = [];
      const exitCode = await runGithub(args, {
        stdout: (text) => {
          written.stdout += text;
        },
        stderr: (text) => {
          written.stderr += text;
        },
        env: variables,
        fetch,
        now: () => Date.parse('2026-11-21T09:00:00Z'),
        sleep: async (ms) => {
          pauses.push(ms);
        },
      });
      return { exitCode, ...written, pauses };
    },
  };
}
