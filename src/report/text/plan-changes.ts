/** What a plan makes, alters and deletes, resource by resource; equal changes of many resources are one entry. */

import type { Plan, PlanFieldChange } from '../../model/plan.generated.ts';
import { limited } from '../group.ts';
import { countResources, nameLines, shortName, subject } from '../names.ts';
import {
  type ChangeGroups,
  heldFields,
  MARKS,
  type Mark,
  planGroups,
  type ResourceChange,
} from '../plan-groups.ts';
import { causeText, sourceText } from '../reason-text.ts';
import { type Style, signs } from '../style.ts';
import { count, textWidth } from '../text.ts';
import { isLongText, textDiff } from '../text-diff.ts';
import { valueText } from '../value-text.ts';
import {
  DETAIL,
  detail,
  ENTRY,
  entry,
  type Labelled,
  type Lines,
  labelled,
  leftOut,
  section,
} from './page.ts';

export function changesSection(plan: Plan, style: Style): Lines {
  return section('Changes', changeLines(planGroups(plan).declared, style), style);
}

/** What nobody declared for these mailboxes: the environment's ceiling takes their methods away. */
export function ceilingSection(plan: Plan, style: Style): Lines {
  const lines = changeLines(planGroups(plan).capped, style);
  return section("Because of the environment's mail ceiling", lines, style);
}

/** What both sections have to say, without their titles. */
export function changeEntries(plan: Plan, style: Style): Lines {
  const { declared, capped } = planGroups(plan);
  return changeLines([...declared, ...capped], style);
}

function changeLines(groups: ChangeGroups, style: Style): Lines {
  const { shown, rest } = limited(groups, style);
  return [...shown.flatMap((group) => groupLines(group, style)), ...restLines(rest, style)];
}

function groupLines(group: readonly ResourceChange[], style: Style): Lines {
  const [first] = group;
  if (first === undefined) return [];
  const addresses = group.map(({ address }) => address);
  const steps = group.flatMap((change) => change.steps);
  const why = [...new Set(first.steps.map(causeText)), sourceText(steps)]
    .filter((text) => text !== '')
    .join('; ');
  return [
    ...headLines(first, subject(addresses), style),
    ...(group.length > 1 ? nameLines(addresses.map(shortName), DETAIL, style) : []),
    ...(why === '' ? [] : detail(style.colors.dim(why), style)),
  ];
}

function headLines(change: ResourceChange, name: string, style: Style): Lines {
  const { mark, set } = change;
  const lead = coloured(mark, style);
  const title = style.colors.bold(name);
  if (mark === '-') return [...entry(lead, `${title}  is deleted`, style), ...lostLines(change, style)];
  const long = set.filter(({ from, to }) => isLongText(from) || isLongText(to));
  const rows = set.filter((one) => !long.includes(one)).map((one) => fieldRow(one, mark, style));
  const [only] = rows;
  if (set.length === 1 && only !== undefined && mark === '~') {
    const line = `${lead} ${title}  ${only.label}  ${only.text}`;
    if (textWidth(line) + ENTRY <= style.width) return [' '.repeat(ENTRY) + line];
  }
  return [
    ...entry(lead, title, style),
    ...labelled(rows, DETAIL, style),
    ...long.flatMap(({ field, from, to }) => [
      ...detail(field, style),
      ...textDiff(from, to, DETAIL + 2, style),
    ]),
  ];
}

/** Of a deleted record: what it holds now, which nothing brings back. */
function lostLines(change: ResourceChange, style: Style): Lines {
  const held = heldFields(change);
  const most = style.shown === undefined ? LOST_SHOWN : 1;
  const shown = style.verbose === true ? held : held.slice(0, most);
  const rest = held.length - shown.length;
  const rows = shown.map(({ field, from }) => ({ label: field, text: style.colors.red(valueText(from)) }));
  return [
    ...(rows.length === 0 ? [] : detail('lost with it:', style)),
    ...labelled(rows, DETAIL + 2, style),
    ...(rest === 0
      ? []
      : detail(`and ${count(rest, 'more field', 'more fields')}; --verbose lists all`, style)),
  ];
}

/** Fields that a deleted record is shown with. */
const LOST_SHOWN = 6;

function coloured(mark: Mark, { colors }: Style): string {
  if (mark === '~') return colors.yellow(mark);
  return mark === '+' ? colors.green(mark) : colors.red(mark);
}

/** Field and `before → after`; of a new resource only what it will be. */
function fieldRow(
  { field, from, to, default: byDefault }: PlanFieldChange,
  mark: Mark,
  style: Style,
): Labelled {
  const { colors } = style;
  const after = colors.green(valueText(to)) + (byDefault === true ? colors.dim(' (default)') : '');
  return { label: field, text: mark === '+' ? after : beforeAfter(valueText(from), after, style) };
}

export function beforeAfter(before: string, after: string, style: Style): string {
  return `${style.colors.dim(before)} ${signs(style).arrow} ${after}`;
}

/** Fields that are named of changes which are not shown one by one. */
const FIELDS_NAMED = 6;

/** Whoever consents to a plan sees of each resource whether it is made, altered or deleted; deletions by name, all of them. */
function restLines(rest: readonly (readonly ResourceChange[])[], style: Style): Lines {
  const changes = rest.flat();
  if (changes.length === 0) return [];
  const lines = MARKS.flatMap((mark) => {
    const own = changes.filter((change) => change.mark === mark);
    const addresses = own.map(({ address }) => address);
    if (own.length === 0) return [];
    const what = mark === '-' ? 'deleted' : fieldsNamed(own);
    const names = nameLines(addresses.map(shortName), DETAIL, {
      ...style,
      verbose: mark === '-' || style.verbose === true,
    });
    return [...entry(coloured(mark, style), `${countResources(addresses)} more: ${what}`, style), ...names];
  });
  return [...lines, ...leftOut('their values', style)];
}

function fieldsNamed(changes: readonly ResourceChange[]): string {
  const fields = [...new Set(changes.flatMap(({ set }) => set.map(({ field }) => field)))];
  const rest = fields.length - FIELDS_NAMED;
  return `${fields.slice(0, FIELDS_NAMED).join(', ')}${rest > 0 ? ` and ${count(rest, 'more field')}` : ''}`;
}
