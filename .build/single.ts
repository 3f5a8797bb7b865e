/**
 * Builds the program as one file that needs nothing but Node: what is a package of its own elsewhere – signing in,
 * proxies, certificates of the emulator – is in it, too. The licences are its end. `npm run build:single` writes
 * `dist-single/mailboxctl.mjs` and its checksum, as `sha256sum --check` reads it.
 */

import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { basename, dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { BUILD, ROOT } from './bundle.ts';
import { licencesOf } from './licences.ts';

export async function bundleSingle(path: string): Promise<void> {
  await rm(path, { force: true });
  const { metafile, outputFiles } = await build({
    ...BUILD,
    entryPoints: ['src/cli.ts'],
    outfile: path,
    write: false,
    // Half as large; names stay, for the stack of an error that nobody has foreseen.
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
  });
  const [code] = outputFiles;
  if (code === undefined) throw new Error('Nothing was built.');
  const imported = Object.values(metafile.outputs).flatMap(({ imports }) =>
    imports.map(({ path: name }) => name),
  );
  // A newer Node brings more, which packages ask for only there.
  const missing = imported.filter((name) => !name.startsWith('node:') && !isBuiltin(name));
  if (missing.length > 0) throw new Error(`One file is not enough: it imports ${missing.join(', ')}.`);
  const licences = await licencesOf(ROOT, Object.keys(metafile.inputs));
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${code.text}${comment(licences)}`, { mode: 0o755 });
}

/** A comment to the end of the file; what could end it earlier is parted. */
function comment(text: string): string {
  return `/*\nThe licences of the packages in this file:\n\n${text.replaceAll('*/', '* /')}*/\n`;
}

async function writeChecksum(path: string): Promise<void> {
  const sum = createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
  await writeFile(`${path}.sha256`, `${sum}  ${basename(path)}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const path = resolve(ROOT, process.argv[2] ?? 'dist-single/mailboxctl.mjs');
  await bundleSingle(path);
  await writeChecksum(path);
}
