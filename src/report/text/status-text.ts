/** The mailboxes of an environment as a table, those in trouble first, with their alerts below and the counts last. */

import type { Status } from '../../model/status.generated.ts';
import { alertLines } from '../alert-text.ts';
import { limited } from '../group.ts';
import { nameLines, subject } from '../names.ts';
import { notSeenSection } from '../not-seen-text.ts';
import { printable } from '../printable.ts';
import {
  type Condition,
  directionState,
  STATUS_DIRECTIONS,
  type StatusDirection,
} from '../status-condition.ts';
import {
  alertGapText,
  alertGroups,
  conditionText,
  countsText,
  DIRECTION_HEADINGS,
  emptyText,
  IN_TROUBLE,
  type StatusRow,
  statusRows,
  stolenText,
  testedText,
} from '../status-words.ts';
import { type Style, signs } from '../style.ts';
import { wrap } from '../text.ts';
import { valueText, words } from '../value-text.ts';
import { DETAIL, entry, type Lines, more, page, section } from './page.ts';
import { headLines } from './plan-text.ts';
import { type Column, table, titlesShown } from './table.ts';

/** Narrower pages have no room for a long name beside the condition. */
const NARROW = 48;

export function statusText(document: Status, style: Style): string {
  const status = printable(document);
  const rows = statusRows(status);
  return page([
    headLines('Mailboxes of', status, style),
    rows.length === 0 ? [emptyText(status)] : rowLines(rows, style),
    alertsSection(rows, style),
    wrapped(stolenText(rows), style),
    wrapped(alertGapText(status), style),
    notSeenSection(status.not_seen, style),
    wrapped(style.colors.bold(countsText(status.summary)), style),
  ]);
}

function wrapped(text: string, { width }: Style): Lines {
  return text === '' ? [] : wrap(text, { width, indent: 0 });
}

/** A page that is too narrow for the directions has them below each mailbox in trouble. */
function rowLines(rows: readonly StatusRow[], style: Style): Lines {
  const all = columns(style);
  const shown = titlesShown(all, rows, style);
  const hidden = STATUS_DIRECTIONS.filter((direction) => !shown.includes(DIRECTION_HEADINGS[direction]));
  const [head = '', ...body] = table(all, rows, style);
  if (!hidden.includes('outgoing')) return [head, ...body];
  const lines = body.flatMap((line, index) => [line, ...directionLines(rows[index], hidden, style)]);
  return [head, ...lines];
}

function directionLines(
  row: StatusRow | undefined,
  hidden: readonly StatusDirection[],
  { width }: Style,
): Lines {
  if (row === undefined || !IN_TROUBLE.includes(row.condition)) return [];
  const states = hidden.map(
    (direction) =>
      `${DIRECTION_HEADINGS[direction]} ${words(valueText(directionState(row.mailbox, direction)))}`,
  );
  return wrap(states.join(', '), { width, indent: 2 });
}

function columns(style: Style): readonly Column<StatusRow>[] {
  return [
    {
      title: 'Mailbox',
      cell: ({ name }) => name,
      colour: ({ mailbox }, text) =>
        style.marked?.has(mailbox.address) === true ? style.colors.inverse(text) : text,
      rank: 0,
      least: style.width < NARROW ? 20 : 28,
    },
    {
      title: 'Condition',
      cell: ({ condition }) => conditionText(condition),
      colour: ({ condition }, text) => coloured(condition, text, style),
      rank: 0,
      least: 12,
    },
    ...STATUS_DIRECTIONS.map(
      (direction): Column<StatusRow> => ({
        title: DIRECTION_HEADINGS[direction],
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

/** Different alerts that are told. */
const ALERTS_SHOWN = 12;

/** Alerts of mailboxes in trouble, of all when verbose; mailboxes with the same alerts are one entry. */
function alertsSection(rows: readonly StatusRow[], style: Style): Lines {
  const told = rows.filter(({ condition }) => style.verbose === true || IN_TROUBLE.includes(condition));
  const { shown, rest } = limited(alertGroups(told), style, ALERTS_SHOWN);
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
