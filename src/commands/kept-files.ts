/**
 * Sees to it that no option writes over somebody's work: files that the project or the sign-in is read from, secrets,
 * and what mailboxctl keeps for itself. Reads none of them.
 */

import { realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import type { Project } from '../config/load-project.ts';
import { localDirectory } from '../local/local-directory.ts';
import type { Config, Environment } from '../model/config.ts';
import { isSecret } from '../model/value.ts';
import { CommandError, EXIT } from './exit-codes.ts';
import { pathOf } from './files.ts';
import type { Io } from './io.ts';

/** Options that name a file to be written. */
export interface WrittenFiles {
  readonly output?: string;
  readonly out?: string;
  readonly events?: string;
  readonly record?: string;
  readonly snapshot?: string;
}

/** Errors: exit 1, before anything is read from an environment or written. */
export async function keepFiles(
  project: Project,
  io: Io,
  { output, out, events, record, snapshot }: WrittenFiles,
): Promise<void> {
  const named = Object.entries({ output, out, events, record, snapshot }).flatMap(([option, path]) =>
    path === undefined ? [] : [{ option: `--${option}`, path }],
  );
  if (named.length === 0) return;
  const kept = await keptFiles(project, io);
  const own = await trueFile(localDirectory(project.directory));
  const seen = new Map<string, string>();
  for (const { option, path } of named) {
    const file = await trueFile(pathOf(io, path));
    if (file === own || file.startsWith(`${own}${sep}`))
      throw refused(
        `${option} ${path} is where mailboxctl keeps its own files`,
        'Name a file in another folder.',
      );
    const what = kept.get(file);
    if (what !== undefined) throw refused(`${option} ${path} is ${what}`);
    const other = seen.get(file);
    if (other !== undefined) throw refused(`${other} and ${option} name one file, ${path}`);
    seen.set(file, option);
  }
}

function refused(what: string, wayOut = 'Name another file.'): CommandError {
  return new CommandError(EXIT.error, `${what}; nothing was written`, wayOut);
}

/** By their true paths, with what they are. */
async function keptFiles(project: Project, { env, cwd }: Io): Promise<ReadonlyMap<string, string>> {
  const { directory, files, environments } = project;
  const configs = environments.map(({ name }) => project.config(name));
  const inProject = [...files, ...environments.flatMap(({ data }) => data ?? [])];
  const ofVariables = [env.AZURE_CLIENT_CERTIFICATE_PATH, env.AZURE_FEDERATED_TOKEN_FILE];
  const sorts: readonly (readonly [what: string, paths: readonly string[]])[] = [
    ['a file of the project', inProject.map((path) => resolve(directory, path))],
    ['a secret of the project', configs.flatMap(secretFiles).map((path) => resolve(directory, path))],
    ['a file of the sign-in', environments.flatMap(signInFiles).map((path) => resolve(directory, path))],
    ['a file of the sign-in', ofVariables.flatMap((path) => (path ? [resolve(cwd, path)] : []))],
  ];
  const kept = new Map<string, string>();
  for (const [what, paths] of sorts) for (const path of paths) kept.set(await trueFile(path), what);
  return kept;
}

function secretFiles({ profiles, settings, rules, mailboxes }: Config): readonly string[] {
  const declared = [...profiles, ...(settings === null ? [] : [settings]), ...rules, ...mailboxes];
  const references = declared.flatMap(({ fields }) =>
    [...fields.values()].flatMap(({ value }) => (isSecret(value) ? [value.secret] : [])),
  );
  return references.flatMap((reference) => /^file:(.+)$/su.exec(reference)?.[1] ?? []);
}

function signInFiles({ auth }: Environment): readonly string[] {
  return [auth?.certificate, auth?.tokenFile].filter((path) => path !== undefined);
}

/** Without links; of what is not there yet, its folder without links. */
async function trueFile(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const folder = dirname(path);
    return folder === path ? path : join(await trueFile(folder), basename(path));
  }
}
