/** What a fresh reading of a resource means for a step, by the phase that the step is in. */

import type { Reading } from '../model/snapshot.ts';
import { equal, sameText } from '../model/value.ts';
import { type ApplyState, isNext, lookAgain, type StepState, watch } from './apply-state.ts';
import { end } from './outcomes.ts';
import { resultsOf } from './test-results.ts';
import { verdictOf } from './verdict.ts';

/** Looks at a row before "nothing changed" is believed: the mirror of an approval may lag. */
const LOOKS_TO_VERIFY = 3;
/** Looks at a row whose flag fell without a completion time before the test counts as swallowed. */
const LOOKS_WITHOUT_END = 2;
/** A test request without an answer is looked for this long before it is sent again. */
const SETTLE_TEST_MS = 120_000;

export function afterReading(state: StepState, reading: Reading, apply: ApplyState, now: number): StepState {
  switch (state.phase) {
    case 'waiting':
      return isNext(state, apply) ? judge(state, reading, apply, now) : state;
    case 'blocked':
      return judge(state, reading, apply, now);
    case 'verifying':
      return verify(state, reading, now);
    case 'settling':
      return settle(state, reading, apply, now);
    case 'testing':
      return awaitTest(state, reading, apply, now);
    case 'ready':
    case 'sending':
    case 'ended':
      return state;
    default:
      return state.phase satisfies never;
  }
}

function judge(state: StepState, reading: Reading, apply: ApplyState, now: number): StepState {
  const { step } = state;
  const verdict = verdictOf(step, reading, apply.settings, lastWriteFor(state, apply));
  switch (verdict.kind) {
    case 'already':
      return end(state, 'applied', {
        already: true,
        ...(step.verb === 'test' ? { results: resultsOf(reading) } : {}),
      });
    case 'send':
      return { ...state, phase: 'ready', send: { ...step, set: verdict.set }, reading, since: now, looks: 0 };
    case 'stale':
      return end(state, 'failed', {
        reason: 'stale',
        message: `Changed since the plan was made: ${verdict.message}`,
        hint: 'Plan again and look at what somebody changed.',
      });
    case 'gone':
      return end(state, 'failed', {
        reason: 'gone',
        message: 'The record is no longer there',
        hint: 'Plan again.',
      });
    case 'owner-only':
      return end(state, 'handed-off', {
        reason: 'owner-approved-mailbox-not',
        message: 'The user or queue is approved, its mailbox is not',
        hint: 'Approve the mailbox in the admin center.',
      });
    case 'testing':
      return watch({ ...state, requestedAt: reading.at }, 'testing', now);
    case 'blocked':
    case 'unsettled':
      return block(state, apply, now);
    default:
      return verdict satisfies never;
  }
}

function block(state: StepState, apply: ApplyState, now: number): StepState {
  if (state.phase !== 'blocked') return watch(state, 'blocked', now);
  if (now - state.since < apply.settings.testTimeoutMs) return lookAgain(state, now);
  return end(state, 'failed', {
    reason: 'test-under-way',
    message: 'A test of this mailbox is under way and does not end; the service refuses saves until it does',
    hint: 'Check that background operations are on in this environment, then run again.',
  });
}

/** Our last write to the mailbox, or to what its test is a consequence of. */
function lastWriteFor({ step }: StepState, { lastWrite }: ApplyState): string | null {
  let last: string | null = null;
  for (const address of [step.address, ...step.because.map(({ of }) => of?.slice(0, of.lastIndexOf('#')))]) {
    const written = address === undefined ? undefined : lastWrite.get(address);
    if (written !== undefined && (last === null || written > last)) last = written;
  }
  return last;
}

/** Answers of success prove nothing: approvals and addresses are read back. */
function verify(state: StepState, reading: Reading, now: number): StepState {
  const { step } = state;
  if (isVerified(state, reading)) return end(state, 'applied');
  if (
    step.verb === 'approve' &&
    reading.fields.approved === 'approved-on-owner' &&
    state.looks + 1 >= LOOKS_TO_VERIFY
  ) {
    return end(state, 'handed-off', {
      reason: 'owner-approved-mailbox-not',
      message: 'Approved on the user or queue; the mailbox does not show it',
      hint: 'Approve the mailbox in the admin center.',
    });
  }
  if (state.looks + 1 < LOOKS_TO_VERIFY) return lookAgain(state, now);
  return end(state, 'failed', {
    reason: 'silent-refusal',
    message: 'The service answered success and changed nothing',
    hint:
      step.verb === 'readdress'
        ? 'Change the address where it is mastered: in Microsoft Entra or on the user or queue.'
        : 'Somebody with the roles for it has to do this; "mailboxctl plan" lists who.',
  });
}

function isVerified({ step, send }: StepState, { fields }: Reading): boolean {
  return (send ?? step).set.every(({ field, to }) => {
    const actual = fields[field] ?? null;
    return typeof to === 'string' && typeof actual === 'string' ? sameText(to, actual) : equal(to, actual);
  });
}

/** No answer came. A write that can be repeated is judged anew; a test request leaves a trace or is not repeated at once. */
function settle(state: StepState, reading: Reading, apply: ApplyState, now: number): StepState {
  if (state.step.verb !== 'test') return judge({ ...state, phase: 'waiting' }, reading, apply, now);
  const requestedAt = state.requestedAt ?? reading.at;
  const completed = reading.fields['tests.completedOn'];
  if (typeof completed === 'string' && completed >= requestedAt) return endTest(state, reading);
  if (reading.fields['tests.scheduled'] === true)
    return { ...state, phase: 'testing', requestedAt, since: now, looks: 0 };
  if (now - state.since < SETTLE_TEST_MS) return { ...state, looks: state.looks + 1 };
  return { ...state, phase: 'ready', reading, since: now, looks: 0 };
}

/** A test has ended when its flag is false and the completion time has moved. */
function awaitTest(state: StepState, reading: Reading, apply: ApplyState, now: number): StepState {
  const scheduled = reading.fields['tests.scheduled'] === true;
  const completed = reading.fields['tests.completedOn'];
  const moved =
    typeof completed === 'string' && (state.requestedAt === null || completed >= state.requestedAt);
  if (!scheduled && moved) return endTest(state, reading);
  if (!scheduled) {
    const vanished = state.vanished + 1;
    if (vanished < LOOKS_WITHOUT_END) return lookAgain({ ...state, vanished }, now);
    return end(state, 'unknown', {
      reason: 'test-vanished',
      message: 'The request was cleared and no test was completed',
      hint: 'Run again; if it happens again, look at the alerts of the mailbox.',
    });
  }
  if (now - state.since < apply.settings.testTimeoutMs) return lookAgain(state, now);
  return end(state, 'unknown', {
    reason: 'test-timeout',
    message: 'The test did not end in time; it may still end',
    hint: 'Check that background operations are on in this environment. It is not requested again while the row says it is scheduled.',
  });
}

function endTest(state: StepState, reading: Reading): StepState {
  return end(state, 'applied', { results: resultsOf(reading) });
}
