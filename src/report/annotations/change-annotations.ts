/** What a plan changes, at the lines that ask for it: equal changes at one line are one annotation. */

import type { Plan, PlanSource, PlanStep } from '../../model/plan.generated.ts';
import { isOwnAddress, planGroups, type ResourceChange, vouchedFor } from '../plan-groups.ts';
import { valueText } from '../value-text.ts';
import { type Annotation, type Place, type Rule, titleOf } from './annotation.ts';
import { placeOf } from './places.ts';

/** Without what was due before this request, where the plan tells the two apart. */
export function changeAnnotations(plan: Plan): readonly Annotation[] {
  const pending = new Set(plan.base?.pending ?? []);
  const sources = new Map(plan.resource_changes.map((one) => [one.address, one.sources]));
  const { declared, capped, approvals } = planGroups(plan);
  const changes = [...declared, ...capped]
    .flat()
    .filter(({ steps }) => steps.some(({ id }) => !pending.has(id)));
  const approved = approvals.flat().filter(({ id }) => !pending.has(id));
  return [
    ...changes.map((change) => ofChange(change, sources.get(change.address) ?? {})),
    ...approved.map(ofApproval),
  ];
}

function ofChange(change: ResourceChange, sources: Readonly<Record<string, PlanSource>>): Annotation {
  const { address, mark, set, steps } = change;
  const source = set.flatMap(({ field }) => sources[field] ?? [])[0];
  return {
    level: 'note',
    rule: changeRule(mark === '-' ? 'delete' : mark === '+' ? 'create' : 'change'),
    address,
    part: null,
    places: source === undefined ? placesOfSteps(steps) : [placeOf(source)],
    text: changeText(change),
    hint: null,
    detail: null,
  };
}

function changeText({ mark, set, steps }: ResourceChange): string {
  if (mark === '-') return 'is deleted';
  const shown = mark === '+' ? set.filter((one) => one.default !== true) : set;
  const fields = shown.map(({ field, from, to }) =>
    mark === '+' ? `${field}: ${valueText(to)}` : `${field}: ${valueText(from)} → ${valueText(to)}`,
  );
  return fields.length === 0 ? steps.map(({ verb }) => verb).join(', ') : fields.join(', ');
}

function ofApproval(step: PlanStep): Annotation {
  return {
    level: 'note',
    rule: changeRule(step.verb),
    address: step.address,
    part: null,
    places: placesOfSteps([step]),
    text: isOwnAddress(step) ? step.verb : `${step.verb} ${vouchedFor(step)}`,
    hint: null,
    detail: null,
  };
}

function placesOfSteps(steps: readonly PlanStep[]): readonly Place[] {
  return steps.flatMap(({ because }) => because.flatMap(({ source }) => source ?? [])).map(placeOf);
}

function changeRule(what: string): Rule {
  return { id: `plan/${what}`, code: null, title: titleOf(what), help: 'A step of the plan.' };
}
