/** Keeps the tables of README.md true, and sees to it that no requirement and no story is left out. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SCENARIOS, scenarioPath } from './scenario.ts';

const BEGIN = '<!-- made by readme.test.ts -->\n';
const END = '<!-- end -->\n';

/** Rows of the requirements, by what they are about. */
const REQUIREMENTS = [
  ...ids('P', 15),
  ...ids('D', 3),
  ...ids('M', 9),
  ...ids('A', 7),
  ...ids('T', 9),
  ...ids('W', 3),
];

/** Each is told over several runs. */
const STORIES = [
  'first adoption',
  'Gmail to Exchange Online in two waves, killed in the middle',
  'approver absent, then present',
  'address hijack',
  'the same queue in two environments with overlay and ceiling',
  'failing tests and back-off',
  'POP3 queue with a secret',
  'leaver, rename, duplicate',
  'engine noise and a stale plan',
  'removals and guards',
];

function ids(letter: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_none, index) => `${letter}${index + 1}`);
}

function link(name: string): string {
  return `[${name}](${name}/scenario.yaml)`;
}

function scenariosTable(): readonly string[] {
  const rows = SCENARIOS.map(({ name, shows, rows }) => `| ${link(name)} | ${shows} | ${rows.join(' ')} |`);
  return ['| scenario | shows | rows |', '| --- | --- | --- |', ...rows];
}

function requirementsTable(): readonly string[] {
  const rows = REQUIREMENTS.map((id) => {
    const proving = SCENARIOS.filter((scenario) => scenario.rows.includes(id));
    return `| ${id} | ${proving.map(({ name }) => link(name)).join(', ')} |`;
  });
  return ['| row | scenarios |', '| --- | --- |', ...rows];
}

function storiesTable(): readonly string[] {
  const rows = STORIES.map((story) => {
    const telling = SCENARIOS.filter((scenario) => scenario.story === story);
    return `| ${story} | ${telling.map(({ name }) => link(name)).join(', ')} |`;
  });
  return ['| story | scenario |', '| --- | --- |', ...rows];
}

it('the README lists every scenario, every story and every requirement', async () => {
  const path = scenarioPath('.', 'README.md');
  const text = readFileSync(path, 'utf8');
  const before = text.slice(0, text.indexOf(BEGIN) + BEGIN.length);
  const tables = [scenariosTable(), storiesTable(), requirementsTable()];
  const made = tables.map((lines) => `${lines.join('\n')}\n`).join('\n');
  await expect(`${before}${made}${text.slice(text.indexOf(END))}`).toMatchFileSnapshot(path);
});

it('every row of the requirements is proven by a scenario, and scenarios name no others', () => {
  const proven = new Set(SCENARIOS.flatMap(({ rows }) => rows));
  expect([...proven].sort()).toEqual([...REQUIREMENTS].sort());
});

describe('the stories', () => {
  it.each(STORIES)('"%s" is one scenario over several runs', (story) => {
    const telling = SCENARIOS.filter((scenario) => scenario.story === story);
    expect(telling.map(({ rounds }) => rounds.length > 1)).toEqual([true]);
  });

  it('are all that scenarios tell', () => {
    const told = SCENARIOS.flatMap(({ story }) => (story === undefined ? [] : [story]));
    expect([...told].sort()).toEqual([...STORIES].sort());
  });
});
