/** What a plan approves and tests by itself; equal actions on many mailboxes are one entry. */

import type { Plan, PlanStep } from '../model/plan.generated.ts';
import { canonical, isUnknown, sameText, type Value } from '../model/value.ts';
import { groupBy, limited } from './group.ts';
import { nameLines, shortName, subject } from './names.ts';
import { DETAIL, detail, entry, type Lines, more, section } from './page.ts';
import { beforeAfter } from './plan-changes.ts';
import { causeText, sourceText } from './reason-text.ts';
import { type Style, signs } from './style.ts';
import { valueText } from './value-text.ts';

/** Who approves has to see the addresses: they are shortened later than other names. */
export const VOUCHED_LINES = 8;

export function approvalsSection(plan: Plan, style: Style): Lines {
  const steps = plan.steps.filter(({ verb, hand_off }) => isApproval(verb) && hand_off !== true);
  const rejected = steps.filter(({ verb }) => verb === 'reject').length;
  const [title, done] =
    rejected === 0
      ? ['Approvals', 'approved']
      : rejected === steps.length
        ? ['Rejections', 'rejected']
        : ['Approvals and rejections', 'approved or rejected'];
  return section(title, actionLines(plan, steps, { done, describe: approvalText }, style), style);
}

export function testsSection(plan: Plan, style: Style): Lines {
  const steps = plan.steps.filter(({ verb }) => verb === 'test');
  return section('Tests', actionLines(plan, steps, { done: 'tested', describe: testText }, style), style);
}

function isApproval(verb: PlanStep['verb']): boolean {
  return verb === 'approve' || verb === 'reject';
}

type Describe = (step: PlanStep, style: Style) => string;

interface Actions {
  readonly done: string;
  readonly describe: Describe;
}

type Groups = readonly (readonly PlanStep[])[];

const known = new WeakMap<Plan, Map<Describe, Groups>>();

/** Equal actions put together; once for all attempts to fit them on a page. */
function groupsOf(plan: Plan, steps: readonly PlanStep[], describe: Describe, style: Style): Groups {
  const groups = known.get(plan) ?? new Map<Describe, Groups>();
  known.set(plan, groups);
  const key = (step: PlanStep): string =>
    canonical([step.verb, describe(step, style), causeText(step), isOwnAddress(step)]);
  const own = groups.get(describe) ?? groupBy(steps, key).toSorted((a, b) => b.length - a.length);
  groups.set(describe, own);
  return own;
}

function actionLines(
  plan: Plan,
  steps: readonly PlanStep[],
  { done, describe }: Actions,
  style: Style,
): Lines {
  const { shown, rest } = limited(groupsOf(plan, steps, describe, style), style);
  return [
    ...shown.flatMap((group) => groupLines(group, describe, style)),
    ...more(rest.flat().length, `are ${done}`, style),
  ];
}

function groupLines(group: readonly PlanStep[], describe: Describe, style: Style): Lines {
  const [first] = group;
  if (first === undefined) return [];
  const vouched = group.length === 1 ? vouchedFor(first) : '';
  const name = style.colors.bold(subject(group.map(({ address }) => address)));
  const why = [causeText(first), sourceText(group)].filter((text) => text !== '').join('; ');
  return [
    ...entry(
      coloured(first, style),
      `${name}  ${describe(first, style)}${vouched === '' ? '' : `  for ${vouched}`}`,
      style,
    ),
    ...(group.length > 1 ? nameLines(group.map(namedFor), DETAIL, style, linesFor(first)) : []),
    ...(why === '' ? [] : detail(style.colors.dim(why), style)),
  ];
}

function coloured({ verb }: PlanStep, { colors }: Style): string {
  return verb === 'reject' ? colors.red(verb) : colors.cyan(verb);
}

function approvalText({ set, verb }: PlanStep, style: Style): string {
  const [change] = set;
  return change === undefined
    ? ''
    : beforeAfter(approvalBefore(change.from), toText(change.to, verb, style), style);
}

/** An approval is not known beforehand where an earlier step may take it away: of the record, or of its address. */
function approvalBefore(from: Value): string {
  if (!isUnknown(from)) return valueText(from);
  if (from.unknown.endsWith('#create')) return '(new)';
  return from.unknown.endsWith('#readdress') ? '(ends with the old address)' : valueText(from);
}

function toText(to: Value, verb: PlanStep['verb'], { colors }: Style): string {
  return verb === 'reject' ? colors.red(valueText(to)) : colors.green(valueText(to));
}

function testText({ set, only_if_lost, under_way }: PlanStep, style: Style): string {
  const from = set[0]?.from ?? null;
  const lost =
    only_if_lost === true
      ? style.colors.dim(` ${signs(style).dot} only if the service drops these results`)
      : '';
  const awaited = under_way === true ? ` ${signs(style).dot} under way, awaited and not requested again` : '';
  const primary = set.some(({ field }) => field === PRIMARY)
    ? ` ${signs(style).dot} and synchronized from this organization only`
    : '';
  return (from === null ? 'never tested' : valueText(from)) + lost + awaited + primary;
}

/** Written together with the request for the test. */
const PRIMARY = 'syncFromThisOrganizationOnly';

function vouchedFor({ set }: PlanStep): string {
  return set[0]?.for ?? '';
}

/** Whether the name says already which address is vouched for. */
function isOwnAddress(step: PlanStep): boolean {
  const vouched = vouchedFor(step);
  return vouched === '' || sameText(vouched, shortName(step.address));
}

function linesFor(step: PlanStep): number | undefined {
  return isOwnAddress(step) ? undefined : VOUCHED_LINES;
}

/** An approval vouches for an e-mail address: shown wherever the name does not say it. */
export function namedFor(step: PlanStep): string {
  const name = shortName(step.address);
  return isOwnAddress(step) ? name : `${name} (${vouchedFor(step)})`;
}
