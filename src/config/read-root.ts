/** What only the root file holds: version, environments, and the patterns of further files. */

import { resolve } from 'node:path';
import type { Diagnostic } from '../model/diagnostic.ts';
import { EMULATOR_URL } from '../rules/environment-url.ts';
import { nearest } from '../rules/nearest.ts';
import type { ProjectFiles } from './project-files.ts';
import { type LayeredEnvironment, readEnvironments } from './read-environments.ts';
import type { ReadFile } from './read-file.ts';
import { placeOf } from './source-text.ts';
import { itemsOf, type MapNode, member, nodeAt, textOf } from './tree.ts';

export interface Root {
  readonly environments: readonly LayeredEnvironment[];
  readonly includes: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

const REQUIRED: Readonly<Record<string, string>> = {
  version: 'Write version: 1',
  environments: 'Write for example environments: { local: { url: emulator } }',
};

export async function readRoot(root: ReadFile, directory: string, files: ProjectFiles): Promise<Root> {
  const { tree, source, refused } = root;
  if (tree === null || tree.kind !== 'map') {
    const diagnostics = root.diagnostics.length === 0 ? [emptyRoot(root)] : [];
    return { environments: [], includes: [], diagnostics };
  }
  const { environments, diagnostics } = readEnvironments(tree, source, refused, directory);
  const { includes, empty } = await findIncludes(root, tree, directory, files);
  const noData = await missingData(root, environments, files);
  return {
    environments,
    includes,
    diagnostics: [...missingKeys(root, tree), ...diagnostics, ...noData, ...empty],
  };
}

/** The organization files of embedded environments. */
async function missingData(
  { tree, source }: ReadFile,
  environments: readonly LayeredEnvironment[],
  files: ProjectFiles,
): Promise<readonly Diagnostic[]> {
  const missing: Diagnostic[] = [];
  for (const { environment } of environments) {
    const { name, data, url } = environment;
    if (data === null || url !== EMULATOR_URL || (await files.exists(data))) continue;
    const node = tree === null ? undefined : nodeAt(tree, ['environments', name, 'data']);
    const at = placeOf(source, node?.at ?? 0);
    missing.push(dataMissing(`environments.${name}.data "${textOf(node) ?? data}" is not there`, at));
  }
  return missing;
}

function dataMissing(message: string, source: Diagnostic['source']): Diagnostic {
  const hint = 'The path is relative to the folder of mailboxctl.yaml; "mailboxctl init" writes an example.';
  return { code: 'file-not-found', severity: 'error', address: null, source, message, hint };
}

async function findIncludes(
  { source }: ReadFile,
  tree: MapNode,
  directory: string,
  files: ProjectFiles,
): Promise<{ readonly includes: readonly string[]; readonly empty: readonly Diagnostic[] }> {
  const includes = new Set<string>();
  const empty: Diagnostic[] = [];
  for (const node of itemsOf(member(tree, 'include'))) {
    const pattern = textOf(node);
    if (pattern === undefined) continue;
    const matched = await files.glob([pattern], directory);
    for (const file of matched) if (file !== source.file) includes.add(file);
    if (matched.length > 0) continue;
    const at = placeOf(source, node.at);
    empty.push(
      isPattern(pattern) ? includeEmpty(pattern, at) : await includeMissing(pattern, at, directory, files),
    );
  }
  return { includes: [...includes], empty };
}

/** A misspelt key is reported as such, not as a missing one too. */
function missingKeys({ source, diagnostics }: ReadFile, tree: MapNode): readonly Diagnostic[] {
  if (
    diagnostics.some(
      ({ code, address, source: at }) => code === 'unknown-key' && address === null && at?.column === 1,
    )
  ) {
    return [];
  }
  return Object.entries(REQUIRED)
    .filter(([key]) => !tree.entries.has(key))
    .map(([key, hint]) => ({
      code: 'missing-key' as const,
      severity: 'error' as const,
      address: null,
      source: placeOf(source, tree.at),
      message: `the key "${key}" is missing in ${source.file}`,
      hint,
    }));
}

/** The keys of the root file have no meaning in the files that it includes. */
export function rootKeysElsewhere({ tree, source }: ReadFile): readonly Diagnostic[] {
  if (tree?.kind !== 'map') return [];
  return ['environments', 'include'].flatMap((key) => {
    const entry = tree.entries.get(key);
    if (entry === undefined) return [];
    return [
      {
        code: 'unknown-key' as const,
        severity: 'error' as const,
        address: null,
        source: placeOf(source, entry.keyAt),
        message: `the key "${key}" stands in the root file only`,
        hint: 'Move it to mailboxctl.yaml.',
      },
    ];
  });
}

function includeEmpty(pattern: string, source: Diagnostic['source']): Diagnostic {
  return {
    code: 'include-empty',
    severity: 'warning',
    address: null,
    source,
    message: `include "${pattern}" matches no file`,
    hint: 'Patterns are relative to this file: "**" stands for any folders, "*" and "?" for parts of one name.',
  };
}

/** A file by its name is meant to be there; a pattern may find nothing yet. */
async function includeMissing(
  path: string,
  source: Diagnostic['source'],
  directory: string,
  files: ProjectFiles,
): Promise<Diagnostic> {
  const place = { severity: 'error', address: null, source } as const;
  if (await files.exists(resolve(directory, path))) {
    return {
      ...place,
      code: 'include-empty',
      message: `include "${path}" is no file that include reaches`,
      hint: 'Name files below the folder of mailboxctl.yaml, outside hidden folders and node_modules; a whole folder is written "config/**/*.yaml".',
    };
  }
  const near = nearest(path, await files.glob(['**/*.yaml', '**/*.yml'], directory));
  return {
    ...place,
    code: 'file-not-found',
    message: `the included file "${path}" is not there`,
    hint:
      near === null ? 'The path is relative to the folder of mailboxctl.yaml.' : `Did you mean "${near}"?`,
  };
}

function isPattern(path: string): boolean {
  return /[*?]/u.test(path);
}

function emptyRoot({ source }: ReadFile): Diagnostic {
  return {
    code: 'empty-value',
    severity: 'error',
    address: null,
    source: placeOf(source, 0),
    message: 'the file is empty; it needs the keys version and environments',
    hint: 'Start from the file that "mailboxctl init" writes.',
  };
}
