/** Options that several verbs share, and how their values are read. */

import { type Command, InvalidArgumentError, Option } from 'commander';
import { GUARD_NAMES, NOTICE_NAMES } from '../plan/safety/guard.ts';
import { formatsOf, type ReportVerb } from '../report/formats.ts';
import { nearest } from '../rules/nearest.ts';
import type { ColorChoice } from './io.ts';
import { takes } from './option-values.ts';

export interface CommonOptions {
  readonly env?: string;
  readonly format: string;
  readonly output?: string;
  readonly color: ColorChoice;
  readonly verbose: boolean;
  readonly input: boolean;
  readonly url?: string;
  readonly parallelism?: number;
  readonly detailedExitcode: boolean;
  readonly allow: readonly string[];
  readonly events?: string;
  readonly record?: string;
  readonly logLevel: LogLevel;
}

/** Of what is told on stderr; results and errors are always told. */
export const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Headings of the help under which options stand. */
export const GROUPS = {
  environment: 'Environment:',
  plan: 'What is planned:',
  consent: 'Consent:',
  run: 'How it runs:',
  output: 'Output:',
} as const;

const environmentOption = (): Option =>
  takes(
    new Option('-e, --env <name>', 'environment of mailboxctl.yaml; not needed where there is only one'),
    { named: 'environments' },
  ).helpGroup(GROUPS.environment);
const urlOption = (): Option =>
  new Option(
    '--url <url>',
    'another address for the environment (or MAILBOXCTL_URL); its organizationId is still checked',
  ).helpGroup(GROUPS.environment);
export const formatOption = (formats: readonly string[]): Option =>
  new Option('--format <format>', 'form of the output')
    .choices(formats)
    .default('text')
    .helpGroup(GROUPS.output);
export const outputOption = (): Option =>
  new Option('--output <file>', 'write the output to a file').helpGroup(GROUPS.output);
export const colorOption = (): Option =>
  new Option('--color <when>', 'also NO_COLOR, FORCE_COLOR')
    .choices(['auto', 'always', 'never'])
    .default('auto')
    .helpGroup(GROUPS.output);
export const verboseOption = (): Option =>
  new Option('-v, --verbose', 'list everything, shorten nothing').default(false).helpGroup(GROUPS.output);
export const detailedOption = (meaning = 'exit with 2 when there is something to do'): Option =>
  new Option('--detailed-exitcode', meaning).default(false).helpGroup(GROUPS.output);
export const noInputOption = (): Option => new Option('--no-input', 'never ask').helpGroup(GROUPS.consent);
export const parallelismOption = (): Option =>
  new Option('--parallelism <n>', 'requests under way at once; else what the service recommends')
    .argParser(positiveInteger)
    .helpGroup(GROUPS.run);
export const eventsOption = (): Option =>
  new Option('--events <file>', 'append the lines of the journal to a file, too').helpGroup(GROUPS.output);
const recordOption = (): Option =>
  new Option(
    '--record <file>',
    'write every request to the environment and its answer to a file: no tokens, secrets or passwords, but names and e-mail addresses',
  ).helpGroup(GROUPS.output);
const logLevelOption = (): Option =>
  new Option('--log-level <level>', 'what stderr tells; debug: a line for each request')
    .choices([...LOG_LEVELS])
    .default('info')
    .helpGroup(GROUPS.output);
export const outOption = (): Option =>
  new Option('--out <file>', 'save the plan for "apply --plan"').helpGroup(GROUPS.output);
const REFUSING_NAMES: readonly string[] = GUARD_NAMES.filter((name) => !NOTICE_NAMES.includes(name));
const allowOption = (): Option =>
  takes(
    new Option(
      '--allow <guard>',
      `accept a risk that a guard refuses: ${REFUSING_NAMES.join(', ')}; may be repeated`,
    ),
    { words: REFUSING_NAMES },
  )
    .argParser(guardName)
    .default([], 'none')
    .helpGroup(GROUPS.consent);
const targetOption = (): Option =>
  takes(
    new Option(
      '--target <pattern>',
      'only resources whose address matches, and what they need; may be repeated',
    ),
    { named: 'address-patterns' },
  )
    .argParser(collect)
    .default([], 'none')
    .helpGroup(GROUPS.plan);
