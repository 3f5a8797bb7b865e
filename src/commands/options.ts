/** Options that several verbs share, and how their values are read. */

import { type Command, InvalidArgumentError, Option } from 'commander';
import { GUARD_NAMES } from '../plan/safety/guard.ts';
import type { ColorChoice } from './io.ts';

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
}

const environmentOption = (): Option =>
  new Option('-e, --env <name>', 'environment of mailboxctl.yaml; not needed where there is only one');
const urlOption = (): Option =>
  new Option(
    '--url <url>',
    'another address for the environment (or MAILBOXCTL_URL); its organizationId is still checked',
  );
export const formatOption = (formats: readonly string[]): Option =>
  new Option('--format <format>', 'form of the output').choices(formats).default('text');
export const outputOption = (): Option => new Option('--output <file>', 'write the output to a file');
export const colorOption = (): Option =>
  new Option('--color <when>', 'also NO_COLOR, FORCE_COLOR')
    .choices(['auto', 'always', 'never'])
    .default('auto');
export const verboseOption = (): Option =>
  new Option('-v, --verbose', 'list everything, shorten nothing').default(false);
export const detailedOption = (): Option =>
  new Option('--detailed-exitcode', 'exit with 2 when there is something to do').default(false);
export const noInputOption = (): Option => new Option('--no-input', 'never ask');
export const parallelismOption = (): Option =>
  new Option('--parallelism <n>', 'requests under way at once; else what the service recommends').argParser(
    positiveInteger,
  );
export const eventsOption = (): Option =>
  new Option('--events <file>', 'append the lines of the journal to a file, too');
const allowOption = (): Option =>
  new Option(
    '--allow <guard>',
    `accept a risk that a guard refuses: ${GUARD_NAMES.join(', ')}; may be repeated`,
  )
    .argParser(guardName)
    .default([], 'none');
const targetOption = (): Option =>
  new Option(
    '--target <pattern>',
    'only resources whose address matches, and what they need; may be repeated',
  )
    .argParser(collect)
    .default([], 'none');
const retestOption = (): Option =>
  new Option(
    '--retest <what>',
    'test again: a resource address, "failed", or "profile:NAME"; may be repeated',
  )
    .argParser(collect)
    .default([], 'none');
const rotateOption = (): Option =>
  new Option('--rotate <what>', 'write secrets again: a resource address, or "all"; may be repeated')
    .argParser(collect)
    .default([], 'none');

/** Of every verb that looks at an environment: which one, and where its output goes in what form. */
export function environmentOptions(command: Command): Command {
  return command
    .argument('[dir]', 'folder of mailboxctl.yaml; default: here, then upwards')
    .addOption(environmentOption())
    .addOption(urlOption())
    .addOption(formatOption(['text', 'json']))
    .addOption(outputOption())
    .addOption(colorOption())
    .addOption(verboseOption());
}

/** Of every verb that plans: what shapes the plan. */
export function planningOptions(command: Command): Command {
  return command
    .addOption(targetOption())
    .addOption(retestOption())
    .addOption(rotateOption())
    .addOption(allowOption());
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
    throw new InvalidArgumentError('Give a duration such as 90s, 15m, 24h or 7d.');
  return Number(amount) * UNIT_MS[unit as keyof typeof UNIT_MS];
}

const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

function guardName(value: string, previous: readonly string[]): readonly string[] {
  if (!GUARD_NAMES.some((name) => name === value)) {
    throw new InvalidArgumentError(`There is no guard "${value}". Guards: ${GUARD_NAMES.join(', ')}.`);
  }
  return [...previous, value];
}
