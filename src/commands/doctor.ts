/** `mailboxctl doctor`: who the caller is, what it may do and see, what will not work, and how to mend it. Only reads. */

import type { Command } from 'commander';
import type { Project } from '../config/load-project.ts';
import { asIfUnapproved } from '../doctor/approvals.ts';
import { examine } from '../doctor/examine.ts';
import { NO_WISHES, planSeen } from '../library/plan-seen.ts';
import type { Config } from '../model/config.ts';
import type { Doctor } from '../model/doctor.generated.ts';
import { isOnThisMachine, openReading, type ReadingWorld, signInOf } from '../wire.ts';
import { EXIT, type ExitCode, strongest } from './exit-codes.ts';
import type { Io } from './io.ts';
import * as option from './options.ts';
import { emit } from './output.ts';
import { seeEnvironment } from './planning.ts';
import { openProject, pickConfig } from './project.ts';
import { type Register, reading } from './register.ts';
import { isBlind, tell, worldOptions } from './world.ts';

export function doctorCommand(command: Command, register: Register): void {
  option
    .environmentOptions(command, 'doctor')
    .description(
      'Tells who the account is in an environment, what it may do and see there, which approvals it would hand off, what will not work, and how to mend it. Changes nothing.',
    )
    .addOption(option.detailedOption('exit with 2 when there is a problem'))
    .addOption(option.parallelismOption())
    .addHelpText(
      'after',
      option.examples('mailboxctl doctor', 'mailboxctl doctor --env local --format json --detailed-exitcode'),
    )
    .action(register(reading(runDoctor)));
}

async function runDoctor(io: Io, options: option.CommonOptions, directory?: string): Promise<ExitCode> {
  const project = await openProject(directory, io, options);
  const config = pickConfig(project, options, io);
  const world = await openReading(config.environment, worldOptions(project, io, options));
  try {
    tell(io, world.notices, options);
    const doctor = await consult(config, project, world, io);
    await emit(io, options, { verb: 'doctor', document: doctor, project: project.directory });
    return exitCodeOf(doctor, options);
  } finally {
    await world.close();
  }
}

async function consult(config: Config, project: Project, world: ReadingWorld, io: Io): Promise<Doctor> {
  const before = world.clock.now();
  const seen = await seeEnvironment(config, world, {
    kinds: ['profile', 'settings', 'mailbox'],
    alerts: true,
  });
  const after = world.clock.now();
  const history = await world.journal.history();
  const diagnostics = project.diagnosticsOf(config.environment.name);
  const input = { history, wishes: NO_WISHES, diagnostics, clock: world.clock };
  const local = isOnThisMachine(config.environment.url);
  return examine({
    seen,
    plan: planSeen(seen, input),
    unapproved: planSeen(asIfUnapproved(seen), input),
    authentication: signInOf(config.environment, io),
    local,
    readBetween: [before, after],
  });
}

/** That it found problems is what it is for; that it may not look is an error of permission. */
function exitCodeOf({ not_seen, summary }: Doctor, { detailedExitcode }: option.CommonOptions): ExitCode {
  return strongest([
    isBlind(not_seen) ? EXIT.permission : EXIT.ok,
    detailedExitcode && summary.problem > 0 ? EXIT.changes : EXIT.ok,
  ]);
}
