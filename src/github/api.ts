/**
 * GitHub's REST and GraphQL interfaces, as far as a pipeline needs them: pages, patience, and errors that name the
 * missing permission. The token goes nowhere but into the header.
 */

import ky, { type KyInstance } from 'ky';
import { type Io, ProblemError } from './io.ts';

export type Permission =
  | 'actions: read'
  | 'checks: write'
  | 'contents: read'
  | 'issues: read'
  | 'issues: write'
  | 'pull-requests: read'
  | 'pull-requests: write';

export interface Api {
  /** Path of the repository: `/issues/1/comments`. */
  readonly get: <T>(path: string, needs: Permission) => Promise<T>;
  /** All items of all pages; `items` takes them out of the answer where it is no list itself. */
  readonly list: <T>(path: string, needs: Permission, items?: (page: never) => readonly T[]) => Promise<T[]>;
  readonly patch: <T>(path: string, body: object, needs: Permission) => Promise<T>;
  readonly remove: (path: string, needs: Permission) => Promise<void>;
  /**
   * Where no answer comes, `find` tells whether it was created nevertheless: sent again, it would be there twice.
   */
  readonly create: <T>(
    path: string,
    body: object,
    needs: Permission,
    find: () => Promise<T | undefined>,
  ) => Promise<T>;
  /** Whose token it is. Installation tokens may not ask `GET /user`. */
  readonly login: () => Promise<string>;
}

/** GitHub refused: the token may not do this. */
export class PermissionError extends ProblemError {}

const ATTEMPTS = 5;
const PAGE = 100;
/** GitHub, "Best practices for using the REST API": wait at least a minute where no time is told. */
const SECONDARY_PAUSE_MS = 60_000;
/** A job that waits longer is better begun again. */
const LONGEST_PAUSE_MS = 5 * 60_000;

interface Request {
  readonly method: 'get' | 'post' | 'patch' | 'delete';
  readonly url: string;
  readonly body?: object;
  readonly needs: Permission | null;
  /** Only asks, although it is a POST. */
  readonly asks?: true;
}

export function createApi(io: Io, repository: string): Api {
  const { GITHUB_TOKEN: token = '' } = io.env;
  if (token === '')
    throw new ProblemError(
      'GITHUB_TOKEN is not set. In a step: env: GITHUB_TOKEN, with the value of github.token',
    );
  const root = baseUrl(io);
  const client = clientFor(io, token);
  const at = (path: string): string => `${root}/repos/${repository}${path}`;
  const once = (request: Request): Promise<Response> => patiently(io, client, request);

  const get: Api['get'] = async (path, needs) =>
    json(await expectOk(await once({ method: 'get', url: at(path), needs }), 'get', path, needs));

  return {
    get,
    list: async (path, needs, items = (page) => page) => {
      const found = [];
      let url: string | null = at(`${path}${path.includes('?') ? '&' : '?'}per_page=${PAGE}`);
      while (url !== null) {
        const answer: Response = await expectOk(
          await once({ method: 'get', url, needs }),
          'get',
          path,
          needs,
        );
        found.push(...items((await answer.json()) as never));
        url = nextPage(answer, root);
      }
      return found;
    },
    patch: async (path, body, needs) =>
      json(await expectOk(await once({ method: 'patch', url: at(path), body, needs }), 'patch', path, needs)),
    remove: async (path, needs) => {
      const answer = await once({ method: 'delete', url: at(path), needs });
      // Somebody was faster.
      if (answer.status !== 404) await expectOk(answer, 'delete', path, needs);
    },
    create: async (path, body, needs, find) => {
      for (let attempt = 1; ; attempt += 1) {
        const answer = await once({ method: 'post', url: at(path), body, needs }).catch(lostOrThrow);
        if (answer !== null && answer.status < 500) return json(await expectOk(answer, 'post', path, needs));
        const there = await find();
        if (there !== undefined) return there;
        if (attempt === ATTEMPTS) throw await problemOf(answer, 'post', path, needs);
        await io.sleep(backoff(attempt));
      }
    },
    login: async () => {
      const url = io.env.GITHUB_GRAPHQL_URL || `${root.replace(/\/api\/v3$/u, '/api')}/graphql`;
      const answer = await once({
        method: 'post',
        url,
        body: { query: '{ viewer { login } }' },
        needs: null,
        asks: true,
      });
      await expectOk(answer, 'post', '/graphql', null);
      const { data } = (await answer.json()) as {
        readonly data?: { readonly viewer?: { readonly login?: string } };
      };
      const login = data?.viewer?.login;
      if (login === undefined) throw new ProblemError('GitHub does not say whose token GITHUB_TOKEN is.');
      return login;
    },
  };
}

