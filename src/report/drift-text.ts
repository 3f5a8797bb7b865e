/** A drift report as a page: class by class, what is as it should not be, since when, and where the YAML says otherwise. */

import type { Drift, DriftFinding } from '../model/drift.generated.ts';
import { canonical, compareText } from '../model/value.ts';
import { groupBy, limited } from './group.ts';
import { nameLines, shortName, subject } from './names.ts';
import { newNames, withNewName } from './new-names.ts';
import { notSeenSection } from './not-seen-text.ts';
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
import { printable } from './printable.ts';
import { sourcesText } from './reason-text.ts';
import type { Style } from './style.ts';
import { count } from './text.ts';
import { isLongText, textDiff } from './text-diff.ts';
import { timeText } from './time-text.ts';
import { valueText } from './value-text.ts';

type DriftClass = DriftFinding['class'];

/** Titles in the order of the page and of the last line. */
const TITLES: Readonly<Record<DriftClass, string>> = {
  configuration: 'Configuration',
  approval: 'Approval',
  health: 'Health',
  missing: 'Missing (declared, not there)',
  new: 'New (covered by a rule, never approved nor tested)',
  unmanaged: 'Unmanaged (there, covered by nothing)',
};
const CLASSES = Object.keys(TITLES) as readonly DriftClass[];
const SEVERITIES: readonly DriftFinding['severity'][] = ['high', 'medium', 'low'];
/** Different messages, or people, of one group that are told. */
const TOLD = 3;

export function driftText(document: Drift, style: Style): string {
  const drift = withNewNames(printable(document));
  const sections: readonly Section[] = [
    { write: (fitted) => headLines('Drift in', drift, fitted) },
    ...CLASSES.map((name) => ({ write: (fitted: Style) => classSection(name, drift, fitted) })),
    { write: (fitted) => notSeenSection(drift.not_seen, fitted) },
    { write: (fitted) => searched([fitted.colors.bold(driftLine(drift))], fitted) },
  ];
  return fittingPage(sections, style);
}

/** Where something is to refer to what is to be renamed. */
function withNewNames(drift: Drift): Drift {
  const names = newNames(
    drift.findings.map(({ address, field, actual, desired }) => ({
      address,
      field,
      from: actual,
      to: desired,
    })),
  );
  const findings = drift.findings.map((finding) => ({
    ...finding,
    desired: withNewName(finding.desired, names),
  }));
  return { ...drift, findings };
}

/** Frozen: scripts search it. */
export function driftLine({ findings, summary, not_seen }: Drift): string {
  if (findings.length > 0) return `Drift: ${CLASSES.map((name) => `${summary[name]} ${name}`).join(', ')}.`;
  const unseen = not_seen.length > 0 ? ', as far as it can be seen' : '';
  return `No drift. The environment matches the configuration${unseen}.`;
}

function classSection(name: DriftClass, { findings }: Drift, style: Style): Lines {
  const found = findings.filter((finding) => finding.class === name);
  const groups = groupBy(found, equalKey).toSorted((a, b) => weight(a) - weight(b) || b.length - a.length);
  const { shown, rest } = limited(groups, style);
  const lines = shown.flatMap((group) => groupLines(group, style));
  return section(TITLES[name], [...lines, ...more(rest.flat().length, name, style)], style);
}

/** Why an address is not approved is told with its mailbox: each of them is somebody's decision. */
function equalKey(finding: DriftFinding): string {
  const { subclass, field, desired, actual, severity, is_new } = finding;
  const told = finding.class === 'approval' ? finding.message : null;
  return canonical([subclass, field, desired, actual, severity, is_new, told]);
}

/** The worst first; of those, what the last report did not have. */
function weight([first]: readonly DriftFinding[]): number {
  return first === undefined ? 0 : SEVERITIES.indexOf(first.severity) * 2 + (first.is_new ? 0 : 1);
}

function groupLines(group: readonly DriftFinding[], style: Style): Lines {
  const [first] = group;
  if (first === undefined) return [];
  const { colors } = style;
  const addresses = [...new Set(group.map(({ address }) => address))];
  const what = [colors.bold(subject(addresses)), differenceText(first, style)]
    .filter((text) => text !== '')
    .join('  ');
  return [
    ...entry(leadText(first, style), what, style),
    ...(isTold(first) && isLongDifference(first) ? textDiff(first.actual, first.desired, DETAIL, style) : []),
    ...(addresses.length > 1 ? nameLines(addresses.map(shortName), DETAIL, style) : []),
    ...messageLines(group, style),
    ...circumstances(group).flatMap((text) => detail(colors.dim(text), style)),
  ];
}

function leadText({ severity, subclass }: DriftFinding, { colors }: Style): string {
  const colour = severity === 'high' ? colors.red : severity === 'medium' ? colors.yellow : colors.dim;
  return subclass === null ? colour(severity) : `${colour(severity)} ${subclass}`;
}

/** Long texts are shown line by line, below: what is there with a minus, what should be with a plus. */
function isLongDifference({ desired, actual }: DriftFinding): boolean {
  return isLongText(desired) || isLongText(actual);
}

function isTold({ field, class: name }: DriftFinding): boolean {
  return field !== null && name !== 'missing' && name !== 'unmanaged';
}

function differenceText(finding: DriftFinding, { colors }: Style): string {
  const { field, desired, actual } = finding;
  if (!isTold(finding)) return '';
  if (field === 'absent') return `${colors.red('is there')}, should be ${colors.green('deleted')}`;
  if (isLongDifference(finding)) return `${field}  should be (+), is (-)`;
  return `${field}  is ${colors.red(valueText(actual))}, should be ${colors.green(valueText(desired))}`;
}

function messageLines(group: readonly DriftFinding[], style: Style): Lines {
  const messages = distinct(group.flatMap(({ message }) => message ?? []));
  const { shown, rest } = limited(messages, style, TOLD);
  return [...shown.flatMap((text) => detail(text, style)), ...more(rest.length, 'messages', style)];
}

/** Since when, by whom, where it is declared, and whether the last report had it. */
function circumstances(group: readonly DriftFinding[]): readonly string[] {
  const news = group[0]?.is_new === true ? 'not in the previous report' : '';
  const texts = [news, sinceText(group), sourcesText(group.flatMap(({ source }) => source ?? []))];
  return texts.filter((text) => text !== '');
}

function sinceText(group: readonly DriftFinding[]): string {
  const times = distinct(group.flatMap(({ since }) => (since === null ? [] : [timeText(since)]))).toSorted(
    compareText,
  );
  const people = distinct(group.flatMap(({ by }) => by ?? [])).toSorted(compareText);
  const [earliest] = times;
  const since = earliest === undefined ? '' : `since ${earliest}${times.length > 1 ? ' and later' : ''}`;
  const others = people.length > TOLD ? ` and ${count(people.length - TOLD, 'other')}` : '';
  const by = people.length === 0 ? '' : `by ${people.slice(0, TOLD).join(', ')}${others}`;
  return [since, by].filter((text) => text !== '').join(' ');
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
