/** References to secrets that are others than in the base configuration. The secrets themselves are never known here. */

import { type Address, addressKey } from '../model/address.ts';
import type { DesiredResource } from '../model/desired.ts';
import type { PlanSecretReference } from '../model/plan.generated.ts';
import { compareText, isSecret } from '../model/value.ts';
import { counterparts } from './counterparts.ts';

/** By address and field. What is to be deleted has none. */
export function secretReferences(
  resources: readonly DesiredResource[],
  base: readonly DesiredResource[],
): readonly PlanSecretReference[] {
  const [ofBase, ofHead] = [counterparts(base), counterparts(resources)];
  const found = resources.flatMap((resource) => referencesOf(resource, ofBase(resource)));
  for (const before of base) {
    const now = ofHead(before);
    // What is left to nobody keeps its secret, and what is declared as absent takes it along.
    if (now === undefined || now.absent) continue;
    found.push(...endedIn(before, now));
  }
  return found.sort((a, b) => compareText(a.address, b.address) || compareText(a.field, b.field));
}

function referencesOf(
  { address, absent, fields }: DesiredResource,
  before: DesiredResource | undefined,
): PlanSecretReference[] {
  const found: PlanSecretReference[] = [];
  if (absent) return found;
  for (const [field, { value, source }] of fields) {
    if (!isSecret(value)) continue;
    const known = before?.fields.get(field)?.value;
    const from = isSecret(known) ? known.secret : null;
    if (from !== value.secret) found.push({ address, field, from, to: value.secret, source });
  }
  return found;
}

/** Declared before, and not any more. */
function endedIn({ fields }: DesiredResource, now: DesiredResource): readonly PlanSecretReference[] {
  return [...fields].flatMap(([field, { value }]): readonly PlanSecretReference[] =>
    isSecret(value) && !isSecret(now.fields.get(field)?.value)
      ? [{ address: now.address, field, from: value.secret, to: null, source: null }]
      : [],
  );
}

/**
 * Whether a secret has to be written because its reference changed. One that is declared for the first time is not
 * among them: what is set already may be just that secret.
 */
export function referenceChange(
  references: readonly PlanSecretReference[],
): (address: Address, field: string) => boolean {
  const changed = references.filter(({ from, to }) => from !== null && to !== null);
  const keys = new Set(changed.map(({ address, field }) => keyOf(address, field)));
  return (address, field) => keys.has(keyOf(address, field));
}

function keyOf(address: Address, field: string): string {
  return `${addressKey(address)}\n${field}`;
}
