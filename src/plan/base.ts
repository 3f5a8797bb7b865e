/**
 * What a configuration does that the one it is compared with does not. Both were planned from one snapshot, by one
 * planner; here two plans are compared, and nothing is planned.
 */

import type { Address } from '../model/address.ts';
import type { Desired } from '../model/desired.ts';
import type {
  Plan,
  PlanBase,
  PlanFieldChange,
  PlanPartlyPending,
  PlanSecretReference,
  PlanStep,
  PlanWithdrawn,
} from '../model/plan.generated.ts';
import { canonical } from '../model/value.ts';
import { noLongerManaged, type Rules } from './no-longer-managed.ts';

/** One of the two that are compared. */
export interface Side {
  readonly plan: Pick<Plan, 'steps' | 'held_back' | 'deferred' | 'config_digest'>;
  readonly desired: Desired;
}

export interface Comparison extends Rules {
  readonly references: readonly PlanSecretReference[];
  /** Whether the plan is about it, where only some resources are targeted. */
  readonly isTargeted: (address: Address) => boolean;
}

/** `base`: planned without a limit of tests, so that nothing is missing there that is only left for a later run. */
export function compareWithBase(
  head: Side,
  base: Side,
  { rules, baseRules, references, isTargeted }: Comparison,
): PlanBase {
  const before = new Map(base.plan.steps.map((step) => [step.id, step]));
  const others = head.plan.steps.filter((step) => !isSameStep(step, before.get(step.id)));
  const own = new Set(others);
  const partly = others.flatMap((step) => partlyPending(step, before.get(step.id)));
  return {
    config_digest: base.plan.config_digest,
    pending: head.plan.steps.filter((step) => !own.has(step)).map(({ id }) => id),
    ...(partly.length === 0 ? {} : { partly_pending: partly }),
    withdrawn: withdrawn(head.plan, base.plan.steps),
    no_longer_managed: noLongerManaged(head.desired, base.desired, { rules, baseRules }).filter(
      ({ address }) => isTargeted(address),
    ),
    secret_references: references.filter(({ address }) => isTargeted(address)),
  };
}

/** The same intent, and the same person to carry it out. */
function isSameStep(step: PlanStep, before: PlanStep | undefined): boolean {
  return before !== undefined && isSameHand(step, before) && canonical(step.set) === canonical(before.set);
}

function isSameHand({ hand_off: a = false }: PlanStep, { hand_off: b = false }: PlanStep): boolean {
  return a === b;
}

function partlyPending(step: PlanStep, before: PlanStep | undefined): readonly PlanPartlyPending[] {
  if (before === undefined || !isSameHand(step, before)) return [];
  const known = new Set(before.set.map(canonical));
  const fields = step.set.filter((change) => known.has(canonical(change))).map(({ field }) => field);
  return fields.length === 0 ? [] : [{ id: step.id, fields }];
}

/** What is held back or deferred now is named there, with the reason. */
function withdrawn(
  { steps, held_back, deferred }: Side['plan'],
  before: readonly PlanStep[],
): readonly PlanWithdrawn[] {
  const planned = new Map(steps.map((step) => [step.id, step]));
  const waiting = new Set([...held_back, ...deferred].map(({ address, verb }) => `${address}#${verb}`));
  return before.flatMap(({ id, verb, address, set }): readonly PlanWithdrawn[] => {
    const step = planned.get(id);
    if (step === undefined) return waiting.has(id) ? [] : [{ id, verb, address, set }];
    const left = takenOut(set, step.set);
    return left.length === 0 ? [] : [{ id, verb, address, set: left }];
  });
}

/** Defaults follow from what is declared: nobody asked for them. */
function takenOut(
  before: readonly PlanFieldChange[],
  now: readonly PlanFieldChange[],
): readonly PlanFieldChange[] {
  const fields = new Set(now.map(({ field }) => field));
  return before.filter(({ field, default: byDefault }) => byDefault !== true && !fields.has(field));
}
