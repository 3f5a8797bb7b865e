/** The mailboxes of an environment as a table, those in trouble first, with their alerts below and the counts last. */

import type { Status, StatusMailbox, StatusSummary } from '../model/status.generated.ts';
import { canonical, compareText } from '../model/value.ts';
import { alertKey, alertLines } from './alert-text.ts';
import { groupBy, limited } from './group.ts';
import { nameLines, shortName, subject } from './names.ts';
import { notSeenSection } from './not-seen-text.ts';
import { DETAIL, entry, type Lines, more, page, section } from './page.ts';
import { headLines } from './plan-text.ts';
import { printable } from './printable.ts';
import {
  type Condition,
  directionState,
  mailboxCondition,
  STATUS_DIRECTIONS,
  type StatusDirection,
} from './status-condition.ts';
import { type Style, signs } from './style.ts';
import { type Column, table, titlesShown } from './table.ts';
import { wrap } from './text.ts';
import { timeText } from './time-text.ts';
import { valueText, words } from './value-text.ts';

/** Order of the rows and of the counts: what somebody should look at comes first. */
const CONDITIONS: readonly Condition[] = [
  'failed',
  'stolen',
  'disabled',
  'not_approved',
  'not_tested',
  'testing',
  'working',
  'not_synchronized',
  'inactive',
];
const IN_TROUBLE: readonly Condition[] = ['failed', 'stolen', 'disabled'];

/** Narrower pages have no room for a long name beside the condition. */
const NARROW = 48;

const HEADINGS: Readonly<Record<StatusDirection, string>> = {
  incoming: 'In',
  outgoing: 'Out',
  appointments_contacts_tasks: 'Appts',
};

interface Row {
  readonly mailbox: StatusMailbox;
  readonly condition: Condition;
  readonly name: string;
}

export function statusText(document: Status, style: Style): string {
  const status = printable(document);
  const rows = status.mailboxes.map(rowOf).toSorted(byUrgency);
  return page([
    headLines('Mailboxes of', status, style),
    rows.length === 0 ? [emptyLine(status)] : rowLines(rows, style),
    alertsSection(rows, style),
    stolenLines(rows, style),
    alertGap(status, style),
    notSeenSection(status.not_seen, style),
    countLines(status.summary, style),
  ]);
}

function rowOf(mailbox: StatusMailbox): Row {
  return { mailbox, condition: mailboxCondition(mailbox), name: shortName(mailbox.address) };
}

function byUrgency(a: Row, b: Row): number {
  const order = CONDITIONS.indexOf(a.condition) - CONDITIONS.indexOf(b.condition);
  return order === 0 ? compareText(a.name, b.name) : order;
}

function emptyLine({ view }: Status): string {
  return view === 'all' ? 'There is no mailbox to be seen.' : 'There is no mailbox whose last test failed.';
}

/** A page that is too narrow for the directions has them below each mailbox in trouble. */
function rowLines(rows: readonly Row[], style: Style): Lines {
  const all = columns(style);
  const shown = titlesShown(all, rows, style);
  const hidden = STATUS_DIRECTIONS.filter((direction) => !shown.includes(HEADINGS[direction]));
  const [head = '', ...body] = table(all, rows, style);
  if (!hidden.includes('outgoing')) return [head, ...body];
  const lines = body.flatMap((line, index) => [line, ...directionLines(rows[index], hidden, style)]);
  return [head, ...lines];
}

function directionLines(row: Row | undefined, hidden: readonly StatusDirection[], { width }: Style): Lines {
  if (row === undefined || !IN_TROUBLE.includes(row.condition)) return [];
  const states = hidden.map(
    (direction) => `${HEADINGS[direction]} ${words(valueText(directionState(row.mailbox, direction)))}`,
  );
  return wrap(states.join(', '), { width, indent: 2 });
}

