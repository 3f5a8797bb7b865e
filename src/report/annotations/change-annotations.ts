/** What a plan changes, at the lines that ask for it: equal changes at one line are one annotation. */

import type { Plan, PlanSource, PlanStep } from '../../model/plan.generated.ts';
import { ofRequest } from '../base-groups.ts';
import { groupBy } from '../group.ts';
import { isOwnAddress, planGroups, type ResourceChange, vouchedFor } from '../plan-groups.ts';
import { valueText } from '../value-text.ts';
import { type Annotation, type Place, type Rule, titleOf } from './annotation.ts';
import { placeOf } from './places.ts';

/** Without what was due before this request, where the plan tells the two apart. */
export function changeAnnotations(plan: Plan): readonly Annotation[] {
  const sources = sourcesOf(plan);
  const { declared, capped, approvals } = planGroups(ofRequest(plan));
  const changes = [...declared, ...capped].flat();
  return [
    ...changes.flatMap((change) => ofChange(change, (field) => sources.get(keyOf(change.address, field)))),
    ...approvals.flat().map(ofApproval),
  ];
}

/** Where each field of a resource is declared; of a secret, where its reference stands. */
function sourcesOf({ resource_changes, base }: Plan): ReadonlyMap<string, PlanSource> {
  const references = (base?.secret_references ?? []).flatMap(({ address, field, source }) =>
    source === null ? [] : [[keyOf(address, field), source] as const],
  );
  const declared = resource_changes.flatMap(({ address, sources }) =>
    Object.entries(sources).map(([field, source]) => [keyOf(address, field), source] as const),
  );
  return new Map([...references, ...declared]);
}

function keyOf(address: string, field: string): string {
  return `${address}\n${field}`;
}

type SourceOf = (field: string) => PlanSource | undefined;

/** What is new or deleted is one thing at one line; of what is edited, each field stands where it is declared. */
function ofChange(change: ResourceChange, sourceOf: SourceOf): readonly Annotation[] {
  const [first] = change.set.flatMap(({ field }) => sourceOf(field) ?? []);
  if (change.mark !== '~' || first === undefined) return [changeAt(change, first)];
  const lineOf = (field: string): string => {
    const { file, line } = sourceOf(field) ?? first;
    return `${file}\n${line}`;
  };
  return groupBy(change.set, ({ field }) => lineOf(field)).map((set) =>
    changeAt({ ...change, set }, sourceOf(set[0]?.field ?? '') ?? first),
  );
}

function changeAt(change: ResourceChange, source: PlanSource | undefined): Annotation {
  const { address, mark, steps } = change;
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
