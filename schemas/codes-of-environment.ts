/** What codes mean that only the environment, or a comparison, brings to light. Hand-written; the page is codes.md. */

import type { CheckId } from '../src/checks/check.ts';
import type { DiagnosticCode } from '../src/model/diagnostic.ts';
import type { Explanation } from './codes.ts';

export const OF_ENVIRONMENT = {
  'item-missing': [
    'An item is declared, and the environment has no such user, queue or record.',
    'Users and queues are never created from here; a name may be misspelt, or somebody has left.',
    'Correct the name – the hint has those that are close –, remove the item, or wait until the user is synchronized.',
  ],
  'item-ambiguous': [
    'Several records of the environment have the name of an item.',
    'To change the wrong one is worse than to change none.',
    'Write the `id` of the one that is meant into the item.',
  ],
  'address-owned-by-directory': [
    'An e-mail address of a person is declared that differs from the sign-in name.',
    "People's addresses come from the directory, which may set its own again.",
    'Change the address in Microsoft 365, or leave `emailAddress` out.',
  ],
  'connections-counted': [
    'The number of connections of a server profile changes.',
    'It limits all mailboxes of the profile together.',
    'Nothing, if the number is meant for all of them.',
  ],
  'date-in-future': [
    'Mail is to be processed only from a time to come.',
    'What arrives before is left alone for good.',
    'Write an earlier time if mail is to be processed now.',
  ],
  'owner-disabled': [
    'The user or queue that a mailbox belongs to is disabled. The same word says why a step is held back.',
    'The service neither approves nor tests it.',
    'Enable the owner, or remove the item.',
  ],
  'read-incomplete': [
    'Not all records can be seen by the account that runs this.',
    'The service hides rows without a word: nothing is created, deleted or called missing on such a view.',
    'Give the account organization-wide read of what the message names; `mailboxctl doctor` lists the rights.',
  ],
} satisfies Partial<Record<DiagnosticCode, Explanation>>;

export const OF_COMPARISON = {
  'base-invalid': [
    'The configuration of the base branch (`plan --base`) is not valid.',
    'What this request changes cannot be told apart from what was due before.',
    'Look at the problems that the message quotes; the plan itself is complete.',
  ],
  'base-not-declared': [
    'The base branch does not have this environment, or has it at another organization or address.',
    'Everything that is planned is the effect of this request.',
    'Nothing, if the request adds or moves the environment; else check `--env`, its `url` and `organizationId`, and the folder of `--base`.',
  ],
  'planned-from-snapshot': [
    'The plan is made from a snapshot file, not from the environment.',
    'What somebody changed since is not in it.',
    'Make a newer snapshot with `mailboxctl export --snapshot` when it is old; plan with access before applying.',
  ],
} satisfies Partial<Record<DiagnosticCode, Explanation>>;

/** What to do about a best practice; what it is, and why, its check says. */
export const PRACTICE_REMEDIES: Readonly<Record<CheckId, string>> = {
  'server-side-sync': 'Write `server-side-sync` for the directions that are to move mail.',
  'exchange-online': 'Use a profile of type `exchange-online` for mailboxes of the same tenant.',
  'folder-level-tracking': 'Write `emailSettings: { tracking: { folderLevel: true } }`.',
  'queue-approved-and-tested':
    'Write `emailAddress`, `approved: true` and `testAndEnable: true` in the item of the queue.',
  'forward-mailbox':
    'Give the users and queues `incoming: server-side-sync`, and delete the forward mailbox.',
  'outlook-method': 'Write `server-side-sync` instead of `outlook`.',
  'approval-required': 'Write `onlyApproved: { users: true, queues: true }` below `emailSettings`.',
  'personal-queue-address': 'Take the e-mail address off the personal queue, and make a shared queue for it.',
  'queue-address-of-person': 'Give the queue an address of its own, such as a shared mailbox.',
  'queue-owner-disabled': 'Give the queue an owner who is enabled.',
  'test-older-than-profile': 'Test again: `mailboxctl plan --retest "profile:NAME"`.',
  'duplicate-address': 'Leave the address to one of the records, and take it off the others.',
};
