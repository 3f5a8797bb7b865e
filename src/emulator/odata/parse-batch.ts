/**
 * $batch requests: from a multipart body to requests and change sets. Checks what can be seen without executing
 * anything; references to rows not yet created stay in place for resolveReferences.
 */

import { forwardReferences } from './batch-references.ts';
import { badRequest } from './errors.ts';
import { type Message, readBoundary, readMessage, splitLines, splitParts } from './multipart.ts';

export interface BatchRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: string;
}

export interface BatchMember {
  /** From the headers of the part or those of the request inside it. */
  readonly contentId: string | null;
  readonly request: BatchRequest;
}

export type BatchItem =
  | ({ readonly kind: 'request' } & BatchMember)
  | { readonly kind: 'changeset'; readonly requests: readonly BatchMember[] };

interface ParsedRequest extends BatchMember {
  readonly target: string;
}

/** Microsoft Learn, "Execute batch operations using the Web API". */
export const MAX_BATCH_REQUESTS = 1000;
const MAX_URL_LENGTH = 65_536;
const METHODS: readonly string[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** `base` is the service root with a trailing slash. Throws ODataError. */
export function parseBatch(contentType: string, body: string, base: string): readonly BatchItem[] {
  const boundary = readBoundary(contentType);
  if (boundary === null)
    throw badRequest(
      `The content type '${contentType}' is not supported for $batch; it must be 'multipart/mixed'.`,
    );
  const items = splitParts(splitLines(body), boundary).map((part) => parseItem(part, base));
  const count = items.reduce((sum, item) => sum + (item.kind === 'request' ? 1 : item.requests.length), 0);
  if (count > MAX_BATCH_REQUESTS)
    throw badRequest(`The batch holds ${count} requests; at most ${MAX_BATCH_REQUESTS} are allowed.`);
  return items;
}

function parseItem(part: Message, base: string): BatchItem {
  const boundary = readBoundary(contentTypeOf(part));
  if (boundary !== null) return { kind: 'changeset', requests: parseChangeSet(part, boundary, base) };
  const { contentId, request } = parseRequest(part, base);
  return { kind: 'request', contentId, request };
}

function parseChangeSet(part: Message, boundary: string, base: string): readonly BatchMember[] {
  const members: BatchMember[] = [];
  const known = new Set<string>();
  for (const inner of splitParts(part.body, boundary)) {
    if (readBoundary(contentTypeOf(inner)) !== null)
      throw badRequest('A change set cannot hold another change set.');
    const parsed = parseRequest(inner, base);
    requireWrite(parsed.request);
    requireKnown(parsed, known);
    const { contentId } = parsed;
    if (contentId !== null) addContentId(contentId, known);
    members.push({ contentId, request: parsed.request });
  }
  return members;
}

function requireWrite({ method }: BatchRequest): void {
  if (method !== 'GET') return;
  throw badRequest(
    "An invalid HTTP method 'GET' was detected for a request in a change set. Requests in change sets only support the HTTP methods 'POST', 'PUT', 'DELETE', and 'PATCH'.",
  );
}

function requireKnown({ target, request }: ParsedRequest, known: ReadonlySet<string>): void {
  const [missing] = forwardReferences(target, request.body, known);
  if (missing !== undefined)
    throw badRequest(`Content-ID Reference: '$${missing}' does not exist in the batch context.`);
}

function addContentId(contentId: string, known: Set<string>): void {
  if (known.has(contentId))
    throw badRequest(`The content ID '${contentId}' was found more than once in the same change set.`);
  known.add(contentId);
}

function contentTypeOf(part: Message): string {
  return part.headers.get('content-type') ?? '';
}

function parseRequest(part: Message, base: string): ParsedRequest {
  requirePartHeaders(part);
  const [line = '', ...rest] = part.body;
  const { method, target } = parseRequestLine(line);
  const message = readMessage(rest, part.delimiter);
  const text = message.body.join('\r\n');
  const body = text.trim() === '' ? '' : text;
  if (method === 'GET' && body !== '') throw badRequest('A GET request in a batch cannot have a body.');
  const { headers } = message;
  const contentId = part.headers.get('content-id') ?? headers.get('content-id');
  headers.delete('content-length');
  headers.delete('content-id');
  return { contentId, target, request: { method, url: resolveTarget(target, base), headers, body } };
}

function requirePartHeaders(part: Message): void {
  const type = contentTypeOf(part).split(';')[0]?.trim().toLowerCase();
  const encoding = part.headers.get('content-transfer-encoding')?.toLowerCase();
  if (type !== 'application/http')
    throw badRequest(
      `The header 'Content-Type' of a batch part must be 'application/http': '${contentTypeOf(part)}'.`,
    );
  if (encoding !== 'binary')
    throw badRequest(
      `The header 'Content-Transfer-Encoding' of a batch part must be 'binary': '${encoding ?? ''}'.`,
    );
}

/** Everything between the first and the last space is the address, so blanks in a query survive. */
function parseRequestLine(line: string): { readonly method: string; readonly target: string } {
  const text = line.trimEnd();
  const first = text.indexOf(' ');
  const last = text.lastIndexOf(' ');
  const target = text.slice(first + 1, last).trim();
  if (first < 0 || target === '')
    throw badRequest(
      `The request line '${text}' is invalid. It must be of the format 'METHOD URL HTTP/1.1'.`,
    );
  const method = text.slice(0, first);
  const version = text.slice(last + 1);
  if (version !== 'HTTP/1.1')
    throw badRequest(`An invalid HTTP version of '${version}' was detected in the request line.`);
  if (!METHODS.includes(method)) throw badRequest(`The HTTP method '${method}' is invalid in a batch.`);
  if (target.length > MAX_URL_LENGTH)
    throw badRequest(`The URL in the batch is longer than ${MAX_URL_LENGTH} characters.`);
  return { method, target };
}

function parseUrl(target: string, base: string): URL | null {
  return URL.canParse(target, base) ? new URL(target, base) : null;
}

/** Absolute, root-relative, or relative to the service root; always the same host, never another batch. */
function resolveTarget(target: string, base: string): URL {
  const url = parseUrl(target, base);
  if (url === null) throw badRequest(`The URL '${target}' in the batch is invalid.`);
  if (!base.startsWith(`${url.origin}/`))
    throw badRequest(`The URL '${target}' in the batch addresses another host.`);
  if (/\/(?:\$|%24)batch\/?$/i.test(url.pathname)) throw badRequest('A batch cannot hold another batch.');
  return url;
}
