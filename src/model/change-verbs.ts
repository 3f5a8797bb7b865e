/** Verbs of steps that change a resource which is there: what the last lines of plan and apply count as changed. */

import type { PlanStep } from './plan.generated.ts';

export const CHANGE_VERBS: ReadonlySet<PlanStep['verb']> = new Set([
  'edit',
  'readdress',
  'approval-policy',
  'activate',
  'deactivate',
]);
