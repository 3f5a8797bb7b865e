/**
 * What an apply knows at one moment. The reducer makes a new state from every event; the table of the steps goes over
 * into it, so that a state is good for one event.
 */

import type { PlanStep } from '../model/plan.generated.ts';
import type { History, Sending } from '../model/ports.ts';
import type { Lanes } from './lane-control.ts';
import { type Pace, startPace } from './pace.ts';
import type { StepState } from './step-state.ts';
import { StepTable } from './step-table.ts';

export interface ApplySettings {
  /** Requests under way at once: with how many to begin, and the most. */
  readonly lanes: Lanes;
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
  readonly table: StepTable;
  readonly version: number;
  /** In the order of the plan, in which every step stands behind those that it needs. */
  readonly steps: readonly StepState[];
  /** Places in `steps` by step id. */
  readonly places: ReadonlyMap<string, number>;
  /** Requests with steps that are under way. */
  readonly requests: number;
  readonly pace: Pace;
  /** Places of the steps that the reading under way is for; what it shows is older than any other step's phase. */
  readonly reading: ReadonlySet<number> | null;
  readonly waitingUntil: number | null;
  readonly pausedUntil: number | null;
  /** After a pause half of the free lanes begin, so that not all are refused at once; the others follow. */
  readonly careful: { readonly until: number; readonly most: number } | null;
  /** Nothing is sent until then, so that the working time that the service allows is not exceeded. */
  readonly heldUntil: number | null;
  /** Since when the service asks for pauses and carries nothing out. */
  readonly throttledSince: number | null;
  /** Approvals that the service refused, silently or not. */
  readonly refusals: number;
  /** An approval of this run was read back: this caller may approve. */
  readonly approvalsWork: boolean;
  readonly failedReads: number;
  /** Nothing is read before, so that what passes has time to. */
  readonly unreadableUntil: number;
  readonly readError: string;
  readonly stopped: 'interrupted' | 'time-out' | null;
  /** Until then a reading that is under way may settle what was sent; `null` while the run goes on. */
  readonly settleUntil: number | null;
  /** Why steps end unsent, when all of them were last looked at for it. */
  readonly endedFor: string;
  readonly finished: boolean;
}

export type Command =
  /** `hurry`: steps wait for it to be sent; else it only looks whether something has ended. */
  | { readonly kind: 'read'; readonly addresses: readonly string[]; readonly hurry: boolean }
  /** One request. */
  | { readonly kind: 'send'; readonly sendings: readonly Sending[] }
  | { readonly kind: 'wait'; readonly until: number }
  | { readonly kind: 'finish' };

export interface Next {
  readonly state: ApplyState;
  readonly commands: readonly Command[];
  /** Steps that have got their outcome. */
  readonly ended: readonly StepState[];
}

/** Steps that are still to be sent. */
export function leftToSend({ table }: ApplyState): number {
  return table.count('waiting') + table.count('ready') + table.count('blocked');
}

/** Throws when a step stands before one that it needs: such a plan was not made by the planner, and could never end. */
export function initialState(steps: readonly PlanStep[], settings: ApplySettings, now: number): ApplyState {
  const places = new Map(steps.map(({ id }, place) => [id, place]));
  const states = steps.map((step, place) => waitingStep(step, placesBefore(step, place, places), now));
  const table = new StepTable(states, settings.history.lastWrite);
  return {
    settings,
    table,
    version: 0,
    steps: table.steps,
    places,
    requests: 0,
    pace: startPace(settings.lanes, steps.length),
    reading: null,
    waitingUntil: null,
    pausedUntil: null,
    careful: null,
    heldUntil: null,
    throttledSince: null,
    refusals: 0,
    approvalsWork: false,
    failedReads: 0,
    unreadableUntil: now,
    readError: '',
    stopped: null,
    settleUntil: null,
    endedFor: '',
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
    lostAt: null,
    vanished: 0,
    since: now,
    nextLook: now,
    outcome: null,
  };
}
