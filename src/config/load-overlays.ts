/** Finds the overlays that environments name, and reads each of them once. */

import { dirname, isAbsolute, join } from 'node:path';
import type { Diagnostic, Source } from '../model/diagnostic.ts';
import { nearest } from '../rules/nearest.ts';
import type { ProjectFiles } from './project-files.ts';
import { type ReadFile, readProjectFile } from './read-file.ts';
import { placeOf } from './source-text.ts';
import { itemsOf, member, type Node, textOf } from './tree.ts';

export interface LoadedOverlays {
  /** By path as written. */
  readonly files: ReadonlyMap<string, ReadFile>;
  /** Those that the patterns of `include` match as well. */
  readonly included: ReadonlySet<string>;
  readonly diagnostics: readonly Diagnostic[];
}

interface Naming {
  readonly path: string;
  readonly source: Source;
}

/** Where the root file names overlays, whether or not the environment is free of errors. */
function overlayNamings({ tree, source }: ReadFile): readonly Naming[] {
  const environments = member(tree ?? undefined, 'environments');
  if (environments?.kind !== 'map') return [];
  return [...environments.entries.values()].flatMap(({ value }) =>
    oneOrMore(member(value, 'overlay')).flatMap((node) => {
      const path = textOf(node);
      return path === undefined || path === '' ? [] : [{ path, source: placeOf(source, node.at) }];
    }),
  );
}

export async function loadOverlays(
  root: ReadFile,
  includes: readonly string[],
  directory: string,
  project: ProjectFiles,
): Promise<LoadedOverlays> {
  const namings = overlayNamings(root);
  const files = new Map<string, ReadFile>();
  const diagnostics: Diagnostic[] = [];
  const included = new Set(
    includes.filter((path) => namings.some((naming) => withoutDot(naming.path) === path)),
  );
  const beside = await filesBeside(namings, directory, project);
  for (const naming of namings) {
    const place = isAbsolute(naming.path) ? naming.path : join(directory, naming.path);
    if (!(await project.exists(place))) diagnostics.push(overlayMissing(naming, beside));
    else if (!files.has(naming.path)) {
      files.set(naming.path, await readProjectFile(naming.path, place, project, 'overlay'));
      if (included.has(withoutDot(naming.path))) diagnostics.push(overlayIncluded(naming));
    }
  }
  const named = new Set(namings.map(({ path }) => withoutDot(path)));
  const unnamed = beside.filter((path) => !named.has(path) && !includes.includes(path));
  return { files, included, diagnostics: [...diagnostics, ...unnamed.map(overlayUnnamed)] };
}

function oneOrMore(node: Node | undefined): readonly Node[] {
  return node?.kind === 'scalar' ? [node] : itemsOf(node);
}

/** YAML files in the folders of overlays; the project folder itself holds other files as well. */
async function filesBeside(
  namings: readonly Naming[],
  directory: string,
  project: ProjectFiles,
): Promise<readonly string[]> {
  const folders = new Set(namings.map(({ path }) => dirname(withoutDot(path))));
  const patterns = [...folders]
    .filter((folder) => folder !== '.' && !folder.startsWith('..') && !isAbsolute(folder))
    .flatMap((folder) => [`${folder}/*.yaml`, `${folder}/*.yml`]);
  return patterns.length === 0 ? [] : project.glob(patterns, directory);
}

function withoutDot(path: string): string {
  return path.replace(/^\.\//u, '');
}

function overlayMissing({ path, source }: Naming, beside: readonly string[]): Diagnostic {
  const near = nearest(path, beside);
  return {
    code: 'file-not-found',
    severity: 'error',
    address: null,
    source,
    message: `the overlay "${path}" is not there`,
    hint:
      near === null ? 'The path is relative to the folder of mailboxctl.yaml.' : `Did you mean "${near}"?`,
  };
}

function overlayIncluded({ path, source }: Naming): Diagnostic {
  return {
    code: 'wrong-value',
    severity: 'error',
    address: null,
    source,
    message: `the overlay "${path}" is matched by include too, so that it would hold for every environment`,
    hint: 'Move it to a folder that include does not reach, for example overlays/.',
  };
}

function overlayUnnamed(path: string): Diagnostic {
  return {
    code: 'overlay-hits-nothing',
    severity: 'warning',
    address: null,
    source: { file: path, line: 1, column: 1 },
    message: 'no environment names this file, which stands among overlays',
    hint: `Write overlay: ${path} in an environment, or move the file.`,
  };
}
