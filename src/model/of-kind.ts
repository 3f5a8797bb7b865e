/** The resources of one kind. Looked for once in a list: many ask for the few profiles among many mailboxes. */

import type { Kind } from './address.ts';

const known = new WeakMap<readonly object[], Map<Kind, readonly object[]>>();

export function ofKind<Item extends { readonly kind: Kind }>(
  resources: readonly Item[],
  kind: Kind,
): readonly Item[] {
  const lists = (known.get(resources) ?? new Map()) as Map<Kind, readonly Item[]>;
  known.set(resources, lists);
  const own = lists.get(kind) ?? resources.filter((resource) => resource.kind === kind);
  lists.set(kind, own);
  return own;
}
