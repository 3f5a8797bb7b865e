/**
 * The keys that say how something is managed rather than what it holds: `managed`, `protect`, `ignore`, `absent`,
 * `renamedFrom`, `accept`. They are consumed here; no later stage sees them as fields.
 */

import { acceptedChecks, ignoredFields } from '../catalogue/management.ts';
import type { Declared, DeclaredFields, DeclaredResource } from '../model/config.ts';
import type { Source } from '../model/diagnostic.ts';
import type { Value } from '../model/value.ts';
import type { Layer } from './merge-layers.ts';

const KEYS: ReadonlySet<string> = new Set([
  'managed',
  'protect',
  'ignore',
  'absent',
  'renamedFrom',
  'accept',
]);

export interface Management<T extends Declared = Declared> {
  /** Nothing of it is compared, changed or reported, whatever rules and ceilings say. */
  readonly handsOff: boolean;
  readonly isProtected: boolean;
  readonly absent: boolean;
  readonly accepted: ReadonlyMap<string, string>;
  /** What is left to be compared and changed. */
  readonly fields: ReadonlyMap<string, T>;
}

export const NO_DOUBTS: readonly Layer[] = [];

/**
 * `exists`: there is a record; `ignore` holds for those alone. `doubtful`: rules that may cover the mailbox or not;
 * where they ask for caution, caution it is.
 */
export function managementOf<T extends Declared>(
  fields: ReadonlyMap<string, T>,
  exists: boolean,
  doubtful: readonly Layer[],
): Management<T> {
  const absent = fields.get('absent')?.value === true;
  const says = (key: string, value: Value): boolean =>
    fields.get(key)?.value === value ||
    (!fields.has(key) && doubtful.some((layer) => layer.fields.get(key)?.value === value));
  return {
    handsOff: says('managed', false),
    isProtected: says('protect', true),
    absent,
    accepted: acceptedChecks(fields.get('accept')?.value),
    fields: absent ? new Map() : compared(fields, exists ? ignoredIn(fields, doubtful) : []),
  };
}

/** Whether the item takes itself out of this environment. */
export function isLeftAlone({ fields }: Pick<DeclaredResource, 'fields'>): boolean {
  return fields.get('managed')?.value === false;
}

/** The line that asks for the item: where it is to be deleted, the one that says so, perhaps in an overlay. */
export function placeOf({ fields, source }: Pick<DeclaredResource, 'fields' | 'source'>): Source {
  const absent = fields.get('absent');
  return absent?.value === true ? absent.source : source;
}

/** Whether a key says how something is managed. */
export function isManagementKey(key: string): boolean {
  return KEYS.has(key);
}

function ignoredIn(fields: DeclaredFields, doubtful: readonly Layer[]): readonly string[] {
  if (doubtful.length === 0 && !fields.has('ignore')) return [];
  const lists = [fields, ...doubtful.map((layer) => layer.fields)].map((own) => own.get('ignore')?.value);
  return lists.flatMap((list) => [...ignoredFields(list)]);
}

/** A key that others lie below, such as `credentials`, means them too. */
function compared<T extends Declared>(
  fields: ReadonlyMap<string, T>,
  ignored: readonly string[],
): ReadonlyMap<string, T> {
  const isLeftOut = (key: string): boolean =>
    KEYS.has(key) || ignored.some((path) => key === path || key.startsWith(`${path}.`));
  let left: Map<string, T> | null = null;
  for (const key of fields.keys()) {
    if (!isLeftOut(key)) continue;
    left ??= new Map(fields);
    left.delete(key);
  }
  return left ?? fields;
}
