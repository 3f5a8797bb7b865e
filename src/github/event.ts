/** The run that this is part of, as the runner tells it by variables and by the file of the event. */

import { readFile } from 'node:fs/promises';
import { type Io, ProblemError } from './io.ts';

/** Grows with every run, and with every attempt of one. */
export interface RunNumber {
  readonly id: number;
  readonly attempt: number;
}

export interface Run {
  /** `owner/name`. */
  readonly repository: string;
  /** Number of the pull request that the run belongs to. */
  readonly pull: number | null;
  /** What the run is about: of a pull request its head, not the merge that GitHub made for it. */
  readonly commit: string;
  readonly url: string | null;
  readonly number: RunNumber | null;
  /** Why the token only reads; `null` where it is as the workflow asks for. */
  readonly readOnly: string | null;
}

interface EventFile {
  readonly pull_request?: {
    readonly number: number;
    readonly head: { readonly sha: string; readonly repo: { readonly full_name: string } | null };
  };
}

export async function readRun({ env }: Io): Promise<Run> {
  const repository = env.GITHUB_REPOSITORY ?? '';
  if (!/^[\w.-]+\/[\w.-]+$/u.test(repository))
    throw new ProblemError('GITHUB_REPOSITORY is not set. This program runs in a job of GitHub Actions.');
  const { pull_request: pull } = await readEvent(env.GITHUB_EVENT_PATH);
  return {
    repository,
    pull: pull?.number ?? null,
    commit: pull?.head.sha ?? env.GITHUB_SHA ?? '',
    ...numbered(env, repository),
    readOnly: whyReadOnly(env, repository, pull),
  };
}

function numbered(env: Io['env'], repository: string): Pick<Run, 'url' | 'number'> {
  const id = Number(env.GITHUB_RUN_ID || 0);
  if (!(id > 0)) return { url: null, number: null };
  const attempt = Number(env.GITHUB_RUN_ATTEMPT || 1);
  const url = `${env.GITHUB_SERVER_URL || 'https://github.com'}/${repository}/actions/runs/${id}`;
  return { url: attempt > 1 ? `${url}/attempts/${attempt}` : url, number: { id, attempt } };
}

/** GitHub, "Events that trigger workflows", "Workflows in forked repositories"; "Troubleshooting Dependabot on GitHub Actions". */
function whyReadOnly(
  { GITHUB_EVENT_NAME: event, GITHUB_ACTOR: actor }: Io['env'],
  repository: string,
  pull: EventFile['pull_request'],
): string | null {
  if (event !== 'pull_request' || pull === undefined) return null;
  if (pull.head.repo?.full_name !== repository) return 'The pull request comes from a fork';
  return actor === 'dependabot[bot]' ? 'The pull request is of Dependabot' : null;
}

async function readEvent(path: string | undefined): Promise<EventFile> {
  if (!path) return {};
  return JSON.parse(await readFile(path, 'utf8')) as EventFile;
}
