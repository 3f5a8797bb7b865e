/** Small things that verbs with an environment share. */

import type { Project } from '../config/load-project.ts';
import type { WorldOptions } from '../wire.ts';
import type { Io } from './io.ts';

export function worldOptions(project: Project, io: Io): WorldOptions {
  return { projectDirectory: project.directory, env: io.env };
}

/** Says on stderr what is closed to the caller, for those who look at messages only. */
export function tellBlindness(
  io: Io,
  notSeen: readonly { readonly kind: string; readonly sort: string | null; readonly depth: string }[],
): void {
  const closed = notSeen
    .filter(({ depth }) => depth === 'none')
    .map(({ kind, sort }) => (sort === null ? kind : `${kind} (${sort})`));
  if (closed.length === 0) return;
  io.stderr.write(`Error: permission is missing: the caller may read nothing of ${closed.join(', ')}\n`);
}

/** Whether a whole table is closed to the caller: a run that sees nothing may not look like one that finds nothing. */
export function isBlind(notSeen: readonly { readonly depth: string }[]): boolean {
  return notSeen.some(({ depth }) => depth === 'none');
}

/** Notices are for people: to stderr, a line each. */
export function tell(io: Io, notices: readonly string[]): void {
  for (const notice of notices) io.stderr.write(`${notice}\n`);
}
