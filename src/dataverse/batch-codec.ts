/**
 * The multipart form of `$batch` (Microsoft Learn, "Execute batch operations using the Web API"). Reads answers with
 * CRLF and LF, whole or cut; what that means for a request is decided elsewhere. Knows no table.
 */

import type { HttpAnswer, HttpRequest, Method } from './http.ts';
import { CutAnswerError, requestIdOf } from './service-answer.ts';
import type { EnvironmentUrl } from './url.ts';

export interface BatchEntry {
  readonly method: Method;
  /** Absolute path with its query, already encoded. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface PartAnswer extends HttpAnswer {
  /** As the service echoes it, in the headers of the part or of its answer; `null` where it does not. */
  readonly contentId: string | null;
}

export interface BatchAnswer {
  /** Parts that are there to their end, in the order of the answer. A status of 0: it cannot be read. */
  readonly parts: readonly PartAnswer[];
  /** The answer has its end: nothing was cut off. */
  readonly ended: boolean;
}

/** Microsoft Learn, "Execute batch operations using the Web API". */
const MAX_ENTRIES = 1000;

const CRLF = '\r\n';

export function isMultipart({ headers }: HttpAnswer): boolean {
  return boundaryOf(headers) !== null;
}

/** Entries of which none keeps the others from being carried out; their paths are below the API's base. */
export function batchRequest(
  { api, origin }: EnvironmentUrl,
  boundary: string,
  headers: Readonly<Record<string, string>>,
  entries: readonly BatchEntry[],
): HttpRequest {
  const base = api.slice(origin.length);
  return {
    method: 'POST',
    url: `${api}$batch`,
    headers: {
      ...headers,
      Prefer: 'odata.continue-on-error',
      'Content-Type': `multipart/mixed; boundary=${boundary}`,
    },
    body: encodeBatch(
      entries.map((entry) => ({ ...entry, path: `${base}${entry.path}` })),
      boundary,
    ),
  };
}

/**
 * Entries are numbered from 1 by Content-ID. The line end behind the last boundary belongs to it: without one the
 * service takes the body of the last entry for a stream that it cannot read (AleksandrRogov/DynamicsWebApi issue 183).
 */
export function encodeBatch(entries: readonly BatchEntry[], boundary: string): string {
  if (entries.length > MAX_ENTRIES) {
    throw new RangeError(`A batch takes ${MAX_ENTRIES} requests, not ${entries.length}`);
  }
  const parts = entries.map((entry, index) => encodeEntry(entry, boundary, index + 1));
  return `${parts.join('')}--${boundary}--${CRLF}`;
}

function encodeEntry({ method, path, headers, body }: BatchEntry, boundary: string, id: number): string {
  const lines = [
    `--${boundary}`,
    'Content-Type: application/http',
    'Content-Transfer-Encoding: binary',
    `Content-ID: ${id}`,
    '',
    `${method} ${path} HTTP/1.1`,
  ];
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
  lines.push('', body ?? '', '');
  return lines.join(CRLF);
}

/** The answers in the order of the requests; throws unless each of them is there. */
export function decodeBatch(answer: HttpAnswer, count: number, request: string): readonly PartAnswer[] {
  const { parts, ended } = readBatch(answer);
  if (ended && parts.length === count) return parts;
  throw new CutAnswerError(`The answer to ${request} is not complete: ${parts.length} of ${count} parts`, {
    kind: 'server',
    status: answer.status,
    request,
    hint: 'Run the command again; if it persists, look for a proxy that changes answers.',
  });
}

/** One walk over the text; a part counts when the boundary behind it is there. */
export function readBatch({ headers, text }: HttpAnswer): BatchAnswer {
  const boundary = boundaryOf(headers);
  if (boundary === null) return { parts: [], ended: false };
  const delimiter = `--${boundary}`;
  const parts: PartAnswer[] = [];
  let from = -1;
  for (let at = delimiterFrom(text, delimiter, 0); at >= 0; ) {
    if (from >= 0) parts.push(partOf(text, from, at));
    const after = at + delimiter.length;
    if (text.startsWith('--', after)) return { parts, ended: true };
    from = after;
    at = delimiterFrom(text, delimiter, after);
  }
  return { parts, ended: false };
}

/** A part that failed, with what the answer around it tells besides: its date, its id, who asked. */
export function failedAs<T extends HttpAnswer>(part: T, outer: HttpAnswer): T {
  if (part.status < 400) return part;
  const headers = new Headers(part.headers);
  const date = outer.headers.get('date');
  const id = requestIdOf(part) ?? requestIdOf(outer);
  if (date !== null && !headers.has('date')) headers.set('date', date);
  if (id !== null) headers.set('x-ms-service-request-id', id);
  return { ...part, headers, ...(outer.caller === undefined ? {} : { caller: outer.caller }) };
}

function boundaryOf(headers: Headers): string | null {
  const type = headers.get('content-type') ?? '';
  return /^multipart\/mixed\b.*\bboundary="?([^";]+)"?/iu.exec(type)?.[1]?.trim() ?? null;
}

/** A delimiter stands at the start of a line and fills it. */
function delimiterFrom(text: string, delimiter: string, from: number): number {
  for (let at = text.indexOf(delimiter, from); at >= 0; at = text.indexOf(delimiter, at + 1)) {
    const startsLine = at === 0 || text[at - 1] === '\n';
    if (startsLine && /^(--)?\s*$/u.test(lineFrom(text, at + delimiter.length))) return at;
  }
  return -1;
}

function lineFrom(text: string, from: number): string {
  const end = text.indexOf('\n', from);
  return text.slice(from, end < 0 ? text.length : end);
}

/** A part is MIME headers, an empty line, a status line with headers, an empty line, and the body. */
function partOf(text: string, from: number, to: number): PartAnswer {
  const outer = headFrom(text, from + lineFrom(text, from).length + 1, to);
  const inner = headFrom(text, outer.next, to);
  const [statusLine = '', ...lines] = inner.lines;
  const headers = headersOf(lines);
  return {
    status: Number(/^HTTP\/\S+ (\d{3})\b/u.exec(statusLine)?.[1] ?? 0),
    headers,
    text: text.slice(inner.next, to).trim(),
    contentId: headersOf(outer.lines).get('content-id') ?? headers.get('content-id'),
  };
}

interface Head {
  readonly lines: readonly string[];
  /** Where the text goes on behind the empty line. */
  readonly next: number;
}

function headFrom(text: string, from: number, to: number): Head {
  const lines: string[] = [];
  let at = from;
  while (at < to) {
    const raw = lineFrom(text, at);
    at += raw.length + 1;
    const line = raw.trimEnd();
    if (line === '') break;
    lines.push(line);
  }
  return { lines, next: Math.min(at, to) };
}

/** What is no header is left out: an answer that was damaged on the way is judged, not thrown at. */
function headersOf(lines: readonly string[]): Headers {
  const headers = new Headers();
  for (const line of lines) {
    const [, name, value] = /^([\w-]+)[ \t]*:[ \t]*([\t\x20-\x7e\x80-\xff]*)$/u.exec(line) ?? [];
    if (name !== undefined && value !== undefined) headers.append(name, value);
  }
  return headers;
}
