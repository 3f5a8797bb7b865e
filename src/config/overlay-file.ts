/** One overlay as it was read: its items, and how they are written. */

import type { DeclaredResource, DeclaredRule } from '../model/config.ts';
import type { FileItems } from './read-items.ts';
import type { SourceText } from './source-text.ts';
import type { Node } from './tree.ts';
import { type WrittenKeys, writtenKeys } from './written-keys.ts';

export interface OverlayFile {
  readonly tree: Node;
  readonly source: SourceText;
  readonly items: FileItems;
}

const NOTHING: WrittenKeys = { values: [], nulls: [] };

export function writtenBy(item: DeclaredResource | DeclaredRule, { items }: OverlayFile): WrittenKeys {
  const node = items.nodes.get(item);
  return node === undefined ? NOTHING : writtenKeys(node);
}
