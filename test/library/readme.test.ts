/** The example of the README is compiled and run, as it stands there, against the embedded Dataverse. */

import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const readme = await readFile(join(ROOT, 'README.md'), 'utf8');
const [, section = ''] = readme.split('\n## From code\n');
const [, EXAMPLE = ''] = /^```ts\n([\s\S]*?)^```$/mu.exec(section) ?? [];

let directory = '';

/** A project that has the library installed, beside the packages that the library imports. */
beforeAll(async () => {
  directory = await mkdtemp(join(ROOT, 'node_modules', '.mailboxctl-test-'));
  const installed = join(directory, 'node_modules', 'mailboxctl');
  await mkdir(installed, { recursive: true });
  await build({
    entryPoints: [join(ROOT, 'src', 'index.ts')],
    outdir: installed,
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'warning',
  });
  const exports = './index.js';
  await writeFile(join(installed, 'package.json'), JSON.stringify({ type: 'module', exports }));
  await writeFile(join(directory, 'package.json'), JSON.stringify({ type: 'module' }));
  await writeFile(join(directory, 'example.ts'), EXAMPLE);
  const project = join(directory, 'examples', 'contoso');
  await cp(join(ROOT, 'examples', 'contoso'), project, {
    recursive: true,
    filter: (path) => !path.includes('.mailboxctl/') && !path.endsWith('.mailboxctl'),
  });
}, 60_000);

afterAll(() => rm(directory, { recursive: true, force: true }));

interface Ended {
  readonly code: number | string | null;
  readonly stdout: string;
  readonly stderr: string;
}

function node(...args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: directory }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : (error.code ?? null), stdout, stderr }),
    );
  });
}

it('there is one', () => expect(EXAMPLE).toContain("from 'mailboxctl'"));

it('runs to its end', async () => {
  const { code, stdout, stderr } = await node(join(ROOT, 'node_modules/tsx/dist/cli.mjs'), 'example.ts');
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^Plan for local {2}emulator\n/u);
  expect(stdout).toContain('\nDrift: ');
  // What it did not target still differs.
  expect(code).toBe(2);
}, 60_000);

it('is typed', async () => {
  const compilerOptions = { paths: { mailboxctl: [join(ROOT, 'src', 'index.ts')] }, noEmit: true };
  const config = {
    extends: join(ROOT, 'tsconfig.json'),
    compilerOptions,
    include: [],
    files: ['example.ts'],
  };
  await writeFile(join(directory, 'tsconfig.json'), JSON.stringify(config));
  const { stdout } = await node(join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', directory);
  expect(stdout.split('\n').filter((line) => line.startsWith('example.ts'))).toEqual([]);
}, 60_000);
