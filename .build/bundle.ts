/**
 * Builds the program: `src` and the packages it needs, in as few files as are used together. Reading many small files
 * and compiling JSON Schemas would be most of what a short command does. `npm run build:js` writes dist; tests build
 * one of their own.
 */

import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Ajv } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { build, type Plugin } from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Large, and loaded only where they are used: they stay packages of their own. */
const EXTERNAL = ['@azure/identity', 'undici', 'selfsigned'];

/** What packages that are not ES modules take for granted. */
const BANNER = `import { createRequire as requireFrom } from 'node:module';
import { fileURLToPath as pathFrom } from 'node:url';
const require = requireFrom(import.meta.url);
const __filename = pathFrom(import.meta.url);`;

/** What a file `*.validators.ts` exports: schemas, and the references by which they are asked for. */
interface Validators {
  readonly ajv: Ajv;
  readonly REFERENCES: Readonly<Record<string, string>>;
}

/** Puts the code that validates in place of the code that compiles the schemas first. */
const compiledValidators: Plugin = {
  name: 'compiled-validators',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\.validators\.ts$/ }, async ({ path }) => {
      const { ajv, REFERENCES } = (await import(pathToFileURL(path).href)) as Validators;
      const byName = `{ ${Object.keys(REFERENCES).join(', ')} }`;
      const code = standaloneCode.default(ajv, { ...REFERENCES });
      const contents = `${code}\nconst byName = ${byName};\nexport const validator = (name) => byName[name];\n`;
      return { contents, loader: 'js', resolveDir: join(ROOT, 'src') };
    });
  },
};

/** Writes `cli.js`, `index.js`, what they share, and the licences of the packages in them. */
export async function bundle(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true });
  const { metafile } = await build({
    entryPoints: ['cli', 'index'].map((name) => join(ROOT, 'src', `${name}.ts`)),
    absWorkingDir: ROOT,
    outdir: directory,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    external: EXTERNAL,
    banner: { js: BANNER },
    plugins: [compiledValidators],
    metafile: true,
    logLevel: 'warning',
  });
  await writeFile(join(directory, 'LICENSES.txt'), await licencesOf(Object.keys(metafile.inputs)));
}

/** The licence of every package that one of the files belongs to. */
async function licencesOf(files: readonly string[]): Promise<string> {
  const names = files.flatMap((file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//u.exec(file) ?? []);
  const folders = new Set(names.filter((name) => name.endsWith('/')));
  const texts: string[] = [];
  for (const folder of [...folders].sort()) {
    const found = (await readdir(join(ROOT, folder))).find((name) => /^licen[cs]e/iu.test(name));
    const { name, license } = JSON.parse(await readFile(join(ROOT, folder, 'package.json'), 'utf8'));
    const text =
      found === undefined
        ? 'The package holds no text of its licence.'
        : await readFile(join(ROOT, folder, found), 'utf8');
    texts.push(`${name} (${license})\n\n${text.trim()}\n`);
  }
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await bundle(resolve(ROOT, process.argv[2] ?? 'dist'));
