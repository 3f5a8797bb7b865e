/**
 * The names that the library exports, which users build on: one that is gone or renamed is a major version, a new one a
 * minor (CONTRIBUTING.md, "Versions"). `npm test -- test/package/library --update` writes them anew.
 */

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import * as library from '../../src/index.ts';
import { exportedNames } from './exported-names.ts';

const INDEX = fileURLToPath(new URL('../../src/index.ts', import.meta.url));

it('are these', async () => {
  const names = exportedNames(await readFile(INDEX, 'utf8'));
  expect(names.values).toEqual(Object.keys(library).sort());
  const lines = [
    ...names.values.map((name) => `value ${name}`),
    ...names.types.map((name) => `type ${name}`),
  ];
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('library.golden.txt');
});
