/** The help: every verb says what it does, its options stand in groups, and its examples work. */

import { cp, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contoso, mailboxctl, type Run } from './command-line.ts';

const { stdout: OVERVIEW } = await mailboxctl(['--help']);
const VERBS = [...(OVERVIEW.split('\nCommands:\n')[1] ?? '').matchAll(/^ {2}([a-z]+) /gmu)]
  .map(([, name]) => name ?? '')
  .filter((name) => name !== 'help');

async function helpOf(verb: string): Promise<string> {
  return (await mailboxctl(['help', verb])).stdout;
}

function examplesIn(help: string): readonly string[] {
  const [, list = ''] = help.split(/^Examples?:$/mu);
  return list
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Arguments as a shell takes them apart; the examples use double quotes and nothing else. */
function argumentsOf(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/gu)].map(([, quoted, word]) => quoted ?? word ?? '').slice(1);
}

/** The emulator serves until it is interrupted: it is, at once. */
function run(example: string, cwd: string): Promise<Run> {
  const args = argumentsOf(example);
  return mailboxctl(args, args[0] === 'emulator' ? { cwd, interrupted: AbortSignal.abort() } : { cwd });
}

it('there are verbs', () => expect(VERBS.length).toBeGreaterThan(8));

describe.each(VERBS)('%s', (verb) => {
  it('says in sentences what it does, with examples of its own', async () => {
    const help = await helpOf(verb);
    expect(help).toMatch(/^[A-Z].{30,}/mu);
    const examples = examplesIn(help);
    expect(examples.length).toBeGreaterThan(0);
    expect(examples.filter((line) => !line.startsWith(`mailboxctl ${verb}`))).toEqual([]);
  });
});

it('the options of a verb with many stand in groups', async () => {
  const headings = [...(await helpOf('apply')).matchAll(/^([A-Z][\w ]+):$/gmu)].map(([, name]) => name);
  expect(headings).toEqual([
    'Arguments',
    'Environment',
    'Output',
    'What is planned',
    'Consent',
    'How it runs',
    'Options',
    'Examples',
  ]);
});

it.each([40, 60, 80, 100])('no help is wider than %i columns, but for what is typed', async (terminal) => {
  const wide: string[] = [];
  for (const args of [['--help'], ...VERBS.map((verb) => ['help', verb])]) {
    const { stdout } = await mailboxctl(args, { terminal });
    const typed = new Set(examplesIn(stdout));
    for (const line of stdout.split('\n')) {
      const isTyped =
        typed.has(line.trim()) || !line.trim().includes(' ') || /^Usage:|mailboxctl init/u.test(line);
      if (line.length > terminal && !isTyped) wide.push(`${args.at(-1)}: ${line}`);
    }
  }
  expect(wide).toEqual([]);
});

it('help for a command that does not exist says so', async () => {
  expect(await mailboxctl(['help', 'paln'])).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: "error: unknown command 'paln'\n(Did you mean plan?)\n(mailboxctl help [command] says more)\n",
  });
});

/** Not an error of the command line, of the configuration or of a guard. */
const WORKED = [0, 2, 8];

it('every example works on the example project, one after the other', async () => {
  const base = await contoso();
  const directory = join(await contoso(), 'head');
  await cp(base, directory, { recursive: true });
  await rename(base, join(directory, '../base'));
  const runs: string[] = [];
  for (const verb of VERBS) {
    for (const example of examplesIn(await helpOf(verb))) {
      const { exitCode, stderr } = await run(example, directory);
      if (!WORKED.includes(exitCode)) runs.push(`${example}: ${exitCode} ${stderr}`);
    }
  }
  expect(runs).toEqual([]);
  expect(JSON.parse(await readFile(join(directory, 'plan.json'), 'utf8'))).toMatchObject({
    format_version: '1.0',
  });
});

describe('a slip', () => {
  it.each([
    ['of a verb', ['paln'], "error: unknown command 'paln'\n(Did you mean plan?)\n"],
    ['of an option', ['plan', '--targt', 'x'], "error: unknown option '--targt'\n(Did you mean --target?)\n"],
    [
      'of a choice',
      ['status', '--view', 'failed'],
      "error: option '--view <view>' argument 'failed' is invalid. Allowed choices are all, test-and-enable-failed.\n",
    ],
    [
      'of a guard',
      ['apply', '--allow', 'mail-stop'],
      'There is no guard "mail-stop". Did you mean mail-stops?',
    ],
    ['of a class', ['drift', '--fail-on', 'helth'], 'There is no class "helth". Did you mean health?'],
  ])('%s is told with what is meant', async (_, args, expected) => {
    const { exitCode, stderr } = await mailboxctl(args);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(expected);
  });
});
