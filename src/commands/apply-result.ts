/** The document of an applied plan: outcomes, counts and alerts; and the exit code that it means. */

import type { ApplyResult } from '../apply/apply.ts';
import type { Apply } from '../model/apply.generated.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Plan } from '../model/plan.generated.ts';
import { countOutcomes } from '../report/count-outcomes.ts';
import { EXIT, type ExitCode, strongest } from './exit-codes.ts';
import { isBlind } from './world.ts';

export function applyDocument(
  plan: Plan,
  { outcomes, stopped }: ApplyResult,
  alerts: Apply['alerts'],
  applied_at: string,
): Apply {
  const counts = countOutcomes(plan, outcomes);
  return { format_version: '1.0', plan, applied_at, outcomes, counts, alerts, stopped };
}

export function exitCodeOfApply({ plan, outcomes, counts, stopped }: Apply, handOffsFail: boolean): ExitCode {
  const codes: ExitCode[] = isBlind(plan.not_seen) ? [EXIT.permission] : [];
  if (stopped === 'interrupted') codes.push(EXIT.interrupted);
  const inPart = counts.failed + counts.skipped + counts.unknown + plan.findings.length > 0;
  if (inPart || stopped === 'time-out' || (handOffsFail && counts.handed_off > 0))
    codes.push(EXIT.incomplete);
  if (outcomes.some(hasFailedTest)) codes.push(EXIT.testFailed);
  return strongest(codes);
}

export function hasFailedTest({ kind, results }: Outcome): boolean {
  return kind === 'applied' && Object.values(results ?? {}).some((result) => result !== 'success');
}
