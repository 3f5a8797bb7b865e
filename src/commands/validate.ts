/** `mailboxctl validate`: everything that is wrong with the files, without a network. */

import { type Command, Option } from 'commander';
import { runChecks } from '../checks/run-checks.ts';
import { byEnvironment } from '../config/by-environment.ts';
import type { Project } from '../config/load-project.ts';
import { systemClock } from '../local/system-clock.ts';
import type { Config } from '../model/config.ts';
import { formatsOf } from '../report/formats.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import {
  type CommonOptions,
  colorOption,
  examples,
  formatOption,
  GROUPS,
  outputOption,
  verboseOption,
} from './options.ts';
import { emit } from './output.ts';
import { openProject } from './project.ts';
import type { Register } from './register.ts';
import { watchProject } from './validate-watch.ts';

export function validateCommand(command: Command, register: Register): void {
  command
    .description('Checks schema, rules and references of all environments, and shows every problem at once.')
    .argument('[dir]', 'folder of mailboxctl.yaml; default: here, then upwards')
    .addOption(formatOption(formatsOf('validate')))
    .addOption(outputOption())
    .addOption(colorOption())
    .addOption(verboseOption())
    .addOption(
      new Option('--watch', 'validate again when a file of the project changes, until Ctrl-C')
        .default(false)
        .helpGroup(GROUPS.run),
    )
    .addHelpText(
      'after',
      examples('mailboxctl validate', 'mailboxctl validate --format sarif --output validate.sarif'),
    )
    .action(register(validate));
}

interface ValidateOptions extends CommonOptions {
  readonly watch: boolean;
}

async function validate(io: Io, options: ValidateOptions, directory?: string): Promise<ExitCode> {
  const open = (): Promise<Project> => openProject(directory, io, options);
  if (!options.watch) return check(await open(), io, options);
  return watchProject(io, {
    clock: systemClock(),
    load: open,
    validate: async () => {
      const project = await open();
      await check(project, io, options);
      return project;
    },
  });
}

async function check(project: Project, io: Io, options: CommonOptions): Promise<ExitCode> {
  const { environments, files } = project;
  const practices = environments.map(({ name }) => ({
    environment: name,
    diagnostics: runChecks(project.config(name), null),
  }));
  const diagnostics = [...project.diagnostics, ...byEnvironment(practices)];
  const valid = diagnostics.every(({ severity }) => severity !== 'error');
  const checked = environments.map(({ name }) => ({ name, items: itemCount(project.config(name)) }));
  const document = { format_version: '1.0', valid, environments: checked, files, diagnostics } as const;
  await emit(io, options, { verb: 'validate', document, project: project.directory });
  return valid ? EXIT.ok : EXIT.configuration;
}

/** What an environment's configuration consists of once its overlays are merged. */
function itemCount({ profiles, settings, rules, mailboxes }: Config): number {
  return profiles.length + (settings === null ? 0 : 1) + rules.length + mailboxes.length;
}
