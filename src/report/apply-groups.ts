/**
 * What became of the steps of an applied plan, with what is equal put together, and what it means in words. The same
 * in every format; knows no layout.
 */

import type { Outcome } from '../model/outcome.ts';
import type { Plan, PlanStep } from '../model/plan.generated.ts';
import { canonical, compareText } from '../model/value.ts';
import { alertKey } from './alert-text.ts';
import { type ApplyReport, isComplete, type ReportedAlert } from './apply-report.ts';
import { groupBy } from './group.ts';
import { applyLine, leftLine, waitingLine, waitingLines } from './last-lines.ts';
import { words } from './value-text.ts';

const REASONS: Readonly<Record<string, string>> = {
  'silent-refusal':
    'The service answered success and changed nothing: the account may lack the right to do this.',
  'test-timeout':
    'The test did not end within the time limit. The same command waits for it; it is not requested again.',
};
const UNKNOWN =
  'No answer came, so it may or may not have happened. The same command reads first and goes on.';

export interface Settled {
  readonly step: PlanStep;
  readonly outcome: Outcome;
}

export type SettledGroups = readonly (readonly Settled[])[];

/** Steps with their outcome, in the order of the plan. */
export function settledSteps({ plan, outcomes }: ApplyReport): readonly Settled[] {
  const byStep = new Map(outcomes.map((outcome) => [outcome.step, outcome]));
  return plan.steps.flatMap((step) => {
    const outcome = byStep.get(step.id);
    return outcome === undefined ? [] : [{ step, outcome }];
  });
}

/** Steps that ended so, equal ones of many resources together. */
export function troubleGroups(kind: Outcome['kind'], settled: readonly Settled[]): SettledGroups {
  const found = settled.filter(({ outcome }) => outcome.kind === kind);
  return groupBy(found, ({ step, outcome }) => canonical([step.verb, ...troubleTexts(outcome)]));
}

/** Approvals that the run gave up for a person to give; those that the plan handed off are told by the plan. */
export function givenUp({ plan }: ApplyReport, settled: readonly Settled[]): readonly Settled[] {
  const planned = new Set(plan.handoffs.map(({ step }) => step));
  return settled.filter(({ step }) => !planned.has(step.id));
}

export function troubleTexts({ kind, reason, message, hint }: Outcome): readonly string[] {
  const known = reason === null ? undefined : REASONS[reason];
  const meaning = known ?? (kind === 'unknown' && !isStop(reason) ? UNKNOWN : null);
  const code = reason === null ? null : words(reason);
  // What a code means stands in for what the outcome itself does not say, never beside it.
  const texts = message === null ? [meaning ?? code, hint] : [message, hint ?? meaning];
  return texts.filter((text) => text !== null);
}

/** The run itself stopped awaiting; no answer is lost, and the outcome says what is known. */
function isStop(reason: Outcome['reason']): boolean {
  return reason === 'interrupted' || reason === 'time-out';
}

export interface SkippedResource {
  readonly address: string;
  readonly verbs: string;
  readonly behind: string;
  readonly steps: number;
}

/** Skipped steps, those of one resource together, by what they are behind. */
export function skippedGroups(settled: readonly Settled[]): readonly (readonly SkippedResource[])[] {
  const byId = new Map(settled.map((one) => [one.step.id, one]));
  const skipped = settled.filter(({ outcome }) => outcome.kind === 'skipped');
  const resources = groupBy(skipped, ({ step }) => step.address).map((steps) => skippedOf(steps, byId));
  return groupBy(resources, ({ verbs, behind }) => canonical([verbs, behind]));
}

function skippedOf(steps: readonly Settled[], byId: ReadonlyMap<string, Settled>): SkippedResource {
  const behind = new Set(steps.map((one) => behindText(one, byId)));
  return {
    address: steps[0]?.step.address ?? '',
    verbs: steps.map(({ step }) => step.verb).join(', '),
    behind: [...behind].join('; '),
    steps: steps.length,
  };
}

