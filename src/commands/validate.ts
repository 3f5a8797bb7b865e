/** `mailboxctl validate`: everything that is wrong with the files, without a network. */

import type { Command } from 'commander';
import { diagnosticsText } from '../report/diagnostics-text.ts';
import { jsonText } from '../report/json.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import { type CommonOptions, colorOption, formatOption, outputOption, verboseOption } from './options.ts';
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
    .action(register((io, options: CommonOptions, directory?: string) => validate(io, options, directory)));
}

async function validate(io: Io, options: CommonOptions, directory: string | undefined): Promise<ExitCode> {
  const { diagnostics, environments, files } = await openProject(directory, io);
  const invalid = diagnostics.some(({ severity }) => severity === 'error');
  await emit(io, options, {
    json: () => jsonText({ format_version: '1.0', valid: !invalid, diagnostics }),
    text: (style) =>
      diagnosticsText(diagnostics, style) +
      (invalid ? '' : `Valid. Environments: ${environments.length}. Files: ${files.length}.\n`),
  });
  return invalid ? EXIT.configuration : EXIT.ok;
}
