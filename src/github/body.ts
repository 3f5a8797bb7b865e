/** The texts that are posted: within GitHub's limits, and saying which run of which commit they come from. */

import type { Run } from './event.ts';
import { type Io, ProblemError } from './io.ts';
import { markerLine, type Notes, notesLine } from './marker.ts';

/** Of comments, bodies of issues, and summaries of checks. */
export const MOST_CHARACTERS = 65_536;

export function bodyOf(marker: string, text: string, run: Run, notes: Notes = {}): string {
  const lines = [
    markerLine(marker),
    ...(Object.keys(notes).length === 0 ? [] : [notesLine(notes)]),
    text.trim(),
    ...origin(run),
  ];
  return fitting(`${lines.join('\n')}\n`);
}

export function fitting(text: string): string {
  if (text.length < MOST_CHARACTERS) return text;
  throw new ProblemError(
    `The text has ${text.length} characters, and GitHub takes ${MOST_CHARACTERS - 1}. The job summary and the artifact have the report.`,
  );
}

function origin({ commit, url }: Run): readonly string[] {
  const parts = [
    ...(commit === '' ? [] : [`Commit ${commit.slice(0, 12)}`]),
    ...(url === null ? [] : [`[log and files of this run](${url})`]),
  ];
  return parts.length === 0 ? [] : ['', `<sub>${parts.join(' · ')}</sub>`];
}

export function say({ stdout }: Io, text: string): void {
  stdout(`${text}\n`);
}
