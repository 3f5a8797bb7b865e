/** The mailboxes of an environment as a page: how each is, those in trouble first, with their alerts. */

import type { Status, StatusAlert, StatusMailbox, StatusSummary } from '../../model/status.generated.ts';
import { sameText } from '../../model/value.ts';
import { causeAndEffect, isExplained, toldAlerts } from '../alert-text.ts';
import type { ReportedAlert } from '../apply-report.ts';
import { shortName } from '../names.ts';
import { printable } from '../printable.ts';
import {
  type Condition,
  directionState,
  STATUS_DIRECTIONS,
  type StatusDirection,
} from '../status-condition.ts';
import {
  alertGapText,
  CONDITIONS,
  conditionText,
  emptyText,
  IN_TROUBLE,
  statusRows,
  stolenText,
  testedText,
} from '../status-words.ts';
import { count } from '../text.ts';
import { timeText } from '../time-text.ts';
import { valueText, words } from '../value-text.ts';
import { htmlPage } from './html-page.tsx';
import type { Cell, Note, Page, Row, Section, Tile, Tone, Verdict } from './page-model.ts';
import { badge, filled, kindText, member, names, notSeenSection, text } from './rows.ts';
import { DIRECTIONS, statusCharts } from './status-charts.ts';

export function statusHtml(document: Status): string {
  return htmlPage(statusPage(printable(document)));
}

export function statusPage(status: Status): Page {
  const sections = filled([mailboxSection(status), notSeenSection(status.not_seen)]);
  return {
    title: 'Mailboxes of',
    environment: status.environment.name,
    url: status.environment.url,
    facts: [
      `as of ${timeText(status.as_of)}`,
      ...(status.view === 'all' ? [] : ['only those whose last Test & Enable failed']),
    ],
    verdict: verdictOf(status),
    tiles: tilesOf(status),
    charts: statusCharts(status),
    main: sections[0]?.id ?? 'mailboxes',
    facets: [
      { key: 'class', title: 'Condition' },
      { key: 'kind', title: 'Kind' },
      { key: 'unit', title: 'Business unit' },
      { key: 'approval', title: 'Approval' },
      { key: 'state', title: 'State' },
      { key: 'profile', title: 'Server profile' },
      { key: 'managed', title: 'Managed' },
      { key: 'address', title: 'E-mail address' },
    ],
    sections,
    closing: null,
  };
}

function verdictOf(status: Status): Verdict {
  const { summary, view, mailboxes } = status;
  const trouble = IN_TROUBLE.reduce((sum, condition) => sum + summary[condition], 0);
  const lines = [
    view === 'all'
      ? ''
      : `${count(mailboxes.length, 'mailbox', 'mailboxes')} listed of ${summary.mailboxes}.`,
    stolenText(statusRows(status)),
    alertGapText(status),
  ].filter((line) => line !== '');
  if (summary.mailboxes === 0) return { tone: 'quiet', text: emptyText(status), lines };
  const all = count(summary.mailboxes, 'mailbox', 'mailboxes');
  if (trouble > 0)
    return { tone: 'bad', text: `${trouble} of ${all} ${trouble === 1 ? 'is' : 'are'} in trouble.`, lines };
  const waiting = summary.not_approved + summary.not_tested;
  if (waiting > 0)
    return {
      tone: 'warn',
      text: `No mailbox is in trouble; ${waiting} of ${all} ${waiting === 1 ? 'is' : 'are'} not set up to the end.`,
      lines,
    };
  return { tone: 'good', text: `None of ${all} is in trouble.`, lines };
}

function conditionTone(condition: Condition): Tone {
  if (IN_TROUBLE.includes(condition)) return 'bad';
  if (condition === 'working') return 'good';
  return condition === 'inactive' || condition === 'not_synchronized' ? 'quiet' : 'warn';
}

function tilesOf({ summary }: Status): readonly Tile[] {
  return CONDITIONS.map((condition: Exclude<keyof StatusSummary, 'mailboxes'>) => ({
    label: conditionText(condition),
    value: summary[condition],
    tone: conditionTone(condition),
    filter: { facet: 'class', value: conditionText(condition) },
  }));
}

