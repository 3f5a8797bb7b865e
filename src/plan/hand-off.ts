/**
 * What this caller cannot do and a person has to: approvals, by privileges and roles, and sign-ins that only the user
 * of a mailbox can make. They become a list instead of a failure. Who may approve: Microsoft Learn, "Connect to
 * Exchange Online", permissions for approving mailboxes.
 */

import { isProfileType, PROFILE_TYPE_FACTS } from '../catalogue/profile-types.ts';
import type { Plan, PlanHandoff, PlanHeldBack, PlanStep } from '../model/plan.generated.ts';
import type { Caller } from '../model/snapshot.ts';
import { isRef, sameText } from '../model/value.ts';
import type { Folding } from './fold.ts';
import type { Predicted } from './predicted.ts';

/** Approving, rejecting and requiring approval take the same rights. */
const APPROVAL_VERBS = ['approve', 'reject', 'approval-policy'] as const;

/** Stands for the file of the plan, which can be moved and does not know its own name. */
const PLAN_FILE = 'PLAN';

/** The one privilege that a plan asks after. */
export const APPROVE_PRIVILEGE = 'prvApproveRejectEmailAddress';
const APPROVERS_TENANT = [
  'Global administrator + System Administrator',
  'Exchange administrator + System Administrator',
  'Delegated Mailbox Approver + System Administrator',
];
const APPROVERS_DATAVERSE = [
  'System Administrator with the privilege "Approve Email Addresses for Users or Queues"',
];

export function handOffOf(step: PlanStep, predicted: Predicted, folding: Folding): PlanHandoff | null {
  const what = APPROVAL_VERBS.find((verb) => verb === step.verb);
  if (what === undefined) return null;
  const tenant = step.verb === 'approval-policy' || approvedByTenant(predicted, folding);
  const why = reasonOf(step, predicted, tenant, folding);
  if (why === null) return null;
  const { environment } = folding.context;
  return {
    step: step.id,
    address: step.address,
    email_address: step.set[0]?.for ?? emailAddressOf(predicted),
    what,
    who: tenant ? APPROVERS_TENANT : APPROVERS_DATAVERSE,
    why,
    where: 'https://admin.powerplatform.microsoft.com',
    command: `mailboxctl apply --env ${environment.name} --plan ${PLAN_FILE} --only approvals`,
  };
}

/** The plan with commands that run as they are printed, for whoever knows its file. To be shown: its digest is the other's. */
export function withPlanFile(plan: Plan, file = PLAN_FILE, directory?: string): Plan {
  const handoffs = plan.handoffs.map((handoff) => ({
    ...handoff,
    command: handoff.command
      .replace(`--plan ${PLAN_FILE} `, () => `--plan ${shellWord(file)} `)
      .replace(' apply ', () => (directory === undefined ? ' apply ' : ` apply ${shellWord(directory)} `)),
  }));
  return { ...plan, handoffs };
}

function shellWord(text: string): string {
  return /^[\w./\\:@%+=,-]+$/u.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** A test that waits for the user's own sign-in; a later run tests it without being asked. */
export function signInOf(
  { address, verb, reason }: PlanHeldBack,
  predicted: Predicted,
  { context }: Folding,
): PlanHandoff | null {
  if (reason !== 'waits-for-sign-in') return null;
  return {
    step: `${address}#${verb}`,
    address,
    email_address: emailAddressOf(predicted),
    what: 'sign-in',
    who: ['The user of the mailbox'],
    why: 'own-sign-in',
    where: 'the form of the mailbox in Dynamics 365, where its user signs in to Google',
    command: `mailboxctl apply --env ${context.environment.name}`,
  };
}

function emailAddressOf({ fields }: Predicted): string | null {
  return typeof fields.emailAddress === 'string' ? fields.emailAddress : null;
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
  if (context.environment.approvals === 'hand-off') return 'by-configuration';
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
export function approvedByTenant({ fields }: Predicted, { state, observed }: Folding): boolean {
  const profile = fields.serverProfile;
  if (!isRef(profile)) return true;
  const type = (state.get(profile.ref) ?? observed.get(profile.ref))?.fields.type;
  return !isProfileType(type) || PROFILE_TYPE_FACTS[type].approvedBy === 'tenant';
}
