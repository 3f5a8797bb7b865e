/** What the README says of the program is what the program does. */

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CHECK_IDS } from '../../src/checks/checks.ts';
import { EXIT } from '../../src/commands/exit-codes.ts';
import { GUARD_NAMES } from '../../src/plan/safety/guard.ts';
import { GUARDS } from '../../src/plan/safety/guards.ts';
import { mailboxctl, project } from './command-line.ts';

const readme = await readFile(fileURLToPath(new URL('../../README.md', import.meta.url)), 'utf8');

function section(title: string): string {
  const [, rest = ''] = readme.split(`\n## ${title}\n`);
  return rest.split('\n## ')[0] ?? '';
}

/** First cells of the rows of a table, without the head. */
function firstCells(text: string): readonly string[] {
  const rows = text.split('\n').filter((line) => line.startsWith('| '));
  return rows.slice(2).map((row) => row.split('|')[1]?.trim() ?? '');
}

/** Lines of the shown outputs; times differ from run to run, and `…` stands for what is left out. */
function shownLines(text: string): readonly string[] {
  const blocks = [...text.matchAll(/^```\n([\s\S]*?)^```$/gmu)].map(([, block = '']) => block);
  return blocks
    .flatMap((block) => block.split('\n'))
    .filter((line) => line.trim() !== '' && line.trim() !== '…')
    .map(withoutTimes);
}

function withoutTimes(line: string): string {
  return line.replace(/\d{4}-\d\d-\d\d|\d\d:\d\d UTC/gu, '#');
}

it('its exit codes are all of them, strongest first', () => {
  const codes = firstCells(section('Exit codes')).map(Number);
  expect(codes).toEqual([130, 4, 3, 6, 5, 1, 7, 8, 2, 0]);
  expect([...codes].sort()).toEqual(Object.values(EXIT).sort());
});

it('its guards are all of them, those that refuse first', () => {
  const [, list = ''] = section('How it keeps you safe').split('**Guards**');
  const [sentences = ''] = list.split('\n7. ');
  const [refusing = '', shown = ''] = sentences.split('Only shown are');
  const named = (text: string): readonly string[] =>
    [...text.matchAll(/`([a-z-]+)`/gu)].map(([, name = '']) => name).filter((name) => !name.startsWith('-'));
  const notices = GUARDS.filter(({ severity }) => severity === 'notice').map(({ name }) => name);
  expect([...named(shown)].sort()).toEqual([...notices].sort());
  expect([...named(refusing)].sort()).toEqual(GUARD_NAMES.filter((name) => !notices.includes(name)).sort());
});

it('its best practices are all of them', () => {
  const [, list = ''] = section('What you declare').split('The ids:');
  expect([...list.matchAll(/`([a-z-]+)`/gu)].map(([, id]) => id)).toEqual([...CHECK_IDS]);
});

it('its commands are all of them', async () => {
  const { stdout } = await mailboxctl(['--help']);
  const [, list = ''] = stdout.split('\nCommands:\n');
  const commands = [...list.matchAll(/^ {2}([a-z]+) /gmu)]
    .map(([, name]) => name)
    .filter((name) => name !== 'help');
  const named = firstCells(section('Commands')).map((cell) => /[a-z]+/u.exec(cell)?.[0]);
  expect(named).toEqual(commands);
});

describe('the first project', () => {
  it('prints what is shown', async () => {
    const directory = await project({});
    await mailboxctl(['init'], { cwd: directory });
    const { exitCode, stdout } = await mailboxctl(['apply', directory, '--yes']);
    expect(exitCode).toBe(8);
    const printed = new Set(stdout.split('\n').map(withoutTimes));
    const shown = shownLines(section('A first project in five minutes'));
    expect(shown.length).toBeGreaterThan(20);
    expect(shown.filter((line) => !printed.has(line))).toEqual([]);
  });
});
