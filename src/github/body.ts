/** The texts that are posted: within GitHub's limits, and saying which run of which commit they come from. */

import type { Run, RunNumber } from './event.ts';
import { type Io, ProblemError } from './io.ts';
import { compactNotesLine, markerLine, type Notes, notesLine } from './marker.ts';

/** Of comments, bodies of issues, and summaries of checks. */
export const MOST_CHARACTERS = 65_536;

export function bodyOf(marker: string, text: string, run: Run): string {
  return fitting(joined(marker, [], text, run));
}

export interface CommentText {
  readonly body: string;
  /** What had to be left out. */
  readonly leftOut: string | null;
}

/** Never fails for want of room: first goes the text, whole, because Markdown cannot be cut anywhere; then the notes. */
export function commentOf(marker: string, text: string, run: Run, notes: Notes): CommentText {
  const count = Object.keys(notes).length;
  const withNotes = (line: (notes: Notes) => string): readonly string[] => (count === 0 ? [] : [line(notes)]);
  const elsewhere = 'The report is too long for a comment. The job summary and the files of the run have it.';
  const noNotes = `There is no room for ${count} notes either: a later job finds none here.`;
  const choices = [
    { text, hidden: withNotes(notesLine), leftOut: null },
    { text, hidden: withNotes(compactNotesLine), leftOut: null },
    { text: elsewhere, hidden: withNotes(compactNotesLine), leftOut: elsewhere },
  ];
  for (const { leftOut, hidden, ...choice } of choices) {
    const body = joined(marker, hidden, choice.text, run);
    if (fits(body)) return { body, leftOut };
  }
  const leftOut = `${elsewhere} ${noNotes}`;
  return { body: fitting(joined(marker, [], leftOut, run)), leftOut };
}

function joined(marker: string, hidden: readonly string[], text: string, run: Run): string {
  return `${[markerLine(marker), ...hidden, text.trim(), ...origin(run)].join('\n')}\n`;
}

function fits(text: string): boolean {
  return text.length < MOST_CHARACTERS;
}

export function fitting(text: string): string {
  if (fits(text)) return text;
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

/** The run that wrote a body, from the last line that `origin` gave it. */
export function writtenBy(body: string): RunNumber | null {
  const last = body.trimEnd().split('\n').at(-1) ?? '';
  const [, id, attempt = '1'] = /\/actions\/runs\/(\d+)(?:\/attempts\/(\d+))?\)<\/sub>$/u.exec(last) ?? [];
  return id === undefined ? null : { id: Number(id), attempt: Number(attempt) };
}

export function say({ stdout }: Io, text: string): void {
  stdout(`${text}\n`);
}
