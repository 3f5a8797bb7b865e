/** Safety is computed on the plan, shown with it, and enforced before the first write. */

import type { Plan, PlanRisk, PlanStep } from '../../model/plan.generated.ts';
import type { PlanContext } from '../context.ts';
import type { Folding } from '../fold.ts';
import { GUARDS } from './guards.ts';

/** What the guards find in the whole plan, whatever is targeted. */
export function risks(folding: Folding, context: PlanContext): readonly PlanRisk[] {
  return GUARDS.flatMap(({ name, severity, check }) => {
    const found = check(folding, context);
    if (found === null) return [];
    const allowed = severity === 'refuse' && context.options.allow.has(name);
    return [{ guard: name, severity, ...found, allowed_by: allowed ? allowedBy(name) : null }];
  });
}

/** What steps that are handed off do by themselves. Who carries them out later answers for nothing else of the plan. */
export function handoffRisks(
  steps: readonly PlanStep[],
  folding: Folding,
  context: PlanContext,
): readonly PlanRisk[] {
  return risks({ ...folding, steps: [...steps], heldBack: [], deferred: [] }, context);
}

/** Risks that stop an apply before the first write. */
export function refusing(found: readonly PlanRisk[], allow: ReadonlySet<string>): readonly PlanRisk[] {
  return found.filter(
    ({ guard, severity, allowed_by }) => severity === 'refuse' && allowed_by === null && !allow.has(guard),
  );
}

/** The plan with the risks that whoever carries it out accepts, besides those that its maker accepted. */
export function accepting(plan: Plan, allow: ReadonlySet<string>): Plan {
  const refused = new Set(refusing(plan.risks, new Set()));
  const risks = plan.risks.map((risk) =>
    refused.has(risk) && allow.has(risk.guard) ? { ...risk, allowed_by: allowedBy(risk.guard) } : risk,
  );
  return { ...plan, risks };
}

function allowedBy(guard: string): string {
  return `--allow ${guard}`;
}
