/**
 * Where the environment differs from what is desired, by class. Compares once, with the comparison that the planner
 * uses, and proposes nothing.
 */

import { addressKey } from '../model/address.ts';
import type { Environment } from '../model/config.ts';
import type { Desired, DesiredResource, Finding, WithheldApproval } from '../model/desired.ts';
import type { Drift, DriftFinding } from '../model/drift.generated.ts';
import type { PlanHeldBack } from '../model/plan.generated.ts';
import type { Alert, Observed, Snapshot } from '../model/snapshot.ts';
import { compareText, type FieldValues, isRef } from '../model/value.ts';
import { type DriftClass, EMPTY, told } from './finding.ts';
import { unreachedFinding } from './health.ts';
import { heldFinder, type VerbOf } from './held.ts';
import { sinceBefore } from './previous.ts';
import { type ResourceFacts, resourceFindings } from './resource-drift.ts';

export type { DriftClass } from './finding.ts';

/** Classes that make a report unclean, unless others are named. */
export const COUNTING_CLASSES: readonly DriftClass[] = ['configuration', 'approval', 'health', 'missing'];

export const DRIFT_CLASSES: readonly DriftClass[] = [...COUNTING_CLASSES, 'new', 'unmanaged'];

export interface DriftInput {
  readonly environment: Environment;
  readonly snapshot: Snapshot;
  readonly desired: Desired;
  /** What has to be true of a resource for its declared fields to be met. */
  readonly demanded: (resource: DesiredResource, actual: FieldValues) => FieldValues;
  /** The verb of a field's row. */
  readonly verbOf: VerbOf;
  /** Whether another environment has taken a mailbox over. */
  readonly stolen: (fields: FieldValues) => boolean;
  /** Types of server profile where a tenant administrator approves addresses. */
  readonly approvedByTenant: (type: string) => boolean;
  /** What the planner holds back for the same snapshot. */
  readonly heldBack: readonly PlanHeldBack[];
  /** What an alert means; `null` where that is not known. */
  readonly explain: (alert: Alert) => string | null;
  readonly counting: readonly DriftClass[];
  /** An earlier report; what it had is not new. */
  readonly previous: Drift | null;
}

export function drift(input: DriftInput): Drift {
  const { environment, snapshot, desired, counting, previous } = input;
  const facts = resourceFacts(input);
  const found = [
    ...desired.resources.flatMap((resource) => resourceFindings(resource, facts)),
    ...desired.withheldApprovals.map(withheldFinding),
    ...desired.unreached.map(unreachedFinding),
    ...desired.findings.map(itemFinding),
    ...desired.unmanaged.map(unmanagedFinding),
  ];
  const findings = sinceBefore(found, previous).sort(byClassAndAddress);
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

function resourceFacts(input: DriftInput): ResourceFacts {
  const { environment, snapshot, desired, demanded, stolen, explain, heldBack, verbOf } = input;
  const referrers = countReferrers(desired);
  const types = new Map(
    snapshot.resources.map(({ address, fields }) => [addressKey(address), fields.type] as const),
  );
  return {
    asOf: snapshot.asOf,
    timeoutMs: environment.tests.timeoutMs,
    demanded,
    stolen,
    explain,
    held: heldFinder(heldBack, verbOf),
    referrers: (address) => referrers.get(addressKey(address)) ?? 0,
    approvedByTenant: ({ serverProfile }) => {
      const type = isRef(serverProfile) ? types.get(addressKey(serverProfile.ref)) : undefined;
      return typeof type === 'string' && input.approvedByTenant(type);
    },
  };
}

function countReferrers({ resources }: Desired): ReadonlyMap<string, number> {
  const referrers = new Map<string, number>();
  for (const { fields } of resources) {
    for (const { value } of fields.values()) {
      if (!isRef(value)) continue;
      const key = addressKey(value.ref);
      referrers.set(key, (referrers.get(key) ?? 0) + 1);
    }
  }
  return referrers;
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
    held: withheld.emailAddress === null ? 'no-address' : 'approval-needs-address',
  };
}

function withheldMessage({ emailAddress, vouchedFor }: WithheldApproval): string {
  if (emailAddress === null) return 'It has no e-mail address, so there is nothing to approve.';
  const proof = vouchedFor === null ? 'no item vouches for it' : `the sign-in name is ${vouchedFor}`;
  return `Its e-mail address is ${emailAddress}, and ${proof}: not approved from here.`;
}

function itemFinding({ address, source, message, hint }: Finding): DriftFinding {
  return {
    ...EMPTY,
    class: 'missing',
    address,
    source,
    severity: 'high',
    message: told(/[.:]$/u.test(message) ? message : `${message}.`, hint),
  };
}

function unmanagedFinding({ address }: Observed): DriftFinding {
  return { ...EMPTY, class: 'unmanaged', address, source: null, severity: 'low' };
}

function byClassAndAddress(a: DriftFinding, b: DriftFinding): number {
  const order = DRIFT_CLASSES.indexOf(a.class) - DRIFT_CLASSES.indexOf(b.class);
  return order || compareText(a.address, b.address) || compareText(a.field ?? '', b.field ?? '');
}
