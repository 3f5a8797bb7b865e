/** Keeps the table of scenarios in README.md true. */

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { SCENARIOS, scenarioPath } from './scenario.ts';

const BEGIN = '<!-- made by readme.test.ts -->\n';
const END = '<!-- end -->\n';

function table(): string {
  const rows = SCENARIOS.map(
    ({ name, shows, rows }) => `| [${name}](${name}/scenario.yaml) | ${shows} | ${rows.join(' ')} |`,
  );
  return ['| scenario | shows | rows |', '| --- | --- | --- |', ...rows, ''].join('\n');
}

it('the README lists every scenario with the rows that it proves', async () => {
  const path = scenarioPath('.', 'README.md');
  const text = readFileSync(path, 'utf8');
  const before = text.slice(0, text.indexOf(BEGIN) + BEGIN.length);
  await expect(`${before}${table()}${text.slice(text.indexOf(END))}`).toMatchFileSnapshot(path);
});

it.each(SCENARIOS)('$name names rows of the requirements', ({ rows }) => {
  for (const row of rows) expect(row).toMatch(/^(P([1-9]|1[0-5])|D[1-3]|M[1-9]|A[1-7]|T[1-9]|W[1-3])$/u);
});
