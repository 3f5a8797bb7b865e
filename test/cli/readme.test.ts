/** What the README says of the program is what the program does. */

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../../src/commands/exit-codes.ts';
import { GUARD_NAMES } from '../../src/plan/safety/guard.ts';
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

it('its guards are all that refuse', () => {
  const safety = section('How it keeps you safe');
  const refusing = GUARD_NAMES.filter((name) => name !== 'cascade' && name !== 'max-messages');
  for (const name of refusing) expect(safety).toContain(`\`${name}\``);
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
