/** Many environments: their list as a matrix, a saved result in other forms, and the results of all as one report. */

import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatsOf, REPORT_VERBS } from '../../src/report/formats.ts';
import { mailboxctl, project, type Run } from './command-line.ts';

const EXAMPLE = fileURLToPath(new URL('../../examples/three-environments', import.meta.url));
const ENV = { SUPPORT_PASSWORD: 'a-password-for-prod', SUPPORT_TEST_PASSWORD: 'a-password-for-test' };

async function problemsOf(name: string, text: string): Promise<unknown> {
  const { stdout } = await mailboxctl(['schema', name]);
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
  addFormats.default(ajv);
  const validate = ajv.compile(JSON.parse(stdout));
  return validate(JSON.parse(text)) ? [] : validate.errors;
}

describe('environments', () => {
  it('as a table', async () => {
    expect(await mailboxctl(['environments', EXAMPLE])).toEqual({
      exitCode: 0,
      stderr: '',
      stdout: [
        'Environment  Purpose         Approvals  URL',
        'dev          non-production  apply      emulator',
        'test         non-production  apply      emulator',
        'prod         production      hand-off   emulator',
        'Environments: 3.',
        '',
      ].join('\n'),
    });
  });

  it('as a matrix', async () => {
    const { stdout } = await mailboxctl(['environments', EXAMPLE, '--format', 'json', '--only', 'pr*']);
    expect(JSON.parse(stdout)).toEqual({
      include: [
        {
          environment: 'prod',
          purpose: 'production',
          url: 'emulator',
          organization_id: '00000000-0000-4000-8000-0000000c0d03',
          approvals: 'hand-off',
        },
      ],
    });
    expect(await problemsOf('environments', stdout)).toEqual([]);
  });

  it.each([
    [['--only', 'nobody'], 1, 'Error: No environment fits --only "nobody"\n  There are: dev, test, prod.\n'],
    [['--shard', '5/4'], 1, 'Give a part and how many there are, such as 1/4.'],
    [['--shard', '0/4'], 1, 'Give a part and how many there are, such as 1/4.'],
  ])('%j is refused', async (args, expected, message) => {
    const { exitCode, stderr } = await mailboxctl(['environments', EXAMPLE, ...args]);
    expect([exitCode, stderr]).toEqual([expected, expect.stringContaining(message)]);
  });

  it('of a configuration that is not valid are none', async () => {
    const directory = await project({ 'mailboxctl.yaml': 'version: 1\nenvironments: { a: { url: 7 } }\n' });
    expect(await mailboxctl(['environments', directory, '--format', 'json'])).toMatchObject({
      exitCode: 3,
      stdout: '',
    });
  });
});

describe('a thousand environments', () => {
  const names = Array.from({ length: 1_000 }, (_, index) => `tenant-${index}`);
  let directory = '';
  const list = async (...args: readonly string[]): Promise<Run & { environments: readonly string[] }> => {
    const run = await mailboxctl(['environments', directory, '--format', 'json', ...args]);
    const { include } = JSON.parse(run.stdout) as { include: readonly { environment: string }[] };
    return { ...run, environments: include.map(({ environment }) => environment) };
  };

  beforeAll(async () => {
    const lines = names.map((name) => `  ${name}: { url: emulator, purpose: non-production }`);
    directory = await mkdtemp(join(tmpdir(), 'mailboxctl-thousand-'));
    await writeFile(join(directory, 'mailboxctl.yaml'), `version: 1\nenvironments:\n${lines.join('\n')}\n`);
  });
  afterAll(() => rm(directory, { recursive: true }));

  it('are more than one matrix takes, which is said', async () => {
    const { environments, stderr } = await list();
    expect(environments).toEqual(names);
    expect(stderr).toBe(
      'Warning: 1,000 environments: a matrix of GitHub Actions has at most 256 jobs; --shard 1/4 to 4/4 make them fit.\n',
    );
  });

  it.each([4, 7, 1_000])('in %i parts are each in one of them', async (parts) => {
    const shards = [1, 2, Math.ceil(parts / 2), parts];
    const sizes: number[] = [];
    for (const number of new Set(shards)) {
      const { environments, stderr } = await list('--shard', `${number}/${parts}`);
      sizes.push(environments.length);
      expect(stderr).toBe('');
    }
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(256);
  });

  it('in four parts come to all of them, in their order', async () => {
    const all: string[] = [];
    for (const number of [1, 2, 3, 4]) all.push(...(await list('--shard', `${number}/4`)).environments);
    expect(all).toEqual(names);
  });
});

