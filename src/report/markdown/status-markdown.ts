/** The mailboxes of an environment as a table, those in trouble first, with their alerts below. */

import type { Status } from '../../model/status.generated.ts';
import { printable } from '../printable.ts';
import { directionState, STATUS_DIRECTIONS } from '../status-condition.ts';
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
import { words } from '../value-text.ts';
import { alertLines } from './alerts-markdown.ts';
import { leftOut, section, tableHead, tableRow } from './blocks.ts';
import { command } from './commands.ts';
import { code, prose } from './escape.ts';
import { fitReport } from './fit-report.ts';
import { head } from './head.ts';
import type { MarkdownStyle } from './markdown-style.ts';
import { notSeenPiece } from './plan-left-markdown.ts';
import { BUDGET, bytes, fixed, NOTHING, type Piece, several, stacked } from './room.ts';
import { namesOf, subject, value } from './words.ts';

export function statusMarkdown(document: Status, style: MarkdownStyle = {}): string {
  const status = printable(document);
  const rows = statusRows(status);
  const everything = `${code(`${command('status', status.environment.name, style)} --format json`)} lists everything.`;
  const pieces = [
    head(verdictText(status), [countsText(status.summary)], status),
    rows.length === 0 ? fixed(emptyText(status)) : tablePiece(rows),
    alertsPiece(rows),
    notePiece(stolenText(rows)),
    notePiece(alertGapText(status)),
    notSeenPiece(status.not_seen),
  ];
  return fitReport(pieces, { budget: style.budget ?? BUDGET, everything });
}

function verdictText({ summary, view }: Status): string {
  const troubled = IN_TROUBLE.flatMap((condition) =>
    summary[condition] === 0 ? [] : [`${summary[condition]} ${conditionText(condition)}`],
  );
  const all = `${summary.mailboxes} mailboxes, ${summary.working} working`;
  const listed = view === 'all' ? '' : ' Listed are those whose last test failed.';
  return `${all}${troubled.length === 0 ? '' : `, **${troubled.join(', ')}**`}.${listed}`;
}

const TITLES = [
  'Mailbox',
  'Condition',
  ...STATUS_DIRECTIONS.map((direction) => DIRECTION_HEADINGS[direction]),
  'Approval',
  'Server profile',
  'Last test',
];

/** The rows that have room; below them how many are left. */
function tablePiece(rows: readonly StatusRow[]): Piece {
  const heading = `### Mailboxes\n\n${tableHead(TITLES)}\n`;
  const list = several(rows, (row) => fixed(rowText(row)), { more: leftOut('mailboxes'), gap: '\n' });
  const least = `### Mailboxes\n\n${list.least}`;
  return {
    least,
    full: heading + list.full,
    write: (room) => {
      const text = list.write(room - bytes(heading));
      return text === list.least ? least : heading + text;
    },
    weight: 3,
  };
}

function rowText({ mailbox, condition, name }: StatusRow): string {
  const { server_profile: profile, approval } = mailbox;
  return tableRow([
    code(name),
    IN_TROUBLE.includes(condition) ? `**${conditionText(condition)}**` : conditionText(condition),
    ...STATUS_DIRECTIONS.map((direction) => stateText(directionState(mailbox, direction))),
    stateText(approval),
    profile === null ? '' : code(profile),
    testedText(mailbox),
  ]);
}

/** Codes of ours are words; what this version does not know is shown as it is. */
function stateText(state: StatusRow['mailbox']['approval']): string {
  return typeof state === 'string' ? prose(words(state)) : value(state);
}

function alertsPiece(rows: readonly StatusRow[]): Piece {
  const groups = alertGroups(rows.filter(({ condition }) => IN_TROUBLE.includes(condition)));
  return section('Alerts', several(groups, alertEntry, { more: leftOut('mailboxes with other alerts') }), 2);
}

function alertEntry(group: readonly StatusRow[]): Piece {
  const [first] = group;
  if (first === undefined) return NOTHING;
  const addresses = group.map(({ mailbox }) => mailbox.address);
  const title = `${subject(addresses)}, ${conditionText(first.condition)}:`;
  return stacked([fixed(title), namesOf(addresses), fixed(alertLines(first.mailbox.alerts))]);
}

function notePiece(text: string): Piece {
  return text === '' ? NOTHING : fixed(prose(text));
}
