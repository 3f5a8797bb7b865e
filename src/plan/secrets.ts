/**
 * When a secret is written. The service never returns one and there is no state file, so it is written when the
 * record is created, when the service says that none is set, when its user name changes, or on request.
 */

import type { FieldChange } from '../model/change.ts';
import { isSecret, isSetFlag, type SecretReason, type SecretValue } from '../model/value.ts';
import type { PlanContext } from './context.ts';
import type { Stage } from './fold.ts';
import type { Predicted } from './predicted.ts';

/** Changes of secrets beyond those that the comparison finds: those of a changed group, and rotations. */
export function secretChanges(
  stage: Stage,
  { resource, fields }: Predicted,
  changes: readonly FieldChange[],
  { catalogue, options }: PlanContext,
): readonly FieldChange[] {
  if (stage !== 'edit') return [];
  const changed = new Set(changes.map(({ field }) => field));
  const found: FieldChange[] = [];
  for (const { key, secretOf } of catalogue.rows(resource.kind)) {
    const declared = resource.fields.get(key)?.value;
    if (secretOf === undefined || !isSecret(declared) || changed.has(key)) continue;
    const groupChanged = secretOf.some((field) => changed.has(field));
    if (!groupChanged && !options.rotate(resource.address)) continue;
    found.push({ field: key, from: fields[key] ?? null, to: declared });
  }
  return found;
}

/** The secret with the reason for writing it. */
export function withReason(
  change: FieldChange,
  changes: readonly FieldChange[],
  { exists, resource }: Predicted,
  { catalogue }: PlanContext,
): FieldChange {
  if (!isSecret(change.to)) return change;
  const group = catalogue.row(resource.kind, change.field)?.secretOf ?? [];
  const why = reasonOf(
    change,
    exists,
    changes.some(({ field }) => group.includes(field)),
  );
  const to: SecretValue = { secret: change.to.secret, why };
  return { ...change, to };
}

function reasonOf({ from }: FieldChange, exists: boolean, groupChanged: boolean): SecretReason {
  if (!exists) return 'created';
  if (isSetFlag(from) && !from.is_set) return 'not-set';
  return groupChanged ? 'group-changed' : 'rotate';
}
