/** Documents of another version of the program: a newer minor version is read, another major one is refused. */

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../src/local/digest.ts';
import type { Plan } from '../../src/model/plan.generated.ts';
import { canonicalPieces } from '../../src/model/value.ts';
import { planCore } from '../../src/plan/make-plan.ts';
import { mailboxctl, type Run, twoEdits } from '../cli/command-line.ts';

/** A project, and a plan of it that says to be of a format, and says more than a plan of this version. */
async function planOf(format: string): Promise<{ readonly directory: string; readonly file: string }> {
  const directory = await twoEdits();
  const file = join(directory, 'plan.json');
  await mailboxctl(['plan', directory, '--out', file]);
  const plan = JSON.parse(await readFile(file, 'utf8')) as Plan;
  const changed = { ...plan, format_version: format, weather: 'fine' } as Plan;
  const plan_digest = sha256(canonicalPieces(planCore(changed)));
  await writeFile(file, JSON.stringify({ ...changed, plan_digest }));
  return { directory, file };
}

const lastLine = ({ stdout }: Run): string | undefined => stdout.trimEnd().split('\n').at(-1);

describe('a plan of a newer minor version', () => {
  it('is applied', async () => {
    const { directory, file } = await planOf('1.9');
    const applied = await mailboxctl(['apply', directory, '--plan', file, '--yes']);
    expect([applied.exitCode, lastLine(applied)]).toEqual([
      0,
      'Apply complete! Resources: 0 added, 2 changed, 0 destroyed. Actions: 0 approved, 0 tested.',
    ]);
  });

  it('is reported', async () => {
    const { file } = await planOf('1.9');
    const reported = await mailboxctl(['report', file]);
    expect([reported.exitCode, lastLine(reported)]).toEqual([
      0,
      'Plan: 0 to add, 2 to change, 0 to destroy. Actions: 0 approvals, 0 tests.',
    ]);
  });
});

describe('a plan of another major version', () => {
  it('is not applied', async () => {
    const { directory, file } = await planOf('2.0');
    expect(await mailboxctl(['apply', directory, '--plan', file, '--yes'])).toEqual({
      exitCode: 6,
      stdout: '',
      stderr: expect.stringContaining(`${file} has the format "2.0"; this version reads 1.0. Plan again.`),
    });
  });

  it('is not reported', async () => {
    const { file } = await planOf('2.0');
    expect(await mailboxctl(['report', file])).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: expect.stringContaining(`${file} has the format "2.0"; this version reads 1.0`),
    });
  });
});

describe('an earlier report of drift', () => {
  async function driftSince(format: string): Promise<Run> {
    const directory = await twoEdits();
    const file = join(directory, 'drift.json');
    const { stdout } = await mailboxctl(['drift', directory, '--format', 'json']);
    await writeFile(file, JSON.stringify({ ...JSON.parse(stdout), format_version: format, weather: 'fine' }));
    return mailboxctl(['drift', directory, '--previous', file]);
  }

  it('of a newer minor version is compared with', async () => {
    const { exitCode, stderr } = await driftSince('1.9');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  });

  it('of another major version is refused', async () => {
    const { exitCode, stderr } = await driftSince('2.0');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: expect.stringContaining('is no drift report of format 1.0'),
    });
  });
});
