/**
 * When a secret is written. The service never returns one and there is no state file, so it is written when the
 * record is created, when the service says that none is set, when its user name or its reference changes, or on request.
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
    const isAsked = options.referenceChanged(resource.address, key) || options.rotate(resource.address);
    if (!groupChanged && !isAsked) continue;
    found.push({ field: key, from: fields[key] ?? null, to: want });
  }
  return found;
}

/** The secret with the reason for writing it. */
export function withReason(
  change: FieldChange,
  changes: readonly FieldChange[],
  { exists, resource }: Predicted,
  { catalogue, options }: PlanContext,
): FieldChange {
  if (!isSecret(change.to)) return change;
  const group = catalogue.row(resource.kind, change.field)?.secretOf ?? [];
  const why = reasonOf(change, exists, {
    referenceChanged: options.referenceChanged(resource.address, change.field),
    groupChanged: changes.some(({ field }) => group.includes(field)),
  });
  const to: SecretValue = { secret: change.to.secret, why };
  return { ...change, to };
}

function reasonOf(
  { from }: FieldChange,
  exists: boolean,
  { referenceChanged, groupChanged }: { readonly referenceChanged: boolean; readonly groupChanged: boolean },
): SecretReason {
  if (!exists) return 'created';
  if (isSetFlag(from) && !from.is_set) return 'not-set';
  if (referenceChanged) return 'reference-changed';
  return groupChanged ? 'group-changed' : 'rotate';
}
