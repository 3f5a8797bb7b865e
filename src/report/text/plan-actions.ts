/** What a plan approves and tests by itself; equal actions on many mailboxes are one entry. */

import type { Plan, PlanStep } from '../../model/plan.generated.ts';
import type { Value } from '../../model/value.ts';
import { limited } from '../group.ts';
import { nameLines, shortName, subject } from '../names.ts';
import {
  approvalBefore,
  isOwnAddress,
  ONLY_IF_LOST,
  planGroups,
  type StepGroups,
  testBefore,
  testNotes,
  vouchedFor,
} from '../plan-groups.ts';
import { causeText, sourceText } from '../reason-text.ts';
import { type Style, signs } from '../style.ts';
import { valueText } from '../value-text.ts';
import { DETAIL, detail, entry, type Lines, more, section } from './page.ts';
import { beforeAfter } from './plan-changes.ts';

/** Who approves has to see the addresses: they are shortened later than other names. */
export const VOUCHED_LINES = 8;

export function approvalsSection(plan: Plan, style: Style): Lines {
  const groups = planGroups(plan).approvals;
  const steps = groups.flat();
  const rejected = steps.filter(({ verb }) => verb === 'reject').length;
  const [title, done] =
    rejected === 0
      ? ['Approvals', 'approved']
      : rejected === steps.length
        ? ['Rejections', 'rejected']
        : ['Approvals and rejections', 'approved or rejected'];
  return section(title, actionLines(groups, { done, describe: approvalText }, style), style);
}

export function testsSection(plan: Plan, style: Style): Lines {
  const { tests } = planGroups(plan);
  return section('Tests', actionLines(tests, { done: 'tested', describe: testText }, style), style);
}

/** What both sections have to say, without their titles. */
export function actionEntries(plan: Plan, style: Style): Lines {
  const { approvals, tests } = planGroups(plan);
  return [
    ...actionLines(approvals, { done: 'approved or rejected', describe: approvalText }, style),
    ...actionLines(tests, { done: 'tested', describe: testText }, style),
  ];
}

type Describe = (step: PlanStep, style: Style) => string;

interface Actions {
  readonly done: string;
  readonly describe: Describe;
}

function actionLines(groups: StepGroups, { done, describe }: Actions, style: Style): Lines {
  const { shown, rest } = limited(groups, style);
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

function approvalText(step: PlanStep, style: Style): string {
  const [change] = step.set;
  return change === undefined
    ? ''
    : beforeAfter(approvalBefore(step), toText(change.to, step.verb, style), style);
}

function toText(to: Value, verb: PlanStep['verb'], { colors }: Style): string {
  return verb === 'reject' ? colors.red(valueText(to)) : colors.green(valueText(to));
}

function testText(step: PlanStep, style: Style): string {
  const notes = testNotes(step).map((note) => {
    const text = ` ${signs(style).dot} ${note}`;
    return note === ONLY_IF_LOST ? style.colors.dim(text) : text;
  });
  return testBefore(step) + notes.join('');
}

function linesFor(step: PlanStep): number | undefined {
  return isOwnAddress(step) ? undefined : VOUCHED_LINES;
}

/** An approval vouches for an e-mail address: shown wherever the name does not say it. */
export function namedFor(step: PlanStep): string {
  const name = shortName(step.address);
  return isOwnAddress(step) ? name : `${name} (${vouchedFor(step)})`;
}
