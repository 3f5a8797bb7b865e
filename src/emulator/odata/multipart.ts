/** MIME multipart bodies and the header blocks inside them. Line ends may be CRLF or LF; knows nothing of OData. */

import { badRequest } from './errors.ts';

export interface Message {
  readonly headers: Headers;
  readonly body: readonly string[];
  /** The delimiter line that ended the message. */
  readonly delimiter: string;
}

/** The boundary of a multipart/mixed content type, or null when it is another type. */
export function readBoundary(contentType: string): string | null {
  const [type = '', ...parameters] = contentType.split(';').map((part) => part.trim());
  if (type.toLowerCase() !== 'multipart/mixed') return null;
  const boundary = parameters.find((parameter) => /^boundary\s*=/i.test(parameter));
  const value = boundary?.slice(boundary.indexOf('=') + 1).trim() ?? '';
  const text = /^".*"$/.test(value) ? value.slice(1, -1) : value;
  if (text === '') throw badRequest(`The content type '${contentType}' has no boundary.`);
  return text;
}

export function splitLines(body: string): readonly string[] {
  return body.split(/\r?\n/);
}

/** The parts between the delimiters; text before the first and after the last one is ignored. */
export function splitParts(lines: readonly string[], boundary: string): readonly Message[] {
  const parts: Message[] = [];
  let from = -1;
  for (const [index, line] of lines.entries()) {
    const kind = delimiterKind(line, boundary);
    if (kind === null) continue;
    if (from >= 0) parts.push(readMessage(lines.slice(from, index), line));
    if (kind === 'end') return parts;
    from = index + 1;
  }
  throw badRequest(`The end of the message was reached without the delimiter '--${boundary}--'.`);
}

/**
 * A header block ends with an empty line. Without one the service reads on into the delimiter, and says so with
 * exactly this message (derekfinlinson/xrm-webapi issue 23).
 */
export function readMessage(lines: readonly string[], delimiter: string): Message {
  const empty = lines.indexOf('');
  const block = empty < 0 ? [...lines, delimiter.trimEnd()] : lines.slice(0, empty);
  const headers = new Headers();
  for (const line of block) appendHeader(headers, line);
  return { headers, body: lines.slice(empty + 1), delimiter };
}

function delimiterKind(line: string, boundary: string): 'next' | 'end' | null {
  if (!line.startsWith(`--${boundary}`)) return null;
  const rest = line.slice(boundary.length + 2).trimEnd();
  if (rest === '') return 'next';
  return rest === '--' ? 'end' : null;
}

function appendHeader(headers: Headers, line: string): void {
  const found = /^([!#$%&'*+.^`|~\w-]+)[ \t]*:([\t\x20-\x7e\x80-\xff]*)$/.exec(line);
  if (found === null || line.startsWith('--')) throw invalidHeader(line);
  headers.append(found[1] ?? '', (found[2] ?? '').trim());
}

function invalidHeader(line: string): Error {
  return badRequest(
    `The message header '${line}' is invalid. The header value must be of the format '<header name>: <header value>'.`,
  );
}
