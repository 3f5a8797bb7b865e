/**
 * Lines of a posted text that readers do not see: by the marker it is found again, notes are what a later job reads out
 * of it.
 */

import { ProblemError } from './io.ts';

export type Notes = Readonly<Record<string, string>>;

/** One line that ends no HTML comment, once its hyphens stand apart. */
const PLAIN = /^[\w .,:=@/+-]+$/u;
/** Stands in no plain text: to take all out is to read what was written. */
const APART = '~';

export function markerLine(marker: string): string {
  if (!PLAIN.test(marker))
    throw new ProblemError(`The marker "${marker}" may hold letters, digits, spaces and . , : = @ / + - _`);
  return `<!-- ${marker.replaceAll(/-(?=-)/gu, `-${APART}`)} -->`;
}

/** Only its own line, so that no text that is quoted in a report passes for it. */
export function hasMarker(body: string, marker: string): boolean {
  return firstLine(body) === markerLine(marker);
}

export function notesLine(notes: Notes): string {
  return markerLine(
    `notes ${Object.entries(notes)
      .map(([key, value]) => `${key}=${value}`)
      .join(' ')}`,
  );
}

/** The same in less room: a digest as Base64 (`sha256-…`) has 43 characters in place of 64. */
export function compactNotesLine(notes: Notes): string {
  return notesLine(Object.fromEntries(Object.entries(notes).map(([key, value]) => [key, compact(value)])));
}

function compact(value: string): string {
  const [, digest] = /^sha256:([0-9a-f]{64})$/u.exec(value) ?? [];
  return digest === undefined
    ? value
    : `sha256-${Buffer.from(digest, 'hex').toString('base64').replace('=', '')}`;
}

function expanded(value: string): string {
  const [, digest] = /^sha256-([A-Za-z0-9+/]{43})$/u.exec(value) ?? [];
  return digest === undefined ? value : `sha256:${Buffer.from(digest, 'base64').toString('hex')}`;
}

/** Of the second line, which the same token wrote as the first. */
export function notesOf(body: string): Notes {
  const [, second = ''] = body.split(/\r?\n/u);
  const [, text = ''] = /^<!-- notes (.*) -->$/u.exec(second) ?? [];
  return Object.fromEntries(
    text
      .replaceAll(APART, '')
      .split(' ')
      .flatMap((note) => {
        const at = note.indexOf('=');
        return at < 1 ? [] : [[note.slice(0, at), expanded(note.slice(at + 1))]];
      }),
  );
}

function firstLine(body: string): string {
  return body.split(/\r?\n/u, 1)[0] ?? '';
}
