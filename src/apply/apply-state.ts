/** What an apply knows at one moment. Plain data: the reducer makes a new one from every event. */

import type { Outcome } from '../model/outcome.ts';
import type { PlanStep } from '../model/plan.generated.ts';
import type { History } from '../model/ports.ts';
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
  /** How often in a row an awaited test was found neither scheduled nor completed. */
  readonly vanished: number;
  readonly outcome: Outcome | null;
}

export interface ApplySettings {
  /** Requests under way at once. */
  readonly lanes: number;
  /** How long a test is awaited, in milliseconds. */
  readonly testTimeoutMs: number;
  /** Clock time after which nothing is awaited any more, in milliseconds; `null`: no limit. */
  readonly deadline: number | null;
  /** After so many silent refusals the other approvals are handed off. */
  readonly refusalsUntilHandOff: number;
  readonly asOf: string;
  readonly history: History;
}

export interface ApplyState {
  readonly settings: ApplySettings;
  /** In the order of the plan, in which every step stands behind those that it needs. */
  readonly steps: readonly StepState[];
  /** Places in `steps` by step id. */
  readonly places: ReadonlyMap<string, number>;
  readonly sending: number;
  /** Places of the steps that the reading under way is for; what it shows is older than any other step's phase. */
  readonly reading: ReadonlySet<number> | null;
  readonly waitingUntil: number | null;
  readonly pausedUntil: number | null;
  /** Approvals that the service refused, silently or not. */
  readonly refusals: number;
  /** An approval of this run was read back: this caller may approve. */
  readonly approvalsWork: boolean;
  readonly failedReads: number;
  readonly readError: string;
  readonly stopped: 'interrupted' | 'time-out' | null;
  /** Service time of our last write by address. */
  readonly lastWrite: ReadonlyMap<string, string>;
  readonly finished: boolean;
}

export type Command =
  | { readonly kind: 'read'; readonly addresses: readonly string[] }
  | { readonly kind: 'send'; readonly step: PlanStep; readonly reading: Reading }
  | { readonly kind: 'wait'; readonly until: number }
  | { readonly kind: 'finish' };

export interface Next {
  readonly state: ApplyState;
  readonly commands: readonly Command[];
}

/** Whether every step before it is applied; steps that are not part of this run count as applied. */
export function isNext({ after }: StepState, { steps }: ApplyState): boolean {
  return after.every((place) => steps[place]?.outcome?.kind === 'applied');
}

/** Whether it waits for the service and is looked at from time to time. */
export function isWatched({ phase }: StepState): boolean {
  return phase === 'verifying' || phase === 'blocked' || phase === 'settling' || phase === 'testing';
}

const FIRST_LOOK_MS = 5_000;
const LONGEST_LOOK_MS = 30_000;

/** The step in a phase in which it is watched, to be looked at `firstLookMs` from now. */
export function watch(state: StepState, phase: Phase, now: number, firstLookMs = FIRST_LOOK_MS): StepState {
  return { ...state, phase, since: now, looks: 0, vanished: 0, nextLook: now + firstLookMs };
}

/** The step after one more look that decided nothing; looks become rarer. */
export function lookAgain(state: StepState, now: number): StepState {
  const pause = Math.min(LONGEST_LOOK_MS, FIRST_LOOK_MS * 1.5 ** state.looks);
  return { ...state, looks: state.looks + 1, nextLook: now + pause };
}

export function isApproval({ verb }: PlanStep): boolean {
  return verb === 'approve' || verb === 'approval-policy';
}

/** Throws when a step stands before one that it needs: such a plan was not made by the planner, and could never end. */
export function initialState(steps: readonly PlanStep[], settings: ApplySettings, now: number): ApplyState {
  const places = new Map(steps.map(({ id }, place) => [id, place]));
  return {
    settings,
    steps: steps.map((step, place) => waitingStep(step, placesBefore(step, place, places), now)),
    places,
    sending: 0,
    reading: null,
    waitingUntil: null,
    pausedUntil: null,
    refusals: 0,
    approvalsWork: false,
    failedReads: 0,
    readError: '',
    stopped: null,
    lastWrite: settings.history.lastWrite,
    finished: false,
  };
}

function placesBefore(
  { id, after }: PlanStep,
  place: number,
  places: ReadonlyMap<string, number>,
): readonly number[] {
  const needed = after.map((other) => places.get(other)).filter((other) => other !== undefined);
  if (places.get(id) === place && needed.every((other) => other < place)) return needed;
  throw new Error(`The plan is out of order: ${id} stands twice, or before a step that it needs`);
}

function waitingStep(step: PlanStep, after: readonly number[], now: number): StepState {
  return {
    step,
    after,
    phase: 'waiting',
    send: null,
    reading: null,
    attempts: 0,
    looks: 0,
    vanished: 0,
    since: now,
    nextLook: now,
    outcome: null,
  };
}
