/**
 * Writes the declarations that the library's users need to `dist/types`: the compiler declares every file of the
 * program, of which the library shows few. The others would make the package several times as large, and name packages
 * that nobody has installed.
 */

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

export async function declareTypes(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true });
  const compiler = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  const args = [compiler, '-p', join(ROOT, '.tsconfig.types.json'), '--outDir', directory];
  execFileSync(process.execPath, args, { stdio: 'inherit' });
  const needed = await reachedFrom(join(directory, 'src', 'index.d.ts'));
  for (const name of await readdir(directory, { recursive: true })) {
    const path = join(directory, name);
    if (path.endsWith('.ts') && !needed.has(path)) await rm(path);
  }
}

/** A declaration and those that it imports, directly or not. */
async function reachedFrom(entry: string): Promise<ReadonlySet<string>> {
  const reached = new Set([entry]);
  for (const path of reached) {
    const text = (await readFile(path, 'utf8')).replace(/\/\*[\s\S]*?\*\//gu, '');
    for (const [, specifier = ''] of text.matchAll(/(?:\bfrom |\bimport ?\(?)['"]([^'"]+)['"]/gu))
      reached.add(declarationOf(path, specifier));
  }
  return reached;
}

function declarationOf(from: string, specifier: string): string {
  const path = resolve(dirname(from), specifier).replace(/\.[jt]sx?$/u, '.d.ts');
  if (specifier.startsWith('.') && existsSync(path)) return path;
  throw new Error(`${from} imports ${specifier}, which users of the library would not have.`);
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await declareTypes(resolve(ROOT, process.argv[2] ?? 'dist/types'));
