/** What who approves a plan has to know of it beside its steps: the same as the plan's own report says first. */

import type { Plan, PlanNoLongerManaged, PlanRisk, PlanSource } from '../model/plan.generated.ts';
import type { MergedAccess, MergedLost, MergedReview } from '../model/report.generated.ts';
import { canonical } from '../model/value.ts';

export function reviewOf(plan: Plan): MergedReview {
  const { base, steps, risks } = plan;
  return {
    request:
      base === undefined
        ? null
        : {
            steps: steps.length - base.pending.length,
            due_before: base.pending.length,
            withdrawn: base.withdrawn.length,
          },
    access: accessOf(plan),
    risks: risks.toSorted((a, b) => weight(a) - weight(b)),
    no_longer_managed: lostOf(base?.no_longer_managed ?? []),
    secret_references: base?.secret_references ?? [],
    warnings: warningsOf(plan),
  };
}

/** Whether the base configuration alone sets that field of that step, or (`null`) does all of the step. */
export function duePart({ base }: Plan): (step: string, field: string | null) => boolean {
  const pending = new Set(base?.pending ?? []);
  const partly = new Map((base?.partly_pending ?? []).map(({ id, fields }) => [id, new Set(fields)]));
  return (step, field) => pending.has(step) || (field !== null && partly.get(step)?.has(field) === true);
}

/** What this request approves comes first. */
function accessOf(plan: Plan): readonly MergedAccess[] {
  const due = duePart(plan);
  const access = plan.steps
    .filter(({ verb }) => verb === 'approve')
    .map(({ id, address, hand_off, set: [change] }) => ({
      address,
      email_address: change?.for ?? null,
      by_person: hand_off === true,
      due_before: due(id, change?.field ?? null),
    }));
  return access.toSorted((a, b) => Number(a.due_before) - Number(b.due_before));
}

function weight({ severity, allowed_by }: PlanRisk): number {
  return severity === 'notice' ? 2 : allowed_by === null ? 0 : 1;
}

/** Lines differ where every item has its own; a file and a rule are what decides. */
function lostOf(lost: readonly PlanNoLongerManaged[]): readonly MergedLost[] {
  const groups = new Map<string, PlanNoLongerManaged[]>();
  for (const one of lost) {
    const { field, value, was, now } = one;
    const key = canonical([field, value, deciderKey(was), now === null ? null : deciderKey(now)]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    return {
      addresses: group.map(({ address }) => address),
      field: first.field,
      value: first.value,
      was: eachOnce(group.map(({ was }) => was)),
      now: eachOnce(group.flatMap(({ now }) => now ?? [])),
    };
  });
}

function deciderKey({ file, rule }: PlanSource): readonly string[] {
  return [file, rule ?? ''];
}

function eachOnce(sources: readonly PlanSource[]): readonly PlanSource[] {
  return [...new Map(sources.map((source) => [canonical({ ...source }), source])).values()];
}

function warningsOf({ diagnostics }: Plan): MergedReview['warnings'] {
  const numbers: Record<string, number> = {};
  for (const { code, severity } of diagnostics)
    if (severity !== 'info') numbers[code] = (numbers[code] ?? 0) + 1;
  return numbers;
}
