/** What became of an applied plan: what went well is a number, what did not is told in full, the sum is last. */

import type { Plan } from '../model/plan.generated.ts';
import type { TestResults } from '../model/value.ts';
import { canonical } from '../model/value.ts';
import { alertKey, alertLines } from './alert-text.ts';
import {
  failedSection,
  givenUpSection,
  type Settled,
  settledSteps,
  skippedSection,
  unknownSection,
} from './apply-failures.ts';
import { type ApplyReport, isComplete } from './apply-report.ts';
import { groupBy, limited } from './group.ts';
import { applyLine, leftLine, waitingLine, waitingLines } from './last-lines.ts';
import { nameLines, shortName, subject } from './names.ts';
import {
  DETAIL,
  detail,
  entry,
  fittingPage,
  type Lines,
  more,
  type Section,
  searched,
  section,
} from './page.ts';
import { deferredSection, findingsSection, handoffSection, heldBackSection } from './plan-left.ts';
import { headLines } from './plan-text.ts';
import { printable } from './printable.ts';
import { type Style, signs } from './style.ts';
import { thousands } from './text.ts';
import { resultsText } from './value-text.ts';

export function applyText(document: ApplyReport, style: Style): string {
  const report = printable(document);
  const { plan, applied_at } = report;
  const settled = settledSteps(report);
  const last: Section = { write: (fitted) => lastLines(report, settled, fitted) };
  // The plan, which is shown before, has said all there is.
  if (plan.steps.length === 0) return fittingPage([last], style);
  const open = { ...plan, handoffs: stillHandedOff(report, settled) };
  const sections: readonly Section[] = [
    { write: (fitted) => headLines('Applied to', { ...plan, applied_at }, fitted) },
    { write: (fitted) => appliedSection(settled, fitted) },
    { write: (fitted) => failedSection(settled, fitted), weight: 3 },
    { write: (fitted) => failedTestsSection(report, settled, fitted), weight: 2 },
    { write: (fitted) => skippedSection(settled, fitted) },
    { write: (fitted) => unknownSection(settled, fitted), weight: 2 },
    { write: (fitted) => notBegunSection(report, settled, fitted) },
    { write: (fitted) => givenUpSection(report, settled, fitted), weight: 2 },
    { write: (fitted) => handoffSection(open, fitted), weight: 2 },
    { write: (fitted) => heldBackSection(plan, fitted, approvedBy(settled)) },
    { write: (fitted) => deferredSection(plan, fitted) },
    { write: (fitted) => findingsSection(plan, fitted) },
    last,
  ];
  return fittingPage(sections, style);
}

/** Hand-offs that this run did not carry out itself. */
function stillHandedOff({ plan }: ApplyReport, settled: readonly Settled[]): Plan['handoffs'] {
  const done = new Set(
    settled.filter(({ outcome }) => outcome.kind !== 'handed-off').map(({ step }) => step.id),
  );
  return plan.handoffs.filter(({ step, what }) => what === 'sign-in' || !done.has(step));
}

function approvedBy(settled: readonly Settled[]): readonly string[] {
  const approved = settled.filter(
    ({ step, outcome }) => step.verb === 'approve' && outcome.kind === 'applied',
  );
  return approved.map(({ step }) => step.address);
}

/** Steps by verb; those that the environment had already are counted apart. */
function appliedSection(settled: readonly Settled[], style: Style): Lines {
  const applied = settled.filter(({ outcome }) => outcome.kind === 'applied');
  const lines = groupBy(applied, ({ step }) => step.verb).map((group) => {
    const already = group.filter(({ outcome }) => outcome.already).length;
    const note = already === 0 ? '' : style.colors.dim(` (${thousands(already)} already so)`);
    return `  ${style.colors.green(signs(style).good)} ${group[0]?.step.verb ?? ''} ${thousands(group.length)}${note}`;
  });
  return section('Applied', lines, style);
}

function isFailedTest({ outcome }: Settled): boolean {
  return outcome.kind === 'applied' && Object.values(outcome.results ?? {}).includes('failure');
}

function failedTestsSection({ alerts }: ApplyReport, settled: readonly Settled[], style: Style): Lines {
  const failed = settled.filter(isFailedTest);
  const alertsOf = ({ step }: Settled) => alerts?.[step.address] ?? [];
  const groups = groupBy(failed, (test) =>
    canonical([test.outcome.results, test.outcome.hint, alertsOf(test).map(alertKey)]),
  );
  const { shown, rest } = limited(groups, style);
  const lines = shown.flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const told = alertLines(alertsOf(first), style);
    const silent =
      alerts === undefined
        ? []
        : detail('No alert says why; the environment may not write error alerts.', style);
    return [
      ...failedTestHead(first.outcome.results ?? {}, group, style),
      ...(told.length > 0 ? told : silent),
      ...(first.outcome.hint === null ? [] : detail(first.outcome.hint, style)),
    ];
  });
  return section('Failed tests', [...lines, ...more(rest.flat().length, 'failed tests', style)], style);
}

function failedTestHead(results: TestResults, group: readonly Settled[], style: Style): Lines {
  const { colors } = style;
  const addresses = group.map(({ step }) => step.address);
  return [
    ...entry(
      colors.red(signs(style).bad),
      `${colors.bold(subject(addresses))}  ${resultsText(results)}`,
      style,
    ),
    ...(group.length > 1 ? nameLines(addresses.map(shortName), DETAIL, style) : []),
  ];
}

function notBegunSection({ plan }: ApplyReport, settled: readonly Settled[], style: Style): Lines {
  const done = new Set(settled.map(({ step }) => step.id));
  const left = plan.steps.filter(({ id }) => !done.has(id));
  if (left.length === 0) return [];
  const text = `${thousands(left.length)} of ${thousands(plan.steps.length)} steps. The same command goes on where this run stopped.`;
  return section('Not begun', detail(text, style), style);
}

function lastLines(report: ApplyReport, settled: readonly Settled[], style: Style): Lines {
  const { colors } = style;
  const complete = isComplete(report);
  const colour = complete ? colors.green : colors.red;
  const failedTests = settled.filter(isFailedTest).length;
  const left = report.plan.findings.length;
  const applied = settled.filter(({ outcome }) => outcome.kind === 'applied');
  const already = applied.filter(({ outcome }) => outcome.already).length;
  const rejected = applied.filter(({ step }) => step.verb === 'reject').length;
  const lines = [
    ...(failedTests === 0 ? [] : [colors.red(`Failed tests: ${failedTests} of ${report.counts.tested}.`)]),
    ...(left === 0 ? [] : [colors.red(`Items missing or ambiguous: ${left}.`)]),
    ...(already === 0 ? [] : [`Already so, and not written: ${already} of ${applied.length} steps.`]),
    ...(rejected === 0 ? [] : [`Rejected: ${rejected}.`]),
    colors.bold(colour(applyLine(report.counts, complete))),
    ...leftLine(report.plan),
    ...waitingLine(report.counts.handed_off),
    ...waitingLines(report.plan.handoffs.filter(({ what }) => what === 'sign-in')),
  ];
  return searched(lines, style);
}
