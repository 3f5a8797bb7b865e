/** What a fresh reading of a resource means for a step, by the phase that the step is in. */

import type { PlanStep } from '../model/plan.generated.ts';
import type { Reading } from '../model/snapshot.ts';
import { SETTLED_AFTER_MS } from '../model/test-request.ts';
import { equal, sameText, type TestResults } from '../model/value.ts';
import type { ApplyState } from './apply-state.ts';
import { end, TEST_UNDER_WAY } from './outcomes.ts';
import { isApproval, lookAgain, MAX_ATTEMPTS, type StepState, watch } from './step-state.ts';
import { resultsOf } from './test-results.ts';
import { isMarked, verdictOf } from './verdict.ts';

/** Looks at a row before "nothing changed" is believed: the mirror of an approval may lag. */
const LOOKS_TO_VERIFY = 3;
/** Looks at a row whose flag fell without a completion time before the test counts as swallowed. */
const LOOKS_WITHOUT_END = 2;

/** What a reading shows of the steps that it was made for; what it does not show is asked for again. */
export function afterReadings(
  before: ApplyState,
  readings: ReadonlyMap<string, Reading>,
  now: number,
): ApplyState {
  const { table, reading: asked } = before;
  let state: ApplyState = { ...before, reading: null };
  for (const place of asked ?? []) {
    const step = table.at(place);
    const reading = readings.get(step.step.address);
    if (reading !== undefined) state = afterLook(state, place, reading, now);
    if (table.at(place) === step) table.putBack(place);
  }
  for (const place of asked ?? []) table.unpark(table.at(place).step.address);
  return state;
}

/** What a look at its resource means for one step, and for those after it. */
export function afterLook(state: ApplyState, place: number, reading: Reading, now: number): ApplyState {
  const { table } = state;
  const before = table.at(place);
  const after = afterReading(before, reading, state, now);
  table.set(place, after);
  if (after.outcome === null || after.outcome === before.outcome) return state;
  const { step, phase } = before;
  const { kind, reason } = after.outcome;
  // No answer told when it was written; not later than this reading.
  if (phase === 'settling' && step.verb !== 'test' && kind === 'applied')
    table.lastWrite.set(step.address, reading.at);
  if (reason === 'silent-refusal' && isApproval(step)) return { ...state, refusals: state.refusals + 1 };
  if (step.verb === 'approve' && phase === 'verifying' && kind === 'applied')
    return { ...state, approvalsWork: true };
  return state;
}

function afterReading(state: StepState, reading: Reading, apply: ApplyState, now: number): StepState {
  switch (state.phase) {
    case 'waiting':
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
      return watch({ ...state, reading }, 'testing', now);
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
  return end(state, 'failed', TEST_UNDER_WAY);
}

/** Our last write to the mailbox, or to what its test is a consequence of. */
function lastWriteFor({ step }: StepState, { table: { lastWrite } }: ApplyState): string | null {
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
    hint: refusedHint(step),
  });
}

function refusedHint({ verb }: PlanStep): string {
  if (verb === 'readdress')
    return 'Change the address where it is mastered: in Microsoft Entra or on the user or queue.';
  if (verb === 'delete') return 'Delete it in the admin center, and look at what it says.';
  return 'Somebody with the roles for it has to do this; "mailboxctl plan" lists who.';
}

function isVerified({ step, send }: StepState, { exists, fields }: Reading): boolean {
  if (step.verb === 'delete') return !exists;
  return (send ?? step).set.every(({ field, to }) => {
    const actual = fields[field] ?? null;
    return typeof to === 'string' && typeof actual === 'string' ? sameText(to, actual) : equal(to, actual);
  });
}

