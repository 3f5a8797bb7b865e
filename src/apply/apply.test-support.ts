/** Steps, readings and scripts for the tests of the executor: addresses are single letters, times are milliseconds. */

import type { PlanStep } from '../model/plan.generated.ts';
import type { ServiceBudget, WriteResult } from '../model/ports.ts';
import type { Reading } from '../model/snapshot.ts';
import type { FieldValues } from '../model/value.ts';
import { type ApplySettings, type ApplyState, type Command, initialState } from './apply-state.ts';
import { NO_HISTORY } from './history.ts';
import type { LaneControl } from './lane-control.ts';
import { type ApplyEvent, next } from './next.ts';
import type { RequestCost } from './request-cost.ts';

/** Service time zero of the tests. */
const START = Date.parse('2026-11-21T09:00:00Z');

/** Service time, in seconds behind the plan's. */
export function at(seconds: number): string {
  return new Date(START + seconds * 1000).toISOString();
}

/** As rows spell it: without fractions. */
export function rowTime(seconds: number): string {
  return at(seconds).replace('.000Z', 'Z');
}

export const SETTINGS: ApplySettings = {
  lanes: { start: 2, most: 2 },
  testTimeoutMs: 60_000,
  deadline: null,
  refusalsUntilHandOff: 1,
  asOf: at(0),
  history: NO_HISTORY,
};

const SETS: Readonly<Record<PlanStep['verb'], PlanStep['set']>> = {
  create: [
    { field: 'x', from: null, to: 1 },
    { field: 'port', from: null, to: 993, default: true },
  ],
  edit: [{ field: 'x', from: 0, to: 1 }],
  readdress: [{ field: 'emailAddress', from: 'old@c', to: 'a@c' }],
  'approval-policy': [{ field: 'onlyApproved.users', from: false, to: true }],
  approve: [{ field: 'approved', from: 'pending', to: 'approved', for: 'a@c' }],
  reject: [{ field: 'approved', from: 'approved', to: 'rejected' }],
  test: [{ field: 'testAndEnable', from: { incoming: 'not-run' }, to: true }],
  activate: [{ field: 'state', from: 'inactive', to: 'active' }],
  deactivate: [{ field: 'state', from: 'active', to: 'inactive' }],
  delete: [{ field: 'x', from: 1, to: null }],
};

/** A step by its id, such as `a#edit`, with the usual fields of its verb. */
export function step(id: string, changes: Partial<PlanStep> = {}): PlanStep {
  const cut = id.lastIndexOf('#');
  const verb = id.slice(cut + 1) as PlanStep['verb'];
  return { id, verb, address: id.slice(0, cut), set: SETS[verb], after: [], because: [], ...changes };
}

export function behind(id: string, ...after: readonly string[]): PlanStep {
  return step(id, { after });
}

/** `null`: the record is gone. */
export function reading(
  address: string,
  fields: FieldValues | null,
  seconds = 10,
  ownerEnabled = true,
): Reading {
  return {
    address,
    exists: fields !== null,
    fields: fields ?? {},
    ownerEnabled,
    at: at(seconds),
    proof: null,
  };
}

export const UNDONE = { x: 0 };
export const DONE = { x: 1 };
export const PENDING = { approved: 'pending', emailAddress: 'a@c' };
export const APPROVED = { approved: 'approved', emailAddress: 'a@c' };
const METHOD = { incoming: 'server-side-sync' };
export const UNTESTED = { ...METHOD, 'tests.incoming': 'not-run', 'tests.completedOn': rowTime(-100) };
export const TESTING = { ...UNTESTED, 'tests.scheduled': true };
export const TESTED = { ...METHOD, 'tests.incoming': 'success', 'tests.completedOn': rowTime(40) };

export const done: WriteResult = { kind: 'done', at: at(11) };
export const conflict: WriteResult = { kind: 'conflict' };
export const busy: WriteResult = { kind: 'busy' };
export const throttled: WriteResult = { kind: 'throttled', retryAfterMs: 3_000 };
export const lost: WriteResult = { kind: 'lost', message: 'the line broke' };
export const refused: WriteResult = {
  kind: 'refused',
  status: 403,
  code: '0x80040220',
  message: 'no',
  hint: 'ask somebody',
};

/** A service that says nothing of what is left. */
export const NO_BUDGET: ServiceBudget = { workMsLeft: null, requestsLeft: null, parallelism: null };

/** What the reducer is told, without the time. */
type Told =
  | { readonly read: Readonly<Record<string, FieldValues | null>> }
  | { readonly answer: readonly [id: string, result: WriteResult] }
  | { readonly answers: readonly (readonly [id: string, result: WriteResult])[] }
  | { readonly paused: number }
  | 'started'
  | 'woke'
  | 'interrupted'
  | 'unreadable';

/** At a time the reducer is told something, and asks for this. */
export type Line = readonly [now: number, told: Told, ...asks: readonly string[]];

function eventOf(now: number, told: Told): ApplyEvent {
  if (told === 'unreadable') return { kind: 'read-failed', message: 'the server is away', now };
  if (typeof told === 'string') return { kind: told, now };
  if ('paused' in told) return { kind: 'paused', until: told.paused, now };
  if ('answer' in told) return answered(now, [told.answer]);
  if ('answers' in told) return answered(now, told.answers);
  const entries = Object.entries(told.read);
  return {
    kind: 'read',
    readings: new Map(entries.map(([a, fields]) => [a, reading(a, fields, 10 + now / 1000)])),
    now,
  };
}

/** As if no time had passed since it was sent, from which nothing is learnt. */
function answered(now: number, answers: readonly (readonly [id: string, result: WriteResult])[]): ApplyEvent {
  const steps = answers.map(([id]) => id);
  const results = answers.map(([, result]) => result);
  return { kind: 'answered', steps, results, sentAt: now, now, budget: NO_BUDGET };
}

export function textOf(command: Command): string {
  switch (command.kind) {
    case 'read':
      return `read ${command.addresses.join(' ')}`;
    case 'send':
      return `send ${command.sendings.map(({ step: { id } }) => id).join(' ')}`;
    case 'wait':
      return `wait ${command.until}`;
    case 'finish':
      return 'finish';
    default:
      return command satisfies never;
  }
}

/** Plays a script; answers what was asked for, in the script's own form, and how each step ended. */
export function play(
  steps: readonly PlanStep[],
  lines: readonly Line[],
  settings: Partial<ApplySettings> = {},
  pace: { readonly cost?: RequestCost; readonly lanes?: Partial<LaneControl> } = {},
): {
  readonly lines: readonly Line[];
  readonly ends: Readonly<Record<string, string>>;
  readonly state: ApplyState;
} {
  const begun = initialState(steps, { ...SETTINGS, ...settings }, 0);
  const lanes = { ...begun.pace.lanes, ...pace.lanes };
  let state: ApplyState = { ...begun, pace: { ...begun.pace, cost: pace.cost ?? begun.pace.cost, lanes } };
  const played = lines.map(([now, told]): Line => {
    const { state: after, commands } = next(state, eventOf(now, told));
    state = after;
    return [now, told, ...commands.map(textOf)];
  });
  const ends = state.steps.map(({ step: { id }, outcome }): [string, string] => [
    id,
    outcome === null
      ? 'open'
      : [outcome.kind, outcome.reason, outcome.already ? 'already' : null].filter(Boolean).join(' '),
  ]);
  return { lines: played, ends: Object.fromEntries(ends), state };
}
