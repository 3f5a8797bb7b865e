/** A program that parses the YAML files of a folder with yaml, and nothing else: `parse-yaml FOLDER`. */

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';

const [folder = ''] = process.argv.slice(2);
let keys = 0;
for (const name of await readdir(folder, { recursive: true }))
  if (name.endsWith('.yaml')) keys += Object.keys(parse(await readFile(join(folder, name), 'utf8'))).length;
process.stdout.write(`${keys}\n`);
