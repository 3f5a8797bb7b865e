/** What became of an applied plan: what went well is a number, what did not is told in full, the sum is last. */

import type { TestResults } from '../../model/value.ts';
import { alertLines } from '../alert-text.ts';
import {
  alertsOf,
  applyLastLines,
  approvedBy,
  failedTestGroups,
  NO_ALERT,
  notBegun,
  type Settled,
  settledSteps,
  stillHandedOff,
} from '../apply-groups.ts';
import { type ApplyReport, isComplete } from '../apply-report.ts';
import { groupBy, limited } from '../group.ts';
import { nameLines, shortName, subject } from '../names.ts';
import { printable } from '../printable.ts';
import { type Style, signs } from '../style.ts';
import { thousands } from '../text.ts';
import { resultsText } from '../value-text.ts';
import { failedSection, givenUpSection, skippedSection, unknownSection } from './apply-failures.ts';
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

function failedTestsSection(report: ApplyReport, settled: readonly Settled[], style: Style): Lines {
  const { shown, rest } = limited(failedTestGroups(report, settled), style);
  const lines = shown.flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const told = alertLines(alertsOf(report, first), style);
    const silent = report.alerts === undefined ? [] : detail(NO_ALERT, style);
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

function notBegunSection(report: ApplyReport, settled: readonly Settled[], style: Style): Lines {
  const left = notBegun(report, settled).length;
  if (left === 0) return [];
  const text = `${thousands(left)} of ${thousands(report.plan.steps.length)} steps. The same command goes on where this run stopped.`;
  return section('Not begun', detail(text, style), style);
}

function lastLines(report: ApplyReport, settled: readonly Settled[], style: Style): Lines {
  const { colors } = style;
  const colour = isComplete(report) ? colors.green : colors.red;
  const { trouble, remarks, sum, after } = applyLastLines(report, settled);
  return searched([...trouble.map(colors.red), ...remarks, colors.bold(colour(sum)), ...after], style);
}
