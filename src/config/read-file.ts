/** One file from bytes to items: decode, parse, check the schema. All its problems come back together. */

import type { Diagnostic } from '../model/diagnostic.ts';
import { parseYaml } from './parse-yaml.ts';
import type { ProjectFiles } from './project-files.ts';
import type { LayerKind } from './schema-error.ts';
import { decodeText, makeSourceText, type SourceText } from './source-text.ts';
import type { Node } from './tree.ts';
import { validateSchema } from './validate-schema.ts';

export interface ReadFile {
  readonly source: SourceText;
  /** `null`: empty, or broken so that nothing of it can be trusted. */
  readonly tree: Node | null;
  readonly refused: ReadonlySet<string>;
  readonly diagnostics: readonly Diagnostic[];
}

const NONE: ReadonlySet<string> = new Set();

/** `file` is how findings call it, `place` where it is. */
export async function readProjectFile(
  file: string,
  place: string,
  files: ProjectFiles,
  layer: LayerKind,
): Promise<ReadFile> {
  const bytes = await files.read(place).catch((error: unknown) => error);
  return bytes instanceof Uint8Array ? readConfigFile(file, bytes, layer) : unreadableFile(file, bytes);
}

async function readConfigFile(file: string, bytes: Uint8Array, layer: LayerKind): Promise<ReadFile> {
  const decoded = decodeText(file, bytes);
  if (!decoded.ok) {
    return { source: makeSourceText(file, ''), tree: null, refused: NONE, diagnostics: [decoded.diagnostic] };
  }
  const { source } = decoded;
  const { tree, diagnostics } = parseYaml(source);
  if (tree === null) return { source, tree, refused: NONE, diagnostics };
  return { source, tree, ...(await validateSchema(tree, source, layer)) };
}

export function unreadableFile(file: string, error: unknown): ReadFile {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  const diagnostic: Diagnostic = {
    code: 'file-unreadable',
    severity: 'error',
    address: null,
    source: { file, line: 1, column: 1 },
    message: `the file cannot be read (${code})`,
    hint: 'Check that it is a file and that this account may read it.',
  };
  return { source: makeSourceText(file, ''), tree: null, refused: NONE, diagnostics: [diagnostic] };
}