function columns(style: Style): readonly Column<Row>[] {
  return [
    { title: 'Mailbox', cell: ({ name }) => name, rank: 0, least: style.width < NARROW ? 20 : 28 },
    {
      title: 'Condition',
      cell: ({ condition }) => conditionText(condition),
      colour: ({ condition }, text) => coloured(condition, text, style),
      rank: 0,
      least: 12,
    },
    ...STATUS_DIRECTIONS.map(
      (direction): Column<Row> => ({
        title: HEADINGS[direction],
        cell: ({ mailbox }) => words(valueText(directionState(mailbox, direction))),
        colour: ({ condition }, text) =>
          condition !== 'inactive' && isTrouble(text) ? style.colors.red(text) : text,
        rank: direction === 'appointments_contacts_tasks' ? 3 : 1,
        least: 7,
      }),
    ),
    { title: 'Approval', cell: ({ mailbox }) => words(valueText(mailbox.approval)), rank: 2 },
    { title: 'Server profile', cell: ({ mailbox }) => mailbox.server_profile ?? '', rank: 4, least: 14 },
    { title: 'Last test', cell: ({ mailbox }) => testedText(mailbox), rank: 5 },
    { title: 'E-mail address', cell: ({ mailbox }) => mailbox.email_address ?? '(none)', rank: 6, least: 16 },
    { title: 'Managed', cell: ({ mailbox }) => (mailbox.managed ? 'yes' : 'no'), rank: 7 },
  ];
}

function conditionText(condition: Condition): string {
  return condition === 'not_synchronized' ? 'not synced' : condition.replaceAll('_', ' ');
}

/** Of a direction: its last test failed, or it was tested with success and is off. */
function isTrouble(state: string): boolean {
  return state === 'failed' || state === 'off';
}

function coloured(condition: Condition, text: string, { colors }: Style): string {
  if (IN_TROUBLE.includes(condition)) return colors.red(text);
  if (condition === 'working') return colors.green(text);
  return condition === 'inactive' || condition === 'not_synchronized'
    ? colors.dim(text)
    : colors.yellow(text);
}

function testedText({ tests }: StatusMailbox): string {
  return tests.completed_on === null ? 'never' : timeText(tests.completed_on);
}

/** Different alerts that are told. */
const ALERTS_SHOWN = 12;

/** Alerts of mailboxes in trouble, of all when verbose; mailboxes with the same alerts are one entry. */
function alertsSection(rows: readonly Row[], style: Style): Lines {
  const told = rows.filter(({ condition }) => style.verbose === true || IN_TROUBLE.includes(condition));
  const withAlerts = told.filter(({ mailbox }) => mailbox.alerts.length > 0);
  const groups = groupBy(withAlerts, ({ mailbox }) => canonical(mailbox.alerts.map(alertKey)));
  const { shown, rest } = limited(groups, style, ALERTS_SHOWN);
  const lines = shown.flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const name = style.colors.bold(subject(group.map(({ mailbox }) => mailbox.address)));
    return [
      ...entry(coloured(first.condition, signs(style).attention, style), name, style),
      ...(group.length > 1
        ? nameLines(
            group.map((row) => row.name),
            DETAIL,
            style,
          )
        : []),
      ...alertLines(first.mailbox.alerts, style),
    ];
  });
  return section('Alerts', [...lines, ...more(rest.flat().length, 'with other alerts', style)], style);
}

/** No alert says so, and it takes a person to decide which environment is to have them. */
function stolenLines(rows: readonly Row[], { width }: Style): Lines {
  const stolen = rows.filter(({ condition }) => condition === 'stolen').length;
  if (stolen === 0) return [];
  return wrap(
    `Stolen (${stolen}): another environment has taken the Exchange mailbox over. Every test was a success, and every direction is off. It is not tested again by itself; "mailboxctl plan --retest" with its address takes it back.`,
    { width, indent: 0 },
  );
}

/** Why there may be no alert where somebody would look for one. */
function alertGap({ alerts, summary }: Status, { width }: Style): Lines {
  const wrapped = (text: string): Lines => wrap(text, { width, indent: 0 });
  if (alerts.readable === false)
    return wrapped('Alerts are not shown: the caller may not read them (privilege prvReadTraceLog).');
  if (alerts.written.errors !== false) return [];
  const now = summary.failed === 0 ? '' : ' Those that failed may have none to show.';
  return wrapped(
    `The environment writes no error alerts (emailSettings alerts.errors is off): a failed test leaves none.${now}`,
  );
}

function countLines(summary: StatusSummary, { colors, width }: Style): Lines {
  const counts = CONDITIONS.map((condition) => `${summary[condition]} ${conditionText(condition)}`).join(
    ', ',
  );
  return wrap(colors.bold(`Mailboxes: ${summary.mailboxes}. ${counts}.`), { width, indent: 0 });
}
