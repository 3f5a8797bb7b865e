/**
 * Which approvals this caller cannot give, by privileges and roles: they become a list for a person instead of a
 * failure. Who may approve: Microsoft Learn, "Connect to Exchange Online", permissions for approving mailboxes.
 */

import { isProfileType, PROFILE_TYPE_FACTS } from '../catalogue/profile-types.ts';
import { addressKey } from '../model/address.ts';
import type { PlanHandoff, PlanStep } from '../model/plan.generated.ts';
import type { Caller } from '../model/snapshot.ts';
import { isRef, sameText } from '../model/value.ts';
import type { Folding } from './fold.ts';
import type { Predicted } from './predicted.ts';

/** Approving, rejecting and requiring approval take the same rights. */
const APPROVAL_VERBS: ReadonlySet<PlanStep['verb']> = new Set(['approve', 'reject', 'approval-policy']);

const APPROVE_PRIVILEGE = 'prvApproveRejectEmailAddress';
const APPROVERS_TENANT = [
  'Global administrator + System Administrator',
  'Exchange administrator + System Administrator',
  'Delegated Mailbox Approver + System Administrator',
];
const APPROVERS_DATAVERSE = [
  'System Administrator with the privilege "Approve Email Addresses for Users or Queues"',
];

export function handOffOf(step: PlanStep, predicted: Predicted, folding: Folding): PlanHandoff | null {
  if (!APPROVAL_VERBS.has(step.verb)) return null;
  const tenant = step.verb === 'approval-policy' || approvedByTenant(predicted, folding);
  const why = reasonOf(step, predicted, tenant, folding);
  if (why === null) return null;
  const { environment } = folding.context;
  return {
    step: step.id,
    who: tenant ? APPROVERS_TENANT : APPROVERS_DATAVERSE,
    why,
    where: 'https://admin.powerplatform.microsoft.com',
    command: `mailboxctl apply --env ${environment.name} --plan PLAN --only approvals`,
  };
}

function reasonOf(
  { verb }: PlanStep,
  predicted: Predicted,
  tenant: boolean,
  { context }: Folding,
): PlanHandoff['why'] | null {
  const { caller } = context.snapshot;
  if (predicted.fields.approved === 'approved-on-owner' && verb === 'approve')
    return 'owner-approved-mailbox-not';
  if (context.environment.approvals !== 'apply') return 'by-configuration';
  if (verb === 'approve' && isOwnMailbox(predicted, caller)) return null;
  if (!caller.privileges.includes(APPROVE_PRIVILEGE)) return 'no-privilege';
  if (!caller.systemAdministrator) return 'no-role';
  // Whether the caller is a Global or Exchange administrator cannot be read from Dataverse; a person may be one.
  return tenant && caller.applicationUser && !caller.mailboxApprover ? 'no-role' : null;
}

/** Everybody may approve the own mailbox whose address is the sign-in name. */
function isOwnMailbox({ resource }: Predicted, caller: Caller): boolean {
  const signIn = resource.actual?.mailbox?.signIn ?? null;
  const vouched = resource.vouchedAddress;
  if (signIn === null || vouched === null || caller.signIn === null) return false;
  return sameText(signIn, caller.signIn) && sameText(vouched, signIn);
}

/** By the mailbox's desired profile: Exchange Online needs the tenant's word, other servers do not. */
function approvedByTenant({ fields }: Predicted, { state, observed }: Folding): boolean {
  const profile = fields.serverProfile;
  if (!isRef(profile)) return true;
  const type = (state.get(profile.ref) ?? observed.get(addressKey(profile.ref)))?.fields.type;
  return !isProfileType(type) || PROFILE_TYPE_FACTS[type].approvedBy === 'tenant';
}