function baseUrl({ env }: Io): string {
  return (env.GITHUB_API_URL || 'https://api.github.com').replace(/\/+$/u, '');
}

function clientFor({ fetch }: Io, token: string): KyInstance {
  return ky.create({
    fetch,
    retry: 0,
    throwHttpErrors: false,
    timeout: 30_000,
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${token}`,
      'user-agent': 'mailboxctl-github',
      'x-github-api-version': '2022-11-28',
    },
  });
}

/** Waits as long as GitHub asks for, and sends again what may be sent twice. */
async function patiently(io: Io, client: KyInstance, request: Request): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await send(client, request).catch((error: unknown) => lostOrLast(error, request, attempt));
    const pause = answer === null ? backoff(attempt) : await pauseAfter(answer, request, attempt, io.now());
    if (pause === null && answer !== null) return answer;
    if (pause !== null && pause > LONGEST_PAUSE_MS)
      throw new ProblemError(
        `GitHub's rate limit is used up for ${Math.ceil(pause / 60_000)} minutes. Run this job again then.`,
      );
    if (attempt === ATTEMPTS) throw await problemOf(answer, request.method, request.url, request.needs);
    await io.sleep(pause ?? 0);
  }
}

function send(client: KyInstance, { method, url, body }: Request): Promise<Response> {
  return client(url, { method, ...(body === undefined ? {} : { json: body }) });
}

function creates({ method, asks }: Request): boolean {
  return method === 'post' && asks !== true;
}

class LostError extends ProblemError {}

/** A created thing may be there although no answer came: only the caller can tell. */
function lostOrLast(error: unknown, request: Request, attempt: number): null {
  const { url } = request;
  const why =
    error instanceof Error ? (error.cause instanceof Error ? error.cause.message : error.message) : '';
  if (creates(request)) throw new LostError(`${new URL(url).host} did not answer: ${why}`);
  if (attempt === ATTEMPTS) throw new ProblemError(`${new URL(url).host} did not answer: ${why}`);
  return null;
}

function lostOrThrow(error: unknown): null {
  if (error instanceof LostError) return null;
  throw error;
}

/** `null`: the answer is final. */
async function pauseAfter(
  answer: Response,
  request: Request,
  attempt: number,
  now: number,
): Promise<number | null> {
  if (answer.status >= 500) return creates(request) ? null : (retryAfter(answer) ?? backoff(attempt));
  if (answer.status !== 403 && answer.status !== 429) return null;
  const told = retryAfter(answer);
  if (told !== null) return told;
  if (answer.headers.get('x-ratelimit-remaining') === '0')
    return Math.max(1_000, Number(answer.headers.get('x-ratelimit-reset') ?? 0) * 1_000 - now);
  const isSecondary =
    answer.status === 429 || /secondary rate limit|abuse/iu.test(await answer.clone().text());
  return isSecondary ? SECONDARY_PAUSE_MS : null;
}

function retryAfter({ headers }: Response): number | null {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? Math.max(1, seconds) * 1_000 : null;
}

function backoff(attempt: number): number {
  return 500 * 2 ** attempt;
}

/** Only where the token may go: the same host. */
function nextPage({ headers }: Response, root: string): string | null {
  const [, url] = /<([^>]+)>;\s*rel="next"/u.exec(headers.get('link') ?? '') ?? [];
  return url !== undefined && new URL(url).origin === new URL(root).origin ? url : null;
}

async function json<T>(answer: Response): Promise<T> {
  return (await answer.json()) as T;
}

async function expectOk(
  answer: Response,
  method: string,
  path: string,
  needs: Permission | null,
): Promise<Response> {
  if (answer.ok) return answer;
  throw await problemOf(answer, method, path, needs);
}

async function problemOf(
  answer: Response | null,
  method: string,
  path: string,
  needs: Permission | null,
): Promise<ProblemError> {
  const what = `${method.toUpperCase()} ${path.replace(/^https?:\/\/[^/]+/u, '')}`;
  if (answer === null) return new ProblemError(`${what}: GitHub did not answer`);
  const { message } = parsed(await answer.text());
  const said = `${what}: ${answer.status} ${message ?? ''}`.trimEnd();
  if (answer.status === 401) return new ProblemError(`${said}\nThe token in GITHUB_TOKEN is not valid.`);
  if (answer.status !== 403 && answer.status !== 404) return new ProblemError(said);
  const wanted = needs === null ? '' : `\nThe job needs "permissions: ${needs}".`;
  return answer.status === 403
    ? new PermissionError(`${said}${wanted}`)
    : new ProblemError(`${said}${wanted}`);
}

function parsed(text: string): { readonly message?: string } {
  try {
    return JSON.parse(text) as { readonly message?: string };
  } catch {
    return {};
  }
}
