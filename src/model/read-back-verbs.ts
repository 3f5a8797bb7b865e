/** Which steps are looked at after they were answered with success. */

import type { PlanStep } from './plan.generated.ts';

/** The service may answer success and change nothing, or mirror the change on another row. */
export const READ_BACK_VERBS: ReadonlySet<PlanStep['verb']> = new Set([
  'approve',
  'reject',
  'readdress',
  'approval-policy',
  'delete',
]);
