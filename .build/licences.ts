/** The licences of the packages whose code is in what was built: whoever passes the program on passes these on. */

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const LINE = '-'.repeat(80);

/** The licence of every package that one of the files, named from `root`, belongs to. */
export async function licencesOf(root: string, files: readonly string[]): Promise<string> {
  const folders = new Set(
    files.flatMap((file) => /.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/u.exec(file) ?? []),
  );
  const texts = await Promise.all([...folders].sort().map((folder) => licenceOf(join(root, folder))));
  return [...new Set(texts)].join(`\n${LINE}\n\n`);
}

async function licenceOf(folder: string): Promise<string> {
  const { name, license, author } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/iu.test(entry));
  const text =
    file === undefined
      ? `The package holds no text of its licence. Its author: ${author?.name ?? author ?? 'not named'}`
      : await readFile(join(folder, file), 'utf8');
  return `${name} (${license})\n\n${text.trim()}\n`;
}
