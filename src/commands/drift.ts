/** `mailboxctl drift`: where the environment differs from the configuration, by class. */

import { type Command, InvalidArgumentError, Option } from 'commander';
import { CATALOGUE } from '../catalogue/catalogue.ts';
import { COUNTING_CLASSES, DRIFT_CLASSES, type DriftClass } from '../drift/drift.ts';
import { NO_WISHES } from '../library/plan-seen.ts';
import { formatAge } from '../local/format-version.ts';
import type { Drift } from '../model/drift.generated.ts';
import { detectDrift } from '../pipeline.ts';
import { explainAlert, openReading } from '../wire.ts';
import { CommandError, EXIT, type ExitCode, strongest } from './exit-codes.ts';
import { readNamedFile } from './files.ts';
import type { Io } from './io.ts';
import { takes } from './option-values.ts';
import * as option from './options.ts';
import { emit } from './output.ts';
import { makePlan } from './planning.ts';
import { openProject, pickConfig } from './project.ts';
import { type Register, reading } from './register.ts';
import { isBlind, tell, tellBlindness, worldOptions } from './world.ts';

interface DriftOptions extends option.CommonOptions {
  readonly failOn?: readonly DriftClass[];
  readonly previous?: string;
}

export function driftCommand(command: Command, register: Register): void {
  option
    .environmentOptions(command, 'drift')
    .description('Compares the configuration with the environment and reports by class. Changes nothing.')
    .addOption(
      takes(
        new Option(
          '--fail-on <classes>',
          `exit with 2 on findings of these classes (${DRIFT_CLASSES.join(', ')})`,
        ),
        { words: DRIFT_CLASSES, separator: ',' },
      )
        .argParser(classes)
        .helpGroup(option.GROUPS.output),
    )
    .addOption(
      new Option(
        '--previous <file>',
        'an earlier report in JSON; what it did not have is marked as new',
      ).helpGroup(option.GROUPS.output),
    )
    .addOption(option.detailedOption())
    .addOption(option.parallelismOption())
    .addHelpText(
      'after',
      option.examples(
        'mailboxctl drift --env local --detailed-exitcode',
        'mailboxctl drift --format json --output drift.json',
        'mailboxctl drift --previous drift.json --fail-on configuration,health',
      ),
    )
    .action(register(reading(runDrift)));
}

async function runDrift(io: Io, options: DriftOptions, directory?: string): Promise<ExitCode> {
  const project = await openProject(directory, io, options);
  const config = pickConfig(project, options, io);
  const counting = options.failOn ?? COUNTING_CLASSES;
  const previous = options.previous === undefined ? null : await readPrevious(io, options.previous);
  const world = await openReading(config.environment, worldOptions(project, io, options));
  try {
    tell(io, world.notices, options);
    const { seen, plan } = await makePlan(config, [], world, NO_WISHES, { alerts: true });
    checkEnvironment(previous, seen.snapshot.organizationId, options.previous);
    const found = detectDrift(seen, {
      catalogue: CATALOGUE,
      heldBack: plan.held_back,
      explain: (alert) => explainAlert(alert).hint,
      counting,
      previous,
    });
    tellBlindness(io, found.not_seen);
    await emit(io, options, { verb: 'drift', document: found, project: project.directory, directory });
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
      throw new InvalidArgumentError(
        `There is no class "${name}". ${option.meantOf(name, 'Classes', DRIFT_CLASSES)}`,
      );
    return known;
  });
}

/** Findings of another environment would make everything here look new. */
function checkEnvironment(previous: Drift | null, organizationId: string, path: string | undefined): void {
  if (previous === null || previous.environment.organization_id === organizationId) return;
  const { name, organization_id: other } = previous.environment;
  throw new CommandError(
    EXIT.error,
    `The earlier report ${path ?? ''} is of another environment: "${name}" (organization ${other})`,
  );
}

async function readPrevious(io: Io, path: string): Promise<Drift> {
  const text = await readNamedFile(io, '--previous', path);
  const refusal = (what: string): CommandError =>
    new CommandError(
      EXIT.error,
      `--previous ${path} is no drift report${what}`,
      'Name a file that "mailboxctl drift --format json --output" wrote.',
    );
  const report = parsed<Partial<Drift> | null>(text);
  if (report === undefined) throw refusal(': it is not JSON');
  if (formatAge(report?.format_version) !== 'other' && Array.isArray(report?.findings))
    return report as Drift;
  throw refusal(' of format 1.0');
}

function parsed<Document>(text: string): Document | undefined {
  try {
    return JSON.parse(text) as Document;
  } catch {
    return undefined;
  }
}
