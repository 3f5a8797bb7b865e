/** What a report of an applied plan is made from. */

import type { Apply, ApplyAlert } from '../model/apply.generated.ts';

export type { ApplyCounts } from '../model/apply.generated.ts';
export type ReportedAlert = ApplyAlert;

/** `alerts` are absent where none were read; a step of the plan without an outcome was not begun. */
export type ApplyReport = Pick<Apply, 'plan' | 'outcomes' | 'counts'> &
  Partial<Pick<Apply, 'alerts' | 'applied_at'>>;

/** Everything is as the plan wanted, or in the hands of the person that the plan named. */
export function isComplete({ plan, outcomes, counts }: ApplyReport): boolean {
  const { failed, skipped, unknown } = counts;
  return (
    failed + skipped + unknown === 0 && plan.findings.length === 0 && outcomes.length >= plan.steps.length
  );
}
