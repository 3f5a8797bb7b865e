/**
 * The multipart form of `$batch`, for GET requests only: this file can write no other verb
 * (Microsoft Learn, "Execute batch operations using the Web API").
 */

import { ServiceError } from '../model/service-error.ts';
import type { HttpAnswer } from './http.ts';

const CRLF = '\r\n';

/** `paths` are absolute paths with their query, already encoded. */
export function encodeBatch(
  paths: readonly string[],
  boundary: string,
  headers: Readonly<Record<string, string>>,
): string {
  const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const parts = paths.map((path) =>
    [
      `--${boundary}`,
      'Content-Type: application/http',
      'Content-Transfer-Encoding: binary',
      '',
      `GET ${path} HTTP/1.1`,
      ...fields,
      '',
      '',
    ].join(CRLF),
  );
  return `${parts.join('')}--${boundary}--${CRLF}`;
}

/** The answers in the order of the requests. */
export function decodeBatch(answer: HttpAnswer, count: number, request: string): readonly HttpAnswer[] {
  const type = answer.headers.get('content-type') ?? '';
  const boundary = /boundary="?([^";]+)"?/iu.exec(type)?.[1];
  const parts = boundary === undefined ? [] : partsOf(answer.text, boundary);
  if (parts.length === count) return parts;
  throw new ServiceError(`The answer to ${request} is not complete: ${parts.length} of ${count} parts`, {
    kind: 'server',
    status: answer.status,
    request,
    hint: 'Run the command again; if it persists, look for a proxy that changes answers.',
  });
}

function partsOf(text: string, boundary: string): readonly HttpAnswer[] {
  const pieces = `\n${text.replaceAll(CRLF, '\n')}`.split(`\n--${boundary}`);
  if (pieces.at(-1)?.trimEnd() !== '--') return [];
  return pieces.slice(1, -1).map(partOf);
}

/** A part is MIME headers, an empty line, a status line with headers, an empty line, and the body. */
function partOf(piece: string): HttpAnswer {
  const [, inner = ''] = cutAtEmptyLine(piece.replace(/^[^\n]*\n/u, ''));
  const [head, text] = cutAtEmptyLine(inner);
  const [statusLine = '', ...lines] = head.split('\n');
  const headers = new Headers();
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.append(line.slice(0, colon).trim(), line.slice(colon + 1).trim());
  }
  return { status: Number(/^HTTP\/\S+ (\d{3})/u.exec(statusLine)?.[1] ?? 0), headers, text: text.trim() };
}

function cutAtEmptyLine(text: string): readonly [string, string] {
  const at = text.indexOf('\n\n');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 2)];
}
