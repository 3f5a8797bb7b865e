/** What a request does beside its steps, seen against the base configuration, and what was due before it. */

import type {
  Plan,
  PlanBase,
  PlanFieldChange,
  PlanNoLongerManaged,
  PlanWithdrawn,
} from '../../model/plan.generated.ts';
import {
  isDecided,
  type LostGroup,
  lostGroups,
  secretGroups,
  type WithdrawnGroup,
  withdrawnGroups,
} from '../base-groups.ts';
import { limited } from '../group.ts';
import { nameLines, shortName, subject } from '../names.ts';
import { sourcesText } from '../reason-text.ts';
import type { Style } from '../style.ts';
import { count, thousands, wrap } from '../text.ts';
import { valueText } from '../value-text.ts';
import { DETAIL, detail, entry, type Labelled, type Lines, labelled, more, section } from './page.ts';
import { actionEntries } from './plan-actions.ts';
import { beforeAfter, changeEntries } from './plan-changes.ts';

export function requestSection(plan: Plan, style: Style): Lines {
  const { base } = plan;
  if (base === undefined) return [];
  const lines = [
    ...wrap(effectText(plan, base) + partlyText(base), { width: style.width, indent: 2 }),
    ...lostLines(base, style),
    ...withdrawnLines(base, style),
    ...secretLines(base, style),
  ];
  return section('This request', lines, style);
}

/** How many of the steps are its own. */
function effectText({ steps }: Plan, base: PlanBase): string {
  const pending = new Set(base.pending);
  const due = steps.filter(({ id }) => pending.has(id)).length;
  const own = steps.length - due;
  if (steps.length === 0) return 'No step is planned.';
  if (due === 0) {
    return own === 1
      ? 'The only step of this plan is its effect.'
      : `All ${thousands(own)} steps of this plan are its effect.`;
  }
  const before = `${count(due, 'step')} ${due === 1 ? 'was' : 'were'} due before it`;
  if (own === 0) return `No step of this plan is its effect: ${before}.`;
  return `${count(own, 'step')} of this plan ${own === 1 ? 'is' : 'are'} its effect; ${before}.`;
}

function partlyText({ partly_pending: partly = [] }: PlanBase): string {
  return partly.length === 0 ? '' : ` A part of ${thousands(partly.length)} of its steps was due before it.`;
}

function lostLines(base: PlanBase, style: Style): Lines {
  const { shown, rest } = limited(lostGroups(base), style);
  const left = rest.flatMap(({ addresses }) => addresses).length;
  return [
    ...shown.flatMap((group) => lostGroupLines(group, style)),
    ...more(left, 'no longer managed', style),
  ];
}

function lostGroupLines(group: LostGroup, style: Style): Lines {
  const { addresses, fields, was } = group;
  const { colors } = style;
  const lead = isDecided(group) ? 'decided by another line' : 'no longer managed';
  const rows = fields.flatMap((lost) => lostRow(lost, style));
  return [
    ...entry(colors.yellow(lead), colors.bold(subject(addresses)), style),
    ...(addresses.length > 1 ? nameLines(addresses.map(shortName), DETAIL, style) : []),
    ...(fields.some(({ field }) => field === null) ? detail('all of it stays as it is', style) : []),
    ...labelled(rows, DETAIL, style),
    ...detail(colors.dim(`was ${sourcesText(was)}`), style),
  ];
}

function lostRow({ field, now, value }: PlanNoLongerManaged, { colors }: Style): readonly Labelled[] {
  if (field === null) return [];
  const says = now === null ? '' : colors.dim(`  ${sourcesText([now])}`);
  return [{ label: field, text: `${now === null ? 'stays ' : ''}${valueText(value)}${says}` }];
}

function withdrawnLines(base: PlanBase, style: Style): Lines {
  const { shown, rest } = limited(withdrawnGroups(base), style);
  const left = rest.flatMap(({ addresses }) => addresses).length;
  return [...shown.flatMap((group) => withdrawnGroupLines(group, style)), ...more(left, 'taken back', style)];
}

function withdrawnGroupLines({ addresses, steps }: WithdrawnGroup, style: Style): Lines {
  const { colors } = style;
  const rows = steps.map(({ verb, set }) => ({ label: verb, text: setText(verb, set, style) }));
  return [
    ...entry(colors.yellow('no longer done'), colors.bold(subject(addresses)), style),
    ...(addresses.length > 1 ? nameLines(addresses.map(shortName), DETAIL, style) : []),
    ...labelled(rows, DETAIL, style),
  ];
}

/** What is approved, and what is tested, is said by the verb. */
function setText(verb: PlanWithdrawn['verb'], set: readonly PlanFieldChange[], style: Style): string {
  const isAction = verb === 'approve' || verb === 'reject' || verb === 'test';
  return set
    .map(({ field, from, to }) => {
      const values = verb === 'test' ? valueText(from) : beforeAfter(valueText(from), valueText(to), style);
      return isAction ? values : `${field} ${values}`;
    })
    .join(', ');
}

function secretLines(base: PlanBase, style: Style): Lines {
  const { colors } = style;
  const { shown, rest } = limited(secretGroups(base), style);
  return [
    ...shown.flatMap((group) => [
      ...entry(colors.yellow('secret reference'), colors.bold(group[0]?.address ?? ''), style),
      ...labelled(
        group.map(({ field, from, to, source }) => ({
          label: field,
          text: `${beforeAfter(from ?? '(none)', to ?? '(none)', style)}${source === null ? '' : colors.dim(`  ${sourcesText([source])}`)}`,
        })),
        DETAIL,
        style,
      ),
    ]),
    ...more(rest.length, 'with changed secret references', style),
  ];
}

/** Not applied yet, or changed by hand since: the base configuration alone gives rise to it. */
export function dueSection(due: Plan, style: Style): Lines {
  const lines = [...changeEntries(due, style), ...actionEntries(due, style)];
  return section('Due before this request', lines, style);
}
