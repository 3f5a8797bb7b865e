/** The part of a plan that is handed off: what a person with the right roles sees and carries out of it. */

import type { Plan } from '../model/plan.generated.ts';
import { forecast } from './forecast.ts';
import { summarize } from './summary.ts';

/**
 * Its steps are this person's own, so nothing of it is a hand-off any more; its risks are theirs. A plan of an earlier
 * version does not tell them apart: there they are those of the whole. What a request changes beside them is not theirs.
 */
export function approvalsOf(plan: Plan): Plan {
  const steps = plan.steps
    .filter(({ hand_off }) => hand_off === true)
    .map(({ hand_off: _, ...step }) => step);
  const { handoff_risks: risks = plan.risks, base: _base, ...rest } = plan;
  return { ...rest, steps, risks, handoffs: [], summary: summarize(steps), forecast: forecast(steps) };
}
