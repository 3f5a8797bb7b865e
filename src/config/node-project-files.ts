/** Project files on disk. */

import { access, readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { selectPaths } from './glob-pattern.ts';
import type { ProjectFiles } from './project-files.ts';

export const nodeProjectFiles: ProjectFiles = {
  read: (path) => readFile(path),
  exists: (path) =>
    access(path).then(
      () => true,
      () => false,
    ),
  glob: async (patterns, directory) => selectPaths(await walk(directory, directory), patterns),
};

/** Hidden folders and installed packages hold no configuration. */
async function walk(root: string, folder: string): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    if (entry.isDirectory()) paths.push(...(await walk(root, path)));
    else paths.push(relative(root, path).replaceAll(sep, '/'));
  }
  return paths;
}
