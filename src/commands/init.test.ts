/** The starter project: it is valid, applies at once, and nothing is ever overwritten. */

import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommandLine } from './program.ts';
import { STARTER_FILES } from './starter-project.ts';

let cwd = '';

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'mailboxctl-init-'));
});
afterEach(() => rm(cwd, { recursive: true, force: true }));

async function mailboxctl(...args: readonly string[]) {
  let stdout = '';
  let stderr = '';
  const output = (write: (text: string) => void) => ({ write, isTerminal: false, width: 80 });
  const exitCode = await runCommandLine(args, {
    stdout: output((text) => (stdout += text)),
    stderr: output((text) => (stderr += text)),
    env: {},
    cwd,
    ask: null,
    interrupted: new AbortController().signal,
  });
  return { exitCode, stdout, stderr };
}

describe('init', () => {
  it('says what it wrote and names the next three commands', async () => {
    expect(await mailboxctl('init', 'my mail')).toEqual({
      exitCode: 0,
      stdout: [
        'Written:',
        ...['mailboxctl.yaml', 'organization.yaml', '.gitignore'].map((name) => `  ${join('my mail', name)}`),
        '',
        'Next:',
        "  mailboxctl validate 'my mail'",
        "  mailboxctl plan 'my mail'",
        "  mailboxctl apply 'my mail'",
        '',
      ].join('\n'),
      stderr: '',
    });
  });

  it('writes here, and names no folder then', async () => {
    const { stdout } = await mailboxctl('init');
    expect(stdout).toContain('\nNext:\n  mailboxctl validate\n  mailboxctl plan\n  mailboxctl apply\n');
    expect((await readdir(cwd)).sort()).toEqual(STARTER_FILES.map(([name]) => name).sort());
  });

  it('writes a project that is valid, is planned, is applied, and has nothing left to do', async () => {
    await mailboxctl('init');
    expect(await mailboxctl('validate', cwd)).toEqual({
      exitCode: 0,
      stdout: 'Errors: 0. Warnings: 0.\nChecked: local (items: 4).\nValid. Environments: 1. Files: 1.\n',
      stderr: '',
    });
    const planned = await mailboxctl('plan', cwd, '--detailed-exitcode');
    expect(planned.stdout).toContain(
      '\nPlan: 0 to add, 5 to change, 0 to destroy. Actions: 3 approvals, 4 tests.\n',
    );
    expect(planned).toMatchObject({ exitCode: 2, stderr: '' });
    const applied = await mailboxctl('apply', cwd, '--yes');
    expect(applied.stdout).toContain(
      '\nApply complete! Resources: 0 added, 5 changed, 0 destroyed. Actions: 3 approved, 4 tested.\n',
    );
    // One mailbox fails its test on purpose: a starter that only ever succeeds teaches half of it.
    expect(applied.exitCode).toBe(8);
    const again = await mailboxctl('plan', cwd, '--detailed-exitcode');
    expect(again).toMatchObject({ exitCode: 0, stderr: '' });
    expect(again.stdout).toContain('\nNo changes. 1 mailboxes held back.\n');
  });

  it('overwrites nothing, and then writes nothing at all', async () => {
    await mkdir(join(cwd, 'taken'));
    await writeFile(join(cwd, 'taken', 'organization.yaml'), 'mine');
    expect(await mailboxctl('init', 'taken')).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `Error: Nothing was written: in ${join(cwd, 'taken')} there is already organization.yaml\n  Name another folder: mailboxctl init DIR\n`,
    });
    expect(await readdir(join(cwd, 'taken'))).toEqual(['organization.yaml']);
    expect(await readFile(join(cwd, 'taken', 'organization.yaml'), 'utf8')).toBe('mine');
  });

  it('says that a file stands where the folder should be', async () => {
    await writeFile(join(cwd, 'file'), '');
    for (const path of ['file', join('file', 'deeper')]) {
      expect(await mailboxctl('init', path)).toEqual({
        exitCode: 1,
        stdout: '',
        stderr: `Error: Nothing was written: a part of ${join(cwd, path)} is a file, not a folder\n  Name another folder: mailboxctl init DIR\n`,
      });
    }
  });

  it('comments out a production environment that becomes valid without its comment signs', async () => {
    await mailboxctl('init');
    const file = join(cwd, 'mailboxctl.yaml');
    const text = await readFile(file, 'utf8');
    const active = text
      .replace(/^ {2}# ( *(production|url|organizationId|purpose|approvals|tests):)/gmu, '  $1')
      .replace('YOUR-ENVIRONMENT', 'contoso');
    await writeFile(file, active);
    expect(active).toContain('\n    approvals: hand-off');
    expect(await mailboxctl('validate', cwd)).toEqual({
      exitCode: 0,
      stdout:
        'Errors: 0. Warnings: 0.\nChecked: local (items: 4), production (items: 4).\nValid. Environments: 2. Files: 1.\n',
      stderr: '',
    });
  });
});