/** No answer came. A write that can be repeated is judged anew; a test request leaves a trace or is not repeated at once. */
function settle(state: StepState, reading: Reading, apply: ApplyState, now: number): StepState {
  if (state.step.verb !== 'test') return settleWrite(judgeAgain(state, reading, apply, now));
  if (hasMoved(state, reading) && !isScheduled(reading)) return endTest(state, reading);
  if (isScheduled(reading)) return watch(state, 'testing', now);
  // By the service's clock, as for a request of an earlier run: so much of it may have passed here already.
  const seenAt = Date.parse(reading.at);
  const lostAt = state.lostAt ?? seenAt - (now - state.since);
  const leftMs = lostAt + SETTLED_AFTER_MS - seenAt;
  if (leftMs <= 0) return judgeAgain(state, reading, apply, now);
  const again = lookAgain({ ...state, lostAt }, now);
  return { ...again, nextLook: Math.min(again.nextLook, now + leftMs) };
}

/** What was lost that often is not sent once more. */
function judgeAgain(state: StepState, reading: Reading, apply: ApplyState, now: number): StepState {
  const judged = judge(state, reading, apply, now);
  if (judged.phase !== 'ready' || state.attempts < MAX_ATTEMPTS) return judged;
  return end(state, 'failed', {
    reason: 'no-answer',
    message:
      'It was sent again and again without an answer, and the record shows that it was not carried out',
    hint: 'Run again when the way to the environment is mended.',
  });
}

/** As it was wanted, because it was written: by us, as far as anybody can tell. */
function settleWrite(state: StepState): StepState {
  return state.outcome?.already === true
    ? { ...state, outcome: { ...state.outcome, already: false } }
    : state;
}

/** A test has ended when its flag is false and the completion time has moved. */
function awaitTest(state: StepState, reading: Reading, apply: ApplyState, now: number): StepState {
  if (isScheduled(reading)) return awaitEnd({ ...state, vanished: 0 }, apply, now);
  if (hasMoved(state, reading)) return endTest(state, reading);
  const vanished = state.vanished + 1;
  if (vanished < LOOKS_WITHOUT_END) return lookAgain({ ...state, vanished }, now);
  return end(state, 'unknown', {
    reason: 'test-vanished',
    message: 'The request was cleared and no test was completed',
    hint: 'Run again; if it happens again, look at the alerts of the mailbox.',
  });
}

function awaitEnd(state: StepState, apply: ApplyState, now: number): StepState {
  if (now - state.since < apply.settings.testTimeoutMs) return lookAgain(state, now);
  return end(state, 'unknown', {
    reason: 'test-timeout',
    message: 'The test did not end in time; it may still end',
    hint: 'Check that background operations are on in this environment. It is not requested again while the row says it is scheduled.',
  });
}

function isScheduled({ fields }: Reading): boolean {
  return fields['tests.scheduled'] === true;
}

/** Compared with the reading before the request, not with its time: two servers' clocks differ. */
function hasMoved({ reading: before }: StepState, { fields }: Reading): boolean {
  const completed = fields['tests.completedOn'] ?? null;
  return completed !== null && completed !== (before?.fields['tests.completedOn'] ?? null);
}

function endTest(state: StepState, reading: Reading): StepState {
  const results = resultsOf(reading);
  if (isMarked(state.step, reading))
    return end(state, 'applied', { results, ...likelyCause(state.step, results, reading) });
  return end(state, 'failed', {
    reason: 'silent-refusal',
    message: 'The test ran, and the mailbox is not marked as synchronized from this organization only',
    hint: 'Run it in the admin center, with the check box of the Test & Enable dialog.',
    results,
  });
}

/**
 * The second flag of an approval is nobody's to set from here (Microsoft Learn, "Connect to Exchange Online"): where a
 * test failed without it, it is the first thing to look at. Other mail servers do not ask for it.
 */
function likelyCause(
  { tenant_approval_missing: isAsked }: PlanStep,
  results: TestResults,
  { fields }: Reading,
): { readonly hint?: string } {
  const failed = Object.values(results).some((result) => result !== 'success');
  if (!failed || isAsked !== true || fields['approval.byTenant'] !== false) return {};
  return {
    hint: 'No administrator of the tenant has approved its address, which Exchange Online asks for: a likely cause. A Global or Exchange administrator approves it in the admin center.',
  };
}
