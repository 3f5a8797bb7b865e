/** What became of an applied plan: what went well is a number, what did not is told, and what is left to do. */

import type { Outcome } from '../../model/outcome.ts';
import {
  alertsOf,
  applyLastLines,
  approvedBy,
  failedTestGroups,
  givenUp,
  NO_ALERT,
  notBegun,
  type Settled,
  type SkippedResource,
  settledSteps,
  skippedGroups,
  stillHandedOff,
  troubleGroups,
  troubleTexts,
} from '../apply-groups.ts';
import { type ApplyReport, isComplete } from '../apply-report.ts';
import { groupBy } from '../group.ts';
import { printable } from '../printable.ts';
import { count, thousands } from '../text.ts';
import { resultsText } from '../value-text.ts';
import { alertLines } from './alerts-markdown.ts';
import { leftOut, section } from './blocks.ts';
import { prose } from './escape.ts';
import { fitReport } from './fit-report.ts';
import { head } from './head.ts';
import type { MarkdownStyle } from './markdown-style.ts';
import { deferredPiece, findingsPiece, handoffPiece, heldPiece } from './plan-left-markdown.ts';
import { BUDGET, fixed, NOTHING, type Piece, several, stacked } from './room.ts';
import { capital, joined, namesOf, sentence, subject } from './words.ts';

const EVERYTHING = 'The report in JSON (`--format json`) holds everything.';

export function applyMarkdown(document: ApplyReport, style: MarkdownStyle = {}): string {
  const report = printable(document);
  const { plan } = report;
  const settled = settledSteps(report);
  const { trouble, remarks, sum, after } = applyLastLines(report, settled);
  const open = { ...plan, handoffs: stillHandedOff(report, settled) };
  const pieces = [
    head(verdictText(report, trouble), [...trouble, ...remarks, sum, ...after], plan),
    troublePiece('Failed', 'failed', settled, 5),
    failedTestsPiece(report, settled),
    troublePiece('Unknown', 'unknown', settled, 3),
    skippedPiece(settled),
    notBegunPiece(report, settled),
    troublePiece('Handed off during this run', 'handed-off', givenUp(report, settled), 4),
    handoffPiece(open),
    findingsPiece(plan, style),
    heldPiece(plan, approvedBy(settled)),
    deferredPiece(plan),
    appliedPiece(settled),
  ];
  return fitReport(pieces, { budget: style.budget ?? BUDGET, everything: EVERYTHING });
}

function verdictText(report: ApplyReport, trouble: readonly string[]): string {
  const { added, changed, destroyed, approved, tested, failed, skipped, unknown } = report.counts;
  const complete = isComplete(report);
  const done = `${added} added, ${changed} changed, ${destroyed} destroyed, ${approved} approved, ${tested} tested`;
  const open = complete ? '' : `; ${failed} failed, ${skipped} skipped, ${unknown} unknown`;
  return joined(
    [complete ? 'applied.' : '**applied in part.**', `${capital(done)}${open}.`, ...trouble],
    ' ',
  );
}

function troublePiece(
  title: string,
  kind: Outcome['kind'],
  settled: readonly Settled[],
  weight: number,
): Piece {
  const list = several(troubleGroups(kind, settled), troubleEntry, { more: leftOut(kind.replace('-', ' ')) });
  return section(title, list, weight);
}

function troubleEntry(group: readonly Settled[]): Piece {
  const [first] = group;
  if (first === undefined) return NOTHING;
  const addresses = group.map(({ step }) => step.address);
  const texts = troubleTexts(first.outcome).map((text) => sentence(prose(text)));
  const title = `${subject(addresses, capital(first.step.verb))}: ${texts.join(' ')}`;
  return stacked([fixed(title), namesOf(addresses)]);
}

function failedTestsPiece(report: ApplyReport, settled: readonly Settled[]): Piece {
  const entry = (group: readonly Settled[]): Piece => failedTestEntry(group, report);
  const list = several(failedTestGroups(report, settled), entry, { more: leftOut('failed tests') });
  return section('Failed tests', list, 4);
}

function failedTestEntry(group: readonly Settled[], report: ApplyReport): Piece {
  const [first] = group;
  if (first === undefined) return NOTHING;
  const addresses = group.map(({ step }) => step.address);
  const alerts = alertLines(alertsOf(report, first));
  const silent = report.alerts === undefined ? '' : NO_ALERT;
  const { results, hint } = first.outcome;
  return stacked([
    fixed(`${subject(addresses)}: ${prose(resultsText(results ?? {}))}`),
    namesOf(addresses),
    fixed(alerts === '' ? silent : alerts),
    hint === null ? NOTHING : fixed(sentence(prose(hint))),
  ]);
}

function skippedPiece(settled: readonly Settled[]): Piece {
  const groups = skippedGroups(settled);
  return section('Skipped', several(groups, skippedEntry, { more: leftOut('skipped') }), 2);
}

function skippedEntry(group: readonly SkippedResource[]): Piece {
  const [first] = group;
  if (first === undefined) return NOTHING;
  const addresses = group.map(({ address }) => address);
  const title = `${subject(addresses, capital(first.verbs))}: ${sentence(prose(first.behind))}`;
  return stacked([fixed(title), namesOf(addresses)]);
}

function notBegunPiece(report: ApplyReport, settled: readonly Settled[]): Piece {
  const left = notBegun(report, settled).length;
  if (left === 0) return NOTHING;
  const of = thousands(report.plan.steps.length);
  const text = `${thousands(left)} of ${of} steps. The same command goes on where this run stopped.`;
  return section('Not begun', fixed(text));
}

/** Steps by verb; those that the environment had already are counted apart. */
function appliedPiece(settled: readonly Settled[]): Piece {
  const applied = settled.filter(({ outcome }) => outcome.kind === 'applied');
  const lines = groupBy(applied, ({ step }) => step.verb).map((group) => {
    const already = group.filter(({ outcome }) => outcome.already).length;
    const note = already === 0 ? '' : ` (${thousands(already)} already so)`;
    return `- ${group[0]?.step.verb ?? ''}: ${count(group.length, 'step')}${note}`;
  });
  return section('Applied', fixed(lines.join('\n')));
}
