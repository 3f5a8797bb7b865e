/** The run that this is part of, as the runner tells it by variables and by the file of the event. */

import { readFile } from 'node:fs/promises';
import { type Io, ProblemError } from './io.ts';

export interface Run {
  /** `owner/name`. */
  readonly repository: string;
  /** Number of the pull request that the run belongs to. */
  readonly pull: number | null;
  /** What the run is about: of a pull request its head, not the merge that GitHub made for it. */
  readonly commit: string;
  readonly url: string | null;
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
    url: env.GITHUB_RUN_ID
      ? `${env.GITHUB_SERVER_URL || 'https://github.com'}/${repository}/actions/runs/${env.GITHUB_RUN_ID}`
      : null,
    readOnly: whyReadOnly(env, repository, pull),
  };
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
