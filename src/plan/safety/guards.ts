/** The guards in the order in which they are told. Each is a named function of its subject's file. */

import { approvalOff, approveRejected, personalQueueAddress } from './approval-guards.ts';
import { cascade } from './cascade.ts';
import type { Guard } from './guard.ts';
import { breaksWorkingMailbox, deleteMail, mailStops } from './mail-guards.ts';
import { olderMail } from './older-mail.ts';
import { deactivate, deletion, protectedResource } from './removal-guards.ts';
import { firstApply, maxChanges } from './size-guards.ts';
import { maxMessages, primaryOrganization, testInNonProduction } from './test-guards.ts';

export const GUARDS: readonly Guard[] = [
  {
    name: 'mail-stops',
    severity: 'refuse',
    fires:
      'A direction that moves mail now (server-side-sync, enabled, the last test a success) gets another method, or its mailbox is deactivated, rejected or deleted; the mail ceiling counts too. Or its incoming mail is processed only from a time to come (`processEmailsFrom` of the mailbox or its server profile, whichever is later).',
    check: mailStops,
  },
  {
    name: 'breaks-working-mailbox',
    severity: 'refuse',
    fires:
      "The service's reaction to a step takes away what moves mail now, and this run does not restore it: a change, also one of the server profile, makes a test necessary that is not part of the run; or approval begins to be required of a mailbox that will not have it.",
    check: breaksWorkingMailbox,
  },
  {
    name: 'delete-mail',
    severity: 'refuse',
    fires: '`deleteEmailsAfterProcessing` is turned on: what is processed is gone from the mail server.',
    check: deleteMail,
  },
  {
    name: 'delete',
    severity: 'refuse',
    fires: 'A server profile or a forward mailbox is deleted.',
    check: deletion,
  },
  {
    name: 'deactivate',
    severity: 'refuse',
    fires: 'A server profile or a mailbox is deactivated.',
    check: deactivate,
  },
  {
    name: 'protected',
    severity: 'refuse',
    fires: 'Any step on a resource with `protect: true`.',
    check: protectedResource,
  },
  {
    name: 'approval-off',
    severity: 'refuse',
    fires: '`onlyApproved.users` or `onlyApproved.queues` is turned off.',
    check: approvalOff,
  },
  {
    name: 'approve-rejected',
    severity: 'refuse',
    fires: 'An address is approved for a mailbox that a person has rejected.',
    check: approveRejected,
  },
  {
    name: 'personal-queue-address',
    severity: 'refuse',
    fires: 'A personal queue, which the platform makes for each user and team, gets an e-mail address.',
    check: personalQueueAddress,
  },
  {
    name: 'primary-org',
    severity: 'refuse',
    fires:
      'A test with `syncFromThisOrganizationOnly` takes a mailbox away from every other environment; not for those that this one has already.',
    check: primaryOrganization,
  },
  {
    name: 'test-in-non-production',
    severity: 'refuse',
    fires:
      'Anything is tested in a non-production environment without a `mail` ceiling; never in the embedded Dataverse or at an address of this machine.',
    check: testInNonProduction,
  },
  {
    name: 'max-changes',
    severity: 'refuse',
    fires:
      'More than the share `guards.maxChanges.share` of the managed mailboxes, or of the managed server profiles, is changed, and at least `guards.maxChanges.from` of them. New ones, approvals and tests do not count.',
    check: maxChanges,
  },
  {
    name: 'first-apply',
    severity: 'refuse',
    fires:
      'More than 50 mailboxes are edited where less than 10 % of the managed ones are as declared: nobody has managed the environment yet, or not with these files.',
    check: firstApply,
  },
  {
    name: 'older-mail',
    severity: 'notice',
    fires:
      'Mail is processed from an earlier time than before, or a mailbox or server profile begins with a time in the past: older mail is pulled in.',
    check: olderMail,
  },
  {
    name: 'cascade',
    severity: 'notice',
    fires:
      'A changed server profile makes tests of its mailboxes necessary, or changed settings of new mailboxes reach the mailboxes that apply them.',
    check: cascade,
  },
  {
    name: 'max-messages',
    severity: 'notice',
    fires: 'The run sends at least half as many test messages as `tests.perRun` allows tests.',
    check: maxMessages,
  },
];
