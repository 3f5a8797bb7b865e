/**
 * The multipart form of `$batch` (Microsoft Learn, "Execute batch operations using the Web API"), written and read
 * by hand: the suite must not believe the product's own codec.
 */

import type { Answer, Body, Client } from '../../src/emulator/test-client.ts';

export interface Part {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly contentId?: string;
}

export interface PartAnswer {
  readonly status: number;
  /** Of the MIME part or of the request in it; `null`: not echoed. */
  readonly contentId: string | null;
  readonly headers: Headers;
  readonly body: Body;
}

export interface BatchAnswer {
  readonly answer: Answer;
  readonly parts: readonly PartAnswer[];
}

const BOUNDARY = 'batch_contract';
const CRLF = '\r\n';
const API = '/api/data/v9.2/';

/** `newline`: mail messages end lines with CRLF; many clients send LF. */
export function encodeParts(
  parts: readonly Part[],
  { boundary = BOUNDARY, newline = CRLF }: { readonly boundary?: string; readonly newline?: string } = {},
): string {
  const encoded = parts.map((part) => [`--${boundary}`, ...linesOf(part), ''].join(newline));
  return `${encoded.join('')}--${boundary}--${newline}`;
}

function linesOf({ method, path, body, headers = {}, contentId }: Part): readonly string[] {
  const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [
    'Content-Type: application/http',
    'Content-Transfer-Encoding: binary',
    ...(contentId === undefined ? [] : [`Content-ID: ${contentId}`]),
    '',
    `${method} ${API}${path} HTTP/1.1`,
    'Accept: application/json',
    ...(body === undefined ? [] : ['Content-Type: application/json; type=entry']),
    ...fields,
    '',
    body === undefined ? '' : JSON.stringify(body),
  ];
}

/** A part that holds a change set: all of it or nothing. */
export function changeSetText(parts: readonly Part[], boundary = 'changeset_contract'): string {
  return `Content-Type: multipart/mixed; boundary=${boundary}${CRLF}${CRLF}${encodeParts(parts, { boundary })}`;
}

export async function sendBatch(
  client: Client,
  parts: readonly Part[],
  headers: Readonly<Record<string, string>> = { prefer: 'odata.continue-on-error' },
): Promise<BatchAnswer> {
  return sendText(client, encodeParts(parts), headers);
}

export async function sendChangeSet(client: Client, parts: readonly Part[]): Promise<BatchAnswer> {
  const text = `--${BOUNDARY}${CRLF}${changeSetText(parts)}--${BOUNDARY}--${CRLF}`;
  return sendText(client, text, {});
}

async function sendText(
  client: Client,
  text: string,
  headers: Readonly<Record<string, string>>,
): Promise<BatchAnswer> {
  const type = `multipart/mixed; boundary=${BOUNDARY}`;
  const answer = await client.call('POST', '$batch', text, { 'content-type': type, ...headers });
  const parts = decodeParts(answer.headers.get('content-type') ?? '', answer.text);
  return { answer, parts };
}

/** Change sets are flattened: their members stand where the set stood. */
export function decodeParts(contentType: string, text: string): readonly PartAnswer[] {
  const boundary = /boundary="?([^";]+)"?/iu.exec(contentType)?.[1];
  if (boundary === undefined) return [];
  const pieces = `\n${text.replaceAll(CRLF, '\n')}`.split(`\n--${boundary}`).slice(1, -1);
  return pieces.flatMap((piece) => {
    const [outer, inner] = cut(piece.replace(/^[^\n]*\n/u, ''));
    const type = outer.get('content-type') ?? '';
    return type.startsWith('multipart/') ? decodeParts(type, inner) : [partOf(outer, inner)];
  });
}

function partOf(outer: Headers, inner: string): PartAnswer {
  const status = Number(/^HTTP\/\S+ (\d{3})/u.exec(inner)?.[1] ?? 0);
  const [headers, text] = cut(inner.replace(/^[^\n]*\n?/u, ''));
  const isJson = headers.get('content-type')?.includes('json') === true;
  return {
    status,
    contentId: outer.get('content-id') ?? headers.get('content-id'),
    headers,
    body: isJson ? JSON.parse(text) : {},
  };
}

function cut(text: string): readonly [Headers, string] {
  const at = text.indexOf('\n\n');
  const [head, rest] = at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 2)];
  const headers = new Headers();
  for (const line of head.split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.append(line.slice(0, colon).trim(), line.slice(colon + 1).trim());
  }
  return [headers, rest];
}
