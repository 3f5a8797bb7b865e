/**
 * GitHub's interfaces as far as our program uses them, on a free port, with what is kept behind them: comments, checks,
 * issues, runs and artifacts. A request that it does not know fails the test.
 */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished } from 'vitest';

export const BOT = 'github-actions[bot]';
export const REPOSITORY = 'contoso/mail';

export interface FakeComment {
  readonly id: number;
  body: string;
  readonly user: { readonly login: string };
  readonly created_at: string;
}

export interface FakePull {
  readonly number: number;
  readonly head: { sha: string; readonly ref: string; readonly repo: { readonly full_name: string } | null };
  merged_at: string | null;
  merge_commit_sha: string | null;
  files: readonly { readonly filename: string; readonly patch?: string }[];
}

export interface FakeIssue {
  readonly number: number;
  title: string;
  body: string;
  state: 'open' | 'closed';
  state_reason: string | null;
  readonly user: { readonly login: string };
  labels: { readonly name: string }[];
  readonly pull_request?: object;
}

export interface FakeCheck {
  readonly id: number;
  readonly name: string;
  readonly head_sha: string;
  readonly conclusion: string;
  output: { readonly title: string; readonly summary: string };
  readonly annotations: object[];
}

export interface FakeRun {
  readonly id: number;
  readonly event: string;
  readonly head_sha: string;
  readonly head_branch: string;
  readonly pull_requests: readonly { readonly number: number }[];
  readonly head_repository: { readonly full_name: string };
  readonly artifacts: { readonly name: string; expired: boolean }[];
}

export interface Fault {
  /** Of `METHOD path`. */
  readonly on: RegExp;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly message?: string;
  readonly body?: unknown;
  /** How often; once without it. */
  times?: number;
  /** What was asked is done, and only the answer is another. */
  readonly done?: true;
}

export interface FakeGithub {
  readonly url: string;
  readonly pulls: FakePull[];
  readonly comments: Map<number, FakeComment[]>;
  readonly issues: FakeIssue[];
  readonly checks: FakeCheck[];
  readonly runs: FakeRun[];
  readonly faults: Fault[];
  /** What the token may not, such as `pull-requests: write`. */
  readonly refused: Set<string>;
  /** `METHOD path`, of every request. */
  readonly log: string[];
  readonly tokens: Set<string>;
  /** Rows of a page, however many are asked for. */
  pageSize: number;
  readonly comment: (number: number, body: string, login?: string) => FakeComment;
}

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: never;
}

interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Route {
  readonly on: RegExp;
  readonly needs: string | null;
  readonly answer: (asked: Asked, ...parts: string[]) => Answer;
}

export async function serveGithub(): Promise<FakeGithub> {
  const unknown: string[] = [];
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let id = 1_000;
  const github: FakeGithub = {
    url,
    pulls: [],
    comments: new Map(),
    issues: [],
    checks: [],
    runs: [],
    faults: [],
    refused: new Set(),
    log: [],
    tokens: new Set(),
    pageSize: 100,
    comment: (number, body, login = BOT) => {
      id += 1;
      const comment = { id, body, user: { login }, created_at: '2026-11-21T09:00:00Z' };
      github.comments.set(number, [...(github.comments.get(number) ?? []), comment]);
      return comment;
    },
  };
  const routes = routesOf(github, () => {
    id += 1;
    return id;
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '', url);
    const asked = {
      method: request.method ?? '',
      // Where an Enterprise server has them.
      path: pathname.replace(/^\/api\/v3(?=\/)/u, '').replace(/^\/api(?=\/graphql)/u, ''),
      query: searchParams,
      body: (await bodyOf(request)) as never,
    };
    const line = `${asked.method} ${asked.path}`;
    github.log.push(line);
    github.tokens.add(request.headers.authorization ?? '');
    const fault = github.faults.find(({ on }) => on.test(line));
    if (fault !== undefined) {
      fault.times = (fault.times ?? 1) - 1;
      if (fault.times <= 0) github.faults.splice(github.faults.indexOf(fault), 1);
      if (fault.done === true) answerOf(line, asked);
      return send(response, {
        status: fault.status,
        body: fault.body ?? { message: fault.message ?? 'fault' },
        ...(fault.headers === undefined ? {} : { headers: fault.headers }),
      });
    }
    return send(response, paged(answerOf(line, asked), asked));
  }

  function answerOf(line: string, asked: Asked): Answer {
    for (const { on, needs, answer } of routes) {
      const found = on.exec(line);
      if (found === null) continue;
      if (needs !== null && github.refused.has(needs))
        return { status: 403, body: { message: 'Resource not accessible by integration' } };
      return answer(asked, ...found.slice(1));
    }
    unknown.push(line);
    return { status: 501, body: { message: `The fake GitHub does not know ${line}` } };
  }

  /** Lists in pages, with the link to the next as GitHub gives it. */
  function paged({ status, body, headers }: Answer, { path, query }: Asked): Answer {
    const [key, rows] = rowsOf(body);
    if (rows === null) return { status, body, ...(headers === undefined ? {} : { headers }) };
    const size = Math.min(github.pageSize, Number(query.get('per_page') ?? 30));
    const page = Number(query.get('page') ?? 1);
    const next = new URLSearchParams(query);
    next.set('page', String(page + 1));
    const shown = rows.slice((page - 1) * size, page * size);
    const isLast = page * size >= rows.length;
    return {
      status,
      body: key === null ? shown : { total_count: rows.length, [key]: shown },
      headers: isLast
        ? {}
        : { link: `<${url}${path}?${next}>; rel="next", <${url}${path}?page=9>; rel="last"` },
    };
  }

  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
    expect(unknown).toEqual([]);
  });
  return github;
}

