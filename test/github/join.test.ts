/** What the comment of a pull request says where environments have no plan: the script of the job that joins them. */

import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { buildProgram, type Program } from '../program.ts';
import { type Executed, execute } from './execute.ts';

interface Workflow {
  readonly jobs: {
    readonly comment: { readonly steps: readonly { readonly name?: string; readonly run?: string }[] };
  };
}

let program: Program;

beforeAll(async () => {
  program = await buildProgram();
}, 120_000);
afterAll(() => program.remove());

async function joinReports(
  environments: readonly string[],
  kept: Readonly<Record<string, string>> = {},
): Promise<Executed & { readonly report: string }> {
  const cwd = await mkdtemp(join(tmpdir(), 'mailboxctl-join-'));
  onTestFinished(() => rm(cwd, { recursive: true, force: true }));
  const include = environments.map((environment) => ({
    environment,
    purpose: 'production',
    url: `https://contoso-${environment}.crm4.dynamics.com`,
    organization_id: null,
    approvals: 'apply',
  }));
  const files = {
    ...kept,
    'bin/mailboxctl': `#!/bin/sh\nexec "${process.execPath}" "${program.path}" "$@"\n`,
    'mailboxctl-environments/environments.json': JSON.stringify({ include }),
    summary: '',
  };
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(cwd, name)), { recursive: true });
    await writeFile(join(cwd, name), text, { mode: 0o755 });
  }
  const env = {
    ...process.env,
    PATH: `${join(cwd, 'bin')}:${process.env.PATH ?? ''}`,
    GITHUB_STEP_SUMMARY: join(cwd, 'summary'),
    DIRECTORY: '',
  };
  const executed = await execute('bash', ['-c', await script()], { cwd, env });
  return { ...executed, report: await readFile(join(cwd, 'report.md'), 'utf8') };
}

async function script(): Promise<string> {
  const path = new URL('../../.github/workflows/mailboxctl-plan.yml', import.meta.url);
  const { jobs } = parse(await readFile(path, 'utf8')) as Workflow;
  return jobs.comment.steps.find(({ name }) => name === 'Join the reports')?.run ?? '';
}

const nothingOf = (name: string): string =>
  `- \`${name}\` has no result (production, \`https://contoso-${name}.crm4.dynamics.com\`).\n`;

it.each([[['prod']], [['prod--eu', 'test', '-x']]])(
  'names all of %j where none kept anything',
  async (environments) => {
    const { exitCode, output, report } = await joinReports(environments);
    expect({ exitCode, output }).toEqual({
      exitCode: 0,
      output: expect.not.stringContaining('No such file'),
    });
    for (const name of environments) expect(report).toContain(nothingOf(name));
  },
);

it('shows why there is no plan, beside those that say nothing', async () => {
  const kept = { 'mailboxctl-plan-test/report.md': '**test**: there is no plan (exit 1).\n' };
  const { exitCode, report } = await joinReports(['prod', 'test'], kept);
  expect(exitCode).toBe(0);
  expect(report).toContain(nothingOf('prod'));
  expect(report.endsWith('\n**test**: there is no plan (exit 1).\n')).toBe(true);
});

it('shows the report of the only one as it is', async () => {
  const kept = { 'mailboxctl-plan-prod/report.md': '**prod**: no changes.\n' };
  expect(await joinReports(['prod'], kept)).toEqual({
    exitCode: 0,
    output: '',
    report: '**prod**: no changes.\n',
  });
});
