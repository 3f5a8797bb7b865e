/** Saved plans, as `plan --out` writes and `apply --plan` reads them. */

import { sha256 } from '../local/digest.ts';
import { readPlanFile, writePlanFile } from '../local/plan-file.ts';
import type { Plan } from '../model/plan.generated.ts';

/** Writes the file whole or not at all; only its owner may read it. */
export function writePlan(path: string, plan: Plan): Promise<void> {
  return writePlanFile(path, plan);
}

/** Errors: `PlanFileError` for anything that is not an intact plan of this format, changed ones among them. */
export function readPlan(path: string): Promise<Plan> {
  return readPlanFile(path, sha256);
}
