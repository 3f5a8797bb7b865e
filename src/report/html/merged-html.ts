/** Several environments as a page: what each came to, the worst first, what they have in common, who lags behind whom. */

import type {
  Merged,
  MergedFieldChange,
  MergedGroup,
  MergedLag,
  MergedPart,
  MergedProblem,
  MergedResult,
} from '../../model/report.generated.ts';
import {
  absences,
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
  MERGED_STATES,
  type MergedState,
  mergedLine,
  numbersText,
  problemsOf,
  statesText,
  whatText,
} from '../merged-words.ts';
import { printable } from '../printable.ts';
import { sourcesText } from '../reason-text.ts';
import { count, thousands } from '../text.ts';
import { timeText } from '../time-text.ts';
import { valueText } from '../value-text.ts';
import { htmlPage } from './html-page.tsx';
import { accessSection, reviewSection } from './merged-review-sections.ts';
import type { FieldDiff, Page, Row, Section, Tile, Tone, Verdict } from './page-model.ts';
import { badge, declared, fieldDiff, filled, member, names, oneSided, text } from './rows.ts';

export function mergedHtml(document: Merged): string {
  return htmlPage(mergedPage(printable(document)));
}

const TONES: Readonly<Record<MergedState, Tone>> = {
  refused: 'bad',
  incomplete: 'bad',
  failing: 'bad',
  drift: 'bad',
  changes: 'warn',
  waiting: 'info',
  clean: 'good',
};

export function mergedPage(merged: Merged): Page {
  const { summary, as_of } = merged;
  const sections = filled([
    missingSection(merged),
    resultSection(merged),
    duplicateSection(merged),
    accessSection(merged),
    reviewSection(merged),
    ...GROUP_SECTIONS.map((which) => groupSection(which, merged)),
    lagSection(merged),
  ]);
  return {
    title: 'Report on',
    environment: count(summary.environments, 'environment'),
    url: kindsText(merged),
    facts: as_of === null ? [] : [`the oldest as of ${timeText(as_of)}`],
    verdict: verdictOf(merged),
    tiles: tilesOf(merged),
    charts: [],
    main: sections.find(({ id }) => id === 'results')?.id ?? sections[0]?.id ?? 'results',
    facets: [
      { key: 'state', title: 'State' },
      { key: 'result', title: 'Result' },
      { key: 'step', title: 'Step' },
    ],
    sections,
    closing: null,
  };
}

function verdictOf(merged: Merged): Verdict {
  const { results, clean, problems, without_result } = merged.summary;
  const silent = problems + without_result;
  const lines = [mergedLine(merged)];
  const open =
    clean === results
      ? 'All clean.'
      : `${thousands(results - clean)} of ${count(results, 'result')} not clean (${statesText(merged)}).`;
  if (silent > 0) return { tone: 'bad', text: `${open} Without a result: ${thousands(silent)}.`, lines };
  return { tone: TONES[merged.results[0]?.state ?? 'clean'], text: open, lines };
}

function tilesOf({ summary }: Merged): readonly Tile[] {
  const silent = summary.problems + summary.without_result;
  return [
    ...(silent === 0 ? [] : [{ label: 'without a result', value: silent, tone: 'bad' } as const]),
    ...MERGED_STATES.filter((state) => summary[state] > 0).map(
      (state): Tile => ({
        label: state,
        value: summary[state],
        tone: TONES[state],
        filter: { facet: 'state', value: state },
      }),
    ),
  ];
}

function missingSection(merged: Merged): Section {
  return {
    id: 'missing',
    title: 'Without a result',
    layout: 'list',
    counts: 'rows',
    columns: [{ title: 'What' }, { title: 'Why', size: 'wide' }],
    rows: [
      ...problemsOf(merged).missing.map(fileRow),
      ...merged.without_result.map(({ environment, purpose, url }) => ({
        cells: [text(environment), text(`has no result (${purpose}, ${url})`)],
        facets: {},
      })),
    ],
  };
}

function duplicateSection(merged: Merged): Section {
  return {
    id: 'duplicates',
    title: DUPLICATES_TITLE,
    layout: 'list',
    counts: 'rows',
    columns: [{ title: 'What' }, { title: 'Why', size: 'wide' }],
    rows: problemsOf(merged).duplicates.map(fileRow),
  };
}