/** A copy of the example in which dev is applied, with a plan, a drift report and a status of each environment. */
let folder = '';
const run = (...args: readonly string[]): Promise<Run> => mailboxctl(args, { env: ENV, cwd: folder });
async function done(...args: readonly string[]): Promise<void> {
  const { exitCode, stderr } = await run(...args);
  if (exitCode !== 0) throw new Error(`${args.join(' ')}: ${exitCode} ${stderr}`);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mailboxctl-merge-'));
  await cp(EXAMPLE, folder, { recursive: true, filter: (path) => !path.includes('.mailboxctl') });
  await mkdir(join(folder, 'results'));
  await done('environments', '--format', 'json', '--output', 'results/environments.json');
  await done('apply', '--env', 'dev', '--yes', '--format', 'json', '--output', 'results/dev-apply.json');
  for (const name of ['dev', 'test', 'prod']) {
    await done('plan', '--env', name, '--out', `results/${name}.json`);
    await done('drift', '--env', name, '--format', 'json', '--output', `results/${name}-drift.json`);
    await done('status', '--env', name, '--format', 'json', '--output', `results/${name}-status.json`);
  }
  await writeFile(join(folder, 'results', 'empty.json'), '');
  await writeFile(join(folder, 'results', 'failed.json'), 'Error: Sign-in failed\n  Do this.\n');
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

describe('report', () => {
  it.each([
    ['plan', 'results/prod.json', ['text', 'json', 'markdown', 'html', 'sarif', 'junit', 'github']],
    ['drift', 'results/prod-drift.json', ['text', 'json', 'markdown', 'html', 'sarif', 'junit', 'github']],
    ['status', 'results/prod-status.json', ['text', 'json', 'markdown', 'html', 'junit']],
  ])('shows a saved %s as the verb does', async (verb, file, formats) => {
    for (const format of formats) {
      const { exitCode, stdout, stderr } = await run('report', file, '--format', format);
      expect([format, exitCode, stderr]).toEqual([format, 0, '']);
      if (verb === 'plan' && format === 'json') continue;
      const direct = await run(verb, '--env', 'prod', '--format', format);
      if (verb !== 'plan') expect(stdout).toBe(direct.stdout);
    }
  });

  it('names the file in the commands of a plan, and the folder of the project', async () => {
    const { stdout } = await run('report', 'results/prod.json', '--project', 'there');
    expect(stdout).toMatch(/mailboxctl apply there --env prod/u);
    expect(stdout).toContain('--plan results/prod.json');
  });

  it('shows what an apply came to, and a merged report', async () => {
    expect((await run('report', 'results/dev-apply.json')).stdout).toContain('Apply complete! ');
    const merged = 'results/merged.json';
    await run('report', '--merge', 'results/dev.json', '--format', 'json', '--output', merged);
    const direct = await run('report', '--merge', 'results/dev.json');
    expect((await run('report', merged)).stdout).toBe(direct.stdout);
  });

  it.each([
    ['results/nope.json', 'Error: The file results/nope.json cannot be read: there is no such file\n'],
    ['results/empty.json', 'Error: The file results/empty.json is empty\n'],
    [
      'results/failed.json',
      'Error: The file results/failed.json holds an error and no result: Sign-in failed\n',
    ],
    ['mailboxctl.yaml', 'Error: The file mailboxctl.yaml is no document of mailboxctl: it is not JSON\n'],
    ['config', 'Error: The file config cannot be read: it is a folder\n'],
  ])('of %s says what is wrong with it', async (file, message) => {
    const { exitCode, stdout, stderr } = await run('report', file);
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr.startsWith(message)).toBe(true);
  });

  it.each(REPORT_VERBS)('says in its help which forms a document of %s has', async (verb) => {
    const { stdout } = await run('report', '--help');
    const name = verb === 'report' ? '--merge' : verb;
    const told = new RegExp(`^ {2}${name}\\n((?: {4}.+\\n)+)`, 'mu').exec(stdout)?.[1] ?? '';
    expect(told.trim().split(/,\s+/u)).toEqual(formatsOf(verb));
  });

  it.each([
    [
      ['results/prod-status.json', '--format', 'sarif'],
      'The file results/prod-status.json is a document of status, which has no format "sarif"\n  Use one of: text, json, markdown, html, junit.\n',
    ],
    [
      ['results/dev.json', 'results/prod.json'],
      'report shows one document, and 2 files are named\n  Join several with --merge.',
    ],
    [['results/dev.json', '--environments', 'results/environments.json'], '--environments goes with --merge'],
    [
      ['results/dev.json', '--output', './results/dev.json'],
      '--output ./results/dev.json is one of the files that are read',
    ],
    [
      ['results/dev.json', '--output', 'config/people.yaml'],
      '--output config/people.yaml is a file of the project; nothing was written',
    ],
    [
      ['--merge', 'results/dev.json', '--format', 'sarif'],
      'What --merge makes has no format "sarif"\n  Use one of: text, json, markdown, html.\n',
    ],
    [
      ['--merge', 'results/dev.json', '--environments', 'results/prod.json'],
      '--environments results/prod.json is a document of plan, not of environments',
    ],
    [[], 'report needs a file'],
    [['--merge'], 'report needs a file'],
  ])('%j is refused', async (args, message) => {
    const { exitCode, stderr } = await run('report', ...args);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(message);
  });
});

