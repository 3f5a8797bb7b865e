/**
 * Loads a project folder: finds the root file, reads what it includes, and checks everything phase by phase. All
 * problems come in one go; a later phase leaves out only the items that an earlier one refused.
 */

import { dirname, join, resolve } from 'node:path';
import type { Config, Environment } from '../model/config.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Declarations } from '../rules/rule.ts';
import { RULES } from '../rules/rules.ts';
import { addFrames } from './add-frames.ts';
import { mergeSettings } from './merge-settings.ts';
import type { ProjectFiles } from './project-files.ts';
import { type ReadFile, readConfigFile, unreadableFile } from './read-file.ts';
import { type FileItems, readItems } from './read-items.ts';
import { readRoot, rootKeysElsewhere } from './read-root.ts';
import { referenceProblems } from './references.ts';

export const ROOT_FILE = 'mailboxctl.yaml';

export interface Project {
  /** Absolute. */
  readonly directory: string;
  /** Relative to the directory, the root file first. */
  readonly files: readonly string[];
  /** Those that are free of errors in themselves. */
  readonly environments: readonly Environment[];
  readonly diagnostics: readonly Diagnostic[];
  /** Not to be used while the diagnostics hold errors. Throws `RangeError` for an environment that is not declared. */
  readonly config: (environment: string) => Config;
}

export async function loadProject(start: string, files: ProjectFiles): Promise<Project> {
  const directory = await findDirectory(resolve(start), files);
  if (directory === null) return noProject(resolve(start));
  const root = await readOne(ROOT_FILE, directory, files);
  const { environments, includes, diagnostics } = await readRoot(root, directory, files);
  const parts: ReadFile[] = [root];
  for (const file of includes) parts.push(await readOne(file, directory, files));
  return makeProject(directory, parts, environments, diagnostics);
}

function makeProject(
  directory: string,
  parts: readonly ReadFile[],
  environments: readonly Environment[],
  rootProblems: readonly Diagnostic[],
): Project {
  const items = parts.map(({ tree, source, refused }) =>
    tree === null ? null : readItems(tree, source, refused),
  );
  const declared = declarations(items.filter((item) => item !== null));
  const complete = parts.every(({ diagnostics }) =>
    diagnostics.every(({ severity }) => severity !== 'error'),
  );
  const diagnostics = [
    ...rootProblems,
    ...parts.flatMap((part) => part.diagnostics),
    ...parts.slice(1).flatMap(rootKeysElsewhere),
    ...items.flatMap((item) => item?.diagnostics ?? []),
    ...RULES.flatMap((rule) => rule(declared)),
    // A profile that is not seen because its file is broken is not missing.
    ...(complete ? referenceProblems(declared) : []),
  ];
  const { environment: _, settings, ...rest } = declared;
  const shared = { ...rest, checksOff: [], settings: mergeSettings(settings) };
  return {
    directory,
    files: parts.map(({ source }) => source.file),
    environments,
    diagnostics: addFrames(diagnostics, new Map(parts.map(({ source }) => [source.file, source]))),
    config: (name) => ({ environment: environmentNamed(name, environments), ...shared }),
  };
}

function declarations(items: readonly FileItems[]): Declarations {
  return {
    environment: null,
    profiles: items.flatMap(({ profiles }) => profiles),
    settings: items.flatMap(({ settings }) => settings),
    rules: items.flatMap(({ rules }) => rules),
    mailboxes: items.flatMap(({ mailboxes }) => mailboxes),
  };
}

function environmentNamed(name: string, environments: readonly Environment[]): Environment {
  const environment = environments.find((known) => known.name === name);
  if (environment === undefined) throw new RangeError(`No environment "${name}" is declared`);
  return environment;
}

async function findDirectory(start: string, files: ProjectFiles): Promise<string | null> {
  for (let directory = start; ; directory = dirname(directory)) {
    if (await files.exists(join(directory, ROOT_FILE))) return directory;
    if (directory === dirname(directory)) return null;
  }
}

async function readOne(file: string, directory: string, files: ProjectFiles): Promise<ReadFile> {
  const bytes = await files.read(join(directory, file)).catch((error: unknown) => error);
  return bytes instanceof Uint8Array ? readConfigFile(file, bytes) : unreadableFile(file, bytes);
}

function noProject(start: string): Project {
  const diagnostic: Diagnostic = {
    code: 'file-not-found',
    severity: 'error',
    address: null,
    source: null,
    message: `${ROOT_FILE} is neither in ${start} nor in a folder above it`,
    hint: 'Name the project folder, or make one with: mailboxctl init',
  };
  return {
    directory: start,
    files: [],
    environments: [],
    diagnostics: [diagnostic],
    config: (name) => ({
      environment: environmentNamed(name, []),
      checksOff: [],
      profiles: [],
      settings: null,
      rules: [],
      mailboxes: [],
    }),
  };
}
