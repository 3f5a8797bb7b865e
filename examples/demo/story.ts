/** The story of the demo: what is run, what is said about it, and what has to come of it. Data only. */

import type { Excerpt } from './screen.ts';

export interface Scene {
  readonly title: string;
  readonly narration: string;
  /** Arguments of mailboxctl. */
  readonly args: readonly string[];
  readonly exitCode: number;
  /** Texts that have to be in the output, so that the narration stays true. */
  readonly says: readonly string[];
  /** Which output is shown. */
  readonly show: 'stdout' | 'stderr';
  readonly excerpts: readonly Excerpt[];
  /** So many of the last lines are shown in any case. */
  readonly tail: number;
  /** Moves the clock of the embedded Dataverse to this time before the command. */
  readonly clock?: string;
}

export const STORY: readonly Scene[] = [
  {
    title: '1  Check the files',
    narration:
      'Contoso keeps its mailboxes in five YAML files. "validate" reads nothing but these. It warns of a queue that is to be approved, though the file does not say for which e-mail address: remember Jobs.',
    args: ['validate'],
    exitCode: 0,
    says: ['mailbox:queue/Jobs', 'approval-needs-address', 'Errors: 0. Warnings: 2.'],
    show: 'stdout',
    excerpts: [{ from: 'config/queues.yaml' }],
    tail: 2,
  },
  {
    title: '2  Compare with the environment',
    narration:
      'Sixty people, their private queues and eight shared ones. "plan" can only read. It shows what it would change, approve and test, and why; one change stops mail that moves today.',
    args: ['plan', '--detailed-exitcode'],
    exitCode: 2,
    says: [
      'mail-stops',
      'Plan: 1 to add, 10 to change, 0 to destroy. Actions: 6 approvals, 15 tests.',
      'mailbox:user/karl.weber@contoso.com',
    ],
    show: 'stdout',
    excerpts: [
      { from: 'Read this first', lines: 6 },
      { from: '~ 3 mailboxes', lines: 5 },
    ],
    tail: 2,
  },
  {
    title: '3  Refused',
    narration:
      'The newsletter queue works both ways now and is to stop receiving. That may be right, but nobody does it by accident: the guard refuses before the first write.',
    args: ['apply', '--yes'],
    exitCode: 5,
    says: ['Refused by mail-stops; nothing was written'],
    show: 'stderr',
    excerpts: [{ from: 'Error:' }],
    tail: 0,
  },
  {
    title: '4  Apply',
    narration:
      'Now knowingly. Edits, then approvals, then Test & Enable, each awaited to its end. One mailbox passes at the second attempt; two fail, and the rest is not held up by them.',
    args: ['apply', '--yes', '--allow', 'mail-stops'],
    exitCode: 8,
    says: [
      'Failed tests: 2 of 15.',
      'Apply complete! Resources: 1 added, 10 changed, 0 destroyed. Actions: 6 approved, 15 tested.',
    ],
    show: 'stdout',
    excerpts: [
      { from: 'readdress 1', lines: 6 },
      { from: 'Failed tests', lines: 5 },
    ],
    tail: 3,
  },
  {
    title: '5  What failed',
    narration: 'The mailboxes whose Test & Enable failed, with their alerts and what the codes mean.',
    args: ['status', '--view', 'test-and-enable-failed'],
    exitCode: 0,
    says: ['lukasz.zak@contoso.com', 'カスタマーサポート', 'Exchange does not let the account in'],
    show: 'stdout',
    excerpts: [{ from: 'Mailboxes of' }],
    tail: 2,
  },
  {
    title: '6  The morning after',
    narration:
      'Overnight somebody edited by hand: two queue addresses, one method. The service gave up on a mailbox. "drift" says what differs, by class, and changes nothing.',
    clock: '2026-11-22T06:00:00Z',
    args: ['drift', '--detailed-exitcode'],
    exitCode: 2,
    says: ['mailbox:queue/Jobs', 'ceo@contoso.com', 'returns@fabrikam.com', 'minjun.park'],
    show: 'stdout',
    excerpts: [
      { from: 'Configuration', lines: 4 },
      { from: 'mailbox:queue/Jobs', lines: 4 },
      { from: 'tests.incoming', lines: 4 },
    ],
    tail: 2,
  },
  {
    title: '7  What would be done about it',
    narration:
      "Returns gets its address back, is approved for it and tested. Jobs now has the chief executive's address. No line of the files vouches for that: it is not approved, and her mail does not flow into the queue.",
    args: ['plan', '--detailed-exitcode'],
    exitCode: 2,
    says: ['returns@fabrikam.com → returns@contoso.com', 'ceo@contoso.com', 'nothing here vouches for it'],
    show: 'stdout',
    excerpts: [
      { from: 'Changes', lines: 4 },
      { from: 'approve mailbox:queue/Returns', lines: 3 },
      { from: 'mailbox:queue/Jobs has', lines: 6 },
    ],
    tail: 1,
  },
  {
    title: '8  Apply again',
    narration:
      'Only what differs is written. The two mailboxes that failed yesterday are left alone: a test sends a real message, so nothing is tested again within a day unless something changed or somebody asks.',
    args: ['apply', '--yes'],
    exitCode: 0,
    says: ['failed a short time ago', 'Apply complete! Resources: 0 added, 2 changed, 0 destroyed.'],
    show: 'stdout',
    excerpts: [{ from: 'Applied to' }],
    tail: 2,
  },
  {
    title: '9  Nothing left to do',
    narration: 'Planning again gives no steps, and says what a person has to look at.',
    args: ['plan', '--detailed-exitcode'],
    exitCode: 0,
    says: ['No changes. '],
    show: 'stdout',
    excerpts: [
      { from: 'Held back', lines: 10 },
      { from: 'mailbox:queue/Jobs has', lines: 5 },
    ],
    tail: 1,
  },
];
