/** The mailboxes of a status report in the order and the words in which people read of them. The same in every format. */

import type { Status, StatusMailbox, StatusSummary } from '../model/status.generated.ts';
import { canonical, compareText } from '../model/value.ts';
import { alertKey } from './alert-text.ts';
import { groupBy } from './group.ts';
import { shortName } from './names.ts';
import { type Condition, mailboxCondition, type StatusDirection } from './status-condition.ts';
import { timeText } from './time-text.ts';

/** Order of the rows and of the counts: what somebody should look at comes first. */
export const CONDITIONS: readonly Condition[] = [
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
export const IN_TROUBLE: readonly Condition[] = ['failed', 'stolen', 'disabled'];

export const DIRECTION_HEADINGS: Readonly<Record<StatusDirection, string>> = {
  incoming: 'In',
  outgoing: 'Out',
  appointments_contacts_tasks: 'Appts',
};

export interface StatusRow {
  readonly mailbox: StatusMailbox;
  readonly condition: Condition;
  readonly name: string;
}

/** Personal queues have none as a rule: there is nothing to be done about them. */
export function isWithoutAddress({ mailbox, condition }: Pick<StatusRow, 'mailbox' | 'condition'>): boolean {
  return mailbox.email_address === null && condition === 'not_synchronized';
}

/** What somebody should look at comes first, and what nobody has to look at last. */
export function statusRows({ mailboxes }: Status): readonly StatusRow[] {
  const rows = mailboxes.map((mailbox) => ({
    mailbox,
    condition: mailboxCondition(mailbox),
    name: shortName(mailbox.address),
  }));
  return rows.toSorted(byUrgency);
}

function byUrgency(a: StatusRow, b: StatusRow): number {
  const order =
    Number(isWithoutAddress(a)) - Number(isWithoutAddress(b)) ||
    CONDITIONS.indexOf(a.condition) - CONDITIONS.indexOf(b.condition);
  return order === 0 ? compareText(a.name, b.name) : order;
}

/** Mailboxes with the same alerts together. */
export function alertGroups(rows: readonly StatusRow[]): readonly (readonly StatusRow[])[] {
  const withAlerts = rows.filter(({ mailbox }) => mailbox.alerts.length > 0);
  return groupBy(withAlerts, ({ mailbox }) => canonical(mailbox.alerts.map(alertKey)));
}

export function conditionText(condition: Condition): string {
  return condition === 'not_synchronized' ? 'not synced' : condition.replaceAll('_', ' ');
}

export function testedText({ tests }: StatusMailbox): string {
  return tests.completed_on === null ? 'never' : timeText(tests.completed_on);
}

export function emptyText({ view }: Status): string {
  return view === 'all' ? 'There is no mailbox to be seen.' : 'There is no mailbox whose last test failed.';
}

/** No alert says so, and it takes a person to decide which environment is to have them. */
export function stolenText(rows: readonly StatusRow[]): string {
  const stolen = rows.filter(({ condition }) => condition === 'stolen').length;
  if (stolen === 0) return '';
  return `Stolen (${stolen}): another environment has taken the Exchange mailbox over. Every test was a success, and every direction is off. It is not tested again by itself; "mailboxctl plan --retest" with its address takes it back.`;
}

/** Why there may be no alert where somebody would look for one. */
export function alertGapText({ alerts, summary }: Status): string {
  if (alerts.readable === false)
    return 'Alerts are not shown: the caller may not read them (privilege prvReadTraceLog).';
  if (alerts.written.errors !== false) return '';
  const now = summary.failed === 0 ? '' : ' Those that failed may have none to show.';
  return `The environment writes no error alerts (emailSettings alerts.errors is off): a failed test leaves none.${now}`;
}

export function countsText(summary: StatusSummary): string {
  const counts = CONDITIONS.map((condition) => `${summary[condition]} ${conditionText(condition)}`);
  return `Mailboxes: ${summary.mailboxes}. ${counts.join(', ')}.`;
}