const retestOption = (): Option =>
  takes(
    new Option(
      '--retest <what>',
      'test again: a resource address in full, without "*"; "failed"; or "profile:NAME"; may be repeated',
    ),
    { words: ['failed'], named: 'addresses' },
  )
    .argParser(collect)
    .default([], 'none')
    .helpGroup(GROUPS.plan);
const rotateOption = (): Option =>
  takes(new Option('--rotate <what>', 'write secrets again: a resource address, or "all"; may be repeated'), {
    words: ['all'],
    named: 'addresses',
  })
    .argParser(collect)
    .default([], 'none')
    .helpGroup(GROUPS.plan);

const baseOption = (): Option =>
  new Option(
    '--base <dir>',
    'a checkout of the base branch: tell what this configuration does that the one there does not, and write secrets whose reference is another',
  ).helpGroup(GROUPS.plan);
export const againstOption = (): Option =>
  new Option(
    '--against <snapshot>',
    'plan from a file of "export --snapshot" instead of the environment: no network, no sign-in',
  ).helpGroup(GROUPS.environment);
export const snapshotOption = (): Option =>
  new Option(
    '--snapshot <file>',
    'write what a plan needs of the environment, for "plan --against"; holds names and e-mail addresses',
  ).helpGroup(GROUPS.output);

/** The examples at the end of a verb's help; a test runs each of them on the example project. */
export function examples(...commands: readonly string[]): string {
  const title = commands.length === 1 ? 'Example:' : 'Examples:';
  return `\n${title}\n${commands.map((command) => `  ${command}`).join('\n')}`;
}

/** Of every verb that looks at an environment: which one, and where its output goes in what form. */
export function environmentOptions(command: Command, verb: ReportVerb): Command {
  return command
    .argument('[dir]', 'folder of mailboxctl.yaml; default: here, then upwards')
    .addOption(environmentOption())
    .addOption(urlOption())
    .addOption(formatOption(formatsOf(verb)))
    .addOption(outputOption())
    .addOption(colorOption())
    .addOption(verboseOption())
    .addOption(recordOption())
    .addOption(logLevelOption());
}

/** Of a verb that reads an environment and makes no report of it. */
export function readingOptions(command: Command): Command {
  return command
    .argument('[dir]', 'folder of mailboxctl.yaml; default: here, then upwards')
    .addOption(environmentOption())
    .addOption(urlOption())
    .addOption(colorOption())
    .addOption(recordOption())
    .addOption(logLevelOption());
}

/** Of every verb that plans: what shapes the plan. */
export function planningOptions(command: Command): Command {
  return command
    .addOption(targetOption())
    .addOption(retestOption())
    .addOption(rotateOption())
    .addOption(baseOption())
    .addOption(allowOption());
}

/** The word that was probably meant, or all that there are. */
export function meantOf(value: string, plural: string, known: readonly string[]): string {
  const meant = nearest(value, known);
  return meant === null ? `${plural}: ${known.join(', ')}.` : `Did you mean ${meant}?`;
}

export function collect(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}

export function positiveInteger(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('Give a whole number from 1.');
  return number;
}

/** `90s 15m 24h 7d`, in milliseconds. */
export function duration(value: string): number {
  const found = /^(\d+)(ms|s|m|h|d)$/u.exec(value);
  const [, amount, unit] = found ?? [];
  if (amount === undefined || unit === undefined)
    throw new InvalidArgumentError(
      'Give one number with one unit, such as 90s, 15m, 24h or 7d: an hour and a half is 90m.',
    );
  const ms = Number(amount) * UNIT_MS[unit as keyof typeof UNIT_MS];
  if (ms === 0) throw new InvalidArgumentError('Give a time in which something can be done, such as 15m.');
  return ms;
}

const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

function guardName(value: string, previous: readonly string[]): readonly string[] {
  if (NOTICE_NAMES.some((name) => name === value)) {
    throw new InvalidArgumentError(
      `The guard "${value}" is only shown: it never refuses, and needs no consent.`,
    );
  }
  if (!REFUSING_NAMES.includes(value)) {
    throw new InvalidArgumentError(
      `There is no guard "${value}". ${meantOf(value, 'Guards', REFUSING_NAMES)}`,
    );
  }
  return [...previous, value];
}
