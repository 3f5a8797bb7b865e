/**
 * The three-way test of a step right before it is sent: is the resource already as the step wants it, still as it
 * was when the plan was made, or something else by now? Only the step's own fields count: the service's engine
 * writes to these rows all the time.
 */

import type { PlanFieldChange, PlanStep } from '../model/plan.generated.ts';
import type { Reading } from '../model/snapshot.ts';
import { SETTLED_AFTER_MS } from '../model/test-request.ts';
import { equal, isSecret, isUnknown, sameText, unchanged, type Value } from '../model/value.ts';
import type { ApplySettings } from './apply-state.ts';
import { resultsOf } from './test-results.ts';

export type Verdict =
  | { readonly kind: 'already' }
  /** `set` are the fields that still have to be written. */
  | { readonly kind: 'send'; readonly set: readonly PlanFieldChange[] }
  | { readonly kind: 'stale'; readonly message: string }
  | { readonly kind: 'gone' }
  /** A test of the mailbox is under way. */
  | { readonly kind: 'blocked' }
  /** The test that the step asks for is under way already. */
  | { readonly kind: 'testing' }
  /** An earlier request of ours may still arrive. */
  | { readonly kind: 'unsettled' }
  /** The owner is approved, the mailbox is not: writing again changes nothing. */
  | { readonly kind: 'owner-only' };

export function verdictOf(
  step: PlanStep,
  reading: Reading,
  settings: ApplySettings,
  lastWrite: string | null,
): Verdict {
  if (step.verb === 'create') return createVerdict(step, reading);
  if (!reading.exists) return { kind: step.verb === 'delete' ? 'already' : 'gone' };
  if (step.verb === 'test') return testVerdict(step, reading, settings, lastWrite);
  const verdict = writeVerdict(step, reading);
  return verdict.kind === 'send' && reading.fields['tests.scheduled'] === true
    ? { kind: 'blocked' }
    : verdict;
}

function writeVerdict(step: PlanStep, reading: Reading): Verdict {
  if (step.verb === 'delete') return deleteVerdict(step, reading);
  return step.verb === 'approve' || step.verb === 'reject'
    ? approvalVerdict(step, reading)
    : fieldsVerdict(step, reading);
}

/** Nothing is lost but what the plan showed. */
function deleteVerdict({ set }: PlanStep, reading: Reading): Verdict {
  const changed = set.filter(({ field, from }) => !unchanged(from, reading.fields[field]));
  return changed.length > 0 ? stale(changed, reading) : { kind: 'send', set };
}

function createVerdict(step: PlanStep, reading: Reading): Verdict {
  if (!reading.exists) return { kind: 'send', set: step.set };
  // What the type fills in is written once and not managed afterwards.
  const different = step.set.filter(
    (change) => change.default !== true && !equal(change.to, reading.fields[change.field] ?? null),
  );
  return different.length === 0 ? { kind: 'already' } : stale(different, reading);
}

function fieldsVerdict(step: PlanStep, reading: Reading): Verdict {
  const open = step.set.filter((change) => !isAsWanted(change, reading));
  if (open.length === 0) return { kind: 'already' };
  const changed = open.filter(
    ({ field, from, to }) => !isSecret(to) && !unchanged(from, reading.fields[field]),
  );
  return changed.length > 0 ? stale(changed, reading) : { kind: 'send', set: open };
}

/** A secret cannot be compared; that one is set meets only the wish that one be set. */
function isAsWanted({ field, to }: PlanFieldChange, reading: Reading): boolean {
  if (isSecret(to) && to.why !== 'not-set') return false;
  return equal(to, reading.fields[field] ?? null);
}

/** An approval is for the address that it vouches for, and never overrides a person's "no" that the plan did not know. */
function approvalVerdict({ verb, set }: PlanStep, reading: Reading): Verdict {
  const [change] = set;
  const actual = reading.fields.approved ?? null;
  if (verb === 'reject')
    return actual === 'approved' || actual === 'approved-on-owner'
      ? { kind: 'send', set }
      : { kind: 'already' };
  const emailAddress = reading.fields.emailAddress;
  if (change?.for === undefined || typeof emailAddress !== 'string' || !sameText(emailAddress, change.for)) {
    return {
      kind: 'stale',
      message: `the e-mail address is ${show(emailAddress)} and the approval is for ${show(change?.for)}`,
    };
  }
  if (actual === 'approved') return { kind: 'already' };
  if (actual === 'approved-on-owner') return { kind: 'owner-only' };
  if (actual === 'rejected' && change.from !== 'rejected')
    return { kind: 'stale', message: 'somebody rejected the address since' };
  return departed(reading) ?? { kind: 'send', set };
}

/** Nobody vouches for, or sends a message from, a mailbox that is not processed or whose owner has left. */
function departed({ fields, ownerEnabled }: Reading): Verdict | null {
  if (!ownerEnabled) return { kind: 'stale', message: 'the user or queue is disabled' };
  return fields.state === 'inactive' ? { kind: 'stale', message: 'the mailbox is inactive' } : null;
}

function testVerdict(
  step: PlanStep,
  reading: Reading,
  settings: ApplySettings,
  lastWrite: string | null,
): Verdict {
  const completed = reading.fields['tests.completedOn'];
  const isSince = (time: string | null): boolean => time === null || isLater(completed, time);
  const marked = isMarked(step, reading);
  if (marked && isSince(settings.asOf) && isSince(lastWrite)) return { kind: 'already' };
  if (marked && step.only_if_lost === true && isWorking(reading)) return { kind: 'already' };
  // A test that somebody else asked for, without the mark that this step sets, is not the one that is meant.
  if (reading.fields['tests.scheduled'] === true) return { kind: marked ? 'testing' : 'blocked' };
  const earlier = settings.history.openTests.get(step.address);
  if (
    earlier !== undefined &&
    !isLater(completed, earlier) &&
    Date.parse(reading.at) < Date.parse(earlier) + SETTLED_AFTER_MS
  )
    return { kind: 'unsettled' };
  return departed(reading) ?? { kind: 'send', set: step.set };
}

/** Whether what the step sets beside the test is as wanted; the mark and the test are one request. */
export function isMarked({ set }: PlanStep, { fields }: Reading): boolean {
  return set.every(({ field, to }) => field === 'testAndEnable' || equal(to, fields[field] ?? null));
}

/** Rows hold whole seconds, and so do answers: what ended within the second of a write may have begun before it. */
function isLater(completed: Value | undefined, time: string): boolean {
  return typeof completed === 'string' && Date.parse(completed) > Date.parse(time);
}

function isWorking(reading: Reading): boolean {
  const results = Object.entries(resultsOf(reading));
  return results.every(
    ([direction, result]) => result === 'success' && reading.fields[`enabled.${direction}`] === true,
  );
}

function stale(changes: readonly PlanFieldChange[], { fields }: Reading): Verdict {
  const parts = changes.map(({ field, from }) => `${field} was ${show(from)}, now ${show(fields[field])}`);
  return { kind: 'stale', message: parts.join('; ') };
}

function show(value: unknown): string {
  if (value === undefined || value === null) return 'empty';
  if (typeof value === 'object' && 'ref' in value) return `"${String(value.ref)}"`;
  if (typeof value === 'object' && isUnknown(value as never)) return 'unknown';
  return JSON.stringify(value);
}
