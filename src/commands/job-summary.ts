/** The job summary of GitHub Actions: a file, named by the runner, to which each command of a step adds Markdown. */

import { appendFile, stat } from 'node:fs/promises';
import { naming, pathOf } from './files.ts';
import type { Io } from './io.ts';

/** GitHub, "Workflow commands", "Step isolation and limits": a longer summary of a step is not shown at all. */
const MOST_BYTES = 1_048_576;

const VARIABLE = 'GITHUB_STEP_SUMMARY';

/** Where there is a summary to add to. */
export function summaryFile({ env }: Pick<Io, 'env'>): string | null {
  const path = env[VARIABLE];
  return path === undefined || path === '' ? null : path;
}

/** What would be too much is left out, and said, so that what stands there is still shown. */
export async function addToSummary(io: Io, path: string, markdown: string): Promise<void> {
  const text = `${markdown.trimEnd()}\n\n`;
  const there = await stat(pathOf(io, path)).then(
    ({ size }) => size,
    () => 0,
  );
  if (there + Buffer.byteLength(text) > MOST_BYTES) {
    io.stderr.write('Warning: the job summary is full (1 MiB); this report is not in it.\n');
    return;
  }
  await naming(VARIABLE, path, 'written', () => appendFile(pathOf(io, path), text));
}
