/** Compares what is wanted with what is there, field by field. Knows no kind, no field and no reason. */

import type { FieldChange } from '../model/change.ts';
import { equal, type FieldValues } from '../model/value.ts';

/** Changes that make `actual` meet `desired`, in the order of `desired`. What is not desired is not looked at. */
export function diff(desired: FieldValues, actual: FieldValues): readonly FieldChange[] {
  const changes: FieldChange[] = [];
  for (const [field, to] of Object.entries(desired)) {
    const from = actual[field] ?? null;
    if (!equal(to, from)) changes.push({ field, from, to });
  }
  return changes;
}
