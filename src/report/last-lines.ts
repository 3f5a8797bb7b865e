/**
 * The last lines of plan and apply, which scripts search: numbers never inflect words and zeros are printed.
 * A change of any text here breaks somebody's pipeline.
 */

import type { Plan } from '../model/plan.generated.ts';
import type { ApplyCounts } from './apply-report.ts';
import { countFrozen } from './names.ts';

export function planLine(plan: Plan): string {
  const { add, change, destroy, approve, test } = plan.summary;
  if (plan.steps.length === 0) return noChangesLine(plan);
  return `Plan: ${add} to add, ${change} to change, ${destroy} to destroy. Actions: ${approve} approvals, ${test} tests.`;
}

/** "Matches" is only said of what was compared in full. */
function noChangesLine({ held_back, deferred, findings, not_seen, diagnostics }: Plan): string {
  const left: string[] = [];
  if (held_back.length > 0) left.push(`${countFrozen(distinct(held_back))} held back`);
  if (deferred.length > 0) left.push(`${countFrozen(distinct(deferred))} deferred`);
  if (findings.length > 0) left.push(`${findings.length} items missing or ambiguous`);
  if (left.length > 0) return `No changes. ${left.join(', ')}.`;
  const unseen = not_seen.length > 0 || diagnostics.some(({ code }) => code === 'read-incomplete');
  return `No changes. The environment matches the configuration${unseen ? ', as far as it can be seen' : ''}.`;
}

function distinct(items: readonly { readonly address: string }[]): readonly string[] {
  return [...new Set(items.map(({ address }) => address))];
}

/** What people have to approve; nothing where they need not. */
export function waitingLine(approvals: number): readonly string[] {
  return approvals === 0 ? [] : [`Waiting for a person: ${approvals} approvals.`];
}

/** Approvals, and the sign-ins that only the user of a mailbox can make. */
export function waitingLines(handoffs: Plan['handoffs']): readonly string[] {
  const signIns = handoffs.filter(({ what }) => what === 'sign-in').length;
  const line = signIns === 0 ? [] : [`Waiting for a person: ${signIns} sign-ins.`];
  return [...waitingLine(handoffs.length - signIns), ...line];
}

/** What the next run has left to do, since a run requests so many tests and no more. */
export function leftLine({ steps, deferred }: Plan): readonly string[] {
  return steps.length === 0 || deferred.length === 0
    ? []
    : [`Left for the next run: ${countFrozen(distinct(deferred))}.`];
}

export function applyLine(counts: ApplyCounts, complete: boolean): string {
  const { added, changed, destroyed, approved, tested, failed, skipped, unknown } = counts;
  const done = `Resources: ${added} added, ${changed} changed, ${destroyed} destroyed. Actions: ${approved} approved, ${tested} tested.`;
  if (complete) return `Apply complete! ${done}`;
  return `Apply incomplete. ${done} ${failed} failed, ${skipped} skipped, ${unknown} unknown.`;
}
