/**
 * When a secret is written. The service never returns one and there is no state file, so it is written when the
 * record is created, when the service says that none is set, when its user name changes, or on request.
 */

import type { FieldChange } from '../model/change.ts';
import { isSecret, isSetFlag, type SecretReason, type SecretValue } from '../model/value.ts';
import type { PlanContext } from './context.ts';
import type { Folding, Stage } from './fold.ts';
import type { Predicted } from './predicted.ts';

/** Changes of secrets beyond those that the comparison finds: those of a changed group, and rotations. */
export function secretChanges(
  stage: Stage,
  { resource, fields }: Predicted,
  changes: readonly FieldChange[],
  { rowsOf, context: { options } }: Pick<Folding, 'rowsOf' | 'context'>,
): readonly FieldChange[] {
  if (stage !== 'edit') return [];
  const found: FieldChange[] = [];
  for (const { row, want } of rowsOf(resource)) {
    const { key, secretOf } = row;
    if (secretOf === undefined || !isSecret(want)) continue;
    const changed = new Set(changes.map(({ field }) => field));
    if (changed.has(key)) continue;
    const groupChanged = secretOf.some((field) => changed.has(field));
    if (!groupChanged && !options.rotate(resource.address)) continue;
    found.push({ field: key, from: fields[key] ?? null, to: want });
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
