/**
 * Builds the program: `src` and the packages it needs, in as few files as are used together. Reading many small files
 * and compiling JSON Schemas would be most of what a short command does. `npm run build:js` writes dist; tests build
 * one of their own. `single.ts` makes one file of everything.
 */

import { rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Ajv } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { licencesOf } from './licences.ts';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

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

/** Puts what a file `*.inlined.ts` exports in place of the code that makes it. */
const inlinedValues: Plugin = {
  name: 'inlined-values',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\.inlined\.ts$/ }, async ({ path }) => {
      const values: object = await import(pathToFileURL(path).href);
      const lines = Object.entries(values).map(
        ([name, value]) => `export const ${name} = ${JSON.stringify(value)};\n`,
      );
      return { contents: lines.join(''), loader: 'js' };
    });
  },
};

/** How everything is built here, whatever comes out of it. */
export const BUILD = {
  absWorkingDir: ROOT,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  banner: { js: BANNER },
  plugins: [compiledValidators, inlinedValues],
  metafile: true,
  logLevel: 'warning',
} as const satisfies BuildOptions;

/** Writes the programs, the library, what they share, and the licences of the packages in them. */
export async function bundle(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true });
  const { metafile } = await build({
    ...BUILD,
    entryPoints: { cli: 'src/cli.ts', github: 'src/github-cli.ts', index: 'src/index.ts' },
    outdir: directory,
    splitting: true,
    external: EXTERNAL,
  });
  await writeFile(join(directory, 'LICENSES.txt'), await licencesOf(ROOT, Object.keys(metafile.inputs)));
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await bundle(resolve(ROOT, process.argv[2] ?? 'dist'));
