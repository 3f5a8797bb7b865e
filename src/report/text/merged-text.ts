/**
 * Several environments on one page: what has no result, what each environment came to, the worst first, then what they
 * have in common and who lags behind whom.
 */

import type {
  Merged,
  MergedFieldChange,
  MergedGroup,
  MergedLag,
  MergedPart,
  MergedResult,
} from '../../model/report.generated.ts';
import { limited } from '../group.ts';
import {
  absences,
  addressesOf,
  beforeText,
  DUPLICATES_TITLE,
  GROUP_SECTIONS,
  GROUP_TITLES,
  type GroupSection,
  groupsIn,
  itemsOf,
  itemText,
  kindsText,
  LAG_BASIS,
  listed,
  type MergedState,
  mergedLine,
  numbersText,
  problemsOf,
  whatText,
} from '../merged-words.ts';
import { nameLines, shortName, subject } from '../names.ts';
import { printable } from '../printable.ts';
import { sourcesText } from '../reason-text.ts';
import { type Style, signs } from '../style.ts';
import { count, thousands, wrap } from '../text.ts';
import { timeText } from '../time-text.ts';
import { valueText } from '../value-text.ts';
import { accessSection, reviewSection } from './merged-review-text.ts';
import {
  DETAIL,
  detail,
  entry,
  fittingPage,
  type Lines,
  more,
  type Section,
  searched,
  section,
} from './page.ts';
import { type Column, table } from './table.ts';

export function mergedText(document: Merged, style: Style): string {
  const merged = printable(document);
  const sections: readonly Section[] = [
    { write: (fitted) => headLines(merged, fitted) },
    { write: (fitted) => missingSection(merged, fitted), weight: 2 },
    { write: (fitted) => resultSection(merged, fitted), weight: 3 },
    { write: (fitted) => duplicateSection(merged, fitted), weight: 1 },
    // Never shortened.
    { write: (fitted) => accessSection(merged, fitted), weight: Number.POSITIVE_INFINITY },
    { write: (fitted) => reviewSection(merged, fitted), weight: 2 },
    ...GROUP_SECTIONS.map((which) => ({
      write: (fitted: Style) => groupSection(which, merged, fitted),
      weight: which === 'due' ? 1 : 2,
    })),
    { write: (fitted) => lagSection(merged, fitted), weight: 2 },
    { write: (fitted) => searched([fitted.colors.bold(mergedLine(merged))], fitted) },
  ];
  return fittingPage(sections, style);
}

function headLines(merged: Merged, { colors, width }: Style): Lines {
  const { summary, as_of } = merged;
  const title = `Report on ${colors.bold(count(summary.environments, 'environment'))}: ${kindsText(merged)}`;
  return [
    ...wrap(title, { width, indent: 0 }),
    ...(as_of === null ? [] : [colors.dim(`the oldest as of ${timeText(as_of)}`)]),
  ];
}

/** Entries of what has no result, and of the environments, that a page shows. */
const MISSING_SHOWN = 12;
const RESULTS_SHOWN = 24;

function missingSection(merged: Merged, style: Style): Lines {
  const { without_result } = merged;
  const { colors } = style;
  const texts = [
    ...problemsOf(merged).missing.map(({ file, message }) => `${colors.bold(file)} ${message}`),
    ...without_result.map(
      ({ environment, purpose, url }) =>
        `${colors.bold(environment)} has no result ${colors.dim(`(${purpose}, ${url})`)}`,
    ),
  ];
  const { shown, rest } = limited(texts, style, MISSING_SHOWN);
  const lines = shown.flatMap((text) => entry(colors.red(signs(style).bad), text, style));
  return section('Without a result', [...lines, ...more(rest.length, 'without a result', style)], style);
}

function duplicateSection(merged: Merged, style: Style): Lines {
  const { colors } = style;
  const { shown, rest } = limited(problemsOf(merged).duplicates, style, MISSING_SHOWN);
  const lines = shown.flatMap(({ file, message }) =>
    entry(signs(style).dot, `${colors.bold(file)} ${message}`, style),
  );
  return section(DUPLICATES_TITLE, [...lines, ...more(rest.length, 'duplicates', style)], style);
}

function resultSection({ results }: Merged, style: Style): Lines {
  if (results.length === 0) return [];
  const { shown, rest } = limited(results, style, RESULTS_SHOWN);
  return [...table(columns(style), shown, style), ...more(rest.length, 'results', style)];
}

function columns({ colors }: Style): readonly Column<MergedResult>[] {
  return [
    { title: 'Environment', cell: ({ label }) => label, rank: 0, least: 12 },
    { title: 'Result', cell: ({ kind }) => kind, rank: 2 },
    {
      title: 'State',
      cell: ({ state }) => state,
      colour: ({ state }, text) => colourOf(state, colors)(text),
      rank: 0,
    },
    {
      title: 'What',
      cell: (result) => [guardsText(result), numbersText(result)].filter((text) => text !== '').join('; '),
      rank: 0,
      least: 20,
    },
  ];
}

function guardsText({ guards }: MergedResult): string {
  return guards.length === 0 ? '' : `refused by ${listed(guards)}`;
}

