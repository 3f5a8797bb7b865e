/**
 * Lines of a posted text that readers do not see: by the marker it is found again, notes are what a later job reads out
 * of it.
 */

import { ProblemError } from './io.ts';

export type Notes = Readonly<Record<string, string>>;

/** What is no end of an HTML comment, and one line. */
const PLAIN = /^[\w .,:=@/-]+$/u;

export function markerLine(marker: string): string {
  if (!PLAIN.test(marker) || marker.includes('--'))
    throw new ProblemError(`The marker "${marker}" may hold letters, digits, spaces and . , : = @ / - _`);
  return `<!-- ${marker} -->`;
}

/** Only its own line, so that no text that is quoted in a report passes for it. */
export function hasMarker(body: string, marker: string): boolean {
  return firstLine(body) === markerLine(marker);
}

export function notesLine(notes: Notes): string {
  return markerLine(
    `notes ${Object.entries(notes)
      .flatMap(([key, value]) => `${key}=${value}`)
      .join(' ')}`,
  );
}

/** Of the second line, which the same token wrote as the first. */
export function notesOf(body: string): Notes {
  const [, second = ''] = body.split(/\r?\n/u);
  const [, text = ''] = /^<!-- notes (.*) -->$/u.exec(second) ?? [];
  return Object.fromEntries(
    text.split(' ').flatMap((note) => {
      const at = note.indexOf('=');
      return at < 1 ? [] : [[note.slice(0, at), note.slice(at + 1)]];
    }),
  );
}

function firstLine(body: string): string {
  return body.split(/\r?\n/u, 1)[0] ?? '';
}
