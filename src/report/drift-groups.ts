/**
 * The findings of a drift report with what is equal put together, and since when and by whom in words. The same in
 * every format; knows no layout.
 */

import type { Drift, DriftFinding } from '../model/drift.generated.ts';
import { canonical, compareText, type Value } from '../model/value.ts';
import { groupBy } from './group.ts';
import { newNames, withNewName } from './new-names.ts';
import { count } from './text.ts';
import { isLongText } from './text-diff.ts';
import { timeText } from './time-text.ts';

export type DriftClass = DriftFinding['class'];
/** Findings of resources that differ in the same fields in the same way; those of a resource stand together. */
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
/** Different people of one group that are told. */
const TOLD = 3;

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
  const ofResources = groupBy(findings, (finding) => canonical([finding.address, ...kindOf(finding)]));
  return groupBy(ofResources, equalKey)
    .map((alike) => alike.flat())
    .toSorted((a, b) => weight(a) - weight(b) || b.length - a.length);
}

/** What one sentence says of several fields; a message is told of nobody whom it does not concern. */
function kindOf(finding: DriftFinding): readonly Value[] {
  const { subclass, severity, is_new, message, held = null } = finding;
  return [finding.class, subclass, severity, is_new, message, held];
}

function equalKey(ofResource: readonly DriftFinding[]): string {
  const [first] = ofResource;
  const fields = ofResource.map(({ field, desired, actual }) => [field, desired, actual]);
  return canonical([...(first === undefined ? [] : kindOf(first)), fields]);
}

/** What differs, field by field: the findings of one resource, equal to those of each other but for who, when and where. */
export function fieldsOf(group: DriftGroup): readonly DriftFinding[] {
  return group.filter(({ address }) => address === group[0]?.address);
}

export function addressesOf(group: DriftGroup): readonly string[] {
  return distinct(group.map(({ address }) => address));
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

/** A field as people call it: `approved is approved` would be no sentence. */
export function fieldName(field: string): string {
  return field === 'approved' ? 'approval' : field;
}

/** Since when and by whom; empty where neither is known. */
export function sinceText(group: DriftGroup): string {
  const times = distinct(group.flatMap(({ since }) => (since === null ? [] : [timeText(since)]))).toSorted(
    compareText,
  );
  const people = distinct(group.flatMap(({ by }) => by ?? [])).toSorted(compareText);
  const [first, last] = [times[0], times.at(-1)];
  const since =
    first === undefined
      ? ''
      : first === last
        ? `since ${first}`
        : `since ${first} (the first) and ${last} (the last)`;
  const others = people.length > TOLD ? ` and ${count(people.length - TOLD, 'other')}` : '';
  const by = people.length === 0 ? '' : `by ${people.slice(0, TOLD).join(', ')}${others}`;
  return [since, by].filter((text) => text !== '').join(' ');
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
