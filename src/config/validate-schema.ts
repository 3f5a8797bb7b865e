/** Checks a file's tree against the schema. The only file that knows the validator. */

import type { ErrorObject } from 'ajv';
import type { JsonSchema } from '../catalogue/field.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { addressOf, itemPath, labelOf, pathKey } from './item-path.ts';
import type { LayerKind, SchemaError, SchemaMessage } from './schema-error.ts';
import { schemaMessage } from './schema-message.ts';
import { placeOf, type SourceText } from './source-text.ts';
import { type Node, nodeAt, type Path, plain } from './tree.ts';

export interface SchemaFindings {
  readonly diagnostics: readonly Diagnostic[];
  /** Items that later phases leave out, by the key of their path. */
  readonly refused: ReadonlySet<string>;
}

export async function validateSchema(
  tree: Node,
  source: SourceText,
  layer: LayerKind,
): Promise<SchemaFindings> {
  const { validator } = await import('./config.validators.ts');
  const validate = validator(layer);
  if (validate(plain(tree))) return { diagnostics: [], refused: new Set() };
  const errors = oneForEachSlip((validate.errors ?? []).map((error) => toSchemaError(error, tree)));
  return {
    diagnostics: errors.map((error) => toDiagnostic(error, tree, source, layer)),
    refused: new Set(errors.map(({ path }) => pathKey(itemPath(path)))),
  };
}

function toSchemaError(error: ErrorObject, tree: Node): SchemaError {
  const path = pathOf(error.instancePath, tree);
  const node = nodeAt(tree, path);
  return {
    keyword: error.propertyName === undefined ? error.keyword : 'propertyName',
    path,
    params: error.params as Readonly<Record<string, unknown>>,
    schema: (error.parentSchema ?? {}) as JsonSchema,
    data: error.data,
    text: node?.kind === 'scalar' ? node.text : '',
  };
}

/** Steps of a JSON pointer; those into lists are numbers. */
function pathOf(pointer: string, tree: Node): Path {
  const path: (string | number)[] = [];
  for (const part of pointer.split('/').slice(1)) {
    const step = part.replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(nodeAt(tree, path)?.kind === 'list' ? Number(step) : step);
  }
  return path;
}

/**
 * A value of the wrong type also breaks its enum, and a misspelt key is also a missing one: only the first finding
 * of a value counts, and a mapping with an unknown key is not asked for missing ones.
 */
function oneForEachSlip(errors: readonly SchemaError[]): readonly SchemaError[] {
  const unknown = new Set(errors.filter(isUnknownKey).map(({ path }) => pathKey(path)));
  const seen = new Set<string>();
  const kept: SchemaError[] = [];
  for (const error of [...errors].sort((a, b) => rank(a) - rank(b))) {
    const key = pathKey(error.path);
    if (error.keyword === 'propertyName' || (COUNTING.has(error.keyword) && unknown.has(key))) continue;
    const slip = `${key} ${String(error.params.additionalProperty ?? error.params.missingProperty ?? error.params.propertyName ?? '')}`;
    if (seen.has(slip)) continue;
    seen.add(slip);
    kept.push(error);
  }
  return kept;
}

/** What an unknown key makes too few or too many. */
const COUNTING: ReadonlySet<string> = new Set(['required', 'maxProperties']);

function isUnknownKey({ keyword }: SchemaError): boolean {
  return keyword === 'additionalProperties';
}

function rank({ keyword }: SchemaError): number {
  return keyword === 'type' ? 0 : 1;
}

function toDiagnostic(error: SchemaError, tree: Node, source: SourceText, layer: LayerKind): Diagnostic {
  const { code, message, hint, at } = schemaMessage(error, layer);
  return {
    code,
    severity: 'error',
    address: addressOf(tree, itemPath(error.path)),
    source: placeOf(source, offsetOf(tree, error.path, at)),
    message: labelOf(tree, itemPath(error.path)) + message,
    hint,
  };
}

function offsetOf(tree: Node, path: Path, at: SchemaMessage['at']): number {
  const node = nodeAt(tree, path);
  if (at === 'value') return node?.at ?? 0;
  const [parent, key] =
    at === 'key' ? [nodeAt(tree, path.slice(0, -1)), String(path.at(-1))] : [node, at.key];
  const entry = parent?.kind === 'map' ? parent.entries.get(key) : undefined;
  return entry?.keyAt ?? node?.at ?? 0;
}
