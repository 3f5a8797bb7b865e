/** Reads the files of `report --merge` one after the other; one that holds no result is a problem and ends nothing. */

import { readFile } from 'node:fs/promises';
import { DocumentError, readDocument } from '../local/document.ts';
import { merge } from '../merge/merge.ts';
import { isMergeable, take } from '../merge/take.ts';
import type { Taken } from '../merge/taken.ts';
import type { EnvironmentEntry } from '../model/environments.generated.ts';
import type { Merged, MergedProblem } from '../model/report.generated.ts';
import { fileProblem, pathOf } from './files.ts';
import type { Io } from './io.ts';

/** Files that are read at once. */
const TOGETHER = 16;

export async function mergeFiles(
  io: Io,
  files: readonly string[],
  declared: readonly EnvironmentEntry[],
): Promise<Merged> {
  const taken: Taken[] = [];
  const problems: MergedProblem[] = [];
  const left = new Set(files).values();
  const work = async (): Promise<void> => {
    // The iterator is common to all: each takes what no other has.
    for (const file of left) {
      const found = await takeFile(io, file);
      if ('reason' in found) problems.push(found);
      else taken.push(found);
    }
  };
  await Promise.all(Array.from({ length: TOGETHER }, work));
  return merge({ taken, problems, declared });
}

async function takeFile(io: Io, file: string): Promise<Taken | MergedProblem> {
  try {
    const saved = await readDocument(await readFile(pathOf(io, file), 'utf8'));
    if (isMergeable(saved)) return take(file, saved);
    return { file, reason: 'other-kind', message: `is a document of ${saved.kind}, which is not merged` };
  } catch (error) {
    return problemOf(file, error);
  }
}

function problemOf(file: string, error: unknown): MergedProblem {
  if (error instanceof DocumentError) return { file, reason: error.fault, message: error.message };
  const problem = fileProblem(error, file, 'read');
  if (problem === null) throw error;
  return { file, reason: 'unreadable', message: `cannot be read: ${problem.what}` };
}
