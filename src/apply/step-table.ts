/**
 * The steps of a run and what has to be known of them at once: whose turn it is, which are ready, when to look again.
 * Kept up to date with each change, so that an event costs what it touches and not the length of the plan. It decides
 * nothing.
 */

import type { PlanStep } from '../model/plan.generated.ts';
import { Heap } from './heap.ts';
import { isApproval, isWatched, type Phase, type StepState } from './step-state.ts';

/** Steps that travel together are of one sort: approvals are read back by the request that writes them. */
export type Sort = 'read-back' | 'test' | 'other';

const SORTS: Readonly<Record<PlanStep['verb'], Sort>> = {
  approve: 'read-back',
  reject: 'read-back',
  readdress: 'read-back',
  'approval-policy': 'read-back',
  test: 'test',
  create: 'other',
  edit: 'other',
  activate: 'other',
  deactivate: 'other',
  delete: 'other',
};
const SORT_NAMES = ['read-back', 'test', 'other'] as const;

export class StepTable {
  /** Service time of our last write by address. */
  readonly lastWrite: Map<string, string>;
  readonly #steps: StepState[];
  readonly #behind: readonly (readonly number[])[];
  /** Of each step, how many of those that it needs are not applied yet. */
  readonly #needsLeft: number[];
  readonly #counts = new Map<Phase, number>();
  /** Resources with a step that is ready or under way. */
  readonly #inUse = new Set<string>();
  /** Steps whose turn it is, but for another step of their resource. */
  readonly #parked = new Map<string, number[]>();
  readonly #turns = { approval: new Heap(), other: new Heap() };
  readonly #hasTurn = new Set<number>();
  readonly #ready: Readonly<Record<Sort, Heap>> = {
    'read-back': new Heap(),
    test: new Heap(),
    other: new Heap(),
  };
  readonly #looks = new Heap();
  #approvalsTried = 0;
  #touched = new Set<number>();
  #ended: number[] = [];
  #visits = 0;
  #version = 0;

  constructor(steps: readonly StepState[], lastWrite: ReadonlyMap<string, string>) {
    this.lastWrite = new Map(lastWrite);
    this.#steps = [...steps];
    const behind = steps.map((): number[] => []);
    for (const [place, { after }] of steps.entries()) for (const need of after) behind[need]?.push(place);
    this.#behind = behind;
    this.#needsLeft = steps.map(({ after }) => after.length);
    this.#counts.set('waiting', steps.length);
    for (const [place, { after }] of steps.entries()) if (after.length === 0) this.#queueTurn(place);
  }

  /** In the order of the plan, in which every step stands behind those that it needs. */
  get steps(): readonly StepState[] {
    return this.#steps;
  }

  /** How many steps were looked at so far: what the run cost. */
  get visits(): number {
    return this.#visits;
  }

  get approvalsTried(): number {
    return this.#approvalsTried;
  }

  count(phase: Phase): number {
    return this.#counts.get(phase) ?? 0;
  }

  /** Begins an event. Throws for a state that is not the newest: what it says of the steps is no longer so. */
  begin(version: number): number {
    if (version !== this.#version) throw new Error('This state of the run is not the newest');
    this.#version += 1;
    return this.#version;
  }

  /** Steps that were changed or asked for since it was last called. */
  takeTouched(): readonly number[] {
    const touched = [...this.#touched];
    this.#touched = new Set();
    return touched;
  }

  /** Steps that have ended since it was last called, in the order of the plan. */
  takeEnded(): readonly StepState[] {
    const ended = this.#ended.sort((one, other) => one - other);
    this.#ended = [];
    return ended.flatMap((place) => this.#steps[place] ?? []);
  }

  touch(place: number): void {
    this.#touched.add(place);
  }

  at(place: number): StepState {
    this.#visits += 1;
    const found = this.#steps[place];
    if (found === undefined) throw new RangeError(`There is no step at place ${place}`);
    return found;
  }

  behind(place: number): readonly number[] {
    return this.#behind[place] ?? [];
  }

  isInUse(address: string): boolean {
    return this.#inUse.has(address);
  }

  set(place: number, after: StepState): void {
    const before = this.at(place);
    if (after === before) return;
    this.#steps[place] = after;
    this.#touched.add(place);
    this.#recount(before, after);
    if (isWatched(after)) this.#looks.push(after.nextLook, place);
    if (after.phase === before.phase) return;
    const { address } = after.step;
    if (isUse(after.phase)) this.#inUse.add(address);
    else if (isUse(before.phase)) {
      this.#inUse.delete(address);
      this.unpark(address);
    }
    if (after.phase === 'waiting') this.#queueTurn(place);
    if (after.phase === 'ready') this.#ready[SORTS[after.step.verb]].push(place, place);
    if (after.phase === 'ended') this.#end(place, after);
  }

  /** The next step whose turn it is and whose resource is free; `null` when there is none. */
  takeTurn(withApprovals: boolean, isTaken: (address: string) => boolean): number | null {
    for (;;) {
      const { approval, other } = this.#turns;
      const first =
        withApprovals && (approval.first ?? Infinity) < (other.first ?? Infinity) ? approval : other;
      const place = first.pop();
      if (place === undefined) return null;
      this.#hasTurn.delete(place);
      const { phase, step } = this.at(place);
      if (phase !== 'waiting') continue;
      if (!this.#inUse.has(step.address) && !isTaken(step.address)) return place;
      this.#parked.set(step.address, [...(this.#parked.get(step.address) ?? []), place]);
    }
  }

  /** Gives the steps that waited for the resource their turn, where nothing of it is under way. */
  unpark(address: string): void {
    if (this.#inUse.has(address)) return;
    const parked = this.#parked.get(address) ?? [];
    this.#parked.delete(address);
    for (const place of parked) this.#queueTurn(place);
  }

  /** Steps that wait for the service and are to be looked at until then. */
  takeLooks(until: number): readonly number[] {
    const places = new Set<number>();
    while ((this.#looks.firstKey ?? Infinity) <= until) {
      const key = this.#looks.firstKey;
      const place = this.#looks.pop();
      if (place === undefined) break;
      const step = this.at(place);
      if (isWatched(step) && step.nextLook === key) places.add(place);
    }
    return [...places].sort((one, other) => one - other);
  }

  get firstLook(): number {
    return this.#looks.firstKey ?? Infinity;
  }

  /** The first look that is after `now`. */
  lookAfter(now: number): number {
    let first = Infinity;
    for (const [key, place] of this.#looks.entries()) {
      if (key <= now || key >= first) continue;
      const step = this.at(place);
      if (isWatched(step) && step.nextLook === key) first = key;
    }
    return first;
  }

  /** A step that was taken and did not change: its turn, or its look, is still to come. */
  putBack(place: number): void {
    const step = this.at(place);
    this.#touched.add(place);
    if (step.phase === 'waiting') this.#queueTurn(place);
    else if (isWatched(step)) this.#looks.push(step.nextLook, place);
  }

  /** The sort of the ready step that stands first, and how many are ready of it. */
  firstReady(): { readonly sort: Sort; readonly count: number } | null {
    let first: { readonly sort: Sort; readonly count: number; readonly place: number } | null = null;
    for (const sort of SORT_NAMES) {
      const place = this.#firstReadyOf(sort);
      if (place === undefined || (first !== null && first.place < place)) continue;
      first = { sort, place, count: this.#ready[sort].size };
    }
    return first;
  }

  /** Takes up to `most` ready steps of a sort, in the order of the plan. */
  takeReady(sort: Sort, most: number): readonly number[] {
    const places: number[] = [];
    while (places.length < most && this.#firstReadyOf(sort) !== undefined) {
      const place = this.#ready[sort].pop();
      if (place !== undefined) places.push(place);
    }
    return places;
  }

  #firstReadyOf(sort: Sort): number | undefined {
    const heap = this.#ready[sort];
    while (heap.first !== undefined && this.at(heap.first).phase !== 'ready') heap.pop();
    return heap.first;
  }

  #queueTurn(place: number): void {
    const { step } = this.at(place);
    if (this.#needsLeft[place] !== 0 || this.#hasTurn.has(place)) return;
    this.#hasTurn.add(place);
    this.#turns[isApproval(step) ? 'approval' : 'other'].push(place, place);
  }

  #recount(before: StepState, after: StepState): void {
    this.#counts.set(before.phase, this.count(before.phase) - 1);
    this.#counts.set(after.phase, this.count(after.phase) + 1);
    if (!isApproval(after.step)) return;
    this.#approvalsTried += Number(isTried(after.phase)) - Number(isTried(before.phase));
  }

  #end(place: number, { outcome }: StepState): void {
    this.#ended.push(place);
    if (outcome?.kind !== 'applied') return;
    for (const other of this.behind(place)) {
      this.#needsLeft[other] = (this.#needsLeft[other] ?? 0) - 1;
      if (this.at(other).phase === 'waiting') this.#queueTurn(other);
    }
  }
}

function isUse(phase: Phase): boolean {
  return phase === 'ready' || phase === 'sending';
}

function isTried(phase: Phase): boolean {
  return phase !== 'waiting' && phase !== 'ended';
}
