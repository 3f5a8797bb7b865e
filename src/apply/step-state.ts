/** What an apply knows of one step. */

import type { Outcome } from '../model/outcome.ts';
import type { PlanStep } from '../model/plan.generated.ts';
import type { Reading } from '../model/snapshot.ts';

/**
 * `waiting`: for the steps before it, then for a reading. `ready`: may be sent. `sending`: under way. `verifying`: sent,
 * to be read back. `blocked`: a test of the mailbox is under way, which refuses saves. `settling`: sent, but no answer
 * came. `testing`: a test was requested and is awaited. `ended`: has an outcome.
 */
export type Phase =
  | 'waiting'
  | 'ready'
  | 'sending'
  | 'verifying'
  | 'blocked'
  | 'settling'
  | 'testing'
  | 'ended';

export interface StepState {
  readonly step: PlanStep;
  /** Places of the steps that have to be applied before, of those that are part of this run. */
  readonly after: readonly number[];
  readonly phase: Phase;
  /** What is sent: the step without the fields that are already as wanted. */
  readonly send: PlanStep | null;
  /** What it was judged by; a test that is awaited has ended when the completion time differs from this one's. */
  readonly reading: Reading | null;
  /** How often it was sent or found changed; at most five. */
  readonly attempts: number;
  /** How often it was looked at in this phase. */
  readonly looks: number;
  /** Clock time since when it is in this phase, in milliseconds. */
  readonly since: number;
  /** Clock time of the next look at a step that waits for the service. */
  readonly nextLook: number;
  /** Service time at which a request of it may have begun that has no answer; found out by the first look after it. */
  readonly lostAt: number | null;
  /** How often in a row an awaited test was found neither scheduled nor completed. */
  readonly vanished: number;
  readonly outcome: Outcome | null;
}

/** Whether it waits for the service and is looked at from time to time. */
export function isWatched({ phase }: StepState): boolean {
  return phase === 'verifying' || phase === 'blocked' || phase === 'settling' || phase === 'testing';
}

/** The engine writes to these rows all the time; a row that changes this often is left alone. */
export const MAX_ATTEMPTS = 5;
const FIRST_LOOK_MS = 5_000;
const LONGEST_LOOK_MS = 30_000;

/** The step in a phase in which it is watched, to be looked at `firstLookMs` from now. */
export function watch(state: StepState, phase: Phase, now: number, firstLookMs = FIRST_LOOK_MS): StepState {
  return { ...state, phase, since: now, looks: 0, lostAt: null, vanished: 0, nextLook: now + firstLookMs };
}

/** The step after one more look that decided nothing; looks become rarer. */
export function lookAgain(state: StepState, now: number): StepState {
  const pause = Math.min(LONGEST_LOOK_MS, FIRST_LOOK_MS * 1.5 ** state.looks);
  return { ...state, looks: state.looks + 1, nextLook: now + pause };
}

export function isApproval({ verb }: PlanStep): boolean {
  return verb === 'approve' || verb === 'approval-policy';
}
