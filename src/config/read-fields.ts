/** The fields that an item declares, read by the rows of the catalogue: no field is named here. */

import type { FieldRow } from '../catalogue/field.ts';
import type { Declared, DeclaredFields } from '../model/config.ts';
import type { Source } from '../model/diagnostic.ts';
import type { Value } from '../model/value.ts';
import { placeOf, type SourceText } from './source-text.ts';
import { member, type Node, plain } from './tree.ts';
import { isNull } from './written-keys.ts';

/** A row with its path taken apart once, since thousands of items are read with it. */
export interface FieldReader {
  readonly row: FieldRow;
  readonly steps: readonly string[];
}

export interface ReadContext {
  readonly source: SourceText;
  /** Name of the rule that the item is. */
  readonly rule?: string;
}

export function fieldReaders(rows: readonly FieldRow[]): readonly FieldReader[] {
  return rows.map((row) => ({ row, steps: row.key.split('.') }));
}

export function readFields(
  item: Node,
  readers: readonly FieldReader[],
  context: ReadContext,
): DeclaredFields {
  const fields = new Map<string, Declared>();
  for (const { row, steps } of readers) {
    const own = descend(item, steps);
    const node = own ?? shorthandNode(item, row);
    // `null` declares nothing; in an overlay it takes back what the base declares.
    const value = node === undefined || isNull(node) ? undefined : toValue(row, node);
    if (node === undefined || value === undefined) continue;
    const field = declared(value, node, context);
    fields.set(row.key, own === undefined ? { ...field, byShorthand: true } : field);
  }
  return fields;
}

export function declared(value: Value, node: Node, context: ReadContext): Declared {
  return { value, source: sourceOf(node.at, context) };
}

export function sourceOf(offset: number, { source, rule }: ReadContext): Source {
  const place = placeOf(source, offset);
  return rule === undefined ? place : { ...place, rule };
}

function descend(item: Node, steps: readonly string[]): Node | undefined {
  let node: Node | undefined = item;
  for (const step of steps) node = member(node, step);
  return node;
}

function shorthandNode(item: Node, { yaml }: FieldRow): Node | undefined {
  return yaml?.shorthand === undefined ? undefined : member(item, yaml.shorthand);
}

function toValue(row: FieldRow, node: Node): Value | undefined {
  if (row.secretOf !== undefined) return secretReference(node);
  if (row.yaml?.parse !== undefined) return row.yaml.parse(plain(node));
  if (node.kind === 'scalar') return node.value;
  throw new TypeError(`${row.kind} ${row.key}: a ${node.kind} needs a parse function in its row`);
}

/** `{ env: NAME }` becomes `env:NAME`; the schema has made sure that there is exactly one key. */
function secretReference(node: Node): Value | undefined {
  if (node.kind !== 'map') return undefined;
  for (const [source, { value }] of node.entries) return { secret: `${source}:${String(plain(value))}` };
  return undefined;
}
