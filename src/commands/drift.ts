/** `mailboxctl drift`: where the environment differs from the configuration, by class. */

import { readFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { CATALOGUE } from '../catalogue/catalogue.ts';
import { COUNTING_CLASSES, DRIFT_CLASSES, type DriftClass } from '../drift/drift.ts';
import type { Drift } from '../model/drift.generated.ts';
import { detectDrift } from '../pipeline.ts';
import { driftText } from '../report/drift-text.ts';
import { jsonText } from '../report/json.ts';
import { openReading } from '../wire.ts';
import { CommandError, EXIT, type ExitCode, strongest } from './exit-codes.ts';
import type { Io } from './io.ts';
import * as option from './options.ts';
import { emit } from './output.ts';
import { seeEnvironment } from './planning.ts';
import { openProject, pickConfig } from './project.ts';
import { type Register, reading } from './register.ts';
import { isBlind, tell, tellBlindness, worldOptions } from './world.ts';

interface DriftOptions extends option.CommonOptions {
  readonly failOn?: readonly DriftClass[];
  readonly previous?: string;
}

export function driftCommand(command: Command, register: Register): void {
  option
    .environmentOptions(command)
    .description('Compares the configuration with the environment and reports by class. Changes nothing.')
    .option(
      '--fail-on <classes>',
      `exit with 2 on findings of these classes (${DRIFT_CLASSES.join(', ')})`,
      classes,
    )
    .option('--previous <file>', 'an earlier report in JSON; what it did not have is marked as new')
    .addOption(option.detailedOption())
    .addHelpText(
      'after',
      '\nExamples:\n  mailboxctl drift --env prod --detailed-exitcode\n  mailboxctl drift --fail-on configuration,health --format json',
    )
    .action(register(reading(runDrift)));
}

async function runDrift(io: Io, options: DriftOptions, directory?: string): Promise<ExitCode> {
  const project = await openProject(directory, io);
  const config = pickConfig(project, options, io);
  const counting = options.failOn ?? COUNTING_CLASSES;
  const previous = options.previous === undefined ? null : await readPrevious(options.previous);
  const world = await openReading(config.environment, worldOptions(project, io));
  try {
    tell(io, world.notices);
    const seen = await seeEnvironment(config, world);
    const found = detectDrift(seen, { catalogue: CATALOGUE, counting, previous });
    tellBlindness(io, found.not_seen);
    await emit(io, options, { text: (style) => driftText(found, style), json: () => jsonText(found) });
    const fails = options.failOn !== undefined || options.detailedExitcode;
    return strongest([
      isBlind(found.not_seen) ? EXIT.permission : EXIT.ok,
      fails && !found.clean ? EXIT.changes : EXIT.ok,
    ]);
  } finally {
    await world.close();
  }
}

function classes(value: string): readonly DriftClass[] {
  return value.split(',').map((name) => {
    const known = DRIFT_CLASSES.find((each) => each === name.trim());
    if (known === undefined)
      throw new InvalidArgumentError(`There is no class "${name}". Classes: ${DRIFT_CLASSES.join(', ')}.`);
    return known;
  });
}

async function readPrevious(path: string): Promise<Drift> {
  try {
    const report = JSON.parse(await readFile(path, 'utf8')) as Partial<Drift> | null;
    if (report !== null && report.format_version === '1.0' && Array.isArray(report.findings))
      return report as Drift;
  } catch (error) {
    throw new CommandError(
      EXIT.error,
      `The earlier report ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  throw new CommandError(EXIT.error, `${path} is no drift report of format 1.0`);
}
