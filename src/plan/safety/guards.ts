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
  { name: 'mail-stops', severity: 'refuse', check: mailStops },
  { name: 'breaks-working-mailbox', severity: 'refuse', check: breaksWorkingMailbox },
  { name: 'delete-mail', severity: 'refuse', check: deleteMail },
  { name: 'delete', severity: 'refuse', check: deletion },
  { name: 'deactivate', severity: 'refuse', check: deactivate },
  { name: 'protected', severity: 'refuse', check: protectedResource },
  { name: 'approval-off', severity: 'refuse', check: approvalOff },
  { name: 'approve-rejected', severity: 'refuse', check: approveRejected },
  { name: 'personal-queue-address', severity: 'refuse', check: personalQueueAddress },
  { name: 'primary-org', severity: 'refuse', check: primaryOrganization },
  { name: 'test-in-non-production', severity: 'refuse', check: testInNonProduction },
  { name: 'max-changes', severity: 'refuse', check: maxChanges },
  { name: 'first-apply', severity: 'refuse', check: firstApply },
  { name: 'older-mail', severity: 'notice', check: olderMail },
  { name: 'cascade', severity: 'notice', check: cascade },
  { name: 'max-messages', severity: 'notice', check: maxMessages },
];
