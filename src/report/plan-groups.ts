/**
 * What a plan changes, approves and tests, with what is equal put together: who approves a plan reads a change once,
 * whatever the number of resources. The same in every format; knows no layout.
 */

import { beforeFirstAddress, firstAddresses } from '../model/first-address.ts';
import type { Plan, PlanFieldChange, PlanStep } from '../model/plan.generated.ts';
import { canonical, isUnknown, sameText, type Value } from '../model/value.ts';
import { groupBy } from './group.ts';
import { shortName } from './names.ts';
import { type NewNames, newNames, withNewName } from './new-names.ts';
import { causeText } from './reason-text.ts';
import { valueText } from './value-text.ts';

const CHANGING: readonly PlanStep['verb'][] = [
  'create',
  'readdress',
  'edit',
  'approval-policy',
  'activate',
  'deactivate',
  'delete',
];

export type Mark = '-' | '+' | '~';
/** In the order of a report: what is deleted first. */
export const MARKS: readonly Mark[] = ['-', '+', '~'];

/** All changing steps of one resource. */
export interface ResourceChange {
  readonly address: string;
  readonly mark: Mark;
  readonly steps: readonly PlanStep[];
  readonly set: readonly PlanFieldChange[];
}

export type ChangeGroups = readonly (readonly ResourceChange[])[];
export type StepGroups = readonly (readonly PlanStep[])[];

interface PlanGroups {
  readonly declared: ChangeGroups;
  /** What nobody declared for these mailboxes: the environment's ceiling takes their methods away. */
  readonly capped: ChangeGroups;
  readonly approvals: StepGroups;
  readonly tests: StepGroups;
}

const known = new WeakMap<Plan, PlanGroups>();

/** Once for all attempts to fit them on a page. */
export function planGroups(plan: Plan): PlanGroups {
  const groups = known.get(plan) ?? makeGroups(plan);
  known.set(plan, groups);
  return groups;
}

function makeGroups(plan: Plan): PlanGroups {
  const changes = changesOf(plan);
  return {
    declared: changeGroups(changes.filter((change) => !isOfCeiling(change))),
    capped: changeGroups(changes.filter(isOfCeiling)),
    approvals: stepGroups(approvalsOf(plan)),
    tests: stepGroups(plan.steps.filter(({ verb }) => verb === 'test')),
  };
}

/** Where there was no e-mail address, there was no approval of it. */
function approvalsOf({ steps }: Plan): readonly PlanStep[] {
  const first = firstAddresses(steps);
  return steps
    .filter(({ verb, hand_off }) => isApproval(verb) && hand_off !== true)
    .map((step) => ({
      ...step,
      set: step.set.map((one) => ({ ...one, from: beforeFirstAddress(one.from, first) })),
    }));
}

function changeGroups(changes: readonly ResourceChange[]): ChangeGroups {
  return groupBy(changes, equalKey).toSorted((a, b) => weight(a) - weight(b) || b.length - a.length);
}

function changesOf({ steps }: Plan): readonly ResourceChange[] {
  const changing = steps.filter(({ verb, hand_off }) => CHANGING.includes(verb) && hand_off !== true);
  const names = newNames(changing.flatMap(({ address, set }) => set.map((one) => ({ ...one, address }))));
  return groupBy(changing, ({ address }) => address).map((own) => changeOf(own, names));
}

function isOfCeiling({ steps }: ResourceChange): boolean {
  return steps.every(({ because }) => because.length > 0 && because.every(({ kind }) => kind === 'ceiling'));
}

function changeOf(steps: readonly PlanStep[], names: NewNames): ResourceChange {
  const verbs = steps.map(({ verb }) => verb);
  const mark = verbs.includes('delete') ? '-' : verbs.includes('create') ? '+' : '~';
  // What a record was changed to before it is deleted is of no use to anybody.
  const shown = mark === '-' ? steps.filter(({ verb }) => verb === 'delete') : steps;
  const set = shown.flatMap((step) => step.set.map((one) => ({ ...one, to: withNewName(one.to, names) })));
  return { address: steps[0]?.address ?? '', mark, steps, set };
}

function equalKey({ mark, steps, set }: ResourceChange): string {
  return canonical([mark, steps.map(({ verb }) => verb), set, steps.map(causeText)]);
}

function weight([first]: readonly ResourceChange[]): number {
  return first === undefined ? 0 : MARKS.indexOf(first.mark);
}

/** Of a deleted record: what it holds now, which nothing brings back. */
export function heldFields({ set }: ResourceChange): readonly PlanFieldChange[] {
  return set.filter(({ from }) => from !== null);
}

export function isApproval(verb: PlanStep['verb']): boolean {
  return verb === 'approve' || verb === 'reject';
}

function stepGroups(steps: readonly PlanStep[]): StepGroups {
  return groupBy(steps, stepKey).toSorted((a, b) => b.length - a.length);
}

function stepKey(step: PlanStep): string {
  const [change] = step.set;
  const what =
    step.verb === 'test' ? [testBefore(step), testNotes(step)] : [approvalBefore(step), change?.to ?? null];
  return canonical([step.verb, what, causeText(step), isOwnAddress(step)]);
}

/** An approval is not known beforehand where an earlier step may take it away: of the record, or of its address. */
export function approvalBefore({ set }: Pick<PlanStep, 'set'>): string {
  const from: Value = set[0]?.from ?? null;
  if (from === null) return '(none yet)';
  if (!isUnknown(from)) return valueText(from);
  if (from.unknown.endsWith('#create')) return '(new)';
  return from.unknown.endsWith('#readdress') ? '(ends with the old address)' : valueText(from);
}

export function testBefore({ set }: PlanStep): string {
  const from = set[0]?.from ?? null;
  return from === null ? 'never tested' : valueText(from);
}

export const ONLY_IF_LOST = 'only if the service drops these results';

/** Written together with the request for the test. */
const PRIMARY = 'syncFromThisOrganizationOnly';

/** What is special about a test. */
export function testNotes({ set, only_if_lost, under_way }: PlanStep): readonly string[] {
  return [
    ...(only_if_lost === true ? [ONLY_IF_LOST] : []),
    ...(under_way === true ? ['under way, awaited and not requested again'] : []),
    ...(set.some(({ field }) => field === PRIMARY) ? ['and synchronized from this organization only'] : []),
  ];
}

/** The e-mail address that an approval vouches for; empty where the step does not say. */
export function vouchedFor({ set }: PlanStep): string {
  return set[0]?.for ?? '';
}

/** Whether the name says already which address is vouched for. */
export function isOwnAddress(step: PlanStep): boolean {
  const vouched = vouchedFor(step);
  return vouched === '' || sameText(vouched, shortName(step.address));
}
