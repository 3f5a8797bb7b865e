/**
 * Who may approve an e-mail address, and what an approval writes. Rules: Microsoft Learn, "Connect to Exchange Online",
 * table of permissions and "Approve your own mailbox".
 */

import { type Approval, approvalStatus } from './approval-values.ts';
import { isExchangeOnline } from './new-rows.ts';
import type { Row } from './odata/table.ts';
import type { Caller } from './security/caller.ts';
import {
  approveEmailPrivilege,
  delegatedMailboxApprover,
  systemAdministrator,
} from './security/privileges.ts';
import { ServiceError } from './service-error.ts';
import { follow, organizationRow, stamp, text, type World } from './world.ts';

export type Decision = 'allowed' | 'silent' | 'refused';

export function decideApproval(world: World, caller: Caller, mailbox: Row): Decision {
  if (caller.approval !== undefined) return decisionOf(caller.approval);
  const allowed =
    ownsMailbox(world, caller, mailbox) ||
    holdsApproverRights(caller, isExchangeOnline(follow(world, mailbox.emailserverprofile)));
  if (!allowed) return decisionOf(world.switches.approvalDenied);
  return caller.kind === 'application' ? decisionOf(world.switches.applicationUserApproval) : 'allowed';
}

function decisionOf(value: 'works' | 'silent' | '403'): Decision {
  if (value === 'works') return 'allowed';
  return value === 'silent' ? 'silent' : 'refused';
}

/** On Exchange Online a System Administrator also needs a role of the tenant or the delegated one. */
export function holdsApproverRights(caller: Caller, exchangeOnline: boolean): boolean {
  if (!caller.privileges.has(approveEmailPrivilege) || !caller.roles.has(systemAdministrator)) return false;
  if (!exchangeOnline) return true;
  return caller.tenantRoles.size > 0 || caller.roles.has(delegatedMailboxApprover);
}

/** A person's own mailbox, where the sign-in name is its address; never a queue's. */
export function ownsMailbox(world: World, caller: Caller, mailbox: Row): boolean {
  const regarding = mailbox.regardingobjectid;
  if (typeof regarding !== 'object' || regarding?.table !== 'systemuser' || regarding.id !== caller.userId)
    return false;
  const signIn = text(caller.row.domainname).toLowerCase();
  if (signIn === '' || signIn !== text(mailbox.emailaddress).toLowerCase()) return false;
  if (!caller.privileges.has('prvWriteMailbox')) return false;
  return !selfApprovalNeedsPrivilege(world) || caller.privileges.has(approveEmailPrivilege);
}

function selfApprovalNeedsPrivilege(world: World): boolean {
  const settings = text(organizationRow(world).orgdborgsettings);
  return /<RequirePrivilegeToSelfApproveEmailAddress>\s*(true|1)\s*</i.test(settings);
}

export function approvalRefused(): ServiceError {
  return new ServiceError(
    403,
    '0x80040256',
    'A failure occurred in CrmSecurity. The email address of the mailbox does not match the user principal name of the caller: a Global administrator, an Exchange administrator or a Delegated Mailbox Approver, who is also System Administrator, has to approve it.',
  );
}

/** Columns of an approval on the mailbox; the user or queue takes the first two. */
export function approvalColumns(world: World, caller: Caller, mailbox: Row, status: number): Row {
  const approved = status === approvalStatus.approved;
  const reachesTenant = isExchangeOnline(follow(world, mailbox.emailserverprofile));
  const setsFlag = approved && reachesTenant && world.switches.approvalSetsTenantFlag === 'true';
  const flags: Approval = {
    emailrouteraccessapproval: status,
    isemailaddressapprovedbyo365admin:
      setsFlag || (approved && mailbox.isemailaddressapprovedbyo365admin === true),
  };
  if (!approved || world.switches.newestColumns !== 'true') return { ...flags };
  return { ...flags, emailaddressapprovedby: caller.user, emailaddressapprovedon: stamp(world) };
}

/** What a changed address leaves of an approval. */
export function approvalAfterAddressChange(world: World, address: unknown): Row {
  const status = address === null || address === '' ? approvalStatus.empty : approvalStatus.pending;
  switch (world.switches.addressChangeResets) {
    case 'none':
      return {};
    case 'status':
      return { emailrouteraccessapproval: status };
    case 'both':
      return { emailrouteraccessapproval: status, isemailaddressapprovedbyo365admin: false };
    default:
      return world.switches.addressChangeResets satisfies never;
  }
}
