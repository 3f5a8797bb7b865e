/** Finds the list files that matches name, and reads each of them once. */

import { isAbsolute, join } from 'node:path';
import type { ListEntry } from '../model/config.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { type ListFile, readListFile } from './list-file.ts';
import type { ProjectFiles } from './project-files.ts';
import { unreadableFile } from './read-file.ts';
import { placeOf, type SourceText } from './source-text.ts';
import { itemsOf, member, type Node, textOf } from './tree.ts';

export type Lists = ReadonlyMap<string, readonly ListEntry[]>;

export interface LoadedLists {
  readonly lists: Lists;
  readonly sources: readonly SourceText[];
  readonly diagnostics: readonly Diagnostic[];
}

interface Naming {
  readonly path: string;
  readonly source: Diagnostic['source'];
}

export async function loadLists(
  parts: readonly { readonly tree: Node | null; readonly source: SourceText }[],
  directory: string,
  files: ProjectFiles,
): Promise<LoadedLists> {
  const read = new Map<string, ListFile | null>();
  const diagnostics: Diagnostic[] = [];
  for (const naming of parts.flatMap(namings)) {
    const { path } = naming;
    const known = read.get(path);
    const list = known === undefined ? await readList(path, directory, files) : known;
    read.set(path, list);
    if (list === null) diagnostics.push(listMissing(naming));
    else if (list.entries.length === 0 && list.diagnostics.length === 0) diagnostics.push(listEmpty(naming));
  }
  const found = [...read].flatMap(([path, list]) => (list === null ? [] : [{ path, list }]));
  return {
    lists: new Map(found.map(({ path, list }) => [path, list.entries])),
    sources: found.map(({ list }) => list.source),
    diagnostics: [...diagnostics, ...found.flatMap(({ list }) => list.diagnostics)],
  };
}

/** The nodes of `in`, in the match of each rule and in the matches that it excepts. */
function namings({
  tree,
  source,
}: {
  readonly tree: Node | null;
  readonly source: SourceText;
}): readonly Naming[] {
  const rules = itemsOf(member(tree ?? undefined, 'rules'));
  const matches = rules.flatMap((rule) => [member(rule, 'match'), ...itemsOf(member(rule, 'except'))]);
  return matches.flatMap((match) =>
    oneOrMore(member(match, 'in')).flatMap((node) => {
      const path = textOf(node);
      return path === undefined || path === '' ? [] : [{ path, source: placeOf(source, node.at) }];
    }),
  );
}

function oneOrMore(node: Node | undefined): readonly Node[] {
  return node?.kind === 'scalar' ? [node] : itemsOf(node);
}

/** `null`: there is no such file. */
async function readList(path: string, directory: string, files: ProjectFiles): Promise<ListFile | null> {
  const place = isAbsolute(path) ? path : join(directory, path);
  if (!(await files.exists(place))) return null;
  const bytes = await files.read(place).catch((error: unknown) => error);
  return bytes instanceof Uint8Array
    ? readListFile(path, bytes)
    : { ...unreadableFile(path, bytes), entries: [] };
}

function listMissing({ path, source }: Naming): Diagnostic {
  return {
    code: 'file-not-found',
    severity: 'error',
    address: null,
    source,
    message: `the list file "${path}" is not there`,
    hint: 'The path is relative to the folder of mailboxctl.yaml.',
  };
}

function listEmpty({ path, source }: Naming): Diagnostic {
  return {
    code: 'empty-value',
    severity: 'warning',
    address: null,
    source,
    message: `the list file "${path}" names nobody`,
    hint: 'Write one name or address a line, or remove the key "in".',
  };
}
