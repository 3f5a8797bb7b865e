/** What is known at plan time not to be possible, or not wise, now: no step, but a line with a reason. */

import { testedDirections } from '../catalogue/mailbox-tests.ts';
import { type Address, addressKey, SETTINGS_ADDRESS } from '../model/address.ts';
import type { FieldChange } from '../model/change.ts';
import type { PlanHeldBack } from '../model/plan.generated.ts';
import { isRef, sameText } from '../model/value.ts';
import type { Folding, Verb } from './fold.ts';
import type { Predicted } from './predicted.ts';

type Reason = PlanHeldBack['reason'];

/** An approval that came this much later than a failed test, or comes now, is a new fact worth a test. */
const APPROVAL_GRACE_MS = 10 * 60_000;

export function heldBack(
  verb: Verb,
  changes: readonly FieldChange[],
  predicted: Predicted,
  folding: Folding,
): PlanHeldBack | null {
  const { address, kind } = predicted.resource;
  const hold = (reason: Reason, until?: string): PlanHeldBack => ({
    address,
    verb,
    reason,
    ...(until === undefined ? {} : { until }),
  });
  if (kind === 'profile')
    return verb === 'edit' && changesFixedField(changes, folding) ? hold('type-cannot-change') : null;
  if (kind === 'settings') return null;
  const owner = predicted.resource.actual?.mailbox ?? null;
  if (owner !== null && !owner.ownerEnabled) return hold('owner-disabled');
  if (isStuck(predicted, folding)) return hold('stuck');
  if (verb === 'approve') return holdApproval(predicted, hold);
  return verb === 'test' ? holdTest(changes, predicted, folding, hold) : null;
}

function changesFixedField(changes: readonly FieldChange[], { context }: Folding): boolean {
  return changes.some(({ field }) => context.catalogue.row('profile', field)?.fixedAfterCreate === true);
}

/** A test that was scheduled longer ago than one is awaited: the service refuses every save of such a row. */
function isStuck({ resource, fields }: Predicted, { context }: Folding): boolean {
  if (fields['tests.scheduled'] !== true) return false;
  const requested = fields['tests.requestedOn'] ?? context.history.openTests.get(resource.address);
  if (typeof requested !== 'string') return false;
  return age(requested, context.snapshot.asOf) > context.environment.tests.timeoutMs;
}

function holdApproval(
  { fields, resource }: Predicted,
  hold: (reason: Reason) => PlanHeldBack,
): PlanHeldBack | null {
  if (fields.emailAddress === null || fields.emailAddress === undefined) return hold('no-address');
  const { vouchedAddress } = resource;
  const vouches = vouchedAddress !== null && sameText(vouchedAddress, String(fields.emailAddress));
  return vouches ? null : hold('approval-needs-address');
}

function holdTest(
  changes: readonly FieldChange[],
  predicted: Predicted,
  folding: Folding,
  hold: (reason: Reason, until?: string) => PlanHeldBack,
): PlanHeldBack | null {
  const { fields, resource } = predicted;
  if (fields.state === 'inactive') return hold('mailbox-inactive');
  if (fields.emailAddress === null || fields.emailAddress === undefined) return hold('no-address');
  if (!isRef(fields.serverProfile)) return hold('profile-missing');
  if (isInactiveProfile(fields.serverProfile.ref, folding)) return hold('profile-inactive');
  const handedOff = folding.handoffs.some(({ step }) => step === `${resource.address}#approve`);
  // Even where the environment lets anybody be processed, Exchange Online may not, and a test sends a real message.
  if (handedOff) return hold('waits-for-approval');
  if (needsApproval(predicted, folding) && fields.approved !== 'approved') return hold('not-approved');
  const until = failedRecently(changes, predicted, folding);
  return until === null ? null : hold('failed-recently', until);
}

/** Inactive now and not activated by this plan, or about to be deactivated by it. */
function isInactiveProfile(profile: Address, { state, observed }: Folding): boolean {
  const planned = state.get(profile);
  if (planned?.resource.fields.get('state')?.value === 'inactive') return true;
  return (planned ?? observed.get(addressKey(profile)))?.fields.state === 'inactive';
}

/** Whether the environment moves mail of this sort of mailbox only after approval; assumed when it cannot be read. */
function needsApproval({ resource, fields }: Predicted, { state, observed }: Folding): boolean {
  if (resource.sort === 'forward') return fields.approved !== undefined;
  const settings = (state.get(SETTINGS_ADDRESS) ?? observed.get(addressKey(SETTINGS_ADDRESS)))?.fields ?? {};
  return settings[resource.sort === 'queue' ? 'onlyApproved.queues' : 'onlyApproved.users'] !== false;
}

/**
 * A test sends a real message: what failed within `retestAfter` is not tested again while nothing in this plan
 * changes the mailbox or its profile. Computed from the row's test times, never from its modified date, which the
 * service's own engine moves all the time.
 */
function failedRecently(
  changes: readonly FieldChange[],
  { resource, fields, causes, steps }: Predicted,
  { context }: Folding,
): string | null {
  const completed = fields['tests.completedOn'];
  if (typeof completed !== 'string' || changes.some(({ field }) => causes.has(field))) return null;
  const directions = testedDirections(fields);
  if (!directions.some((direction) => fields[`tests.${direction}`] === 'failure')) return null;
  const approvedOn = fields['approval.on'];
  const approvedSince =
    steps.includes(`${resource.address}#approve`) ||
    (typeof approvedOn === 'string' && age(completed, approvedOn) > APPROVAL_GRACE_MS);
  const noSuccess = !directions.some((direction) => fields[`tests.${direction}`] === 'success');
  if (approvedSince && noSuccess) return null;
  const until = Date.parse(completed) + context.environment.tests.retestAfterMs;
  return until > Date.parse(context.snapshot.asOf) ? new Date(until).toISOString() : null;
}

function age(from: string, to: string): number {
  return Date.parse(to) - Date.parse(from);
}
