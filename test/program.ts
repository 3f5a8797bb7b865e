/** The program as it is shipped, built for one test: what a process of its own runs. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from '../.build/bundle.ts';

export interface Program {
  /** For node to run. */
  readonly path: string;
  readonly remove: () => Promise<void>;
}

export async function buildProgram(): Promise<Program> {
  const root = fileURLToPath(new URL('..', import.meta.url));
  // Beside the packages that the program imports.
  const directory = await mkdtemp(join(root, 'node_modules', '.mailboxctl-test-'));
  await bundle(directory);
  // Without it, files below node_modules are no ES modules.
  await writeFile(join(directory, 'package.json'), '{ "type": "module" }');
  return { path: join(directory, 'cli.js'), remove: () => rm(directory, { recursive: true }) };
}
