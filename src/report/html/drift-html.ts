/** A drift report as a page: the worst first, what is new since the last report, since when and by whom. */

import type { Drift, DriftFinding } from '../../model/drift.generated.ts';
import {
  DRIFT_CLASSES,
  DRIFT_TITLES,
  type DriftClass,
  type DriftGroup,
  driftGroups,
  driftLine,
  fieldName,
  fieldsOf,
  isTold,
  sinceText,
  withNewNames,
} from '../drift-groups.ts';
import { groupBy } from '../group.ts';
import { printable } from '../printable.ts';
import { sourcesText } from '../reason-text.ts';
import { count } from '../text.ts';
import { timeText } from '../time-text.ts';
import { htmlPage } from './html-page.tsx';
import type { Chart, FieldDiff, Member, Page, Row, Section, Tile, Tone, Verdict } from './page-model.ts';
import {
  badge,
  countChart,
  declared,
  fieldDiff,
  filled,
  member,
  names,
  notSeenSection,
  text,
} from './rows.ts';

type Severity = DriftFinding['severity'];

const CLASS_TONES: Readonly<Record<DriftClass, Tone>> = {
  configuration: 'bad',
  approval: 'bad',
  health: 'bad',
  missing: 'bad',
  new: 'info',
  unmanaged: 'quiet',
};
const SEVERITIES: readonly Severity[] = ['high', 'medium', 'low'];
const TONES: Readonly<Record<Severity, Tone>> = { high: 'bad', medium: 'warn', low: 'quiet' };

const NEW = 'new since the previous report';
const KNOWN = 'in the previous report';

export function driftHtml(document: Drift): string {
  return htmlPage(driftPage(printable(document)));
}

export function driftPage(document: Drift): Page {
  const drift = withNewNames(document);
  const sections = filled([findingSection(drift), notSeenSection(drift.not_seen)]);
  return {
    title: 'Drift in',
    environment: drift.environment.name,
    url: drift.environment.url,
    facts: [`as of ${timeText(drift.as_of)}`, `organization ${drift.environment.organization_id}`],
    verdict: verdictOf(drift),
    tiles: tilesOf(drift),
    charts: chartsOf(drift),
    main: sections[0]?.id ?? 'findings',
    facets: [
      { key: 'class', title: 'Class' },
      { key: 'severity', title: 'Severity' },
      { key: 'kind', title: 'Kind' },
      { key: 'state', title: 'State' },
      { key: 'news', title: 'Since the previous report' },
    ],
    sections,
    closing: null,
  };
}

function verdictOf(drift: Drift): Verdict {
  const { findings, clean } = drift;
  const high = findings.filter(({ severity }) => severity === 'high').length;
  const lines = [driftLine(drift)];
  if (findings.length === 0) return { tone: 'good', text: 'Nothing differs.', lines };
  if (clean) return { tone: 'info', text: 'Nothing that counts differs.', lines };
  const worst = high === 0 ? '' : `, ${count(high, 'of them', 'of them')} of high severity`;
  return {
    tone: high > 0 ? 'bad' : 'warn',
    text: `${count(findings.length, 'finding')}${worst}.`,
    lines,
  };
}

function tilesOf({ findings, summary }: Drift): readonly Tile[] {
  const news = findings.filter(({ is_new }) => is_new).length;
  const high = findings.filter(({ severity }) => severity === 'high').length;
  return [
    ...DRIFT_CLASSES.map(
      (name): Tile => ({
        label: name,
        value: summary[name],
        tone: CLASS_TONES[name],
        filter: { facet: 'class', value: name },
      }),
    ),
    { label: 'of high severity', value: high, tone: 'bad', filter: { facet: 'severity', value: 'high' } },
    {
      label: 'new since the previous report',
      value: news,
      tone: 'warn',
      filter: { facet: 'news', value: NEW },
    },
  ];
}

function chartsOf({ findings }: Drift): readonly Chart[] {
  const bars = DRIFT_CLASSES.flatMap((name) => {
    const own = findings.filter((finding) => finding.class === name);
    const parts = SEVERITIES.map((severity) => ({
      label: severity,
      value: own.filter((finding) => finding.severity === severity).length,
      tone: TONES[severity],
    }));
    return own.length === 0 ? [] : [{ label: name, parts }];
  });
  return [
    ...(bars.length === 0 ? [] : [{ title: 'Class and severity', bars }]),
    ...countChart(
      'Health',
      findings.flatMap(({ subclass }) =>
        subclass === null ? [] : [{ label: subclass, tone: 'bad' as const }],
      ),
    ),
    ...countChart(
      'Fields',
      findings.flatMap(({ field }) => (field === null ? [] : [{ label: field }])),
    ),
    ...countChart(
      'Changed by',
      findings.flatMap(({ by }) => (by === null ? [] : [{ label: by }])),
    ),
  ];
}

function findingSection({ findings }: Drift): Section {
  const groups = DRIFT_CLASSES.flatMap((name) => driftGroups(findings.filter((one) => one.class === name)));
  return {
    id: 'findings',
    title: 'What drifted',
    note: 'Counted by resources and what is the matter with them. Equal ones stand together; unfold them to see each with its time and its line.',
    layout: 'table',
    columns: [
      { title: 'Severity', size: 'narrow' },
      { title: 'Class', size: 'words' },
      { title: 'Resource' },
      { title: 'Is → should be', size: 'wide' },
      { title: 'Since, by', size: 'words' },
      { title: 'Declared at' },
    ],
    rows: groups.toSorted((a, b) => severityOf(a) - severityOf(b)).flatMap(findingRows),
  };
}

function severityOf([first]: DriftGroup): number {
  return first === undefined ? 0 : SEVERITIES.indexOf(first.severity);
}

function findingRows(group: DriftGroup): readonly Row[] {
  const [first] = group;
  if (first === undefined) return [];
  const { class: name, subclass, severity, is_new } = first;
  const told = first.message === null ? [] : [first.message];
  const ofEach = groupBy(group, ({ address }) => address);
  const facets = { class: name, severity, news: is_new ? NEW : KNOWN };
  return [
    {
      cells: [
        badge(severity, TONES[severity], {
          rank: SEVERITIES.indexOf(severity),
          ...(is_new ? { extra: 'new' } : {}),
        }),
        text(name, subclass),
        names(ofEach.map((own) => memberOf(own, ofEach.length > 1))),
        {
          is: 'diff',
          fields: fieldsOf(group).flatMap(differenceOf),
          lines: [...told, ...absenceOf(first, told)],
        },
        text(sinceText(group)),
        declared(sourcesText(group.flatMap(({ source }) => source ?? []))),
      ],
      facets: subclass === null ? facets : { ...facets, state: subclass },
    },
  ];
}

/** Of many each has its own time and place. */
function memberOf(own: DriftGroup, isOneOfMany: boolean): Member {
  const address = own[0]?.address ?? '';
  if (!isOneOfMany) return member(address);
  return member(address, {
    note: sinceText(own),
    source: sourcesText(own.flatMap(({ source }) => source ?? [])),
  });
}

function differenceOf(finding: DriftFinding): readonly FieldDiff[] {
  const { field, desired, actual } = finding;
  if (field === null || field === 'absent' || !isTold(finding)) return [];
  return [fieldDiff({ field: fieldName(field), from: actual, to: desired })];
}

/** What no two values say. */
function absenceOf({ field, class: name }: DriftFinding, told: readonly string[]): readonly string[] {
  if (field === 'absent') return ['is there, should be deleted'];
  return told.length === 0 && (name === 'missing' || name === 'unmanaged') ? [DRIFT_TITLES[name]] : [];
}
