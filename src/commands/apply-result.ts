/** The document of an applied plan: outcomes, counts and alerts; and the exit code that it means. */

import type { ApplyResult } from '../apply/apply.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Plan, PlanStep } from '../model/plan.generated.ts';
import type { ApplyCounts, ApplyReport, ReportedAlert } from '../report/apply-report.ts';
import { EXIT, type ExitCode, strongest } from './exit-codes.ts';
import { isBlind } from './world.ts';

export interface ApplyDocument extends ApplyReport {
  readonly format_version: '1.0';
  readonly stopped: ApplyResult['stopped'];
}

export function applyDocument(
  plan: Plan,
  { outcomes, stopped }: ApplyResult,
  alerts: Readonly<Record<string, readonly ReportedAlert[]>>,
): ApplyDocument {
  return { format_version: '1.0', plan, outcomes, counts: countOutcomes(plan, outcomes), alerts, stopped };
}

const CHANGES: ReadonlySet<PlanStep['verb']> = new Set([
  'edit',
  'readdress',
  'approval-policy',
  'activate',
  'deactivate',
]);

/** Resources count once, whatever the number of their steps; `tested` are tests that finished. */
export function countOutcomes(plan: Plan, outcomes: readonly Outcome[]): ApplyCounts {
  const steps = new Map(plan.steps.map((step) => [step.id, step]));
  const applied = outcomes
    .filter(({ kind }) => kind === 'applied')
    .flatMap(({ step }) => steps.get(step) ?? []);
  const addresses = (has: (verb: PlanStep['verb']) => boolean): Set<string> =>
    new Set(applied.filter(({ verb }) => has(verb)).map(({ address }) => address));
  const added = addresses((verb) => verb === 'create');
  const changed = [...addresses((verb) => CHANGES.has(verb))].filter((address) => !added.has(address));
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

export function exitCodeOfApply(
  { plan, outcomes, counts, stopped }: ApplyDocument,
  handOffsFail: boolean,
): ExitCode {
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
