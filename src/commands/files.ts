/**
 * Files that options name: relative to where the command runs, and what is wrong with one said as a sentence with the
 * way out, whichever option it was.
 */

import { appendFile, readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { writePieces } from '../local/write-pieces.ts';
import { CommandError, EXIT } from './exit-codes.ts';
import type { Io } from './io.ts';

export function pathOf({ cwd }: Pick<Io, 'cwd'>, path: string): string {
  return resolve(cwd, path);
}

/** Whole or not at all. */
export function writeNamedFile(
  io: Io,
  option: string,
  path: string,
  pieces: Iterable<string>,
): Promise<void> {
  return naming(option, path, 'written', () => writePieces(pathOf(io, path), pieces));
}

export function readNamedFile(io: Io, option: string, path: string): Promise<string> {
  return naming(option, path, 'read', () => readFile(pathOf(io, path), 'utf8'));
}

/** Makes sure, before anything is begun, that lines can be appended later; as private as the journal. */
export function checkAppendable(io: Io, option: string, path: string): Promise<void> {
  return naming(option, path, 'written', () => appendFile(pathOf(io, path), '', { mode: 0o600 }));
}

/** Whatever the work with the file throws, if it is about the file: exit 1 with a sentence. */
export async function naming<Result>(
  option: string,
  path: string,
  done: 'read' | 'written',
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const problem = fileProblem(error, path, done);
    if (problem === null) throw error;
    throw new CommandError(
      EXIT.error,
      `${option} ${path} cannot be ${done}: ${problem.what}`,
      problem.wayOut,
    );
  }
}

interface FileProblem {
  readonly what: string;
  readonly wayOut: string;
}

/** `null` for errors that are not about a file. */
export function fileProblem(error: unknown, path: string, done: 'read' | 'written'): FileProblem | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'ENOENT':
      return done === 'read'
        ? { what: 'there is no such file', wayOut: 'Check the spelling, and the folder the command runs in.' }
        : {
            what: `there is no folder ${dirname(path)}`,
            wayOut: 'Make the folder first, or name another file.',
          };
    case 'EISDIR':
      return { what: 'it is a folder', wayOut: 'Name a file in it.' };
    case 'ENOTDIR':
      return { what: 'a part of the path is a file, not a folder', wayOut: 'Name another path.' };
    case 'EACCES':
    case 'EPERM':
      return {
        what: 'the operating system does not allow it',
        wayOut: 'Change the rights of the file or its folder, or name another one.',
      };
    case 'EROFS':
      return { what: 'the disk can only be read', wayOut: 'Name a file elsewhere.' };
    case 'ENOSPC':
      return { what: 'the disk is full', wayOut: 'Make room, then run again.' };
    default:
      return null;
  }
}
