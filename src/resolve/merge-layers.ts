/**
 * Field by field, the strongest layer wins: single item over later rule over earlier rule of the same file. Defaults
 * that `applyDefaultEmailSettings` stands for have the strength of the layer that asks for them, weaker than the
 * keys beside it, and are withdrawn by a stronger `false`.
 */

import type { Declared, DeclaredFields, DeclaredRule } from '../model/config.ts';
import type { Source } from '../model/diagnostic.ts';
import { equal, type Value } from '../model/value.ts';

/** One rule or item that covers a mailbox. */
export interface Layer {
  readonly rule: DeclaredRule | null;
  readonly fields: DeclaredFields;
  readonly source: Source;
}

export interface MergedField extends Declared {
  readonly layer: Layer;
}

export interface Conflict {
  readonly field: string;
  readonly first: Declared;
  readonly second: Declared;
}

type Merged = ReadonlyMap<string, MergedField>;

const APPLY_DEFAULTS = 'applyDefaultEmailSettings';

/** `layers` from weak to strong; `defaults` are the values that applying the default settings stands for. */
export function mergeLayers(
  layers: readonly Layer[],
  defaults: ReadonlyMap<string, Value>,
): { readonly fields: Merged; readonly conflicts: readonly Conflict[] } {
  const fields = [...stack(layers, defaults)].filter(([field]) => field !== APPLY_DEFAULTS);
  // What the single item settles, the files of rules may disagree about.
  const items = layers.filter(({ rule }) => rule === null);
  const files = fileLayers(layers).map((own) => stack([...own, ...items], defaults));
  return { fields: new Map(fields), conflicts: conflictsBetween(files) };
}

function stack(layers: readonly Layer[], defaults: ReadonlyMap<string, Value>): Merged {
  const withdrawn = layers.findLastIndex(({ fields }) => fields.get(APPLY_DEFAULTS)?.value === false);
  const merged = new Map<string, MergedField>();
  for (const [strength, layer] of layers.entries()) {
    const apply = layer.fields.get(APPLY_DEFAULTS);
    if (apply?.value === true && strength > withdrawn) {
      for (const [field, value] of defaults) merged.set(field, { value, source: apply.source, layer });
    }
    for (const [field, declared] of layer.fields) merged.set(field, { ...declared, layer });
  }
  return merged;
}

/** The rules that cover the mailbox, file by file: within a file their order is meaning. */
function fileLayers(layers: readonly Layer[]): readonly (readonly Layer[])[] {
  const files = new Map<string, Layer[]>();
  for (const layer of layers) {
    if (layer.rule === null) continue;
    const own = files.get(layer.source.file);
    if (own === undefined) files.set(layer.source.file, [layer]);
    else own.push(layer);
  }
  return [...files.values()];
}

/** Between files there is no order, so what each of them asks for may not differ. */
function conflictsBetween(files: readonly Merged[]): readonly Conflict[] {
  const known = new Map<string, MergedField>();
  const conflicts: Conflict[] = [];
  for (const file of files) {
    for (const [field, second] of file) {
      const first = known.get(field);
      if (first === undefined) known.set(field, second);
      else if (!equal(first.value, second.value)) conflicts.push({ field, first, second });
    }
  }
  return conflicts;
}
