/** Which keys an item of an overlay writes: those that it sets as a whole, and those that it takes back with `null`. */

import type { MapNode, Node } from './tree.ts';

export interface WrittenKeys {
  /** Paths of values that are no mappings: they replace whatever the base has there, and below. */
  readonly values: readonly string[];
  readonly nulls: readonly NullKey[];
}

export interface NullKey {
  readonly path: string;
  readonly at: number;
}

export function writtenKeys(item: MapNode): WrittenKeys {
  const values: string[] = [];
  const nulls: NullKey[] = [];
  const visit = (node: Node, path: string): void => {
    if (node.kind === 'map') {
      for (const [key, { value }] of node.entries) visit(value, path === '' ? key : `${path}.${key}`);
    } else if (isNull(node)) nulls.push({ path, at: node.at });
    else values.push(path);
  };
  visit(item, '');
  return { values, nulls };
}

export function isNull(node: Node): boolean {
  return node.kind === 'scalar' && node.value === null;
}

/** Whether a key is the one of a path or lies below it. */
export function isWithin(key: string, path: string): boolean {
  return key === path || key.startsWith(`${path}.`);
}
