/**
 * The findings of a drift report with what is equal put together, and since when and by whom in words. The same in
 * every format; knows no layout.
 */

import type { Drift, DriftFinding } from '../model/drift.generated.ts';
import { canonical, compareText } from '../model/value.ts';
import { groupBy } from './group.ts';
import { newNames, withNewName } from './new-names.ts';
import { count } from './text.ts';
import { isLongText } from './text-diff.ts';
import { timeText } from './time-text.ts';

export type DriftClass = DriftFinding['class'];
export type DriftGroup = readonly DriftFinding[];

/** Titles in the order of the report and of its last line. */
export const DRIFT_TITLES: Readonly<Record<DriftClass, string>> = {
  configuration: 'Configuration',
  approval: 'Approval',
  health: 'Health',
  missing: 'Missing (declared, not there)',
  new: 'New (covered by a rule, never approved nor tested)',
  unmanaged: 'Unmanaged (there, covered by nothing)',
};
export const DRIFT_CLASSES = Object.keys(DRIFT_TITLES) as readonly DriftClass[];
const SEVERITIES: readonly DriftFinding['severity'][] = ['high', 'medium', 'low'];
/** Different messages, or people, of one group that are told. */
export const TOLD = 3;

/** Where something is to refer to what is to be renamed. */
export function withNewNames(drift: Drift): Drift {
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
  if (findings.length > 0)
    return `Drift: ${DRIFT_CLASSES.map((name) => `${summary[name]} ${name}`).join(', ')}.`;
  const unseen = not_seen.length > 0 ? ', as far as it can be seen' : '';
  return `No drift. The environment matches the configuration${unseen}.`;
}

/** The worst first; of those, what the last report did not have. */
export function driftGroups(findings: readonly DriftFinding[]): readonly DriftGroup[] {
  return groupBy(findings, equalKey).toSorted((a, b) => weight(a) - weight(b) || b.length - a.length);
}

/** Why an address is not approved is told with its mailbox: each of them is somebody's decision. */
function equalKey(finding: DriftFinding): string {
  const { subclass, field, desired, actual, severity, is_new } = finding;
  const told = finding.class === 'approval' ? finding.message : null;
  return canonical([subclass, field, desired, actual, severity, is_new, told]);
}

function weight([first]: DriftGroup): number {
  return first === undefined ? 0 : SEVERITIES.indexOf(first.severity) * 2 + (first.is_new ? 0 : 1);
}

/** Long texts are shown line by line: what is there with a minus, what should be with a plus. */
export function isLongDifference({ desired, actual }: DriftFinding): boolean {
  return isLongText(desired) || isLongText(actual);
}

/** Whether two values say what is wrong; else the class, or the message, does. */
export function isTold({ field, class: name }: DriftFinding): boolean {
  return field !== null && name !== 'missing' && name !== 'unmanaged';
}

export function messagesOf(group: DriftGroup): readonly string[] {
  return distinct(group.flatMap(({ message }) => message ?? []));
}

/** Since when and by whom; empty where neither is known. */
export function sinceText(group: DriftGroup): string {
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
