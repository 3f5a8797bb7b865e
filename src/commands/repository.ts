/** Where a project stands in its repository. Services that show findings beside files name them from there. */

import { access } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import type { Io } from './io.ts';

/**
 * The path from the repository to the folder, ending in a slash; empty where they are the same. Without a repository
 * the folder that the command runs in stands for it, if it holds the project.
 */
export async function folderInRepository(directory: string, { cwd }: Pick<Io, 'cwd'>): Promise<string> {
  const path = relative((await repositoryOf(directory)) ?? cwd, directory);
  if (path === '' || path.startsWith('..') || isAbsolute(path)) return '';
  return `${path.split(sep).join('/')}/`;
}

/** In a worktree and in a submodule `.git` is a file. */
async function repositoryOf(folder: string): Promise<string | null> {
  const isHere = await access(join(folder, '.git')).then(
    () => true,
    () => false,
  );
  if (isHere) return folder;
  const above = dirname(folder);
  return above === folder ? null : repositoryOf(above);
}
