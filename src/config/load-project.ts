/**
 * Loads a project folder: finds the root file, reads what it includes and the overlays and lists that it names, and
 * checks everything phase by phase. All problems come in one go; a later phase leaves out only the items that an
 * earlier one refused.
 */

import { dirname, join, resolve } from 'node:path';
import type { Config, Environment } from '../model/config.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { RuleSet } from '../rules/rule.ts';
import { ALL_RULES } from '../rules/rules.ts';
import { addFrames } from './add-frames.ts';
import { checkEnvironments } from './check-environments.ts';
import { type LoadedLists, loadLists } from './load-lists.ts';
import { loadOverlays } from './load-overlays.ts';
import { mergeSettings } from './merge-settings.ts';
import type { OverlayFile } from './overlay-file.ts';
import type { ProjectFiles } from './project-files.ts';
import type { LayeredEnvironment } from './read-environments.ts';
import { type ReadFile, readProjectFile } from './read-file.ts';
import { type FileItems, type LayerItems, NO_ITEMS, readItems } from './read-items.ts';
import { readRoot, rootKeysElsewhere } from './read-root.ts';

export const ROOT_FILE = 'mailboxctl.yaml';

export interface Project {
  /** Absolute. */
  readonly directory: string;
  /** Relative to the directory: the root file first, then what it includes, overlays, list files. */
  readonly files: readonly string[];
  /** Those that are free of errors in themselves. */
  readonly environments: readonly Environment[];
  /** Of all environments: what is found in some of them only names them. */
  readonly diagnostics: readonly Diagnostic[];
  /** Those that concern one environment. */
  readonly diagnosticsOf: (environment: string) => readonly Diagnostic[];
  /** Not to be used while the diagnostics hold errors. Throws `RangeError` for an environment that is not declared. */
  readonly config: (environment: string) => Config;
}

interface LoadedFiles {
  readonly directory: string;
  readonly environments: readonly LayeredEnvironment[];
  /** The root file first. */
  readonly base: readonly ReadFile[];
  readonly overlays: ReadonlyMap<string, ReadFile>;
  readonly lists: LoadedLists;
  /** Of what the root file says about environments and files. */
  readonly diagnostics: readonly Diagnostic[];
}

export async function loadProject(
  start: string,
  files: ProjectFiles,
  rules: RuleSet = ALL_RULES,
): Promise<Project> {
  const directory = await findDirectory(resolve(start), files);
  if (directory === null) return noProject(resolve(start));
  return makeProject(await loadFiles(directory, files), rules);
}

async function loadFiles(directory: string, files: ProjectFiles): Promise<LoadedFiles> {
  const root = await readProjectFile(ROOT_FILE, join(directory, ROOT_FILE), files, 'base');
  const { environments, includes, diagnostics } = await readRoot(root, directory, files);
  const overlays = await loadOverlays(root, includes, directory, files);
  const base = [root];
  for (const file of includes.filter((path) => !overlays.included.has(path))) {
    base.push(await readProjectFile(file, join(directory, file), files, 'base'));
  }
  const lists = await loadLists([...base, ...overlays.files.values()], directory, files);
  return {
    directory,
    environments,
    base,
    overlays: overlays.files,
    lists,
    diagnostics: [...diagnostics, ...overlays.diagnostics],
  };
}

function makeProject(loaded: LoadedFiles, rules: RuleSet): Project {
  const { directory, environments, lists } = loaded;
  const files = [...loaded.base, ...loaded.overlays.values()];
  const items = new Map(files.map((file) => [file, itemsOf(file, lists)]));
  const base = joined(loaded.base.flatMap((file) => items.get(file) ?? []));
  const complete = files.every(({ diagnostics }) =>
    diagnostics.every(({ severity }) => severity !== 'error'),
  );
  const overlays = overlayFiles(loaded, items);
  const checked = checkEnvironments({ base, environments, overlays, complete }, rules);
  const ofFiles = [
    ...loaded.diagnostics,
    ...files.flatMap((file) => file.diagnostics),
    ...files.slice(1).flatMap(rootKeysElsewhere),
    ...lists.diagnostics,
    ...[...items.values()].flatMap((item) => item.diagnostics),
  ];
  const sources = [...files.map(({ source }) => source), ...lists.sources];
  const texts = new Map(sources.map((source) => [source.file, source]));
  const known = environments.map(({ environment }) => environment);
  return {
    directory,
    files: sources.map(({ file }) => file),
    environments: known,
    diagnostics: addFrames([...ofFiles, ...checked.diagnostics], texts),
    diagnosticsOf: (name) => addFrames([...ofFiles, ...checked.diagnosticsOf(name)], texts),
    config: (name) => configOf(environmentNamed(name, known), checked.items.get(name) ?? base),
  };
}

function itemsOf({ tree, source, refused }: ReadFile, { lists }: LoadedLists): FileItems {
  return tree === null ? NO_ITEMS : readItems({ tree, source, refused, lists });
}

function overlayFiles(
  { overlays }: LoadedFiles,
  items: ReadonlyMap<ReadFile, FileItems>,
): ReadonlyMap<string, OverlayFile> {
  const read = new Map<string, OverlayFile>();
  for (const [path, file] of overlays) {
    const own = items.get(file);
    if (file.tree !== null && own !== undefined) {
      read.set(path, { tree: file.tree, source: file.source, items: own });
    }
  }
  return read;
}

function joined(parts: readonly LayerItems[]): LayerItems {
  return {
    profiles: parts.flatMap(({ profiles }) => profiles),
    settings: parts.flatMap(({ settings }) => settings),
    rules: parts.flatMap(({ rules }) => rules),
    mailboxes: parts.flatMap(({ mailboxes }) => mailboxes),
    checksOff: parts.flatMap(({ checksOff }) => checksOff),
  };
}

function configOf(environment: Environment, { settings, ...items }: LayerItems): Config {
  return { environment, ...items, settings: mergeSettings(settings) };
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
    diagnosticsOf: () => [diagnostic],
    config: (name) => configOf(environmentNamed(name, []), NO_ITEMS),
  };
}
