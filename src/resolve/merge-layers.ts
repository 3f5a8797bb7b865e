/**
 * Field by field, the strongest layer wins: single item over later rule over earlier rule. Defaults that
 * `applyDefaultEmailSettings` stands for have the strength of the layer that asks for them, weaker than the keys
 * beside it, and are withdrawn by a stronger `false`.
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
  readonly byDefault: boolean;
}

export interface Conflict {
  readonly field: string;
  readonly first: Declared;
  readonly second: Declared;
}

const APPLY_DEFAULTS = 'applyDefaultEmailSettings';

/** `layers` from weak to strong; `defaults` are the values that applying the default settings stands for. */
export function mergeLayers(
  layers: readonly Layer[],
  defaults: ReadonlyMap<string, Value>,
): { readonly fields: ReadonlyMap<string, MergedField>; readonly conflicts: readonly Conflict[] } {
  const fields = new Map<string, MergedField>();
  const conflicts: Conflict[] = [];
  for (const layer of layers) {
    for (const [field, merged] of layerFields(layer, defaults)) {
      const before = fields.get(field);
      if (before !== undefined && disagree(before, merged))
        conflicts.push({ field, first: before, second: merged });
      fields.set(field, merged);
    }
    if (layer.fields.get(APPLY_DEFAULTS)?.value === false) withdrawDefaults(fields);
  }
  return { fields, conflicts };
}

function layerFields(layer: Layer, defaults: ReadonlyMap<string, Value>): ReadonlyMap<string, MergedField> {
  const fields = new Map<string, MergedField>();
  const apply = layer.fields.get(APPLY_DEFAULTS);
  if (apply?.value === true) {
    for (const [field, value] of defaults)
      fields.set(field, { value, source: apply.source, layer, byDefault: true });
  }
  for (const [field, declared] of layer.fields) {
    if (field !== APPLY_DEFAULTS) fields.set(field, { ...declared, layer, byDefault: false });
  }
  return fields;
}

function withdrawDefaults(fields: Map<string, MergedField>): void {
  for (const [field, { byDefault }] of fields) if (byDefault) fields.delete(field);
}

/** The order of rules is meaning within a file; between files there is none, so they may not disagree. */
function disagree(a: MergedField, b: MergedField): boolean {
  const bothRules = a.layer.rule !== null && b.layer.rule !== null;
  return bothRules && a.layer.source.file !== b.layer.source.file && !equal(a.value, b.value);
}
