/**
 * What a plan says of the base configuration it was compared with, with what is equal put together. The same in every
 * format; knows no layout.
 */

import type {
  Plan,
  PlanBase,
  PlanNoLongerManaged,
  PlanSecretReference,
  PlanSource,
  PlanStep,
  PlanWithdrawn,
} from '../model/plan.generated.ts';
import { canonical } from '../model/value.ts';
import { groupBy } from './group.ts';

/** The steps, and of them the fields, that are this request's effect; all where the plan was compared with nothing. */
export function ofRequest(plan: Plan): Plan {
  return plan.base === undefined ? plan : narrowed(plan, plan.base, false);
}

/** What was due before this request; nothing where the plan was compared with nothing. */
export function dueBefore(plan: Plan): Plan {
  return plan.base === undefined ? { ...plan, steps: [] } : narrowed(plan, plan.base, true);
}

function narrowed(plan: Plan, base: PlanBase, wantPending: boolean): Plan {
  const pending = new Set(base.pending);
  const partly = new Map((base.partly_pending ?? []).map(({ id, fields }) => [id, fields]));
  const steps = plan.steps.flatMap((step): PlanStep[] => {
    if (pending.has(step.id)) return wantPending ? [step] : [];
    const fields = partly.get(step.id);
    if (fields === undefined) return wantPending ? [] : [step];
    const set = step.set.filter(({ field }) => fields.includes(field) === wantPending);
    return set.length === 0 ? [] : [{ ...step, set }];
  });
  return { ...plan, steps };
}

/** Resources of which the same is managed no longer, or decided by the same other. */
export interface LostGroup {
  readonly addresses: readonly string[];
  /** Of each resource; `field` is `null` where it is the whole of it. */
  readonly fields: readonly PlanNoLongerManaged[];
  /** Where all of this stood. */
  readonly was: readonly PlanSource[];
}

const knownLost = new WeakMap<PlanBase, readonly LostGroup[]>();

/** What nobody decides any more first. Made once for all attempts to fit them on a page. */
export function lostGroups(base: PlanBase): readonly LostGroup[] {
  const groups = knownLost.get(base) ?? makeLostGroups(base);
  knownLost.set(base, groups);
  return groups;
}

function makeLostGroups({ no_longer_managed: lost }: PlanBase): readonly LostGroup[] {
  const byResource = groupBy(lost, ({ address, now }) => canonical([address, now === null]));
  const groups = groupBy(byResource, (own) =>
    canonical(own.map(({ field, now, value, was }) => [field, now, value, was.rule ?? '', was.file])),
  );
  return groups
    .map((group) => ({
      addresses: group.flatMap(([first]) => first?.address ?? []),
      fields: group[0] ?? [],
      was: group.flat().map(({ was }) => was),
    }))
    .toSorted(
      (a, b) => Number(isDecided(a)) - Number(isDecided(b)) || b.addresses.length - a.addresses.length,
    );
}

/** Whether something else decides now. */
export function isDecided({ fields }: LostGroup): boolean {
  return fields.some(({ now }) => now !== null);
}

export interface WithdrawnGroup {
  readonly addresses: readonly string[];
  readonly steps: readonly PlanWithdrawn[];
}

const knownWithdrawn = new WeakMap<PlanBase, readonly WithdrawnGroup[]>();

export function withdrawnGroups(base: PlanBase): readonly WithdrawnGroup[] {
  const groups = knownWithdrawn.get(base) ?? makeWithdrawnGroups(base);
  knownWithdrawn.set(base, groups);
  return groups;
}

function makeWithdrawnGroups({ withdrawn }: PlanBase): readonly WithdrawnGroup[] {
  const byResource = groupBy(withdrawn, ({ address }) => address);
  const groups = groupBy(byResource, (own) => canonical(own.map(({ verb, set }) => [verb, set])));
  return groups
    .map((group) => ({
      addresses: group.flatMap(([first]) => first?.address ?? []),
      steps: group[0] ?? [],
    }))
    .toSorted((a, b) => b.addresses.length - a.addresses.length);
}

export function secretGroups({
  secret_references: references,
}: PlanBase): readonly (readonly PlanSecretReference[])[] {
  return groupBy(references, ({ address }) => address);
}