describe('report --merge', () => {
  const plans = ['dev', 'test', 'prod'].map((name) => `results/${name}.json`);

  it('is one document, whatever the order of the files', async () => {
    const { exitCode, stdout } = await run('report', '--merge', ...plans, '--format', 'json');
    expect(exitCode).toBe(0);
    expect(await problemsOf('report', stdout)).toEqual([]);
    expect((await run('report', '--merge', ...plans.toReversed(), '--format', 'json')).stdout).toBe(stdout);
  });

  it('tells who lags behind whom', async () => {
    const { stdout } = await run('report', '--merge', ...plans, '--format', 'json');
    const { lags } = JSON.parse(stdout) as {
      lags: readonly { behind: readonly string[]; ahead: readonly string[] }[];
    };
    expect(lags.map(({ behind, ahead }) => `${behind.join()} < ${ahead.join()}`)).toContain(
      'prod < dev,test',
    );
    expect(lags.filter(({ behind }) => behind.includes('dev'))).toEqual([]);
  });

  it('lists what has no result, merges the rest, and fails in the end', async () => {
    const files = ['results/dev.json', 'results/empty.json', 'results/failed.json', 'results/nope.json'];
    const args = ['report', '--merge', ...files, '--environments', 'results/environments.json'];
    const { exitCode, stdout } = await run(...args);
    expect(exitCode).toBe(1);
    expect(stdout).toBe(
      [
        'Report on 1 environment: 1 plan',
        'the oldest as of 2026-11-21 09:00 UTC',
        '',
        'Without a result',
        '  ✗ results/empty.json is empty',
        '  ✗ results/failed.json holds an error and no result: Sign-in failed',
        '  ✗ results/nope.json cannot be read: there is no such file',
        '  ✗ test has no result (non-production, emulator)',
        '  ✗ prod has no result (production, emulator)',
        '',
        'Environment  Result  State  What',
        'dev          plan    clean  nothing',
        '',
        'Report: 1 environments, 1 results: 0 refused, 0 incomplete, 0 failing, 0 drift, 0 changes, 0 waiting, 1 clean. 3 files without a result, 2 environments without a result.',
        '',
      ].join('\n'),
    );
  });

  it('tells the same result under two names once, and fails for no copy', async () => {
    const args = ['report', '--merge', 'results/dev.json', 'results/../results/dev.json'];
    const { exitCode, stdout } = await run(...args);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(
      'The same result twice\n  · results/dev.json is left out: results/../results/dev.json is the same result\n',
    );
    expect(stdout).not.toContain('Without a result');
    for (const format of ['markdown', 'html'])
      expect((await run(...args, '--format', format)).stdout).toContain('The same result twice');
  });

  it('ends with 2 where something is not clean, if that is asked for', async () => {
    expect((await run('report', '--merge', ...plans, '--detailed-exitcode')).exitCode).toBe(2);
    expect((await run('report', '--merge', 'results/dev.json', '--detailed-exitcode')).exitCode).toBe(0);
    const failing = await run('report', '--merge', ...plans, 'results/empty.json', '--detailed-exitcode');
    expect(failing.exitCode).toBe(1);
  });

  it('takes every kind side by side, in every form', async () => {
    const files = ['dev', 'prod'].flatMap((name) =>
      ['', '-drift', '-status'].map((kind) => `results/${name}${kind}.json`),
    );
    for (const format of ['text', 'json', 'markdown', 'html']) {
      const { exitCode, stdout } = await run(
        'report',
        '--merge',
        ...files,
        'results/dev-apply.json',
        '--format',
        format,
      );
      expect([exitCode, stdout.length > 500]).toEqual([0, true]);
    }
    const { stdout } = await run('report', '--merge', ...files, 'results/dev-apply.json');
    expect(stdout.replaceAll('\n', ' ')).toContain(
      'Report on 2 environments: 1 applied plan, 2 drift reports, 2 plans and 2 status reports',
    );
  });

  it('of a document that is not merged says so', async () => {
    const { stdout, exitCode } = await run('report', '--merge', 'results/environments.json');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('results/environments.json is a document of environments, which is not merged');
  });
});
