/** `mailboxctl plan`: compares and shows; `--out` saves what `apply --plan` carries out. */

import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { PlanWishes } from '../library/plan-seen.ts';
import { writePlanFile } from '../local/plan-file.ts';
import { jsonPieces } from '../model/json-pieces.ts';
import type { Plan } from '../model/plan.generated.ts';
import { withPlanFile } from '../plan/hand-off.ts';
import { planText } from '../report/plan-text.ts';
import { openReading } from '../wire.ts';
import { CommandError, EXIT, type ExitCode, strongest } from './exit-codes.ts';
import { naming, pathOf } from './files.ts';
import type { Io } from './io.ts';
import * as option from './options.ts';
import { emit } from './output.ts';
import { makePlan } from './planning.ts';
import { openProject, pickConfig } from './project.ts';
import { type Register, reading } from './register.ts';
import { isBlind, tell, tellBlindness, worldOptions } from './world.ts';

interface PlanCommandOptions extends option.CommonOptions, PlanWishes {
  readonly out?: string;
}

export function planCommand(command: Command, register: Register): void {
  option
    .planningOptions(option.environmentOptions(command))
    .description(
      'Compares the configuration with the environment and shows the steps that would make them agree. Changes nothing.',
    )
    .addOption(option.outOption())
    .addOption(option.detailedOption())
    .addOption(option.parallelismOption())
    .addHelpText(
      'after',
      option.examples(
        'mailboxctl plan --out plan.json',
        'mailboxctl plan --env local --target "mailbox:queue/*"',
        'mailboxctl plan --retest failed --detailed-exitcode',
      ),
    )
    .action(register(reading(runPlan)));
}

async function runPlan(io: Io, options: PlanCommandOptions, directory?: string): Promise<ExitCode> {
  const project = await openProject(directory, io, options);
  const config = pickConfig(project, options, io);
  const world = await openReading(config.environment, worldOptions(project, io, options));
  try {
    tell(io, world.notices, options);
    const { plan } = await makePlan(config, project.diagnosticsOf(config.environment.name), world, options);
    await savePlan(io, options, plan);
    tellBlindness(io, plan.not_seen);
    await emit(io, options, {
      text: (style) => planText(withPlanFile(plan, options.out, directory), style),
      json: () => jsonPieces(plan),
    });
    return exitCodeOf(plan, options);
  } finally {
    await world.close();
  }
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
