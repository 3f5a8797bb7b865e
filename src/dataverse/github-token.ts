/** The identity token of a GitHub Actions job (GitHub Docs, "OpenID Connect reference"). */

import { setTimeout } from 'node:timers/promises';
import { ServiceError } from '../model/service-error.ts';
import type { Fetch } from './http.ts';
import { networkFailure, unreachable } from './network-failure.ts';
import { parseObject } from './service-answer.ts';

const TIMEOUT_MS = 30_000;
/** Before each further attempt, when the endpoint has an error of its own; a job is not kept waiting long. */
const WAITS_MS = [1000, 3000, 9000] as const;

export async function githubToken(
  env: Readonly<Record<string, string | undefined>>,
  fetch: Fetch,
  audience: string,
  sleep: (ms: number) => Promise<unknown> = setTimeout,
): Promise<string> {
  const problem = jobProblem(env);
  if (problem !== null) throw failed(sentence(problem.what), problem.wayOut);
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url = '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer = '' } = env;
  const target = new URL(url);
  target.searchParams.set('audience', audience);
  let answer = await ask(target, bearer, fetch);
  for (const ms of WAITS_MS) {
    if (answer.status < 500) break;
    await sleep(ms);
    answer = await ask(target, bearer, fetch);
  }
  const { status, text } = answer;
  const value = status === 200 ? parseObject(text)?.value : undefined;
  if (typeof value === 'string') return value;
  throw failed(`GitHub gave no identity token (status ${status})`, 'Run the job again.');
}

export interface JobProblem {
  readonly what: string;
  readonly wayOut: string;
}

/** Why there can be no identity token here. GitHub Docs, "Variables reference": every job has `GITHUB_ACTIONS`. */
export function jobProblem(env: Readonly<Record<string, string | undefined>>): JobProblem | null {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer } = env;
  if (url !== undefined && bearer !== undefined && URL.canParse(url)) return null;
  return env.GITHUB_ACTIONS === 'true'
    ? {
        what: 'this job has no identity token',
        wayOut: 'Add "permissions: id-token: write" to the workflow or job.',
      }
    : {
        what: 'this is no job of GitHub Actions, and github-oidc signs in nothing else',
        wayOut:
          'Run it in a job with "permissions: id-token: write", name another way under "auth", or set MAILBOXCTL_TOKEN.',
      };
}

async function ask(
  target: URL,
  bearer: string,
  fetch: Fetch,
): Promise<{ readonly status: number; readonly text: string }> {
  const request = new Request(target, {
    headers: { Authorization: `Bearer ${bearer}`, Accept: 'application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  try {
    const answer = await fetch(request);
    return { status: answer.status, text: await answer.text() };
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    throw unreachable(networkFailure(error, target.host), 'GET of the identity token of the job', error);
  }
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function failed(message: string, hint: string): ServiceError {
  return new ServiceError(message, { kind: 'sign-in', hint });
}
