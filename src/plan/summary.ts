/** The counts of a plan's steps, as its last line prints them. */

import { CHANGE_VERBS } from '../model/change-verbs.ts';
import type { PlanDeferred, PlanStep, PlanSummary } from '../model/plan.generated.ts';

/** `deferred`: what the next run has left to do. */
export function summarize(steps: readonly PlanStep[], deferred: readonly PlanDeferred[] = []): PlanSummary {
  const created = new Set(addressesOf(steps, (verb) => verb === 'create'));
  const changed = new Set(
    addressesOf(steps, (verb) => CHANGE_VERBS.has(verb)).filter((address) => !created.has(address)),
  );
  return {
    add: created.size,
    change: changed.size,
    destroy: addressesOf(steps, (verb) => verb === 'delete').length,
    approve: addressesOf(steps, (verb) => verb === 'approve' || verb === 'reject').length,
    test: addressesOf(steps, (verb) => verb === 'test').length,
    left: new Set(deferred.map(({ address }) => address)).size,
  };
}

function addressesOf(steps: readonly PlanStep[], has: (verb: PlanStep['verb']) => boolean): string[] {
  return steps.filter(({ verb }) => has(verb)).map(({ address }) => address);
}
