/**
 * A drift report for whoever looks after the environment, as the body of an issue: the verdict, then what differs, what
 * the last report did not have first, each with a command that takes it back and YAML that takes it over.
 */

import type { Drift, DriftFinding } from '../../model/drift.generated.ts';
import {
  addressesOf,
  DRIFT_CLASSES,
  DRIFT_TITLES,
  type DriftClass,
  type DriftGroup,
  driftGroups,
  driftLine,
  fieldName,
  fieldsOf,
  isLongDifference,
  isTold,
  sinceText,
  withNewNames,
} from '../drift-groups.ts';
import { printable } from '../printable.ts';
import { leftOut, section } from './blocks.ts';
import { command } from './commands.ts';
import { remedyPiece } from './drift-remedies.ts';
import { code, prose } from './escape.ts';
import { fitReport } from './fit-report.ts';
import { head } from './head.ts';
import type { MarkdownStyle } from './markdown-style.ts';
import { notSeenPiece } from './plan-left-markdown.ts';
import { BUDGET, fixed, NOTHING, type Piece, several, stacked } from './room.ts';
import { capital, diffFence, joined, namesOf, places, sentence, subject, value } from './words.ts';

export function driftMarkdown(document: Drift, style: MarkdownStyle = {}): string {
  const drift = withNewNames(printable(document));
  const everything = `${code(`${command('drift', drift.environment.name, style)} --verbose`)} lists everything.`;
  const fresh = drift.findings.filter(({ is_new }) => is_new);
  const known = drift.findings.filter(({ is_new }) => !is_new);
  // Without an earlier report, or where all of it is new, there is nothing to set apart.
  const parts: readonly Part[] =
    fresh.length > 0 && known.length > 0
      ? [
          { findings: fresh, title: (of) => `${of}: not in the previous report` },
          { findings: known, title: (of) => `${of}: known before` },
        ]
      : [{ findings: drift.findings, title: (of) => of }];
  const pieces = [
    head(verdictText(drift, fresh.length), [driftLine(drift)], drift),
    ...parts.flatMap((part) => classPieces(part, drift, style)),
    notSeenPiece(drift.not_seen),
  ];
  return fitReport(pieces, { budget: style.budget ?? BUDGET, everything });
}

interface Part {
  readonly findings: readonly DriftFinding[];
  readonly title: (ofClass: string) => string;
}

function verdictText({ findings, summary, clean, not_seen }: Drift, fresh: number): string {
  if (findings.length === 0) return `no drift${not_seen.length > 0 ? ', as far as it can be seen' : ''}.`;
  const counts = DRIFT_CLASSES.flatMap((name) => (summary[name] === 0 ? [] : [`${summary[name]} ${name}`]));
  const worst = findings.filter(({ severity }) => severity === 'high').length;
  const parts = [
    sentence(counts.join(', ')),
    worst === 0 ? '' : `Severity high: ${worst}.`,
    fresh === 0 ? '' : `**Not in the previous report: ${fresh}.**`,
    clean ? 'None of it is of a class that counts.' : '',
  ];
  return joined(parts, ' ');
}

const WEIGHTS: Readonly<Record<DriftClass, number>> = {
  configuration: 4,
  approval: 4,
  health: 3,
  missing: 3,
  new: 1,
  unmanaged: 1,
};

function classPieces({ findings, title }: Part, drift: Drift, style: MarkdownStyle): readonly Piece[] {
  return DRIFT_CLASSES.map((name) => {
    const groups = driftGroups(findings.filter((finding) => finding.class === name));
    const list = several(groups, (group) => groupPiece(group, drift, style), { more: leftOut(name) });
    return section(title(DRIFT_TITLES[name]), list, WEIGHTS[name]);
  });
}

function groupPiece(group: DriftGroup, drift: Drift, style: MarkdownStyle): Piece {
  const [first] = group;
  if (first === undefined) return NOTHING;
  const addresses = addressesOf(group);
  const fields = fieldsOf(group);
  const isOne = fields.length === 1;
  const marks = joined([first.is_new ? '**new**' : '', first.severity, first.subclass ?? ''], ', ');
  const title = joined([subject(addresses), isOne ? differenceText(first) : '', `(${marks})`], ' ');
  const where = places(
    group.flatMap(({ source }) => source ?? []),
    style,
  );
  const since = capital(joined([prose(sinceText(group)), where === '' ? '' : `declared: ${where}`], '; '));
  return stacked([
    fixed(title),
    isOne ? longPiece(first) : fieldsPiece(fields),
    namesOf(addresses),
    first.message === null ? NOTHING : fixed(sentence(prose(first.message))),
    since === '' ? NOTHING : fixed(sentence(since)),
    remedyPiece(group, drift, style),
  ]);
}

function differenceText(finding: DriftFinding): string {
  const { field, desired, actual } = finding;
  if (!isTold(finding) || field === null) return '';
  if (field === 'absent') return 'is there, and should be deleted';
  const name = code(fieldName(field));
  if (isLongDifference(finding)) return `${name} is (-), and should be (+)`;
  return `${name} is ${value(actual)}, and should be ${value(desired)}`;
}

/** Of several fields each on a line, the long texts below. */
function fieldsPiece(fields: readonly DriftFinding[]): Piece {
  const list = fields.map((finding) => `- ${differenceText(finding)}`).join('\n');
  return stacked([fixed(list), ...fields.map(longPiece)]);
}

function longPiece(finding: DriftFinding): Piece {
  if (!isTold(finding) || !isLongDifference(finding)) return NOTHING;
  return fixed(diffFence(finding.actual, finding.desired));
}
