/** Which lines a pull request adds or changes, by the hunks that GitHub shows of each file. */

import type { Api } from './api.ts';

interface PullFile {
  readonly filename: string;
  /** Missing where the difference is too large to be shown. */
  readonly patch?: string;
}

export type IsChanged = (file: string, line: number) => boolean;

export async function changedLines(api: Api, pull: number): Promise<IsChanged> {
  const files = await api.list<PullFile>(`/pulls/${pull}/files`, 'pull-requests: read');
  const lines = new Map(
    files.map(({ filename, patch }) => [filename, patch === undefined ? null : addedLines(patch)]),
  );
  return (file, line) => {
    const changed = lines.get(file);
    return changed === null || (changed?.has(line) ?? false);
  };
}

export function addedLines(patch: string): ReadonlySet<number> {
  const added = new Set<number>();
  let next = 0;
  for (const line of patch.split('\n')) {
    const [, start] = /^@@ -\d+(?:,\d+)? \+(\d+)/u.exec(line) ?? [];
    if (start !== undefined) next = Number(start);
    else if (line.startsWith('+')) added.add(next++);
    else if (line.startsWith(' ') || line === '') next += 1;
  }
  return added;
}
