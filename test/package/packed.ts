/**
 * The package as npm would publish it, and an empty project that has it installed: by npm itself, and without a network,
 * for what the package depends on at run time is copied there from here.
 */

import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { bundle } from '../../.build/bundle.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const LEFT_HERE = new Set(['.git', '.ci/artifacts', 'node_modules', 'dist', 'dist-single', 'coverage']);

export interface Packed {
  readonly tarball: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string; readonly size: number; readonly mode: number }[];
}

/**
 * Packs a copy of this checkout with the program built in it. `stray` are files that somebody may have lying about, which
 * nobody else shall get.
 */
export async function pack(directory: string, stray: Readonly<Record<string, string>> = {}): Promise<Packed> {
  const copy = join(directory, 'checkout');
  await cp(ROOT, copy, {
    recursive: true,
    filter: (path) => !LEFT_HERE.has(path.slice(ROOT.length)) && !path.includes('/.mailboxctl'),
  });
  await bundle(join(copy, 'dist'));
  for (const [name, text] of Object.entries(stray)) await writeFile(join(copy, name), text);
  // Building once more, as npm would, takes longer than all the rest.
  return packIn(copy, directory, '--ignore-scripts');
}

/** Packs what is in a folder. */
export async function packIn(folder: string, into: string, ...options: readonly string[]): Promise<Packed> {
  const { stdout } = await run(
    'npm',
    ['pack', '--json', '--foreground-scripts=false', '--pack-destination', into, ...options],
    folder,
  );
  const [packed] = JSON.parse(stdout) as (Packed & { readonly filename: string })[];
  if (packed === undefined) throw new Error('npm packed nothing.');
  return { ...packed, tarball: join(into, packed.filename) };
}

/** Makes an empty project and installs the package into it. */
export async function install(tarball: string, project: string): Promise<void> {
  await mkdir(project, { recursive: true });
  await writeFile(
    join(project, 'package.json'),
    '{ "name": "consumer", "private": true, "type": "module" }\n',
  );
  for (const folder of await neededAtRunTime())
    await cp(join(ROOT, folder), join(project, folder), { recursive: true });
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], project);
}

/** Folders of the packages that the package's dependencies come to. */
async function neededAtRunTime(): Promise<readonly string[]> {
  const { packages } = JSON.parse(await readFile(join(ROOT, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, { readonly dev?: boolean; readonly devOptional?: boolean }>>;
  };
  return (
    Object.entries(packages)
      .filter(([folder, { dev, devOptional }]) => folder !== '' && dev !== true && devOptional !== true)
      .map(([folder]) => folder)
      // What is in another's folder comes with it.
      .filter((folder) => folder.lastIndexOf('node_modules/') === 0)
  );
}

export interface Ended {
  readonly code: number | string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs to the end, which has to be a good one. */
export async function run(file: string, args: readonly string[], cwd: string): Promise<Ended> {
  const { stdout, stderr } = await promisify(execFile)(file, args, { cwd, maxBuffer: 64 * 1024 * 1024 });
  return { code: 0, stdout, stderr };
}

/** Runs to the end, whatever it is. */
export function ended(
  file: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv; readonly uid?: number },
): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(file, args, options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : (error.code ?? null), stdout, stderr });
    });
  });
}
