/** Where output goes and how it looks: data to stdout or a file, colour only where it is wanted, 80 columns. */

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { contoso, mailboxctl, ORGANIZATION, project, type Terminal, twoEdits } from './command-line.ts';

const VERBS = ['validate', 'plan', 'drift', 'status'];

describe('--output', () => {
  it.each(VERBS.flatMap((verb) => ['text', 'json'].map((format) => [verb, format] as const)))(
    '%s --format %s writes the data there and nothing to stdout',
    async (verb, format) => {
      const directory = await twoEdits();
      const file = join(directory, 'out');
      const shown = await mailboxctl([verb, directory, '--format', format]);
      const saved = await mailboxctl([verb, directory, '--format', format, '--output', file]);
      expect({ ...saved, stderr: '' }).toEqual({ exitCode: shown.exitCode, stdout: '', stderr: '' });
      const text = await readFile(file, 'utf8');
      if (format === 'json')
        expect(Object.keys(JSON.parse(text))).toEqual(Object.keys(JSON.parse(shown.stdout)));
      else expect(text).toContain(shown.stdout.split('\n')[0]);
    },
  );

  it('of apply leaves the plan to whoever watches', async () => {
    const directory = await twoEdits();
    const file = join(directory, 'out.json');
    const args = ['apply', directory, '--yes', '--format', 'json', '--output', file];
    const { exitCode, stdout, stderr } = await mailboxctl(args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
    expect(stderr).toContain('Plan: 0 to add, 2 to change, 0 to destroy.');
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
      format_version: '1.0',
      counts: { changed: 2, failed: 0 },
    });
  });

  it('into a folder that is not there is an error, after which nothing is half written', async () => {
    const args = ['plan', await twoEdits(), '--output', '/does/not/exist/plan.txt'];
    const { exitCode, stdout, stderr } = await mailboxctl(args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toBe(
      'Error: --output /does/not/exist/plan.txt cannot be written: there is no folder /does/not/exist\n  Make the folder first, or name another file.\n',
    );
  });
});

describe('--format json', () => {
  it.each(VERBS)('%s prints one document and nothing else', async (verb) => {
    const { stdout, stderr } = await mailboxctl([verb, await contoso(), '--format', 'json']);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({ format_version: '1.0' });
  });

  it('apply prints one document to stdout, and plan and progress to stderr', async () => {
    const { stdout, stderr } = await mailboxctl(['apply', await twoEdits(), '--yes', '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({
      stopped: null,
      outcomes: [{ kind: 'applied' }, { kind: 'applied' }],
    });
    expect(stderr).toContain('Plan: 0 to add');
    expect(stderr).toContain('applied  mailbox:user/alice@contoso.com#edit');
  });
});

describe('colour', () => {
  it.each<readonly [string, readonly string[], Terminal, boolean]>([
    ['no terminal', [], {}, false],
    ['a terminal', [], { terminal: 80 }, true],
    ['a terminal, NO_COLOR', [], { terminal: 80, env: { NO_COLOR: '1' } }, false],
    ['a terminal, an empty NO_COLOR', [], { terminal: 80, env: { NO_COLOR: '' } }, true],
    ['a dumb terminal', [], { terminal: 80, env: { TERM: 'dumb' } }, false],
    ['FORCE_COLOR', [], { env: { FORCE_COLOR: '1' } }, true],
    ['a terminal, FORCE_COLOR=0', [], { terminal: 80, env: { FORCE_COLOR: '0' } }, false],
    ['NO_COLOR over FORCE_COLOR', [], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } }, false],
    ['--color always', ['--color', 'always'], { env: { NO_COLOR: '1' } }, true],
    ['--color never', ['--color', 'never'], { terminal: 80, env: { FORCE_COLOR: '1' } }, false],
  ])('%s', async (_what, args, terminal, isColored) => {
    const { stdout } = await mailboxctl(['plan', await twoEdits(), ...args], terminal);
    expect(stdout.includes('\u001b[')).toBe(isColored);
  });

  it('never gets into a file', async () => {
    const directory = await twoEdits();
    const file = join(directory, 'plan.txt');
    await mailboxctl(['plan', directory, '--output', file], { terminal: 80 });
    expect(await readFile(file, 'utf8')).not.toContain('\u001b[');
  });
});

/** Frozen lines are one line at any width, and so are links, which else could not be followed. */
const FROZEN = /^(Apply (complete!|incomplete\.)|Plan: |Digest: | *https:\S+$)/u;

describe.each([80, 120])('%i columns', (columns) => {
  it.each(['plan', 'drift', 'status'])('%s fits', async (verb) => {
    const { stdout } = await mailboxctl([verb, await contoso(), '--color', 'never'], { terminal: columns });
    const wide = stdout.split('\n').filter((line) => !FROZEN.test(line) && stringWidth(line) > columns);
    expect(wide).toEqual([]);
  });
});

it('without a terminal there are 80 columns, whatever it runs in', async () => {
  const { stdout } = await mailboxctl(['plan', await contoso()]);
  const widths = stdout
    .split('\n')
    .filter((line) => !FROZEN.test(line))
    .map((line) => stringWidth(line));
  expect(Math.max(...widths)).toBeLessThanOrEqual(80);
  expect(Math.max(...widths)).toBeGreaterThan(70);
});

it('names from the environment cannot steer the terminal', async () => {
  const evil = ORGANIZATION.replace('name: Support', String.raw`name: "Sup\e[2Jport\nError: all is lost"`);
  const directory = await project({
    'mailboxctl.yaml': 'version: 1\nenvironments: { local: { url: emulator, data: organization.yaml } }\n',
    'organization.yaml': evil,
  });
  for (const verb of ['plan', 'drift', 'status']) {
    const { exitCode, stdout } = await mailboxctl([verb, directory]);
    expect(exitCode).toBe(0);
    expect(stdout).not.toContain('\u001b');
    expect(stdout).not.toMatch(/^Error: all is lost/mu);
  }
});

it('--previous marks what is new', async () => {
  const directory = await twoEdits();
  const file = join(directory, 'drift.json');
  await mailboxctl(['drift', directory, '--format', 'json', '--output', file]);
  const same = await mailboxctl(['drift', directory, '--previous', file, '--format', 'json']);
  const isNew = (stdout: string): readonly boolean[] =>
    (JSON.parse(stdout) as { findings: { class: string; is_new: boolean }[] }).findings
      .filter((finding) => finding.class === 'configuration')
      .map((finding) => finding.is_new);
  expect(isNew(same.stdout)).toEqual([false, false]);
  const report = JSON.parse(await readFile(file, 'utf8')) as { findings: { address: string }[] };
  const findings = report.findings.filter(({ address }) => !address.includes('bob'));
  await writeFile(file, JSON.stringify({ ...report, findings }));
  const other = await mailboxctl(['drift', directory, '--previous', file, '--format', 'json']);
  expect(isNew(other.stdout)).toEqual([false, true]);
});