function colourOf(state: MergedState, colors: Style['colors']): (text: string) => string {
  if (state === 'clean') return colors.green;
  return state === 'changes' || state === 'waiting' ? colors.yellow : colors.red;
}

function groupSection(which: GroupSection, merged: Merged, style: Style): Lines {
  const { shown, rest } = limited(groupsIn(which, merged), style);
  const absent = absences(merged);
  const lines = shown.flatMap((group) => groupLines(group, absent(group), style));
  return section(GROUP_TITLES[which], [...lines, ...more(rest.length, 'groups', style)], style);
}

function groupLines(group: MergedGroup, absent: readonly string[], style: Style): Lines {
  return [
    ...entry(`${whatText(group)}:`, style.colors.bold(subject(addressesOf(group))), style),
    ...changeLines(group, style),
    ...(group.message === null ? [] : detail(group.message, style)),
    ...(group.sources.length === 0 ? [] : detail(style.colors.dim(sourcesText(group.sources)), style)),
    ...whereLines(group, absent, style),
  ];
}

/** Fields of a group that a page shows. */
const FIELDS_SHOWN = 6;

/** What is lost with a deleted record stands in the report of the environment. */
function changeLines(group: MergedGroup, style: Style): Lines {
  if (group.what === 'delete') return [];
  const { shown, rest } = limited(group.set, style, FIELDS_SHOWN);
  return [
    ...shown.flatMap((change) => detail(changeText(change, group, style), style)),
    ...(rest.length === 0 ? [] : detail(`and ${count(rest.length, 'other field')}`, style)),
  ];
}

/** A long text is told by its beginning: line by line stands in the report of the environment. */
function changeText(change: MergedFieldChange, group: MergedGroup, style: Style): string {
  const { field, from, to, for: vouched } = change;
  const { colors } = style;
  const after = vouched === undefined ? '' : `  for ${vouched}`;
  if (group.kind === 'drift')
    return `${field}  is ${colors.red(valueText(from))}, should be ${colors.green(valueText(to))}`;
  const before =
    group.what === 'create' ? '' : `${colors.red(beforeText(change, group))} ${signs(style).arrow} `;
  return `${field}  ${before}${colors.green(valueText(to))}${after}`;
}

/** Parts of a group that are told one by one. */
const PARTS_SHOWN = 3;

function whereLines(group: MergedGroup, absent: readonly string[], style: Style): Lines {
  const { shown, rest } = limited(group.parts, style, PARTS_SHOWN);
  return [
    ...shown.flatMap((part) => partLines(part, group, style)),
    ...(rest.length === 0
      ? []
      : detail(`and ${count(rest.length, 'other part')} in ${count(labelsIn(rest), 'environment')}`, style)),
    ...absentLines(absent, style),
  ];
}

function labelsIn(parts: readonly MergedPart[]): number {
  return new Set(parts.flatMap(({ environments }) => environments)).size;
}

function partLines({ environments, addresses }: MergedPart, group: MergedGroup, style: Style): Lines {
  const [first] = group.parts;
  const isAll = group.parts.length === 1 && first?.addresses.length === 1;
  return [
    ...detail(style.colors.dim(`in ${environmentsText(environments, style)}${isAll ? '' : ':'}`), style),
    ...(isAll ? [] : nameLines(addresses.map(shortName), DETAIL + 2, style)),
  ];
}

function absentLines(labels: readonly string[], style: Style): Lines {
  return labels.length === 0
    ? []
    : detail(style.colors.dim(`not in ${environmentsText(labels, style)}`), style);
}

/** Environments that are named; the others are counted. */
const NAMED = 6;

function environmentsText(labels: readonly string[], { verbose }: Style): string {
  if (verbose === true || labels.length <= NAMED + 1) return listed(labels);
  return `${labels.slice(0, NAMED).join(', ')} and ${thousands(labels.length - NAMED)} more`;
}

function lagSection({ lags }: Merged, style: Style): Lines {
  const { shown, rest } = limited(lags, style);
  const lines = shown.flatMap((lag) => lagLines(lag, style));
  const basis = lags.length === 0 ? [] : detail(style.colors.dim(LAG_BASIS), style);
  return section('Behind', [...lines, ...more(rest.length, 'such', style), ...basis], style);
}

function lagLines(lag: MergedLag, style: Style): Lines {
  const { colors } = style;
  const behind = colors.bold(environmentsText(lag.behind, style));
  const verb = lag.behind.length === 1 ? 'lags' : 'lag';
  const { shown, rest } = limited(itemsOf(lag), style, PARTS_SHOWN);
  return [
    ...entry(signs(style).attention, `${behind} ${verb} behind ${environmentsText(lag.ahead, style)}`, style),
    ...shown.flatMap((changes) => detail(itemLine(changes), style)),
    ...(rest.length === 0
      ? []
      : detail(`and ${count(rest.length, 'other rule or item', 'other rules or items')}`, style)),
  ];
}

function itemLine(changes: MergedLag['changes']): string {
  const values = changes.map(({ field, value }) => `${field} ${valueText(value)}`);
  const left = Math.max(...changes.map((change) => change.left));
  return `${itemText(changes[0]?.item ?? '')}: ${values.join(', ')} (${thousands(left)} left)`;
}
