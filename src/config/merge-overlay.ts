/**
 * One overlay over what lies below it. Works on declared values, each of which keeps the place it was written at;
 * lists replace lists, and items that are new are added. What an overlay does not touch stays the same object, so
 * that many environments of many items stay cheap.
 */

import type { CheckSwitchedOff, DeclaredResource } from '../model/config.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { mergeFields } from './merge-fields.ts';
import { mergeItems } from './merge-items.ts';
import { mergeRules } from './merge-rules.ts';
import { type OverlayFile, writtenBy } from './overlay-file.ts';
import { checkInVain, keysInVain } from './overlay-problems.ts';
import type { LayerItems } from './read-items.ts';
import { member } from './tree.ts';
import { type NullKey, writtenKeys } from './written-keys.ts';

export interface Merged {
  readonly items: LayerItems;
  readonly diagnostics: readonly Diagnostic[];
}

export function mergeOverlay(base: LayerItems, overlay: OverlayFile): Merged {
  const { items } = overlay;
  const profiles = mergeItems(base.profiles, items.profiles, overlay);
  const mailboxes = mergeItems(base.mailboxes, items.mailboxes, overlay);
  const rules = mergeRules(base.rules, overlay);
  const settings = mergeSettingsParts(base.settings, overlay);
  const checks = mergeChecks(base.checksOff, overlay);
  return {
    items: {
      profiles: profiles.items,
      settings: settings.items,
      rules: rules.rules,
      mailboxes: mailboxes.items,
      checksOff: checks.items,
    },
    diagnostics: [profiles, settings, rules, mailboxes, checks].flatMap(({ diagnostics }) => diagnostics),
  };
}

/** `emailSettings` may be spread over files of the base; the overlay's stand beside them, field by field. */
function mergeSettingsParts(
  base: readonly DeclaredResource[],
  overlay: OverlayFile,
): { readonly items: readonly DeclaredResource[]; readonly diagnostics: readonly Diagnostic[] } {
  const [own] = overlay.items.settings;
  if (own === undefined) return { items: base, diagnostics: [] };
  const written = writtenBy(own, overlay);
  const parts = base.map((part) => {
    const { fields, missed } = mergeFields('settings', part.fields, new Map(), written);
    const kept = [...fields].filter(([key]) => !own.fields.has(key));
    return { item: { ...part, fields: new Map(kept) }, missed };
  });
  const missed = written.nulls.filter((each) => parts.every((part) => part.missed.includes(each)));
  const declared = new Map(base.flatMap(({ fields }) => [...fields]));
  return {
    items: [...parts.map(({ item }) => item), own],
    diagnostics: keysInVain(own.address, missed, declared, overlay.source),
  };
}

function mergeChecks(
  base: readonly CheckSwitchedOff[],
  { tree, items, source }: OverlayFile,
): { readonly items: readonly CheckSwitchedOff[]; readonly diagnostics: readonly Diagnostic[] } {
  const node = member(tree, 'checks');
  const nulls: readonly NullKey[] = node?.kind === 'map' ? writtenKeys(node).nulls : [];
  const known = new Set(base.map(({ id }) => id));
  const written = new Set([...items.checksOff.map(({ id }) => id), ...nulls.map(({ path }) => path)]);
  return {
    items: [...base.filter(({ id }) => !written.has(id)), ...items.checksOff],
    diagnostics: nulls
      .filter(({ path }) => !known.has(path))
      .map(({ path, at }) => checkInVain(path, at, source)),
  };
}
