/** Items of an overlay over those of the base: profiles by name, mailboxes by sort and name (and id). */

import { addressKey } from '../model/address.ts';
import type { DeclaredFields, DeclaredResource } from '../model/config.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { isAbsent, isLeftAlone } from '../rules/checked.ts';
import { mergeFields } from './merge-fields.ts';
import { type OverlayFile, writtenBy } from './overlay-file.ts';
import { itemInVain, keysInVain, leftAloneInVain, severalInBase } from './overlay-problems.ts';

interface MergedItems {
  readonly items: readonly DeclaredResource[];
  readonly diagnostics: readonly Diagnostic[];
}

export function mergeItems(
  base: readonly DeclaredResource[],
  own: readonly DeclaredResource[],
  overlay: OverlayFile,
): MergedItems {
  const known = byAddress(base);
  const changed = new Map<DeclaredResource, DeclaredResource>();
  const added: DeclaredResource[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const item of own) {
    const candidates = known.get(addressKey(item.address)) ?? [];
    const found = counterpart(item, candidates);
    if (found === 'several') diagnostics.push(severalInBase(item, candidates));
    else if (found === null && !standsAlone(item)) diagnostics.push(itemInVain(item, base));
    else {
      const merged = mergeItem(found, item, overlay);
      diagnostics.push(...merged.diagnostics);
      if (found === null && isInVain(item)) diagnostics.push(leftAloneInVain(item, base));
      if (found === null) added.push(merged.item);
      else changed.set(found, merged.item);
    }
  }
  return { items: [...base.map((item) => changed.get(item) ?? item), ...added], diagnostics };
}

function byAddress(items: readonly DeclaredResource[]): ReadonlyMap<string, readonly DeclaredResource[]> {
  const known = new Map<string, DeclaredResource[]>();
  for (const item of items) {
    const same = known.get(addressKey(item.address));
    if (same === undefined) known.set(addressKey(item.address), [item]);
    else same.push(item);
  }
  return known;
}

/**
 * An id tells items of one name apart. Ids differ between environments, so an overlay may give the only item of its
 * name an id, or leave out the one that the base says.
 */
function counterpart(
  item: DeclaredResource,
  candidates: readonly DeclaredResource[],
): DeclaredResource | null | 'several' {
  const [first, second] = candidates;
  const exact = candidates.find(({ id }) => id?.toLowerCase() === item.id?.toLowerCase());
  if (exact !== undefined) return exact;
  if (first === undefined) return null;
  if (second === undefined) return item.id === null || first.id === null ? first : null;
  return item.id === null ? 'several' : null;
}

/** A profile without a type can only change one that is there. */
function standsAlone({ kind, fields }: DeclaredResource): boolean {
  return kind !== 'profile' || ['type', 'absent', 'managed'].some((key) => fields.has(key));
}

function isInVain(item: DeclaredResource): boolean {
  return item.kind === 'profile' && item.id === null && isLeftAlone(item);
}

function mergeItem(
  base: DeclaredResource | null,
  item: DeclaredResource,
  overlay: OverlayFile,
): { readonly item: DeclaredResource; readonly diagnostics: readonly Diagnostic[] } {
  const written = writtenBy(item, overlay);
  if (base === null) {
    return { item, diagnostics: keysInVain(item.address, written.nulls, null, overlay.source) };
  }
  const { fields, missed } = mergeFields(item.kind, base.fields, item.fields, written);
  return {
    item: { ...base, id: item.id ?? base.id, fields: isAbsent(item) ? absentFields(base, item) : fields },
    diagnostics: keysInVain(item.address, missed, base.fields, overlay.source),
  };
}

/** What an overlay declares absent has none of the base's fields any more. */
function absentFields(base: DeclaredResource, item: DeclaredResource): DeclaredFields {
  const name = base.fields.get('name');
  return name === undefined ? item.fields : new Map([...item.fields, ['name', name]]);
}
