/** `mailboxctl validate`: everything that is wrong with the files, without a network. */

import type { Command } from 'commander';
import { runChecks } from '../checks/run-checks.ts';
import { byEnvironment } from '../config/by-environment.ts';
import type { Config } from '../model/config.ts';
import { diagnosticsText } from '../report/diagnostics-text.ts';
import { jsonText } from '../report/json.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import {
  type CommonOptions,
  colorOption,
  examples,
  formatOption,
  outputOption,
  verboseOption,
} from './options.ts';
import { emit } from './output.ts';
import { openProject } from './project.ts';
import type { Register } from './register.ts';

export function validateCommand(command: Command, register: Register): void {
  command
    .description('Checks schema, rules and references of all environments, and shows every problem at once.')
    .argument('[dir]', 'folder of mailboxctl.yaml; default: here, then upwards')
    .addOption(formatOption(['text', 'json']))
    .addOption(outputOption())
    .addOption(colorOption())
    .addOption(verboseOption())
    .addHelpText('after', examples('mailboxctl validate', 'mailboxctl validate --format json'))
    .action(register((io, options: CommonOptions, directory?: string) => validate(io, options, directory)));
}

async function validate(io: Io, options: CommonOptions, directory: string | undefined): Promise<ExitCode> {
  const project = await openProject(directory, io, options);
  const { environments, files } = project;
  const practices = environments.map(({ name }) => ({
    environment: name,
    diagnostics: runChecks(project.config(name), null),
  }));
  const diagnostics = [...project.diagnostics, ...byEnvironment(practices)];
  const checked = environments.map(({ name }) => ({ name, items: itemCount(project.config(name)) }));
  const invalid = diagnostics.some(({ severity }) => severity === 'error');
  await emit(io, options, {
    json: () => jsonText({ format_version: '1.0', valid: !invalid, environments: checked, diagnostics }),
    text: (style) =>
      diagnosticsText(diagnostics, style) +
      (invalid
        ? ''
        : `${checkedText(checked)}Valid. Environments: ${checked.length}. Files: ${files.length}.\n`),
  });
  return invalid ? EXIT.configuration : EXIT.ok;
}

interface Checked {
  readonly name: string;
  readonly items: number;
}

/** What an environment's configuration consists of once its overlays are merged. */
function itemCount({ profiles, settings, rules, mailboxes }: Config): number {
  return profiles.length + (settings === null ? 0 : 1) + rules.length + mailboxes.length;
}

function checkedText(checked: readonly Checked[]): string {
  return `Checked: ${checked.map(({ name, items }) => `${name} (items: ${items})`).join(', ')}.\n`;
}
