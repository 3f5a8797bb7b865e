/** `mailboxctl plan`: compares and shows; `--out` saves what `apply --plan` carries out. */

import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Project } from '../config/load-project.ts';
import type { PlanWishes } from '../library/plan-seen.ts';
import { writePlanFile } from '../local/plan-file.ts';
import type { Config } from '../model/config.ts';
import type { Plan } from '../model/plan.generated.ts';
import { withPlanFile } from '../plan/hand-off.ts';
import { openReading } from '../wire.ts';
import { type Against, openAgainst } from './against.ts';
import { CommandError, EXIT, type ExitCode, strongest } from './exit-codes.ts';
import { naming, pathOf } from './files.ts';
import type { Io } from './io.ts';
import * as option from './options.ts';
import { emit } from './output.ts';
import { planFor } from './plan-for.ts';
import { openProject, pickConfig } from './project.ts';
import { type Register, reading } from './register.ts';
import { isBlind, tell, tellBlindness, worldOptions } from './world.ts';

interface PlanCommandOptions extends option.CommonOptions, PlanWishes {
  readonly out?: string;
  readonly base?: string;
  readonly against?: string;
}

export function planCommand(command: Command, register: Register): void {
  option
    .planningOptions(option.environmentOptions(command, 'plan'))
    .description(
      'Compares the configuration with the environment and shows the steps that would make them agree. Changes nothing.',
    )
    .addOption(option.againstOption())
    .addOption(option.outOption())
    .addOption(option.detailedOption())
    .addOption(option.parallelismOption())
    .addHelpText(
      'after',
      option.examples(
        'mailboxctl plan --out plan.json',
        'mailboxctl plan --env local --target "mailbox:queue/*"',
        'mailboxctl plan --retest failed --detailed-exitcode',
        'mailboxctl plan --base ../base --format json',
      ),
    )
    .action(register(reading(runPlan)));
}

async function runPlan(io: Io, options: PlanCommandOptions, directory?: string): Promise<ExitCode> {
  const project = await openProject(directory, io, options);
  const config = pickConfig(project, options, io);
  const { world, diagnostics } = await openWorld(io, options, project, config);
  try {
    tell(io, world.notices, options);
    const known = [...project.diagnosticsOf(config.environment.name), ...diagnostics];
    const { plan } = await planFor(io, { config, project, world, options, diagnostics: known });
    await savePlan(io, options, plan);
    tellBlindness(io, plan.not_seen);
    const forPeople = withPlanFile(plan, options.out, directory);
    await emit(io, options, {
      verb: 'plan',
      document: plan,
      forPeople,
      project: project.directory,
      directory,
      planFile: options.out,
    });
    return exitCodeOf(plan, options);
  } finally {
    await world.close();
  }
}

/** The environment, or a snapshot of it. */
async function openWorld(
  io: Io,
  options: PlanCommandOptions,
  project: Project,
  { environment }: Config,
): Promise<Against> {
  const { against, record } = options;
  if (against === undefined)
    return { world: await openReading(environment, worldOptions(project, io, options)), diagnostics: [] };
  if (record !== undefined)
    throw new CommandError(EXIT.error, '--record writes requests, and with --against there are none');
  return openAgainst(io, against, environment, project.directory);
}

async function savePlan(io: Io, { out }: PlanCommandOptions, plan: Plan): Promise<void> {
  if (out === undefined) return;
  await checkReplaceable(io, out);
  await naming('--out', out, 'written', () => writePlanFile(pathOf(io, out), plan));
}

/** What stands in a plan's place may be an earlier plan, and nothing else: a secret, a state or somebody's notes. */
async function checkReplaceable(io: Io, out: string): Promise<void> {
  const text = await readFile(pathOf(io, out), 'utf8').catch(() => '');
  if (text === '' || text.includes('"plan_digest"')) return;
  throw new CommandError(
    EXIT.error,
    `--out ${out} is there already and is no plan; it was not overwritten`,
    'Name another file, or remove this one.',
  );
}

function exitCodeOf(plan: Plan, options: option.CommonOptions): ExitCode {
  return strongest([
    isBlind(plan.not_seen) ? EXIT.permission : EXIT.ok,
    plan.applyable ? EXIT.ok : EXIT.configuration,
    options.detailedExitcode && plan.steps.length > 0 ? EXIT.changes : EXIT.ok,
  ]);
}