/** A step behind one of the same resource says the verb only, so that many such mailboxes are one entry. */
function behindText({ step, outcome }: Settled, byId: ReadonlyMap<string, Settled>): string {
  const texts = rootsOf(step, byId).map(({ step: root, outcome: { kind } }) => {
    const name = root.address === step.address ? `its own ${root.verb}` : root.id;
    return `${name} (${kind})`;
  });
  if (texts.length === 0) return outcome.message ?? words(outcome.reason ?? 'behind another step');
  return `behind ${[...new Set(texts)].sort(compareText).join(' and ')}`;
}

function rootsOf(
  step: PlanStep,
  byId: ReadonlyMap<string, Settled>,
  seen = new Set<string>(),
): readonly Settled[] {
  return step.after.flatMap((id) => {
    const before = byId.get(id);
    if (before === undefined || seen.has(id)) return [];
    seen.add(id);
    const { kind } = before.outcome;
    if (kind === 'skipped') return rootsOf(before.step, byId, seen);
    return kind === 'applied' ? [] : [before];
  });
}

/** Hand-offs that this run did not carry out itself. */
export function stillHandedOff({ plan }: ApplyReport, settled: readonly Settled[]): Plan['handoffs'] {
  const done = new Set(
    settled.filter(({ outcome }) => outcome.kind !== 'handed-off').map(({ step }) => step.id),
  );
  return plan.handoffs.filter(({ step, what }) => what === 'sign-in' || !done.has(step));
}

export function approvedBy(settled: readonly Settled[]): readonly string[] {
  const approved = settled.filter(
    ({ step, outcome }) => step.verb === 'approve' && outcome.kind === 'applied',
  );
  return approved.map(({ step }) => step.address);
}

function isFailedTest({ outcome }: Settled): boolean {
  return outcome.kind === 'applied' && Object.values(outcome.results ?? {}).includes('failure');
}

export const NO_ALERT = 'No alert says why; the environment may not write error alerts.';

export function alertsOf({ alerts }: ApplyReport, { step }: Settled): readonly ReportedAlert[] {
  return alerts?.[step.address] ?? [];
}

/** Tests that failed the same way and for the same reason. */
export function failedTestGroups(report: ApplyReport, settled: readonly Settled[]): SettledGroups {
  return groupBy(settled.filter(isFailedTest), (test) =>
    canonical([test.outcome.results, test.outcome.hint, alertsOf(report, test).map(alertKey)]),
  );
}

/** What was not begun; empty where all was. */
export function notBegun({ plan }: ApplyReport, settled: readonly Settled[]): readonly PlanStep[] {
  const done = new Set(settled.map(({ step }) => step.id));
  return plan.steps.filter(({ id }) => !done.has(id));
}

export interface ApplyLastLines {
  readonly trouble: readonly string[];
  readonly remarks: readonly string[];
  /** Frozen. */
  readonly sum: string;
  readonly after: readonly string[];
}

export function applyLastLines(report: ApplyReport, settled: readonly Settled[]): ApplyLastLines {
  const { plan, counts } = report;
  const failedTests = settled.filter(isFailedTest).length;
  const left = plan.findings.length;
  const applied = settled.filter(({ outcome }) => outcome.kind === 'applied');
  const already = applied.filter(({ outcome }) => outcome.already).length;
  const rejected = applied.filter(({ step }) => step.verb === 'reject').length;
  return {
    trouble: [
      ...(failedTests === 0 ? [] : [`Failed tests: ${failedTests} of ${counts.tested}.`]),
      ...(left === 0 ? [] : [`Items missing or ambiguous: ${left}.`]),
    ],
    remarks: [
      ...(already === 0 ? [] : [`Already so, and not written: ${already} of ${applied.length} steps.`]),
      ...(rejected === 0 ? [] : [`Rejected: ${rejected}.`]),
    ],
    sum: applyLine(counts, isComplete(report)),
    after: [
      ...leftLine(plan),
      ...waitingLine(counts.handed_off),
      ...waitingLines(plan.handoffs.filter(({ what }) => what === 'sign-in')),
    ],
  };
}
