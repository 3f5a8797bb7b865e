/** What became of steps, and what drift is called. Hand-written; the page is codes.md. */

import type { DriftFinding } from '../src/model/drift.generated.ts';
import type { OutcomeKind, OutcomeReason } from '../src/model/outcome.ts';
import type { PlanHandoff } from '../src/model/plan.generated.ts';
import type { Explanation } from './codes.ts';

/** `test-failed`: applied, with a result that is no success. */
type OutcomeCode =
  | Exclude<OutcomeKind, 'applied'>
  | Exclude<OutcomeReason, PlanHandoff['why']>
  | 'test-failed';

export const OF_OUTCOMES: Readonly<Record<OutcomeCode, Explanation>> = {
  failed: [
    'A step was tried and did not come about.',
    'What depends on it was skipped; everything else was done.',
    'Do what the message says, and run again.',
  ],
  unknown: [
    'Nobody knows whether a step came about.',
    'No answer came, or the run ended before its result could be read.',
    'Run the same command again: it reads first and goes on.',
  ],
  skipped: [
    'A step was not begun.',
    'It stands behind one that was not applied, or the run ended before.',
    'Mend the other step, and run again.',
  ],
  'handed-off': [
    'A step is left to a person.',
    'This account cannot do it.',
    'Have somebody run the command that the report prints.',
  ],
  'test-failed': [
    'Test & Enable ran, and a direction failed.',
    'The mailbox does not move mail in that direction.',
    'Look at the alert below it, which names the cause; mend it, and run again.',
  ],
  refused: [
    'The service said no to a step.',
    'Its status, code and words stand in the message.',
    'Do what the hint says; for codes of the service ask its documentation.',
  ],
  'silent-refusal': [
    'The service answered success, and the record is as before.',
    'It does so where the account lacks a right, and where another system masters the value.',
    'Have somebody with the right do it; the hint names the place.',
  ],
  stale: [
    'The value is neither the one that was planned from nor the new one.',
    'Somebody has changed it since, and their work is not overwritten.',
    'Plan again, and look at what was changed.',
  ],
  gone: [
    'The record was there when the plan was made, and is no longer.',
    'There is nothing left to change.',
    'Plan again.',
  ],
  contended: [
    'The record changed each time between being read and being written.',
    'To write it nevertheless could overwrite the work of others.',
    'Run again when the mailbox is quieter.',
  ],
  throttled: [
    'The service asked for pauses for an hour and carried nothing out.',
    'Another program may use up what it allows this account.',
    'Run again later, and look at what else uses the account.',
  ],
  'test-under-way': [
    'A test of the mailbox is under way and does not end.',
    'The service refuses saves of a mailbox until its test is over.',
    'Check that background operations are on in the environment, then run again.',
  ],
  'no-answer': [
    'A step was sent several times, and no answer came.',
    'It may have come about.',
    'Run again: what happened is settled by reading.',
  ],
  unreadable: [
    'The environment could not be read any more.',
    'Nothing is written without a fresh reading, so the run ended.',
    'Look at the connection and the sign-in, then run again.',
  ],
  'test-timeout': [
    'A test did not end within `tests.timeout`.',
    'It may still end; it is not requested a second time while the row says that it is scheduled.',
    'Run again later; if it never ends, check that background operations are on in the environment.',
  ],
  'test-vanished': [
    'The request of a test was cleared, and no test was completed.',
    'Something in the environment has dropped it.',
    'Run again; if it happens again, look at the alerts of the mailbox.',
  ],
  behind: [
    'The step needs another one that was not applied.',
    'Alone it would fail, or do harm.',
    'Mend the one that is named, and run again.',
  ],
  interrupted: [
    'Somebody ended the run.',
    'What was under way was finished or is told as unknown; nothing else was begun.',
    'Run again: it goes on from what is there.',
  ],
  'time-out': [
    'The time of `--timeout` was over.',
    'What was under way was finished or is told as unknown; nothing else was begun.',
    'Run again: it goes on from what is there.',
  ],
  'hand-off': [
    'The plan leaves the step to a person.',
    'This account cannot do it, or is not to.',
    'Have somebody run the command that the plan prints.',
  ],
  'refused-before': [
    'The service had refused this account such approvals in the same run.',
    'The others would be refused as well, so they were not sent.',
    'Have somebody approve who may.',
  ],
};

type Drifted = DriftFinding['class'] | NonNullable<DriftFinding['subclass']>;

export const OF_DRIFT: Readonly<Record<`drift-${Drifted}`, Explanation>> = {
  'drift-configuration': [
    'A field holds another value than the files declare.',
    'Somebody changed it by hand, or the files changed and were not applied.',
    'Apply to revert it, or declare what is there to accept it.',
  ],
  'drift-approval': [
    'An e-mail address is not approved as the files declare.',
    'Without approval the mailbox moves no mail where the environment requires it.',
    'Plan: it says whether this account can approve, or who has to.',
  ],
  'drift-missing': [
    'The files declare what the environment does not have.',
    'A user, queue or profile is gone, or its name has changed.',
    'Correct the files; apply creates server profiles and forward mailboxes, never users and queues.',
  ],
  'drift-new': [
    'A rule covers a mailbox that was never approved nor tested.',
    'It came after the last apply.',
    'Apply: it is approved as far as the files vouch for it, tested and enabled.',
  ],
  'drift-unmanaged': [
    'Something is there that nothing in the files covers.',
    'Nobody reviews how it is set up.',
    'Declare it, or leave it: it is never touched.',
  ],
  'drift-health': [
    'A mailbox does not work as the files declare, for a reason that has no name of its own.',
    'It may be under way: a test that has not ended yet.',
    'Wait for the test; else apply.',
  ],
  'drift-failed': [
    'The last test of a mailbox failed.',
    'It moves no mail in that direction.',
    'Look at the alert that is told with it; mend the cause, then apply or `--retest`.',
  ],
  'drift-disabled': [
    'A mailbox was tested with success, and a direction is off.',
    'The service, or somebody, has turned it off since.',
    'Look at its alerts, then apply: it is tested and enabled again.',
  ],
  'drift-stuck': [
    'A test of a mailbox does not end.',
    'Until it does the service refuses every save of it.',
    'Check that background operations are on and administration mode is off in the environment.',
  ],
  'drift-stolen': [
    'Another environment has taken the Exchange mailbox over.',
    'Every test was a success, every direction is off, and no alert says so.',
    'Decide which environment is to have it; `mailboxctl plan --retest` with its address takes it back.',
  ],
  'drift-held': [
    'A mailbox does not work yet, and a known reason keeps it from being tested.',
    'Apply would do nothing about it.',
    'Do what the message says; the reason is explained above.',
  ],
};
