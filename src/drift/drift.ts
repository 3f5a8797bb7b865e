/**
 * Where the environment differs from what is desired, by class. Compares once, with the comparison that the planner
 * uses, and proposes nothing.
 */

import { diff } from '../diff/diff.ts';
import type { FieldChange } from '../model/change.ts';
import type { Environment } from '../model/config.ts';
import type { Desired, DesiredResource, Finding, WithheldApproval } from '../model/desired.ts';
import type { Drift, DriftFinding } from '../model/drift.generated.ts';
import type { Observed, Snapshot } from '../model/snapshot.ts';
import { compareText, type FieldValues } from '../model/value.ts';

export type DriftClass = DriftFinding['class'];

/** Classes that make a report unclean, unless others are named. */
export const COUNTING_CLASSES: readonly DriftClass[] = ['configuration', 'approval', 'health', 'missing'];

export const DRIFT_CLASSES: readonly DriftClass[] = [...COUNTING_CLASSES, 'new', 'unmanaged'];

export interface DriftInput {
  readonly environment: Environment;
  readonly snapshot: Snapshot;
  readonly desired: Desired;
  /** What has to be true of a resource for its declared fields to be met. */
  readonly demanded: (resource: DesiredResource, actual: FieldValues) => FieldValues;
  readonly counting: readonly DriftClass[];
  /** An earlier report; what it had is not new. */
  readonly previous: Drift | null;
}

export function drift(input: DriftInput): Drift {
  const { environment, snapshot, desired, counting } = input;
  const found = [
    ...desired.resources.flatMap((resource) => resourceFindings(resource, input)),
    ...desired.withheldApprovals.map(withheldFinding),
    ...desired.findings.map(itemFinding),
    ...desired.unmanaged.map(unmanagedFinding),
  ];
  const findings = markNew(found, input.previous).sort(byClassAndAddress);
  const summary = { configuration: 0, approval: 0, health: 0, missing: 0, new: 0, unmanaged: 0 };
  for (const finding of findings) summary[finding.class] += 1;
  return {
    format_version: '1.0',
    as_of: snapshot.asOf,
    environment: { name: environment.name, url: environment.url, organization_id: snapshot.organizationId },
    clean: counting.every((name) => summary[name] === 0),
    summary,
    findings,
    not_seen: desired.notSeen,
  };
}

const EMPTY = {
  subclass: null,
  field: null,
  desired: null,
  actual: null,
  since: null,
  by: null,
  message: null,
  is_new: false,
} as const;

function resourceFindings(resource: DesiredResource, input: DriftInput): readonly DriftFinding[] {
  const { actual, address, source } = resource;
  if (actual === null) {
    const message = 'Declared, and not in the environment yet';
    return [{ ...EMPTY, class: 'missing', address, source, severity: 'high', message }];
  }
  const changes = diff(input.demanded(resource, actual.fields), actual.fields);
  const joiner = isJoiner(resource, actual);
  return changes.flatMap((change) => {
    if (isToldByItsTest(change, changes)) return [];
    const source = resource.fields.get(declaredKey(change.field))?.source ?? resource.source;
    const facts = joiner ? JOINER : classify(change, actual, input);
    const { field, from, to } = change;
    return [{ ...EMPTY, ...facts, address, field, desired: to, actual: from, source }];
  });
}

type Classified = Pick<DriftFinding, 'class' | 'subclass' | 'severity' | 'since' | 'message'>;

const JOINER: Classified = { class: 'new', subclass: null, severity: 'low', since: null, message: null };

function classify(
  { field, from }: FieldChange,
  { fields }: Observed,
  { environment, snapshot }: DriftInput,
): Classified {
  const since = null;
  const message = null;
  if (field === 'approved') return { class: 'approval', subclass: null, severity: 'medium', since, message };
  if (!isHealth(field)) return { class: 'configuration', subclass: null, severity: 'medium', since, message };
  const completed = fields['tests.completedOn'];
  const health = {
    class: 'health',
    severity: 'high',
    since: typeof completed === 'string' ? completed : null,
    message,
  } as const;
  if (isStuck(fields, snapshot.asOf, environment.tests.timeoutMs)) return { ...health, subclass: 'stuck' };
  if (field.startsWith('enabled.')) return { ...health, subclass: 'disabled' };
  return { ...health, subclass: from === 'failure' ? 'failed' : null };
}

function isStuck(fields: FieldValues, asOf: string, timeoutMs: number): boolean {
  const requested = fields['tests.requestedOn'];
  if (fields['tests.scheduled'] !== true || typeof requested !== 'string') return false;
  return Date.parse(asOf) - Date.parse(requested) > timeoutMs;
}

/** Covered by a rule, never approved and never tested: somebody who joined. */
function isJoiner({ source }: DesiredResource, { fields: actual }: Observed): boolean {
  const byRule = source.rule !== undefined;
  const unapproved = actual.approved === 'pending' || actual.approved === 'empty';
  return byRule && unapproved && actual['tests.completedOn'] === null;
}

/** A direction that failed is also disabled: one finding, not two. */
function isToldByItsTest({ field }: FieldChange, changes: readonly FieldChange[]): boolean {
  if (!field.startsWith('enabled.')) return false;
  return changes.some((other) => other.field === field.replace('enabled.', 'tests.'));
}

function isHealth(field: string): boolean {
  return field.startsWith('tests.') || field.startsWith('enabled.');
}

/** The key of the declaration behind a compared field. */
function declaredKey(field: string): string {
  return isHealth(field) ? 'testAndEnable' : field;
}

function withheldFinding(withheld: WithheldApproval): DriftFinding {
  const { address, source, approval } = withheld;
  return {
    ...EMPTY,
    class: 'approval',
    address,
    field: 'approved',
    desired: 'approved',
    actual: approval,
    source,
    severity: 'high',
    message: withheldMessage(withheld),
  };
}

function withheldMessage({ emailAddress, vouchedFor }: WithheldApproval): string {
  if (emailAddress === null) return 'It has no e-mail address, so there is nothing to approve';
  const proof = vouchedFor === null ? 'no item vouches for it' : `the sign-in name is ${vouchedFor}`;
  return `Its e-mail address is ${emailAddress}, and ${proof}: not approved from here`;
}

function itemFinding({ address, source, message }: Finding): DriftFinding {
  return { ...EMPTY, class: 'missing', address, source, severity: 'high', message };
}

function unmanagedFinding({ address }: Observed): DriftFinding {
  return { ...EMPTY, class: 'unmanaged', address, source: null, severity: 'low' };
}

function markNew(findings: readonly DriftFinding[], previous: Drift | null): DriftFinding[] {
  if (previous === null) return [...findings];
  const known = new Set(previous.findings.map(identityOf));
  return findings.map((finding) => ({ ...finding, is_new: !known.has(identityOf(finding)) }));
}

function identityOf(finding: DriftFinding): string {
  return JSON.stringify([finding.class, finding.subclass, finding.address, finding.field]);
}

function byClassAndAddress(a: DriftFinding, b: DriftFinding): number {
  const order = DRIFT_CLASSES.indexOf(a.class) - DRIFT_CLASSES.indexOf(b.class);
  return order || compareText(a.address, b.address) || compareText(a.field ?? '', b.field ?? '');
}
