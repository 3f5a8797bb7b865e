/** What is known at plan time not to be possible, or not wise, now: no step, but a line with a reason. */

import { isStolen, TEST_FIELDS } from '../catalogue/mailbox-tests.ts';
import { type Address, SETTINGS_ADDRESS } from '../model/address.ts';
import type { FieldChange } from '../model/change.ts';
import type { PlanHeldBack } from '../model/plan.generated.ts';
import { isRef, sameText } from '../model/value.ts';
import type { Folding, Verb } from './fold.ts';
import { approvedByTenant } from './hand-off.ts';
import { age, hadSuccess, isApprovedSince, resultsSeen, retestAt } from './last-test.ts';
import { waitingToLeave } from './leaving.ts';
import type { Predicted } from './predicted.ts';
import { needsSignIn } from './sign-in.ts';
import { PRIMARY_FIELD } from './tests-wanted.ts';

type Reason = PlanHeldBack['reason'];

export function heldBack(
  verb: Verb,
  changes: readonly FieldChange[],
  predicted: Predicted,
  folding: Folding,
): PlanHeldBack | null {
  const { address, kind } = predicted.resource;
  const hold: Hold = (reason, more = {}) => ({ address, verb, reason, ...more });
  if (kind === 'profile') return holdProfile(verb, changes, predicted, folding, hold);
  if (kind === 'settings') return null;
  const owner = predicted.resource.actual?.mailbox ?? null;
  if (owner !== null && !owner.ownerEnabled) return hold('owner-disabled');
  if (isStuck(predicted, folding)) return hold('stuck');
  if (verb === 'approve') return holdApproval(predicted, hold);
  return verb === 'test' ? holdTest(changes, predicted, folding, hold) : null;
}

type Hold = (reason: Reason, more?: Pick<PlanHeldBack, 'until' | 'detail'>) => PlanHeldBack;

/** A profile goes when the last of those that leave it has left, and that may be a later run. */
function holdProfile(
  verb: Verb,
  changes: readonly FieldChange[],
  { resource }: Predicted,
  folding: Folding,
  hold: Hold,
): PlanHeldBack | null {
  if (verb === 'edit' && changesFixedField(changes, folding)) return hold('type-cannot-change');
  if (verb !== 'delete' && verb !== 'deactivate') return null;
  const waiting = waitingToLeave(resource.address, folding).length;
  if (waiting === 0) return null;
  return hold('in-use', { detail: `mailboxes that leave it in a later run: ${waiting}` });
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

function holdApproval({ fields, resource }: Predicted, hold: Hold): PlanHeldBack | null {
  if (fields.state === 'inactive') return hold('mailbox-inactive');
  if (fields.emailAddress === null || fields.emailAddress === undefined) return hold('no-address');
  const { vouchedAddress } = resource;
  const vouches = vouchedAddress !== null && sameText(vouchedAddress, String(fields.emailAddress));
  return vouches ? null : hold('approval-needs-address');
}

function holdTest(
  changes: readonly FieldChange[],
  predicted: Predicted,
  folding: Folding,
  hold: Hold,
): PlanHeldBack | null {
  const { fields, resource } = predicted;
  if (fields.state === 'inactive') return hold('mailbox-inactive');
  if (fields.emailAddress === null || fields.emailAddress === undefined) return hold('no-address');
  if (!isRef(fields.serverProfile)) return hold('profile-missing');
  const profile = fields.serverProfile.ref;
  if (folding.state.get(profile)?.resource.absent === true) return hold('profile-missing');
  if (isInactiveProfile(profile, folding)) return hold('profile-inactive');
  const handedOff = folding.handedOff.has(`${resource.address}#approve`);
  // Even where the environment lets anybody be processed, Exchange Online may not, and a test sends a real message.
  if (handedOff) return hold('waits-for-approval');
  if (needsApproval(predicted, folding) && fields.approved !== 'approved') return hold('not-approved');
  if (needsSignIn(predicted, folding)) return hold('waits-for-sign-in');
  if (isLeftToOthers(changes, predicted)) return hold('stolen');
  const until = failedRecently(changes, predicted, folding);
  if (until === null) return null;
  return hold('failed-recently', { until, ...likelyCause(predicted, folding) });
}

/** The second flag of an approval is no step of ours, and a test of Exchange Online fails without it. */
function likelyCause(predicted: Predicted, folding: Folding): { readonly detail?: string } {
  if (predicted.fields['approval.byTenant'] !== false || !approvedByTenant(predicted, folding)) return {};
  return { detail: 'no administrator of the tenant has approved its address, a likely cause' };
}

/** Another environment has it. Only a person's word takes it back, or its environments would take turns. */
function isLeftToOthers(changes: readonly FieldChange[], predicted: Predicted): boolean {
  if (!isStolen(resultsSeen(predicted))) return false;
  const asked = TEST_FIELDS.some((field) => predicted.causes.get(field)?.effect === 'requested');
  return !asked && !changes.some(({ field }) => field === PRIMARY_FIELD);
}

/** Inactive now and not activated by this plan, or about to be deactivated by it. */
function isInactiveProfile(profile: Address, { state, observed }: Folding): boolean {
  const planned = state.get(profile);
  if (planned?.resource.fields.get('state')?.value === 'inactive') return true;
  return (planned ?? observed.get(profile))?.fields.state === 'inactive';
}

/** Whether the environment moves mail of this sort of mailbox only after approval; assumed when it cannot be read. */
function needsApproval({ resource, fields }: Predicted, { state, observed }: Folding): boolean {
  if (resource.sort === 'forward') return fields.approved !== undefined;
  const settings = (state.get(SETTINGS_ADDRESS) ?? observed.get(SETTINGS_ADDRESS))?.fields ?? {};
  return settings[resource.sort === 'queue' ? 'onlyApproved.queues' : 'onlyApproved.users'] !== false;
}

/**
 * A test sends a real message: what failed within `retestAfter` is not tested again while nothing in this plan
 * changes the mailbox or its profile, and nobody approved it since.
 */
function failedRecently(
  changes: readonly FieldChange[],
  predicted: Predicted,
  { context }: Folding,
): string | null {
  const { resource, causes, steps } = predicted;
  if (changes.some(({ field }) => causes.has(field) || field === PRIMARY_FIELD)) return null;
  const approvedNow = steps.includes(`${resource.address}#approve`) && !hadSuccess(predicted);
  if (approvedNow || isApprovedSince(predicted)) return null;
  return retestAt(predicted, context.environment.tests.retestAfterMs, context.snapshot.asOf);
}
