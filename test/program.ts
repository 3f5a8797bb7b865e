/** The program as it is shipped, built for one test: what a process of its own runs. */

import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export interface Program {
  /** For node to run. */
  readonly path: string;
  readonly remove: () => Promise<void>;
}

export async function buildProgram(): Promise<Program> {
  const root = fileURLToPath(new URL('..', import.meta.url));
  // Beside the packages that the program imports.
  const directory = await mkdtemp(join(root, 'node_modules', '.mailboxctl-test-'));
  await build({
    entryPoints: [join(root, 'src', 'cli.ts')],
    outdir: directory,
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    logLevel: 'warning',
  });
  return { path: join(directory, 'cli.mjs'), remove: () => rm(directory, { recursive: true }) };
}
