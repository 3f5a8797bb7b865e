/** Small things that verbs with an environment share. */

import type { Project } from '../config/load-project.ts';
import type { WorldOptions } from '../wire.ts';
import type { Io } from './io.ts';

export function worldOptions(project: Project, io: Io): WorldOptions {
  return { projectDirectory: project.directory, env: io.env };
}

/** Whether a whole table is closed to the caller: a run that sees nothing may not look like one that finds nothing. */
export function isBlind(notSeen: readonly { readonly depth: string }[]): boolean {
  return notSeen.some(({ depth }) => depth === 'none');
}

/** Notices are for people: to stderr, a line each. */
export function tell(io: Io, notices: readonly string[]): void {
  for (const notice of notices) io.stderr.write(`${notice}\n`);
}
