/** The command line of the pipelines' program: one table of commands and options, for reading and for the help. */

import { parseArgs } from 'node:util';
import { ProblemError } from './io.ts';

interface OptionFacts {
  readonly value: string;
  readonly means: string;
  readonly required?: true;
  readonly many?: true;
}

export const COMMANDS = {
  comment: {
    does: 'one comment of a pull request: created, or edited where it is there',
    options: {
      marker: { value: 'TEXT', means: 'hidden line by which it is found again', required: true },
      body: { value: 'FILE', means: 'Markdown', required: true },
      note: { value: 'KEY=VALUE', means: 'hidden line that "find-plan" reads', many: true },
      pull: { value: 'NUMBER', means: 'of which pull request; default: that of the event' },
    },
  },
  check: {
    does: 'a check of the commit, with annotations on changed lines',
    options: {
      name: { value: 'TEXT', means: 'name of the check', required: true },
      conclusion: { value: 'WORD', means: 'success, neutral, failure or action_required', required: true },
      title: { value: 'TEXT', means: 'one line', required: true },
      summary: { value: 'FILE', means: 'Markdown', required: true },
      annotations: { value: 'FILE', means: 'workflow commands: ::error file=…,line=…::…' },
    },
  },
  issue: {
    does: 'one issue: opened, kept up to date, closed, reopened',
    options: {
      marker: { value: 'TEXT', means: 'hidden line by which it is found again', required: true },
      label: { value: 'TEXT', means: 'label of the issue', required: true },
      title: { value: 'TEXT', means: 'title of the issue' },
      body: { value: 'FILE', means: 'Markdown: something is wrong' },
      news: { value: 'TEXT', means: 'a comment for what is new since the last time' },
      close: { value: 'TEXT', means: 'nothing is wrong: close it, with this sentence' },
    },
  },
  'find-plan': {
    does: 'the run of a merged pull request that kept a plan, and the digest that its comment shows',
    options: {
      artifact: { value: 'NAME', means: 'of the kept files', required: true },
      marker: { value: 'TEXT', means: 'of the comment', required: true },
      note: { value: 'KEY', means: 'of the note in the comment', required: true },
    },
  },
  quote: {
    does: 'the output of a command as Markdown, to stdout',
    options: { file: { value: 'FILE', means: 'text', required: true } },
  },
} as const satisfies Readonly<
  Record<string, { readonly does: string; readonly options: Readonly<Record<string, OptionFacts>> }>
>;

export type CommandName = keyof typeof COMMANDS;

export interface Given {
  readonly command: CommandName;
  /** A required option. */
  readonly need: (option: string) => string;
  /** `null` where it is not given or empty: workflows hand in empty texts for what is not there. */
  readonly ask: (option: string) => string | null;
  readonly all: (option: string) => readonly string[];
}

export function parseArguments(args: readonly string[]): Given | 'help' | 'version' {
  const [name = '', ...rest] = args;
  if (['', 'help', '--help', '-h'].includes(name)) return 'help';
  if (['--version', '-V'].includes(name)) return 'version';
  if (!isCommand(name)) throw new ProblemError(`There is no command "${name}".\n${help()}`);
  const facts = optionsOf(name);
  const values = valuesOf(rest, facts);
  const all = (option: string): readonly string[] => values[option] ?? [];
  const ask = (option: string): string | null => all(option).at(-1) || null;
  const missing = Object.keys(facts).filter((option) => facts[option]?.required && ask(option) === null);
  if (missing.length > 0)
    throw new ProblemError(`${name} needs ${missing.map((option) => `--${option}`).join(', ')}`);
  return { command: name, all, ask, need: (option) => ask(option) ?? '' };
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name);
}

function optionsOf(name: CommandName): Readonly<Record<string, OptionFacts>> {
  return COMMANDS[name].options;
}

function valuesOf(
  args: readonly string[],
  facts: Readonly<Record<string, OptionFacts>>,
): Readonly<Record<string, readonly string[]>> {
  const options = Object.fromEntries(
    Object.keys(facts).map((name) => [name, { type: 'string', multiple: true }] as const),
  );
  try {
    return parseArgs({ args: withValues(args, facts), options, allowPositionals: false }).values as Readonly<
      Record<string, readonly string[]>
    >;
  } catch (error) {
    throw new ProblemError(error instanceof Error ? error.message : String(error));
  }
}

/** Every option has a value, also one that begins with a hyphen, as names may. */
function withValues(args: readonly string[], facts: Readonly<Record<string, OptionFacts>>): string[] {
  const isOption = (arg: string | undefined): boolean =>
    arg?.startsWith('--') === true && Object.hasOwn(facts, arg.slice(2));
  const read: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const [arg = '', value] = args.slice(at, at + 2);
    const takes = isOption(arg) && value !== undefined && !isOption(value);
    read.push(takes ? `${arg}=${value}` : arg);
    if (takes) at += 1;
  }
  return read;
}

export function help(): string {
  const commands = Object.entries(COMMANDS).map(([name, { does, options }]) => {
    const lines = Object.entries<OptionFacts>(options).map(
      ([option, { value, means, required, many }]) =>
        `    --${option} ${value}`.padEnd(26) +
        `${means}${required ? '' : ' (optional)'}${many ? '; may be repeated' : ''}`,
    );
    return [`  ${name}`.padEnd(14) + does, ...lines].join('\n');
  });
  return [
    'mailboxctl-github: posts reports to GitHub, from a job of GitHub Actions.',
    'Reads GITHUB_TOKEN, GITHUB_REPOSITORY, GITHUB_EVENT_PATH, GITHUB_API_URL and their like.',
    '',
    ...commands,
    '',
  ].join('\n');
}
