/** What a plan brings: what it comes to, its steps, and what it says about the configuration behind it. */

import { parseAddress } from '../model/address.ts';
import { beforeFirstAddress, firstAddresses } from '../model/first-address.ts';
import type { Plan, PlanDeclared, PlanFieldChange, PlanStep } from '../model/plan.generated.ts';
import type { MergedFieldChange } from '../model/report.generated.ts';
import { isUnknown, sameText, type Value } from '../model/value.ts';
import { duePart, reviewOf } from './review.ts';
import { gathered, type Head, type Taken, type Thing } from './taken.ts';

export function takePlan(file: string, plan: Plan): Taken {
  return {
    head: headOf(file, plan),
    contents: gathered(thingsOf(plan)),
    declared: provenOf(plan),
  };
}

/**
 * What the plan proves of the configuration behind it: that nothing is left of something is only known where everything
 * that it is about was seen.
 */
function provenOf({ declared, not_seen, diagnostics }: Plan): Taken['declared'] {
  const inPart = diagnostics.some(({ code }) => code === 'read-incomplete');
  const unseen = new Set(not_seen.map(({ kind }) => kind));
  const isProven = ({ item, left }: PlanDeclared): boolean =>
    left > 0 || !(inPart || unseen.has(parseAddress(item)?.kind ?? 'mailbox'));
  return declared?.filter(isProven) ?? null;
}

function headOf(file: string, plan: Plan): Head {
  const { environment, as_of, plan_digest, summary, held_back, deferred, findings, handoffs } = plan;
  const { add, change, destroy, approve, test } = summary;
  const guards = refusingGuards(plan);
  return {
    ...{ environment, kind: 'plan', file, as_of, state: stateOf(plan, guards), guards, plan_digest },
    review: reviewOf(plan),
    numbers: {
      ...{ add, change, destroy, approve: approve - byPerson(plan), test },
      handed_off: handoffs.length,
      held_back: held_back.length,
      deferred: deferred.length,
      missing: findings.length,
    },
  };
}

function refusingGuards({ risks }: Plan): readonly string[] {
  const refusing = risks.filter(({ severity, allowed_by }) => severity === 'refuse' && allowed_by === null);
  return [...new Set(refusing.map(({ guard }) => guard))].sort();
}

function stateOf(plan: Plan, guards: readonly string[]): Head['state'] {
  const { applyable, findings, steps, handoffs, held_back, deferred } = plan;
  if (!applyable || guards.length > 0) return 'refused';
  if (findings.length > 0) return 'incomplete';
  if (steps.some(({ hand_off }) => hand_off !== true)) return 'changes';
  const waiting = steps.length + handoffs.length + held_back.length + deferred.length;
  return waiting > 0 ? 'waiting' : 'clean';
}

/** Resources whose approval a person gives or takes: told as handed off, and not once more. */
function byPerson({ steps }: Plan): number {
  const given = steps.filter(
    ({ verb, hand_off }) => hand_off === true && (verb === 'approve' || verb === 'reject'),
  );
  return new Set(given.map(({ address }) => address)).size;
}

/** A step that was due before the request in part is two things. */
function* thingsOf(plan: Plan): Iterable<readonly [string, Thing]> {
  const due = duePart(plan);
  const first = firstAddresses(plan.steps);
  for (const step of plan.steps)
    for (const isDue of [false, true]) {
      const set = step.set.filter(({ field }) => due(step.id, field) === isDue);
      // A step may set nothing, and is due or not all the same.
      const isWhole = step.set.length === 0 && due(step.id, null) === isDue;
      if (set.length > 0 || isWhole) yield [step.address, thingOf(step, set, { isDue, first })];
    }
}

function thingOf(
  { verb, address, hand_off, because }: PlanStep,
  set: PlanStep['set'],
  { isDue, first }: { readonly isDue: boolean; readonly first: ReadonlySet<string> },
): Thing {
  return {
    kind: 'plan',
    what: verb,
    hand_off: hand_off === true,
    due_before: isDue,
    set: set.map((change) => changeOf({ ...change, from: beforeFirstAddress(change.from, first) }, address)),
    sources: because.flatMap(({ kind, source }) =>
      kind === 'config' && source !== undefined ? [source] : [],
    ),
  };
}

/** Without what only repeats whose it is: equal changes of many resources are one. */
function changeOf({ field, from, to, for: vouched }: PlanFieldChange, address: string): MergedFieldChange {
  const isOwn = vouched === undefined || sameText(vouched, parseAddress(address)?.name ?? address);
  return { field, from: before(from, address), to, ...(isOwn ? {} : { for: vouched }) };
}

/** What an earlier step makes of it is known by that step's verb where it is one of the same resource. */
function before(from: Value, address: string): Value {
  if (!isUnknown(from) || !from.unknown.startsWith(`${address}#`)) return from;
  return { unknown: from.unknown.slice(address.length) };
}
