/**
 * Field by field, the strongest layer wins: single item over later rule over earlier rule of the same file. Defaults
 * that `applyDefaultEmailSettings` stands for have the strength of the layer that asks for them, weaker than the
 * keys beside it, and are withdrawn by a stronger `false`.
 */

import type { Declared, DeclaredFields } from '../model/config.ts';
import type { Source } from '../model/diagnostic.ts';
import { equal, type Value } from '../model/value.ts';
import { isManagementKey } from './management.ts';
import type { CompiledRule } from './match-rule.ts';

/** One rule or item that covers a mailbox. */
export interface Layer {
  readonly rule: CompiledRule | null;
  readonly fields: DeclaredFields;
  readonly source: Source;
  /**
   * Whether the rule covers the mailbox could not be seen. What it would set is not managed then: a weaker value in
   * its place could undo what the rule once set.
   */
  readonly uncertain?: boolean;
}

export interface MergedField extends Declared {
  readonly layer: Layer;
}

export interface Conflict {
  readonly field: string;
  readonly first: Declared;
  readonly second: Declared;
}

export type Merged = ReadonlyMap<string, MergedField>;

const APPLY_DEFAULTS = 'applyDefaultEmailSettings';

export interface MergedLayers {
  readonly fields: Merged;
  readonly conflicts: readonly Conflict[];
}

/** `layers` from weak to strong; `defaults` are the values that applying the default settings stands for. */
export function mergeLayers(layers: readonly Layer[], defaults: ReadonlyMap<string, Value>): MergedLayers {
  const fields = stack(layers, defaults);
  fields.delete(APPLY_DEFAULTS);
  const files = fileLayers(layers);
  if (files.length < 2) return { fields, conflicts: [] };
  // What the single item settles, the files of rules may disagree about.
  const items = layers.filter(({ rule }) => rule === null);
  const stacks = files.map((own) => stack([...own, ...items], defaults));
  return { fields, conflicts: conflictsBetween(stacks) };
}

function stack(layers: readonly Layer[], defaults: ReadonlyMap<string, Value>): Map<string, MergedField> {
  const certain = layers.map(({ fields, uncertain }) => (uncertain === true ? null : fields));
  const withdrawn = certain.findLastIndex((fields) => fields?.get(APPLY_DEFAULTS)?.value === false);
  const merged = new Map<string, MergedField>();
  const doubts = new Doubts();
  const set = (field: string, value: MergedField): void => {
    if (doubts.leaveOpen(field, value.layer)) return;
    merged.set(field, value);
  };
  for (const [strength, layer] of layers.entries()) {
    if (layer.uncertain === true) {
      for (const field of fieldsIn(layer, defaults)) {
        merged.delete(field);
        doubts.add(field, layer);
      }
      continue;
    }
    const apply = layer.fields.get(APPLY_DEFAULTS);
    if (apply?.value === true && strength > withdrawn) {
      for (const [field, value] of defaults) {
        set(field, { value, source: apply.source, layer, byDefault: true });
      }
    }
    for (const [field, declared] of layer.fields) set(field, { ...declared, layer });
  }
  return merged;
}

function fieldsIn({ fields }: Layer, defaults: ReadonlyMap<string, Value>): readonly string[] {
  const own = [...fields.keys()].filter((key) => !isManagementKey(key));
  return [...own, ...(fields.has(APPLY_DEFAULTS) ? defaults.keys() : [])];
}

/**
 * Fields that a rule may set which may or may not cover the mailbox. Later rules of its file settle them, and single
 * items do; rules of other files do not, since between files there is no order.
 */
class Doubts {
  readonly #files = new Map<string, Set<string>>();

  add(field: string, { source }: Layer): void {
    const files = this.#files.get(field);
    if (files === undefined) this.#files.set(field, new Set([source.file]));
    else files.add(source.file);
  }

  leaveOpen(field: string, { rule, source }: Layer): boolean {
    const files = this.#files.get(field);
    if (files === undefined || rule === null) return false;
    files.delete(source.file);
    return files.size > 0;
  }
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
