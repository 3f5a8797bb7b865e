/** `mailboxctl environments`: the declared environments, for the matrix of a pipeline. No network. */

import { type Command, InvalidArgumentError, Option } from 'commander';
import { textPattern } from '../model/address.ts';
import type { Environment } from '../model/config.ts';
import type { EnvironmentEntry } from '../model/environments.generated.ts';
import { formatsOf } from '../report/formats.ts';
import { count } from '../report/text.ts';
import { CommandError, EXIT, type ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import { takes } from './option-values.ts';
import * as option from './options.ts';
import { emit } from './output.ts';
import { checkProject, openProject } from './project.ts';
import type { Register } from './register.ts';

/** GitHub, "Running variations of jobs in a workflow": a matrix makes at most so many jobs in a run. */
const MATRIX_JOBS = 256;

interface Shard {
  readonly number: number;
  readonly of: number;
}

interface EnvironmentsOptions extends option.CommonOptions {
  readonly only: readonly string[];
  readonly shard?: Shard;
}

export function environmentsCommand(command: Command, register: Register): void {
  command
    .description(
      'Lists the declared environments. As JSON it is the matrix of a job of GitHub Actions, one entry an environment. Reads files and no environment.',
    )
    .argument('[dir]', 'folder of mailboxctl.yaml; default: here, then upwards')
    .addOption(
      takes(
        new Option('--only <pattern>', 'environments whose name matches, * for any text; may be repeated'),
        { named: 'environment-patterns' },
      )
        .argParser(option.collect)
        .default([], 'all')
        .helpGroup(option.GROUPS.environment),
    )
    .addOption(
      new Option(
        '--shard <i/n>',
        `the i-th of n parts, as equal as can be: a matrix of GitHub Actions has at most ${MATRIX_JOBS} jobs`,
      )
        .argParser(shard)
        .helpGroup(option.GROUPS.environment),
    )
    .addOption(option.formatOption(formatsOf('environments')))
    .addOption(option.outputOption())
    .addOption(option.colorOption())
    .addOption(option.verboseOption())
    .addHelpText(
      'after',
      option.examples(
        'mailboxctl environments',
        'mailboxctl environments --format json --output environments.json',
        'mailboxctl environments --only "*" --shard 1/4 --format json',
      ),
    )
    .action(register(listEnvironments));
}

async function listEnvironments(io: Io, options: EnvironmentsOptions, directory?: string): Promise<ExitCode> {
  const project = await openProject(directory, io, options);
  checkProject(project, options, io);
  const named = matching(project.environments, options.only);
  const include = partOf(named, options.shard).map(entryOf);
  tellLimit(io, include.length, options);
  await emit(io, options, { verb: 'environments', document: { include }, project: project.directory });
  return EXIT.ok;
}

/** Errors: exit 1 for a pattern that fits none, since an empty matrix would pass for a pipeline that did its work. */
function matching(environments: readonly Environment[], patterns: readonly string[]): readonly Environment[] {
  if (patterns.length === 0) return environments;
  const fits = patterns.map(textPattern);
  const vain = patterns.find((_, index) => environments.every(({ name }) => fits[index]?.(name) !== true));
  if (vain !== undefined)
    throw new CommandError(
      EXIT.error,
      `No environment fits --only "${vain}"`,
      `There are: ${environments.map(({ name }) => name).join(', ')}.`,
    );
  return environments.filter(({ name }) => fits.some((isMeant) => isMeant(name)));
}

/** In the order of the file; no two parts differ by more than one. */
function partOf(environments: readonly Environment[], part: Shard | undefined): readonly Environment[] {
  if (part === undefined) return environments;
  const end = (number: number): number => Math.floor((environments.length * number) / part.of);
  return environments.slice(end(part.number - 1), end(part.number));
}

function entryOf({ name, purpose, url, organizationId, approvals }: Environment): EnvironmentEntry {
  return { environment: name, purpose, url, organization_id: organizationId, approvals };
}

function tellLimit(io: Io, entries: number, { format, shard: part }: EnvironmentsOptions): void {
  if (format !== 'json' || entries <= MATRIX_JOBS) return;
  const parts = Math.ceil((entries * (part?.of ?? 1)) / MATRIX_JOBS);
  io.stderr.write(
    `Warning: ${count(entries, 'environment')}: a matrix of GitHub Actions has at most ${MATRIX_JOBS} jobs; --shard 1/${parts} to ${parts}/${parts} make them fit.\n`,
  );
}

function shard(value: string): Shard {
  const [, number, of] = /^([1-9]\d{0,4})\/([1-9]\d{0,4})$/u.exec(value) ?? [];
  if (number === undefined || of === undefined || Number(number) > Number(of))
    throw new InvalidArgumentError('Give a part and how many there are, such as 1/4.');
  return { number: Number(number), of: Number(of) };
}
