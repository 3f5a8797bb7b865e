/**
 * What makes a test fail before a mail server is asked. Names and numbers: Microsoft Learn, "Web service error codes"
 * and the troubleshooting articles on server-side synchronization.
 */

import { isExchangeOnline } from '../new-rows.ts';
import type { Row } from '../odata/table.ts';
import { credential } from '../rules/profile-facts.ts';
import { hashSecret } from '../secrets.ts';
import { follow, organizationRow, text, type World } from '../world.ts';
import { ownerOf } from '../writes/linked-rows.ts';
import type { Direction } from './directions.ts';
import { isHeldByAnother } from './link-mailbox.ts';
import { mailServerFor } from './mail-servers.ts';

type Precondition = (world: World, mailbox: Row, direction: Direction) => string | null;

function inactiveMailbox(_world: World, mailbox: Row): string | null {
  return mailbox.statecode === 1 ? 'InactiveMailbox (8005E219)' : null;
}

function noAddress(_world: World, mailbox: Row): string | null {
  return text(mailbox.emailaddress) === '' ? 'InvalidEmailAddressInMailbox (8005E221)' : null;
}

function inactiveOrMissingProfile(world: World, mailbox: Row, direction: Direction): string | null {
  const profile = follow(world, mailbox.emailserverprofile);
  if (profile !== undefined && profile.statecode === 0) return null;
  return direction.name === 'outgoing'
    ? 'InvalidOutgoingEmailServerProfile'
    : 'InvalidIncomingEmailServerProfile';
}

function unapprovedMailbox(world: World, mailbox: Row): string | null {
  const owner = ownerOf(world, mailbox);
  const column =
    owner?.table === 'systemuser' ? 'requireapprovalforuseremail' : 'requireapprovalforqueueemail';
  if (organizationRow(world)[column] !== true || mailbox.emailrouteraccessapproval === 1) return null;
  return 'UnapprovedMailbox (8005E220)';
}

function tenantApprovalMissing(world: World, mailbox: Row, direction: Direction): string | null {
  const { tenantApprovalGate } = world.switches;
  if (tenantApprovalGate === 'none' || mailbox.isemailaddressapprovedbyo365admin === true) return null;
  if (tenantApprovalGate === 'owned' && ownerOf(world, mailbox) === undefined) return null;
  const profile = follow(world, mailbox.emailserverprofile);
  return isExchangeOnline(profile) ? `${direction.code}S2SApprovalNeeded` : null;
}

function userDisabled(world: World, mailbox: Row): string | null {
  const owner = ownerOf(world, mailbox);
  return owner?.table === 'systemuser' && owner.row.isdisabled === true ? '8005E273' : null;
}

/** Also where the user is not in Read-Write access mode. */
function noLicence(world: World, mailbox: Row): string | null {
  const owner = ownerOf(world, mailbox);
  if (owner?.table !== 'systemuser') return null;
  return owner.row.islicensed === false || owner.row.accessmode !== 0 ? '8005E276' : null;
}

/** Credentials by user or queue: both must be there, and be what the server accepts where the file says so. */
function wrongCredentials(world: World, mailbox: Row, direction: Direction): string | null {
  const profile = follow(world, mailbox.emailserverprofile);
  const retrieval =
    direction.name === 'outgoing' ? 'outgoingcredentialretrieval' : 'incomingcredentialretrieval';
  if (profile?.[retrieval] !== 0) return null;
  if (mailbox.allowemailconnectortousecredentials !== true) return 'CannotUseUserCredentials (8005E229)';
  if (text(mailbox.username) === '' || mailbox.ispasswordset !== true)
    return 'MailboxCredentialNotSpecified (8005E209)';
  const server = mailServerFor(world, mailbox);
  const isUserWrong = server?.username !== undefined && server.username !== mailbox.username;
  const isPasswordWrong = server?.password !== undefined && hashSecret(server.password) !== mailbox.password;
  return isUserWrong || isPasswordWrong ? `${direction.code}AuthenticationError` : null;
}

/** Gmail wants the registration on the profile and the sign-in of each mailbox (Learn, "Connect to Gmail by using OAuth 2.0"). */
function noGmailToken(world: World, mailbox: Row, direction: Direction): string | null {
  const profile = follow(world, mailbox.emailserverprofile);
  if (profile?.incomingcredentialretrieval !== credential.gmail) return null;
  const isRegistered = text(profile.oauthclientid) !== '' && profile.isoauthclientsecretset === true;
  return isRegistered && mailbox.isoauthrefreshtokenset === true
    ? null
    : `${direction.code}AuthenticationError`;
}

function takenByAnotherEnvironment(world: World, mailbox: Row, direction: Direction): string | null {
  if (direction.name !== 'appointmentsContactsTasks') return null;
  return isHeldByAnother(world, mailbox) ? 'ExchangeSyncOrgMismatch' : null;
}

const preconditions: readonly Precondition[] = [
  inactiveMailbox,
  userDisabled,
  noAddress,
  inactiveOrMissingProfile,
  unapprovedMailbox,
  tenantApprovalMissing,
  noLicence,
  wrongCredentials,
  noGmailToken,
  takenByAnotherEnvironment,
];

/** The first reason for which this direction fails, or null. */
export function failedPrecondition(world: World, mailbox: Row, direction: Direction): string | null {
  for (const precondition of preconditions) {
    const code = precondition(world, mailbox, direction);
    if (code !== null) return code;
  }
  return null;
}
