/** The forms for services, through the program: every verb in every form, places as the repository has them, the job summary. */

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatsOf, type ReportVerb } from '../../src/report/formats.ts';
import { contoso, mailboxctl, ORGANIZATION_ID, project, twoEdits } from './command-line.ts';

const BEGINNINGS: Readonly<Record<string, RegExp>> = {
  text: /^\S/u,
  json: /^\{\n {2}"format_version": "1\.0"/u,
  markdown: /^\S/u,
  html: /^<!doctype html>/iu,
  sarif: /^\{\n {2}"\$schema": "https:\/\/json\.schemastore\.org\/sarif-2\.1\.0\.json"/u,
  junit: /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites name="mailboxctl /u,
  github: /^::group::mailboxctl [\s\S]*\n::endgroup::\n/u,
};

const VERBS: readonly ReportVerb[] = ['validate', 'plan', 'drift', 'status', 'doctor'];

describe('--format', () => {
  it.each(VERBS.flatMap((verb) => formatsOf(verb).map((format) => [verb, format] as const)))(
    '%s as %s',
    async (verb, format) => {
      const { exitCode, stdout, stderr } = await mailboxctl([verb, await contoso(), '--format', format]);
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      expect(stdout).toMatch(BEGINNINGS[format] ?? /^$/u);
    },
  );

  it.each(formatsOf('apply').filter((format) => format !== 'text'))(
    'apply as %s; the plan is told to whoever watches',
    async (format) => {
      const { exitCode, stdout, stderr } = await mailboxctl([
        'apply',
        await twoEdits(),
        '--yes',
        '--format',
        format,
      ]);
      expect(exitCode).toBe(0);
      expect(stdout).toMatch(BEGINNINGS[format] ?? /^$/u);
      expect(stderr).toContain('Plan: 0 to add, 2 to change');
    },
  );

  it('says which there are', async () => {
    const { exitCode, stderr } = await mailboxctl(['apply', '--format', 'sarif']);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('Allowed choices are text, json, markdown, junit, github.');
  });
});

const WRONG = 'version: 1\nenvironments:\n  local: { url: emulator, dada: x }\n';

describe('places', () => {
  it('are told from the top of the repository', async () => {
    const top = await project({ 'mail/prod/mailboxctl.yaml': WRONG });
    await mkdir(join(top, '.git'));
    const { stdout } = await mailboxctl(['validate', join(top, 'mail', 'prod'), '--format', 'github']);
    expect(stdout).toMatch(/^::error file=mail\/prod\/mailboxctl\.yaml,line=3,col=\d+,/mu);
  });

  it('without a repository, from where the command runs', async () => {
    const top = await project({ 'mail/mailboxctl.yaml': WRONG });
    const { stdout } = await mailboxctl(['validate', 'mail', '--format', 'github'], { cwd: top });
    expect(stdout).toMatch(/^::error file=mail\/mailboxctl\.yaml,line=3,/mu);
    const elsewhere = await mailboxctl(['validate', join(top, 'mail'), '--format', 'github'], {
      cwd: join(top, 'mail'),
    });
    expect(elsewhere.stdout).toMatch(/^::error file=mailboxctl\.yaml,line=3,/mu);
  });

  it('in a worktree .git is a file', async () => {
    const top = await project({ 'mail/mailboxctl.yaml': WRONG, '.git': 'gitdir: elsewhere\n' });
    const { stdout } = await mailboxctl(['validate', join(top, 'mail'), '--format', 'sarif']);
    expect(stdout).toContain('"uri": "mail/mailboxctl.yaml"');
  });
});

describe('the log of a pipeline', () => {
  const HOSTILE = `
version: 1
organizationId: ${ORGANIZATION_ID}
clock: 2026-11-21T09:00:00Z
users:
  - { signIn: "::error::x@contoso.com" }
profiles:
  - { name: "::add-mask::x" }
  - { name: "a ##vso[task.setvariable variable=x]y ##[add-mask]z" }
`;

  it.each(
    ['plan', 'drift', 'status']
      .flatMap((verb) =>
        ['text', 'github'].flatMap((format) => [40, 80].map((columns) => [verb, format, columns] as const)),
      )
      .filter(([verb, format]) => verb !== 'status' || format === 'text'),
  )('takes no command from a name: %s as %s, %i columns', async (verb, format, columns) => {
    const directory = await project({
      'mailboxctl.yaml': `
version: 1
environments: { local: { url: emulator, data: organization.yaml } }
rules:
  - { name: "::error::rule", match: { mailboxOf: user }, outgoing: none }
`,
      'organization.yaml': HOSTILE,
    });
    const { exitCode, stdout, stderr } = await mailboxctl(
      [verb, directory, '--format', format, '--color', 'never', '--verbose'],
      { terminal: columns },
    );
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain('\\u003a:error::');
    const commands = stdout.split('\n').filter((line) => /^\s*::|##\w*\[/u.test(line));
    const ours = /^::(?:group|endgroup|error|warning|notice)[ :]/u;
    expect(commands.filter((line) => format === 'text' || !ours.test(line))).toEqual([]);
  });
});

describe('the job summary of GitHub Actions', () => {
  async function summarized(there: string): Promise<{ summary: string; stderr: string; stdout: string }> {
    const directory = await twoEdits();
    const file = join(directory, 'summary.md');
    await writeFile(file, there);
    const env = { GITHUB_STEP_SUMMARY: file };
    const { stdout, stderr } = await mailboxctl(['plan', directory, '--format', 'github'], { env });
    return { summary: await readFile(file, 'utf8'), stdout, stderr };
  }

  it('gets the report in Markdown, after what is there', async () => {
    const { summary, stdout } = await summarized('# before\n');
    const markdown = await mailboxctl(['plan', await twoEdits(), '--format', 'markdown']);
    expect(summary.startsWith('# before\n')).toBe(true);
    expect(summary).toContain(markdown.stdout.split('\n')[0]);
    expect(summary).toContain('Plan: 0 to add, 2 to change, 0 to destroy.');
    expect(stdout).not.toContain('# before');
  });

  it('is left as it is where it would become too long to be shown', async () => {
    const full = 'x'.repeat(1_048_576 - 10);
    const { summary, stderr } = await summarized(full);
    expect(summary).toBe(full);
    expect(stderr).toBe('Warning: the job summary is full (1 MiB); this report is not in it.\n');
  });

  it('is not touched by other forms, and not needed', async () => {
    const directory = await twoEdits();
    const file = join(directory, 'summary.md');
    for (const format of ['text', 'json', 'sarif'])
      await mailboxctl(['plan', directory, '--format', format], { env: { GITHUB_STEP_SUMMARY: file } });
    await expect(readFile(file)).rejects.toThrow('ENOENT');
    const { exitCode } = await mailboxctl(['plan', directory, '--format', 'github'], {
      env: { GITHUB_STEP_SUMMARY: '' },
    });
    expect(exitCode).toBe(0);
  });

  it('that cannot be written is an error with a way out', async () => {
    const directory = await twoEdits();
    const env = { GITHUB_STEP_SUMMARY: join(directory, 'no', 'such', 'folder.md') };
    const { exitCode, stderr } = await mailboxctl(['plan', directory, '--format', 'github'], { env });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('GITHUB_STEP_SUMMARY');
    expect(stderr).toContain('there is no folder');
  });
});