function rowsOf(body: unknown): readonly [string | null, readonly unknown[] | null] {
  if (Array.isArray(body)) return [null, body];
  for (const key of ['workflow_runs', 'artifacts']) {
    const rows = (body as Readonly<Record<string, unknown>> | undefined)?.[key];
    if (Array.isArray(rows)) return [key, rows];
  }
  return [null, null];
}

function routesOf(github: FakeGithub, nextId: () => number): readonly Route[] {
  const at = (method: string, path: string): RegExp =>
    new RegExp(`^${method} /repos/${REPOSITORY}${path}$`, 'u');
  const pullOf = (number: string): FakePull | undefined =>
    github.pulls.find((pull) => pull.number === Number(number));
  const commentOf = (id: string): FakeComment | undefined =>
    [...github.comments.values()].flat().find((comment) => comment.id === Number(id));
  const refusal: Answer = { status: 403, body: { message: 'Resource not accessible by integration' } };
  const gone: Answer = { status: 404, body: { message: 'Not Found' } };
  const isPull = (number: string): boolean => pullOf(number) !== undefined;
  return [
    {
      on: /^POST \/graphql$/u,
      needs: null,
      answer: () => ({ status: 200, body: { data: { viewer: { login: BOT } } } }),
    },
    {
      on: at('GET', '/issues/(\\d+)/comments'),
      needs: null,
      answer: (_, number = '') => {
        if (github.refused.has(isPull(number) ? 'pull-requests: read' : 'issues: read')) return refusal;
        return { status: 200, body: github.comments.get(Number(number)) ?? [] };
      },
    },
    {
      on: at('POST', '/issues/(\\d+)/comments'),
      needs: null,
      answer: ({ body }, number = '') => {
        const needs = isPull(number) ? 'pull-requests: write' : 'issues: write';
        if (github.refused.has(needs)) return refusal;
        const { body: text } = body as { body: string };
        if (text.length > 65_536) return { status: 422, body: { message: 'body is too long' } };
        return { status: 201, body: github.comment(Number(number), text) };
      },
    },
    {
      on: at('PATCH', '/issues/comments/(\\d+)'),
      needs: 'pull-requests: write',
      answer: ({ body }, id = '') => {
        const comment = commentOf(id);
        if (comment === undefined) return gone;
        comment.body = (body as { body: string }).body;
        return { status: 200, body: comment };
      },
    },
    {
      on: at('DELETE', '/issues/comments/(\\d+)'),
      needs: 'pull-requests: write',
      answer: (_, id = '') => {
        if (commentOf(id) === undefined) return gone;
        for (const [number, list] of github.comments)
          github.comments.set(
            number,
            list.filter((comment) => comment.id !== Number(id)),
          );
        return { status: 204 };
      },
    },
    {
      on: at('GET', '/issues'),
      needs: 'issues: read',
      answer: ({ query }) => {
        const label = query.get('labels') ?? '';
        const fit = github.issues.filter(({ labels }) => labels.some(({ name }) => name === label));
        return { status: 200, body: fit };
      },
    },
    {
      on: at('POST', '/issues'),
      needs: 'issues: write',
      answer: ({ body }) => {
        const { title, body: text, labels } = body as { title: string; body: string; labels: string[] };
        const issue: FakeIssue = {
          number: 100 + github.issues.length,
          title,
          body: text,
          state: 'open',
          state_reason: null,
          user: { login: BOT },
          labels: github.refused.has('labels') ? [] : labels.map((name) => ({ name })),
        };
        github.issues.push(issue);
        return { status: 201, body: issue };
      },
    },
    {
      on: at('POST', '/issues/(\\d+)/labels'),
      needs: 'issues: write',
      answer: ({ body }, number = '') => {
        const issue = github.issues.find((each) => each.number === Number(number));
        if (issue === undefined) return gone;
        issue.labels = (body as { labels: string[] }).labels.map((name) => ({ name }));
        return { status: 200, body: issue.labels };
      },
    },
    {
      on: at('PATCH', '/issues/(\\d+)'),
      needs: 'issues: write',
      answer: ({ body }, number = '') => {
        const issue = github.issues.find((each) => each.number === Number(number));
        if (issue === undefined) return gone;
        Object.assign(issue, body);
        return { status: 200, body: issue };
      },
    },
    {
      on: at('GET', '/pulls/(\\d+)'),
      needs: 'pull-requests: read',
      answer: (_, number = '') => {
        const pull = pullOf(number);
        return pull === undefined ? gone : { status: 200, body: pull };
      },
    },
    {
      on: at('GET', '/pulls/(\\d+)/files'),
      needs: 'pull-requests: read',
      answer: (_, number = '') => ({ status: 200, body: pullOf(number)?.files ?? [] }),
    },
    {
      on: at('GET', '/commits/([0-9a-f]+)/pulls'),
      needs: 'pull-requests: read',
      answer: (_, sha) => ({
        status: 200,
        body: github.pulls.filter(
          ({ merge_commit_sha, head }) => merge_commit_sha === sha || head.sha === sha,
        ),
      }),
    },
    {
      on: at('POST', '/check-runs'),
      needs: 'checks: write',
      answer: ({ body }) => {
        const { output, ...rest } = body as FakeCheck & { output: { annotations: object[] } };
        const { annotations, ...shown } = output;
        if (annotations.length > 50) return { status: 422, body: { message: 'too many annotations' } };
        const check = { ...rest, id: nextId(), output: shown, annotations: [...annotations] };
        github.checks.push(check);
        return { status: 201, body: { id: check.id } };
      },
    },
    {
      on: at('PATCH', '/check-runs/(\\d+)'),
      needs: 'checks: write',
      answer: ({ body }, id = '') => {
        const check = github.checks.find((each) => each.id === Number(id));
        if (check === undefined) return gone;
        const { annotations } = (body as { output: { annotations: object[] } }).output;
        if (annotations.length > 50) return { status: 422, body: { message: 'too many annotations' } };
        check.annotations.push(...annotations);
        return { status: 200, body: { id: check.id } };
      },
    },
    {
      on: at('GET', '/actions/runs'),
      needs: 'actions: read',
      answer: ({ query }) => ({
        status: 200,
        body: {
          workflow_runs: github.runs.filter(
            ({ head_sha, event }) => head_sha === query.get('head_sha') && event === query.get('event'),
          ),
        },
      }),
    },
    {
      on: at('GET', '/actions/runs/(\\d+)/artifacts'),
      needs: 'actions: read',
      answer: ({ query }, id = '') => {
        const kept = github.runs.find((run) => run.id === Number(id))?.artifacts ?? [];
        const artifacts = kept.map((artifact, index) => ({ id: index + 1, ...artifact }));
        return {
          status: 200,
          body: { artifacts: artifacts.filter(({ name }) => name === query.get('name')) },
        };
      },
    },
  ];
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString();
  return text === '' ? undefined : JSON.parse(text);
}

function send(response: ServerResponse, { status, body, headers = {} }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
