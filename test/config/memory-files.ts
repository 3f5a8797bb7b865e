/** Project files in memory: a folder `/project` from a table of paths and contents. */

import { posix } from 'node:path';
import { selectPaths } from '../../src/config/glob-pattern.ts';
import type { ProjectFiles } from '../../src/config/project-files.ts';

export const PROJECT = '/project';

/** Paths are relative to the folder. */
export function memoryFiles(contents: Readonly<Record<string, string | Uint8Array>>): ProjectFiles {
  const at = (path: string): string | Uint8Array | undefined => contents[posix.relative(PROJECT, path)];
  return {
    read: async (path) => {
      const content = at(path);
      if (content === undefined) throw Object.assign(new Error(`${path} is not there`), { code: 'ENOENT' });
      return typeof content === 'string' ? new TextEncoder().encode(content) : content;
    },
    exists: async (path) => at(path) !== undefined,
    glob: async (patterns) => selectPaths(Object.keys(contents), patterns),
  };
}
