/** Opens the project for a verb: loads it, shows what is wrong with it, and picks the environment. */

import { resolve } from 'node:path';
import { loadProject, type Project } from '../config/load-project.ts';
import { nodeProjectFiles } from '../config/node-project-files.ts';
import type { Config } from '../model/config.ts';
import { diagnosticsText } from '../report/text/diagnostics-text.ts';
import { CommandError, EXIT } from './exit-codes.ts';
import { type Io, styleFor } from './io.ts';
import { keepFiles, type WrittenFiles } from './kept-files.ts';
import type { CommonOptions } from './options.ts';

/** Errors: exit 1 where an option would write over somebody's work. */
export async function openProject(
  directory: string | undefined,
  io: Io,
  written: WrittenFiles,
): Promise<Project> {
  const project = await loadProject(resolve(io.cwd, directory ?? '.'), nodeProjectFiles);
  await keepFiles(project, io, written);
  return project;
}

/** Errors: exit 3 with every problem shown. */
export function checkProject({ diagnostics }: Project, options: CommonOptions, io: Io): void {
  if (diagnostics.every(({ severity }) => severity !== 'error')) return;
  io.stderr.write(diagnosticsText(diagnostics, styleFor(io.stderr, io, options)));
  throw new CommandError(EXIT.configuration, 'The configuration is not valid; nothing was read or sent');
}

/**
 * The configuration of one environment, under the address that the command line or `MAILBOXCTL_URL` gives. Errors:
 * exit 3 with every problem shown; exit 1 when no environment can be picked.
 */
export function pickConfig(project: Project, options: CommonOptions, io: Io): Config {
  checkProject(project, options, io);
  const config = project.config(pickEnvironment(project, options.env));
  const url = options.url ?? io.env.MAILBOXCTL_URL;
  return url === undefined || url === ''
    ? config
    : { ...config, environment: { ...config.environment, url } };
}

function pickEnvironment({ environments }: Project, wanted: string | undefined): string {
  const names = environments.map(({ name }) => name);
  if (wanted !== undefined) {
    if (names.includes(wanted)) return wanted;
    throw new CommandError(
      EXIT.error,
      `There is no environment "${wanted}"; use one of: ${names.join(', ')}`,
    );
  }
  const [only] = names;
  if (only !== undefined && names.length === 1) return only;
  throw new CommandError(
    EXIT.error,
    `There are several environments; choose one with --env: ${names.join(', ')}`,
  );
}
