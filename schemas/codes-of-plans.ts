/** What a plan names: guards, why work is held back, deferred or handed off. Hand-written; the page is codes.md. */

import type { DiagnosticCode } from '../src/model/diagnostic.ts';
import type { PlanDeferred, PlanHandoff, PlanHeldBack } from '../src/model/plan.generated.ts';
import type { GuardName } from '../src/plan/safety/guard.ts';
import type { Explanation } from './codes.ts';

/** When a guard fires it says itself; here is why that matters, and what to do. */
export const OF_GUARDS: Readonly<Record<GuardName, readonly [matters: string, todo: string]>> = {
  'mail-stops': [
    'Somebody gets mail through it today and would not tomorrow, without an error anywhere.',
    'Look at the mailboxes that are named; if it is meant, `--allow mail-stops`.',
  ],
  'breaks-working-mailbox': [
    'A changed mailbox is turned off by the service until it is approved or tested again, and this run does neither.',
    'Write `testAndEnable: true` and `approved: true` for it, wait for whoever approves, or `--allow breaks-working-mailbox`.',
  ],
  'delete-mail': [
    'If processing goes wrong, there is no second copy.',
    'Make sure that the mail server keeps a copy; then `--allow delete-mail`.',
  ],
  delete: [
    'A deleted record does not come back: a new one has another id, and other systems may refer to the old one.',
    'Check that nothing needs it; then `--allow delete`.',
  ],
  deactivate: ['Everything that uses it stands still.', 'Check who uses it; then `--allow deactivate`.'],
  protected: [
    'Somebody wrote that this resource is not to be changed by accident.',
    'Ask them; then `--allow protected`, or remove `protect`.',
  ],
  'approval-off': [
    'Mailboxes would be synchronized that nobody has authorized.',
    'Leave approval on; if it is really meant, `--allow approval-off`.',
  ],
  'approve-rejected': [
    'A person has looked at this address and said no.',
    'Ask why; then `--allow approve-rejected`, or remove `approved` from the item.',
  ],
  'personal-queue-address': [
    'All mail of the address would flow into a queue that is meant for one person or team.',
    'Make a shared queue; if it is meant, `--allow personal-queue-address`.',
  ],
  'primary-org': [
    'In every other environment the mailbox stops, without an alert.',
    'Make sure that this is the environment that is to have it; then `--allow primary-org`.',
  ],
  'test-in-non-production': [
    'A copy of production would send real messages and take mail away from it.',
    'Declare a `mail` ceiling for the environment, which is better than `--allow test-in-non-production`.',
  ],
  'max-changes': [
    'A misspelt pattern or a wrong file changes very many at once.',
    'Look at the groups of the plan; if all of it is meant, `--allow max-changes`.',
  ],
  'first-apply': [
    'What exists was set up by hand, and would all be overwritten in one go.',
    'Begin with a part of it by `--target`, or accept the whole with `--allow first-apply`.',
  ],
  'older-mail': [
    'Much old mail may arrive at once, and be turned into records.',
    'Nothing, if that is meant; else write a later `processEmailsFrom`.',
  ],
  cascade: [
    'One line has an effect on many mailboxes that it does not name.',
    'Look at how many are named, and choose the hour.',
  ],
  'max-messages': [
    'Each test sends a real message, and the service takes only so many at once.',
    'Nothing; those beyond `tests.perRun` are left for the next run.',
  ],
};

type HeldBack = Exclude<PlanHeldBack['reason'], DiagnosticCode>;

export const OF_HELD_BACK: Readonly<Record<HeldBack, Explanation>> = {
  'no-address': [
    'The mailbox has no e-mail address.',
    'There is nothing to approve and nowhere to send a test to.',
    'Give the user or queue an address.',
  ],
  'waits-for-approval': [
    'A test waits for an approval that this account cannot give.',
    'Without approval the test fails.',
    'Have somebody approve – the plan says who and how –, then run again.',
  ],
  'not-approved': [
    'The e-mail address is not approved, and the configuration does not approve it.',
    'A test would fail, and would send a message all the same.',
    'Write `approved: true`, or approve it in the admin center.',
  ],
  'failed-recently': [
    'The last test failed a short time ago, and nothing has changed since.',
    'It would fail again, and send messages for nothing.',
    'Mend the cause that the alert tells; `--retest` with the address tests all the same. `tests.retestAfter` sets the time.',
  ],
  stuck: [
    'A test has been under way for longer than one is awaited.',
    'Until it ends the service refuses every save of this mailbox.',
    'Check that background operations are on and administration mode is off in the environment; else ask the support of Microsoft.',
  ],
  'type-cannot-change': [
    'A declared server profile has another type than the one in the environment.',
    'The service does not change the type of a profile.',
    'Declare a profile with another name, and let the mailboxes use it.',
  ],
  'profile-missing': [
    'The mailbox has no server profile.',
    'Without one there is nothing to test.',
    'Declare `serverProfile` for it.',
  ],
  'mailbox-inactive': [
    'The mailbox is deactivated.',
    'The service does not test it.',
    'Write `state: active` in its item.',
  ],
  stolen: [
    'Every test was a success and every direction is off: another environment has taken the Exchange mailbox over.',
    'To test it again would take it back, and the other environment would stop.',
    'Decide which of the two is to have it; `--retest` with its address takes it back here.',
  ],
  'waits-for-sign-in': [
    'The user of the mailbox has to sign in to the mail provider first.',
    'Gmail lets nobody else do it.',
    'Ask the user to sign in on the form of the mailbox; a later run tests it by itself.',
  ],
  'in-use': [
    'A server profile is to go, and mailboxes still use it.',
    'The service refuses to delete it.',
    'Run again when the mailboxes have left it; nothing else is needed.',
  ],
};

export const OF_DEFERRED: Readonly<Record<PlanDeferred['reason'], Explanation>> = {
  'tests-per-run': [
    'More mailboxes are to be tested than `tests.perRun` allows.',
    'Tests are real messages, and the service tests only a few at a time.',
    'Run again, or write a larger `tests.perRun`.',
  ],
};

export const OF_HAND_OFFS: Readonly<Record<PlanHandoff['why'], Explanation>> = {
  'no-privilege': [
    'The account lacks the privilege "Approve Email Addresses for Users or Queues".',
    'Only a person who has it can approve.',
    'Have such a person run the command that the plan prints, or give the account the privilege.',
  ],
  'no-role': [
    'The account lacks a role that approving needs besides the privilege.',
    'That is System Administrator, and for Exchange Online also Global administrator, Exchange administrator or delegated mailbox approver.',
    'Have such a person run the command that the plan prints.',
  ],
  'by-configuration': [
    'The environment has `approvals: hand-off`.',
    'Approvals are to be given by a person, never by a pipeline.',
    'Have that person run the command that the plan prints.',
  ],
  'owner-approved-mailbox-not': [
    'The user or queue counts as approved and its mailbox does not. An apply names it, too, when it finds that out.',
    'To write the approval again has no effect.',
    'Approve the mailbox in the Power Platform admin center.',
  ],
  'own-sign-in': [
    'A mailbox of Gmail works when its own user has signed in.',
    'Nobody else can do it.',
    'Ask the user to sign in on the form of the mailbox.',
  ],
};
