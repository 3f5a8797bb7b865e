/** The counts of an applied plan, as its last line prints them. */

import { CHANGE_VERBS } from '../model/change-verbs.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Plan, PlanStep } from '../model/plan.generated.ts';
import type { ApplyCounts } from './apply-report.ts';

/** Resources count once, whatever the number of their steps; `tested` are tests that finished. */
export function countOutcomes(plan: Plan, outcomes: readonly Outcome[]): ApplyCounts {
  const steps = new Map(plan.steps.map((step) => [step.id, step]));
  const applied = outcomes
    .filter(({ kind }) => kind === 'applied')
    .flatMap(({ step }) => steps.get(step) ?? []);
  const addresses = (has: (verb: PlanStep['verb']) => boolean): Set<string> =>
    new Set(applied.filter(({ verb }) => has(verb)).map(({ address }) => address));
  const added = addresses((verb) => verb === 'create');
  const changed = [...addresses((verb) => CHANGE_VERBS.has(verb))].filter((address) => !added.has(address));
  const count = (kind: Outcome['kind']): number => outcomes.filter((outcome) => outcome.kind === kind).length;
  return {
    added: added.size,
    changed: changed.length,
    destroyed: addresses((verb) => verb === 'delete').size,
    approved: addresses((verb) => verb === 'approve').size,
    tested: addresses((verb) => verb === 'test').size,
    failed: count('failed'),
    skipped: count('skipped'),
    unknown: count('unknown'),
    handed_off: count('handed-off'),
  };
}
