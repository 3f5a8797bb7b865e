/** Save rules of mailboxes. Names and codes: Microsoft Learn, "Web service error codes". */

import type { Row } from '../odata/table.ts';
import { follow, isReference, never, text, type World } from '../world.ts';
import { checkRules, type RuleInput, type SaveRule } from './rule.ts';

const methods = ['incomingemaildeliverymethod', 'outgoingemaildeliverymethod', 'actdeliverymethod'];

function isForward(row: Row): boolean {
  return row.isforwardmailbox === true;
}

function belongsTo(row: Row, table: 'systemuser' | 'queue'): boolean {
  const regarding = row.regardingobjectid;
  return isReference(regarding) && regarding.table === table;
}

function forwardNeedsAddress({ after }: RuleInput): boolean {
  return isForward(after) && text(after.emailaddress) === '';
}

function forwardIncoming({ after }: RuleInput): boolean {
  return (
    isForward(after) && after.incomingemaildeliverymethod !== 0 && after.incomingemaildeliverymethod !== 2
  );
}

function forwardOutgoing({ after }: RuleInput): boolean {
  return isForward(after) && after.outgoingemaildeliverymethod !== 0;
}

function queueOutlook({ after }: RuleInput): boolean {
  if (!belongsTo(after, 'queue')) return false;
  return after.incomingemaildeliverymethod === 1 || after.outgoingemaildeliverymethod === 1;
}

function deletesMailOfUser({ after }: RuleInput): boolean {
  return belongsTo(after, 'systemuser') && after.processanddeleteemails === true;
}

function profileOf(world: World, row: Row): Row | undefined {
  return follow(world, row.emailserverprofile);
}

function syncsAppointmentsWithoutExchange({ world, after }: RuleInput): boolean {
  const type = profileOf(world, after)?.servertype;
  return after.actdeliverymethod === 1 && (type === 1 || type === 4);
}

function credentialsWithoutUserName({ after }: RuleInput): boolean {
  return after.allowemailconnectortousecredentials === true && text(after.username) === '';
}

function activatesForDisabledOwner({ world, before, after }: RuleInput): boolean {
  if (before?.statecode !== 1 || after.statecode !== 0) return false;
  const owner = follow(world, after.regardingobjectid);
  return owner?.isdisabled === true || owner?.statecode === 1;
}

/** The dialog wants a date after the profile's; of the API only the code is known. */
function processesFromTooEarly({ world, after }: RuleInput): boolean {
  const date = text(after.processemailreceivedafter);
  if (date === '' || date === never) return false;
  if (date < '1900-01-01') return true;
  const ofProfile = text(profileOf(world, after)?.processemailsreceivedafter);
  return world.switches.mailboxDateBeforeProfile === 'refused' && date < ofProfile;
}

export const mailboxRules: readonly SaveRule[] = [
  {
    name: 'ForwardMailboxEmailAddressRequired',
    code: '0x8005e211',
    columns: ['emailaddress'],
    broken: forwardNeedsAddress,
    message: 'An email address is required for a forward mailbox.',
  },
  {
    name: 'ForwardMailboxUnexpectedIncomingDeliveryMethod',
    code: '0x8005e212',
    columns: ['incomingemaildeliverymethod'],
    broken: forwardIncoming,
    message: 'The incoming delivery method of a forward mailbox is None or Server-Side Synchronization.',
  },
  {
    name: 'ForwardMailboxUnexpectedOutgoingDeliveryMethod',
    code: '0x8005e213',
    columns: ['outgoingemaildeliverymethod'],
    broken: forwardOutgoing,
    message: 'The outgoing delivery method of a forward mailbox is None.',
  },
  {
    name: 'QueueMailboxUnexpectedDeliveryMethod',
    code: '0x8005e210',
    columns: methods,
    broken: queueOutlook,
    message: 'A queue mailbox cannot use Microsoft Dynamics 365 for Outlook.',
  },
  {
    name: 'MailboxCannotDeleteEmails',
    code: '0x8005e233',
    columns: ['processanddeleteemails'],
    broken: deletesMailOfUser,
    message: 'Emails can be deleted after processing for queue and forward mailboxes only.',
  },
  {
    name: 'MailboxUnsupportedEmailServerType',
    code: '0x8005e247',
    columns: ['actdeliverymethod', 'emailserverprofile'],
    broken: syncsAppointmentsWithoutExchange,
    message: 'Appointments, contacts and tasks cannot be synchronized through POP3, IMAP or SMTP.',
  },
  {
    name: 'MailboxCredentialNotSpecified',
    code: '0x8005e209',
    columns: ['allowemailconnectortousecredentials', 'username'],
    broken: credentialsWithoutUserName,
    message: 'A user name is required where the mailbox allows its credentials to be used.',
  },
  {
    name: 'CannotActivateMailboxForDisabledUserOrQueue',
    code: '0x8005e230',
    columns: ['statecode'],
    broken: activatesForDisabledOwner,
    message: 'The mailbox cannot be activated while its user or queue is disabled.',
  },
  {
    name: 'InvalidValueProcessEmailAfter',
    code: '0x8005e244',
    columns: ['processemailreceivedafter'],
    broken: processesFromTooEarly,
    message: 'The date from which email is processed is too early.',
  },
];

export function checkMailbox(world: World, before: Row | undefined, after: Row, written: Row): void {
  checkRules(mailboxRules, { world, before, after, written });
}
