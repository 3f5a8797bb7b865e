/** What a plan brings: what it comes to, its steps, and what it says about the configuration behind it. */

import { parseAddress } from '../model/address.ts';
import type { Plan, PlanDeclared, PlanFieldChange, PlanStep } from '../model/plan.generated.ts';
import type { MergedFieldChange } from '../model/report.generated.ts';
import { isUnknown, sameText, type Value } from '../model/value.ts';
import { gathered, type Head, type Taken, type Thing } from './taken.ts';

export function takePlan(file: string, plan: Plan): Taken {
  return {
    head: headOf(file, plan),
    contents: gathered(plan.steps.map((step) => [step.address, thingOf(step)])),
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
    numbers: {
      ...{ add, change, destroy, approve, test },
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

function thingOf({ verb, address, hand_off, set }: PlanStep): Thing {
  return {
    kind: 'plan',
    what: verb,
    hand_off: hand_off === true,
    set: set.map((change) => changeOf(change, address)),
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
