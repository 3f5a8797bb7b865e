/** Files that options name and that cannot be read or written: a sentence with the path and the way out, exit 1. */

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mailboxctl, twoEdits } from './command-line.ts';

describe.each([
  ['plan --out', ['plan', '--out'], 'written'],
  ['plan --output', ['plan', '--output'], 'written'],
  ['validate --output', ['validate', '--output'], 'written'],
  ['apply --events', ['apply', '--yes', '--events'], 'written'],
  ['drift --previous', ['drift', '--previous'], 'read'],
  ['apply --plan', ['apply', '--plan'], 'read'],
] as const)('%s', (_, args, done) => {
  const option = args.at(-1) ?? '';
  const named = option === '--plan' ? 'The plan' : option;

  it.each([
    [
      'nowhere/file.json',
      done === 'read' ? 'there is no such file' : 'there is no folder nowhere',
      done === 'read'
        ? 'Check the spelling, and the folder the command runs in.'
        : 'Make the folder first, or name another file.',
    ],
    ['folder', 'it is a folder', 'Name a file in it.'],
    ['mailboxctl.yaml/file.json', 'a part of the path is a file, not a folder', 'Name another path.'],
  ])('%s', async (path, what, wayOut) => {
    const directory = await twoEdits();
    await mkdir(join(directory, 'folder'));
    const { exitCode, stderr } = await mailboxctl([...args, path], { cwd: directory });
    expect(stderr).toBe(`Error: ${named} ${path} cannot be ${done}: ${what}\n  ${wayOut}\n`);
    expect(exitCode).toBe(1);
  });
});

it('nothing is written to the environment when events cannot be', async () => {
  const directory = await twoEdits();
  await mailboxctl(['apply', '--yes', '--events', 'nowhere/events.jsonl'], { cwd: directory });
  const { stdout } = await mailboxctl(['plan'], { cwd: directory });
  expect(stdout).toContain('\nPlan: 0 to add, 2 to change, 0 to destroy.');
});

it('--previous that is no report says so', async () => {
  const directory = await twoEdits();
  await writeFile(join(directory, 'report.json'), '[1,');
  const { exitCode, stderr } = await mailboxctl(['drift', '--previous', 'report.json'], { cwd: directory });
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^Error: --previous report\.json is no JSON: /u);
});

it('paths are relative to where the command runs', async () => {
  const directory = await twoEdits();
  const planned = await mailboxctl(['plan', '--out', 'plan.json'], { cwd: directory });
  const applied = await mailboxctl(['apply', '--plan', 'plan.json', '--yes'], { cwd: directory });
  expect([planned.exitCode, applied.exitCode]).toEqual([0, 0]);
});
