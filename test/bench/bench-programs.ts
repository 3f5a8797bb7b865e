/** Programs that the product is compared with, built as it is: one file each, so that start-up is alike. */

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export type ComparedProgram = 'read-alike' | 'receive-pages' | 'parse-yaml';

/** What packages that are no ES modules take for granted. */
const BANNER =
  "import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);";

/** Built into the folder; answers with the script. */
export async function buildComparedProgram(name: ComparedProgram, folder: string): Promise<string> {
  const script = join(folder, `${name}.mjs`);
  await build({
    entryPoints: [fileURLToPath(new URL(`${name}.ts`, import.meta.url))],
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    banner: { js: BANNER },
    logLevel: 'warning',
  });
  return script;
}
