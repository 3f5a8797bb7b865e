/**
 * YAML as a light tree: plain values with the offsets they stand at, without the parser's own nodes, so that
 * thousands of items stay small. Knows neither the schema nor the catalogue.
 */

import type { Scalar } from '../model/value.ts';

interface Span {
  /** Offsets into the text of the file. */
  readonly at: number;
  readonly end: number;
}

export interface ScalarNode extends Span {
  readonly kind: 'scalar';
  readonly value: Scalar;
  /** As written, where that is not the value itself: `0123`, `yes`, `~`. */
  readonly text: string;
}

export interface ListNode extends Span {
  readonly kind: 'list';
  readonly items: readonly Node[];
}

export interface Entry {
  readonly keyAt: number;
  readonly value: Node;
}

export interface MapNode extends Span {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, Entry>;
}

export type Node = ScalarNode | ListNode | MapNode;
export type Path = readonly (string | number)[];

/** Plain data for the schema's validator. */
export function plain(node: Node): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(plain);
  return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, plain(value)]));
}

/** The node at a path, or `undefined` when the tree has none there. */
export function nodeAt(root: Node, path: Path): Node | undefined {
  let node: Node | undefined = root;
  for (const step of path) node = node && childOf(node, step);
  return node;
}

function childOf(node: Node, step: string | number): Node | undefined {
  if (node.kind === 'map') return node.entries.get(String(step))?.value;
  return node.kind === 'list' ? node.items[Number(step)] : undefined;
}

/** The value of a key, where the node is a mapping that has it. */
export function member(node: Node | undefined, key: string): Node | undefined {
  return node?.kind === 'map' ? node.entries.get(key)?.value : undefined;
}

export function textOf(node: Node | undefined): string | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

/** Items of a list; none for anything else. */
export function itemsOf(node: Node | undefined): readonly Node[] {
  return node?.kind === 'list' ? node.items : [];
}

/** Texts of a list, or of a single text that stands for a list of one. */
export function textsOf(node: Node | undefined): readonly string[] {
  const single = textOf(node);
  if (single !== undefined) return [single];
  return itemsOf(node)
    .map(textOf)
    .filter((text) => text !== undefined);
}
