/** A drift report as a page: class by class, what is as it should not be, since when, and where the YAML says otherwise. */

import type { Drift, DriftFinding } from '../../model/drift.generated.ts';
import { linked } from '../code-link.ts';
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
import { limited } from '../group.ts';
import { nameLines, shortName, subject } from '../names.ts';
import { notSeenSection } from '../not-seen-text.ts';
import { printable } from '../printable.ts';
import { sourcesText } from '../reason-text.ts';
import type { Style } from '../style.ts';
import { textDiff } from '../text-diff.ts';
import { valueText } from '../value-text.ts';
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
import { headLines } from './plan-text.ts';

export function driftText(document: Drift, style: Style): string {
  const drift = withNewNames(printable(document));
  const sections: readonly Section[] = [
    { write: (fitted) => headLines('Drift in', drift, fitted) },
    ...DRIFT_CLASSES.map((name) => ({ write: (fitted: Style) => classSection(name, drift, fitted) })),
    { write: (fitted) => notSeenSection(drift.not_seen, fitted) },
    { write: (fitted) => searched([fitted.colors.bold(driftLine(drift))], fitted) },
  ];
  return fittingPage(sections, style);
}

function classSection(name: DriftClass, { findings }: Drift, style: Style): Lines {
  const groups = driftGroups(findings.filter((finding) => finding.class === name));
  const { shown, rest } = limited(groups, style);
  const lines = shown.flatMap((group) => groupLines(group, style));
  return section(titleText(name, style), [...lines, ...more(rest.flat().length, name, style)], style);
}

/** The name of the class is a link where links are followed; what it means stands behind it. */
function titleText(name: DriftClass, style: Style): string {
  return DRIFT_TITLES[name].replace(/^\w+/u, (word) => linked(`drift-${name}`, style, word));
}

function groupLines(group: DriftGroup, style: Style): Lines {
  const [first] = group;
  if (first === undefined) return [];
  const { colors } = style;
  const addresses = addressesOf(group);
  const fields = fieldsOf(group);
  const isOne = fields.length === 1;
  const what = [colors.bold(subject(addresses)), isOne ? differenceText(first, style) : '']
    .filter((text) => text !== '')
    .join('  ');
  return [
    ...entry(leadText(first, style), what, style),
    ...fields.flatMap((finding) => [
      ...(isOne ? [] : detail(differenceText(finding, style), style)),
      ...longLines(finding, style),
    ]),
    ...(addresses.length > 1 ? nameLines(addresses.map(shortName), DETAIL, style) : []),
    ...(first.message === null ? [] : detail(first.message, style)),
    ...circumstances(group).flatMap((text) => detail(colors.dim(text), style)),
  ];
}

function leadText({ severity, subclass }: DriftFinding, style: Style): string {
  const { colors } = style;
  const colour = severity === 'high' ? colors.red : severity === 'medium' ? colors.yellow : colors.dim;
  return subclass === null
    ? colour(severity)
    : `${colour(severity)} ${linked(`drift-${subclass}`, style, subclass)}`;
}

function differenceText(finding: DriftFinding, { colors }: Style): string {
  const { field, desired, actual } = finding;
  if (!isTold(finding)) return '';
  if (field === 'absent') return `${colors.red('is there')}, should be ${colors.green('deleted')}`;
  if (isLongDifference(finding)) return `${field}  should be (+), is (-)`;
  const name = fieldName(field ?? '');
  return `${name}  is ${colors.red(valueText(actual))}, should be ${colors.green(valueText(desired))}`;
}

function longLines(finding: DriftFinding, style: Style): Lines {
  if (!isTold(finding) || !isLongDifference(finding)) return [];
  return textDiff(finding.actual, finding.desired, DETAIL, style);
}

/** Since when, by whom, where it is declared, and whether the last report had it. */
function circumstances(group: DriftGroup): readonly string[] {
  const news = group[0]?.is_new === true ? 'not in the previous report' : '';
  const texts = [news, sinceText(group), sourcesText(group.flatMap(({ source }) => source ?? []))];
  return texts.filter((text) => text !== '');
}
