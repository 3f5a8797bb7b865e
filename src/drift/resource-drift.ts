/** How one resource that is declared differs from what is there, field by field. */

import { diff } from '../diff/diff.ts';
import type { FieldChange } from '../model/change.ts';
import type { DesiredResource } from '../model/desired.ts';
import type { DriftFinding } from '../model/drift.generated.ts';
import { isEngineIdentity } from '../model/engine-identity.ts';
import type { PlanHeldBack } from '../model/plan.generated.ts';
import type { Observed } from '../model/snapshot.ts';
import { type FieldValues, sameText } from '../model/value.ts';
import { type Classified, EMPTY, isHealth, told } from './finding.ts';
import { classifyHealth, deactivated, type HealthFacts, isToldByAnother } from './health.ts';
import { type FindHeld, heldText } from './held.ts';

export interface ResourceFacts extends HealthFacts {
  /** What has to be true of a resource for its declared fields to be met. */
  readonly demanded: (resource: DesiredResource, actual: FieldValues) => FieldValues;
  readonly held: FindHeld;
  /** How many declared resources refer to an address. */
  readonly referrers: (address: string) => number;
}

export function resourceFindings(resource: DesiredResource, facts: ResourceFacts): readonly DriftFinding[] {
  const { actual } = resource;
  if (actual === null) return resource.absent ? [] : [notThere(resource, facts)];
  if (resource.absent) {
    const change = { field: 'absent', from: false, to: true };
    return [fullFinding(change, resource, actual, facts)];
  }
  const off = deactivated(resource);
  const changes = diff(facts.demanded(resource, actual.fields), actual.fields);
  // A mailbox that is not processed at all has no health: that it is inactive says everything.
  const shown = changes.filter(
    (change) => !isToldByAnother(change, changes) && !(isInactive(actual) && isHealth(change.field)),
  );
  const findings = shown.map((change) => fullFinding(change, resource, actual, facts));
  return off === null ? findings : [...findings, off];
}

function fullFinding(
  change: FieldChange,
  resource: DesiredResource,
  actual: Observed,
  facts: ResourceFacts,
): DriftFinding {
  const held = facts.held(resource.address, resource.kind, change.field);
  const joins = !resource.absent && isJoiner(resource, actual);
  const classified = joins ? joiner(held) : classify(change, resource, actual, held, facts);
  return {
    ...finding(change, resource),
    ...classified,
    ...(held === null ? {} : { held: held.reason }),
  };
}

function finding(
  { field, from, to }: FieldChange,
  { address, fields, source }: DesiredResource,
): Omit<DriftFinding, keyof Classified> {
  const declared = fields.get(isHealth(field) ? 'testAndEnable' : field);
  return {
    address,
    field,
    desired: to,
    actual: from,
    source: declared?.source ?? source,
    is_new: false,
  };
}

function joiner(held: PlanHeldBack | null): Classified {
  return {
    class: 'new',
    subclass: null,
    severity: 'low',
    since: null,
    by: null,
    message: held === null ? null : heldText(held),
  };
}

/**
 * Covered by a rule, never approved and never tested: somebody who joined. Who is disabled, deactivated or outside of
 * the mail ceiling stays so, however long ago they joined.
 */
function isJoiner({ source, ceiling }: DesiredResource, { fields: actual, mailbox }: Observed): boolean {
  if (source.rule === undefined || ceiling !== null) return false;
  if (mailbox === null || !mailbox.active || !mailbox.ownerEnabled) return false;
  const unapproved = actual.approved === 'pending' || actual.approved === 'empty';
  return unapproved && actual['tests.completedOn'] === null;
}

function isInactive({ fields }: Observed): boolean {
  return fields.state === 'inactive';
}

function classify(
  change: FieldChange,
  resource: DesiredResource,
  actual: Observed,
  held: PlanHeldBack | null,
  facts: ResourceFacts,
): Classified {
  const { field } = change;
  if (isHealth(field)) return classifyHealth(change, actual, held, facts);
  const why = held === null ? null : heldText(held);
  if (field === 'approved') return classifyApproval(change, resource, actual, why);
  const changed = lastChange(field, actual);
  if (why !== null)
    return { class: 'health', subclass: 'held', severity: 'medium', ...changed, message: why };
  return { class: 'configuration', subclass: null, severity: 'medium', ...changed, message: null };
}

/** An approval that is missing for an address nobody declared is the sign of a changed address, not of an omission. */
function classifyApproval(
  { from }: FieldChange,
  { vouchedAddress }: DesiredResource,
  { fields }: Observed,
  why: string | null,
): Classified {
  const approval = { class: 'approval', subclass: null, since: null, by: null } as const;
  const { emailAddress } = fields;
  const other =
    vouchedAddress !== null && typeof emailAddress === 'string' && !sameText(vouchedAddress, emailAddress);
  const message = told(
    other ? `Its e-mail address is ${emailAddress}, the configuration vouches for ${vouchedAddress}.` : null,
    from === 'rejected' ? 'Somebody has rejected it.' : null,
    from === 'approved-on-owner' ? 'The user or queue shows the approval, the mailbox does not.' : null,
    why,
  );
  return { ...approval, severity: other ? 'high' : 'medium', message };
}

/** Written on the user or queue, so that the mailbox's last modifier says nothing about them. */
const OWNERS_FIELDS: readonly string[] = ['emailAddress', 'approved'];

/**
 * Who changed the record last, and when, where it was a person. The engine writes to mailboxes all the time and hides
 * whoever came before it, so that an absent name proves nothing, and a name only that this person changed something
 * of the record then.
 */
function lastChange(
  field: string,
  { modified: { on, by }, records }: Observed,
): Pick<Classified, 'since' | 'by'> {
  const elsewhere = OWNERS_FIELDS.includes(field) && records.some(({ role }) => role === 'owner');
  if (elsewhere || by === null || isEngineIdentity(by)) return { since: null, by: null };
  return { since: on, by };
}

function notThere({ address, source }: DesiredResource, { referrers }: ResourceFacts): DriftFinding {
  const number = referrers(address);
  const message = told(
    'Declared, and not in the environment yet.',
    number === 0 ? null : `Declared resources that refer to it: ${number}.`,
  );
  return { ...EMPTY, class: 'missing', address, source, severity: 'high', message };
}