function fileRow({ file, message }: MergedProblem): Row {
  return { cells: [text(file), text(message)], facets: {} };
}

function resultSection({ results }: Merged): Section {
  return {
    id: 'results',
    title: 'Environments',
    layout: 'table',
    counts: 'rows',
    columns: [
      { title: 'Environment' },
      { title: 'Result', size: 'narrow' },
      { title: 'State', size: 'narrow' },
      { title: 'What', size: 'words' },
      { title: 'As of', size: 'words' },
    ],
    rows: results.map(resultRow),
  };
}

function resultRow(result: MergedResult): Row {
  const { label, environment, kind, state, guards, as_of } = result;
  return {
    cells: [
      text(label, environment.url),
      text(kind),
      badge(state, TONES[state], { rank: MERGED_STATES.indexOf(state) }),
      text(guards.length === 0 ? '' : `refused by ${listed(guards)}`, numbersText(result)),
      text(timeText(as_of)),
    ],
    facets: { state, result: kind },
  };
}

function groupSection(which: GroupSection, merged: Merged): Section {
  const absent = absences(merged);
  const isPlanned = which === 'plan' || which === 'due';
  return {
    id: `groups-${which}`,
    title: GROUP_TITLES[which],
    note: 'What is equal in several environments stands together.',
    layout: 'table',
    columns: [
      { title: 'What', size: 'words' },
      { title: 'Resource' },
      { title: which === 'drift' ? 'Is → should be' : 'Before → after', size: 'wide' },
      { title: 'Environments', size: 'words' },
      ...(isPlanned ? [{ title: 'Declared', size: 'words' } as const] : []),
    ],
    rows: groupsIn(which, merged).flatMap((group) =>
      group.parts.map((part) => partRow(part, group, absent(group))),
    ),
  };
}

/** Of a group a row for each set of environments: its resources are told apart by nothing else. */
function partRow(
  { environments, addresses }: MergedPart,
  group: MergedGroup,
  others: readonly string[],
): Row {
  // Where others have it for other resources, nothing is said of this row alone.
  const absent = group.parts.length > 1 ? [] : others;
  const lines = group.message === null ? [] : [group.message];
  const fields = group.what === 'delete' ? [] : group.set.map((change) => changeDiff(change, group));
  return {
    cells: [
      text(whatText(group)),
      names(addresses.map((address) => member(address))),
      { is: 'diff', fields, lines },
      text(
        `in ${environmentsText(environments)}`,
        absent.length === 0 ? '' : `not in ${environmentsText(absent)}`,
      ),
      ...(group.kind === 'plan' ? [declared(sourcesText(group.sources))] : []),
    ],
    facets: { result: group.kind, ...(group.kind === 'plan' ? { step: group.what } : {}) },
  };
}

/** An approval names the address that it vouches for. */
function changeDiff({ for: vouched, ...change }: MergedFieldChange, group: MergedGroup): FieldDiff {
  const diff: FieldDiff =
    group.what === 'create'
      ? oneSided(change, 'to')
      : { ...fieldDiff(change), from: beforeText(change, group) };
  return { ...diff, ...(vouched === undefined ? {} : { note: `for ${vouched}` }) };
}

/** Environments that are named; the others are counted. */
const NAMED = 12;

function environmentsText(labels: readonly string[]): string {
  if (labels.length <= NAMED + 1) return listed(labels);
  return `${labels.slice(0, NAMED).join(', ')} and ${thousands(labels.length - NAMED)} more`;
}

function lagSection({ lags }: Merged): Section {
  return {
    id: 'behind',
    title: 'Behind',
    note: LAG_BASIS,
    layout: 'table',
    counts: 'rows',
    columns: [
      { title: 'Behind', size: 'words' },
      { title: 'Ahead', size: 'words' },
      { title: 'In what', size: 'wide' },
    ],
    rows: lags.map(lagRow),
  };
}

function lagRow(lag: MergedLag): Row {
  const texts = itemsOf(lag).map((changes) => {
    const values = changes.map(({ field, value }) => `${field} ${valueText(value)}`);
    const left = Math.max(...changes.map((change) => change.left));
    return `${itemText(changes[0]?.item ?? '')}: ${values.join(', ')} (${thousands(left)} left)`;
  });
  return {
    cells: [text(environmentsText(lag.behind)), text(environmentsText(lag.ahead)), text(...texts)],
    facets: { result: 'plan' },
  };
}
