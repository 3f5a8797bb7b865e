/** Makes the step that deletes a record: what is lost, and what has to leave the record before. */

import type { PlanFieldChange, PlanStep } from '../model/plan.generated.ts';
import { isSetFlag, isUnknown } from '../model/value.ts';
import type { Folding } from './fold.ts';
import { stepsThatLeave } from './leaving.ts';
import type { Predicted } from './predicted.ts';

export function makeDeletion(predicted: Predicted, folding: Folding): PlanStep {
  const { resource, steps } = predicted;
  const { address, source } = resource;
  return {
    id: `${address}#delete`,
    verb: 'delete',
    address,
    set: lostFields(predicted, folding),
    after: [...new Set([...steps.slice(-1), ...stepsThatLeave(address, folding)])],
    because: [{ kind: 'config', source }],
  };
}

/**
 * Everything that an administrator can set and that is set: the record is deleted only while it is what the plan
 * showed. What the service writes itself, and the status of the approval, is not among it.
 */
function lostFields({ resource, fields }: Predicted, { context }: Folding): readonly PlanFieldChange[] {
  const lost: PlanFieldChange[] = [];
  for (const { key, verb, codec } of context.catalogue.rows(resource.kind)) {
    const value = fields[key] ?? null;
    if (verb === undefined || verb === 'test' || verb === 'approve' || codec === undefined) continue;
    const isNothing = value === null || isUnknown(value) || (isSetFlag(value) && !value.is_set);
    if (!isNothing) lost.push({ field: key, from: value, to: null });
  }
  return lost;
}
