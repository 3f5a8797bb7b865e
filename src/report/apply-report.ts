/** What a report of an applied plan is made from. */

import type { Address } from '../model/address.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Plan } from '../model/plan.generated.ts';
import type { Alert } from '../model/snapshot.ts';

/** Keys as in JSON. `tested`: tests that finished, whatever the result. */
export interface ApplyCounts {
  readonly added: number;
  readonly changed: number;
  readonly destroyed: number;
  readonly approved: number;
  readonly tested: number;
  readonly failed: number;
  readonly skipped: number;
  readonly unknown: number;
  readonly handed_off: number;
}

export interface ReportedAlert extends Alert {
  /** What the code means and what to do. */
  readonly hint?: string | null;
  /** Why it comes. */
  readonly cause?: string | null;
  /** What the service does by itself: it tries again, or it has turned the direction off. */
  readonly effect?: 'retried' | 'disabled' | null;
  /** Address of Microsoft's article. */
  readonly article?: string | null;
}

export interface ApplyReport {
  /** What was to be carried out: with `--only approvals`, its steps are the approvals alone. */
  readonly plan: Plan;
  /** When its steps began to be carried out; `as_of` is the plan's. */
  readonly applied_at?: string;
  /** A step without an outcome was not begun. */
  readonly outcomes: readonly Outcome[];
  readonly counts: ApplyCounts;
  /** Alerts newer than the tests, by mailbox; absent where none were read. */
  readonly alerts?: Readonly<Record<Address, readonly ReportedAlert[]>>;
}

/** Everything is as the plan wanted, or in the hands of the person that the plan named. */
export function isComplete({ plan, outcomes, counts }: ApplyReport): boolean {
  const { failed, skipped, unknown } = counts;
  return (
    failed + skipped + unknown === 0 && plan.findings.length === 0 && outcomes.length >= plan.steps.length
  );
}
