/**
 * Writes down what is sent to an environment and what comes back, for a support case or a test that replays it: a
 * file of JSON lines without tokens, cookies and secrets. Names and e-mail addresses stay, and the file says so.
 */

import { type FileHandle, open } from 'node:fs/promises';
import type { Clock, Scrubber } from '../model/ports.ts';
import type { Fetch } from './http.ts';
import { networkFailure } from './network-failure.ts';
import {
  type RecordedExchange,
  RecordingError,
  type RecordingHead,
  type RecordingLine,
} from './recording-lines.ts';

interface RecordingOptions {
  readonly path: string;
  /** Scheme, host and port of the environment. */
  readonly origin: string;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly scrubber: Scrubber;
}

export interface Recorder {
  readonly fetch: Fetch;
  /** Everything is on disk when the promise resolves. Errors: `RecordingError` where it could not be written. */
  close(): Promise<void>;
}

const CONTAINS =
  'Requests to Dataverse and its answers. Tokens, cookies, secrets and passwords are left out; names, e-mail addresses and settings of the environment are in it.';

/** Headers that stand for somebody's sign-in, or only make sense for the body as it was sent. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  'content-length',
  'content-encoding',
  'transfer-encoding',
]);

/** An earlier recording is replaced, any other file is refused. Errors: `RecordingError`. */
export async function openRecording(options: RecordingOptions): Promise<Recorder> {
  const file = await openFile(options.path);
  const append = appender(file, options.path);
  const head: RecordingHead = { recording: 1, environment: options.origin, contains: CONTAINS };
  append.line(head);
  return {
    fetch: (request) => recorded(options, request, append.line),
    close: async () => {
      try {
        await append.written();
      } finally {
        await file.close();
      }
    },
  };
}

/** Lines in the order they are given; a disk that is full ends no run, but is told when it closes. */
function appender(
  file: FileHandle,
  path: string,
): { line: (line: RecordingLine) => void; written: () => Promise<void> } {
  let last: Promise<unknown> = Promise.resolve();
  let problem: unknown = null;
  return {
    line: (line) => {
      last = last
        .then(() => file.appendFile(`${JSON.stringify(line)}\n`))
        .catch((error: unknown) => {
          problem ??= error;
        });
    },
    written: async () => {
      await last;
      if (problem !== null) throw cannotWrite(path, problem);
    },
  };
}

async function recorded(
  { fetch, clock, scrubber }: RecordingOptions,
  request: Request,
  append: (line: RecordedExchange) => void,
): Promise<Response> {
  const token = request.headers.get('authorization')?.replace(/^Bearer /u, '') ?? '';
  if (token !== '') scrubber.learn(token);
  const clean = (text: string): string => withoutSecretColumns(scrubber.scrub(text));
  const { pathname, search } = new URL(request.url);
  const body = request.body === null ? null : await request.clone().text();
  const begun = clock.now();
  const line = (rest: Pick<RecordedExchange, 'answer' | 'failure'>): void =>
    append({
      time: new Date(begun).toISOString(),
      ms: clock.now() - begun,
      request: {
        method: request.method,
        path: clean(`${pathname}${search}`),
        headers: headersOf(request.headers, clean),
        body: body === null ? null : clean(body),
      },
      ...rest,
    });
  try {
    const answer = await fetch(request);
    const text = await answer.text();
    const { status, headers } = answer;
    line({ answer: { status, headers: headersOf(headers, clean), body: clean(text) }, failure: null });
    return new Response(text === '' ? null : text, { status, statusText: answer.statusText, headers });
  } catch (error) {
    line({ answer: null, failure: networkFailure(error, new URL(request.url).host).message });
    throw error;
  }
}

function headersOf(headers: Headers, clean: (text: string) => string): Readonly<Record<string, string>> {
  const kept = [...headers].filter(([name]) => !LEFT_OUT.has(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, clean(value)]));
}

/** Columns that hold a secret are named so, in every table (Microsoft Learn, reference of `emailserverprofile`). */
export function withoutSecretColumns(text: string): string {
  return text.replaceAll(
    /("\w*(?:password|secret|token)"\s*:\s*)"(?:[^"\\]|\\.)*"/giu,
    (_found, name: string) => `${name}"***"`,
  );
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    const file = await open(path, 'a+', 0o600);
    await keepOthers(file, path);
    await file.chmod(0o600);
    await file.truncate(0);
    return file;
  } catch (error) {
    throw error instanceof RecordingError ? error : cannotWrite(path, error);
  }
}

/** What is there may be a plan, a secret or somebody's notes. */
async function keepOthers(file: FileHandle, path: string): Promise<void> {
  const start = Buffer.alloc(16);
  const { bytesRead } = await file.read(start, 0, start.length, 0);
  const isOurs = start.toString('utf8', 0, bytesRead).startsWith('{"recording":1,');
  if (bytesRead === 0 || isOurs) return;
  await file.close();
  throw new RecordingError(
    `--record ${path} is there already and is no recording; it was not overwritten`,
    'Name another file, or remove this one.',
  );
}

function cannotWrite(path: string, error: unknown): RecordingError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  const [why, wayOut] = WHY[code] ?? [code, 'Name another file.'];
  return new RecordingError(`--record ${path} cannot be written: ${why}`, wayOut, error);
}

const NOT_ALLOWED = [
  'the operating system does not allow it',
  'Change the rights of the file or its folder, or name another one.',
] as const;
const WHY: Readonly<Record<string, readonly [why: string, wayOut: string]>> = {
  ENOENT: ['there is no such folder', 'Make the folder first, or name another file.'],
  EISDIR: ['it is a folder', 'Name a file in it.'],
  EACCES: NOT_ALLOWED,
  EPERM: NOT_ALLOWED,
  ENOSPC: ['the disk is full', 'Make room, then run again.'],
};