function mailboxSection(status: Status): Section {
  const hasUnits = status.mailboxes.some(({ business_unit }) => business_unit !== undefined);
  return {
    id: 'mailboxes',
    title: 'Mailboxes',
    layout: 'table',
    columns: [
      { title: 'Mailbox' },
      { title: 'Condition', size: 'narrow' },
      ...STATUS_DIRECTIONS.map((direction) => ({ title: DIRECTIONS[direction], size: 'narrow' as const })),
      { title: 'Approval', size: 'narrow' },
      { title: 'Server profile', size: 'words' },
      ...(hasUnits ? [{ title: 'Business unit', size: 'words' as const }] : []),
      { title: 'Last test', size: 'narrow' },
      { title: 'Managed', size: 'narrow' },
    ],
    rows: statusRows(status).map(({ mailbox, condition }) => mailboxRow(mailbox, condition, hasUnits)),
  };
}

function mailboxRow(mailbox: StatusMailbox, condition: Condition, hasUnits: boolean): Row {
  const { address, email_address, server_profile, approval, state, managed, business_unit } = mailbox;
  const isNamed = email_address !== null && sameText(email_address, shortName(address));
  const approved = approval === null ? '' : words(valueText(approval));
  return {
    cells: [
      names([member(address, { note: isNamed ? '' : (email_address ?? 'no e-mail address') })]),
      badge(conditionText(condition), conditionTone(condition), { rank: CONDITIONS.indexOf(condition) }),
      ...STATUS_DIRECTIONS.map((direction) => directionCell(mailbox, condition, direction)),
      text(approved),
      text(server_profile),
      ...(hasUnits ? [text(business_unit)] : []),
      text(testedText(mailbox)),
      text(managed ? 'yes' : 'no'),
    ],
    facets: {
      class: conditionText(condition),
      kind: kindText(address),
      state: words(valueText(state)),
      managed: managed ? 'yes' : 'no',
      address: email_address === null ? 'none' : 'there',
      ...(approved === '' ? {} : { approval: approved }),
      ...(server_profile === null ? {} : { profile: server_profile }),
      ...(business_unit === undefined ? {} : { unit: business_unit }),
    },
    ...(mailbox.alerts.length === 0 ? {} : { notes: notesOf(mailbox) }),
  };
}

/** The method, and where it is server-side sync the last result and whether it is on. */
function directionCell(mailbox: StatusMailbox, condition: Condition, direction: StatusDirection): Cell {
  const method = valueText(mailbox[direction]);
  if (mailbox[direction] !== 'server-side-sync') return { ...text(method), tone: 'quiet' };
  const enabled = mailbox.enabled[direction] ? 'enabled' : 'off';
  const cell = text(method, `${words(valueText(mailbox.tests[direction]))}, ${enabled}`);
  const state = directionState(mailbox, direction);
  const isTrouble = condition !== 'inactive' && (state === 'failed' || state === 'off');
  return isTrouble ? { ...cell, tone: 'bad' } : cell;
}

const LEVEL_TONES: Readonly<Record<StatusAlert['level'], Tone>> = {
  error: 'bad',
  warning: 'warn',
  information: 'quiet',
};

/** All of them, those with the same words once; what several have in common is explained once. */
function notesOf({ alerts }: StatusMailbox): readonly Note[] {
  const { shown } = toldAlerts(alerts, true);
  return shown.map((alert, index) => alertNote(alert, isExplained(shown, index)));
}

function alertNote(alert: ReportedAlert, explained: boolean): Note {
  const { level, time, text: said, code, hint, article } = alert;
  const named = code === null || said.includes(code) ? '' : ` (${code})`;
  return {
    tone: LEVEL_TONES[level],
    lead: level,
    text: `${said}${named} ${timeText(time)}`,
    lines: explained ? [hint ?? '', causeAndEffect(alert)].filter((line) => line !== '') : [],
    href: explained ? (article ?? null) : null,
  };
}
