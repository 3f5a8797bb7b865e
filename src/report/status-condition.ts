/** In one word, how a mailbox is; and the counts and views that follow from it. Knows the status document only. */

import { isStolen } from '../catalogue/mailbox-tests.ts';
import type { Status, StatusMailbox, StatusSummary } from '../model/status.generated.ts';
import type { FieldValues, Value } from '../model/value.ts';

export type Condition = Exclude<keyof StatusSummary, 'mailboxes'>;

/** Names of a mailbox's directions in the document. */
export const STATUS_DIRECTIONS = ['incoming', 'outgoing', 'appointments_contacts_tasks'] as const;
export type StatusDirection = (typeof STATUS_DIRECTIONS)[number];

const SERVER_SIDE_SYNC = 'server-side-sync';

/** The first of these that is true of it; each mailbox counts once. */
export function mailboxCondition(mailbox: StatusMailbox): Condition {
  const results = synchronized(mailbox).map((direction) => mailbox.tests[direction]);
  if (mailbox.state === 'inactive') return 'inactive';
  if (results.includes('failure')) return 'failed';
  if (mailbox.tests.scheduled) return 'testing';
  // Nothing is synchronized without an address, and nobody approves one that is not there: personal queues have none.
  if (results.length === 0 || mailbox.email_address === null) return 'not_synchronized';
  if (mailbox.approval !== 'approved') return 'not_approved';
  if (results.some((result) => result !== 'success')) return 'not_tested';
  if (synchronized(mailbox).every((direction) => mailbox.enabled[direction])) return 'working';
  return isStolen(fieldsOf(mailbox)) ? 'stolen' : 'disabled';
}

/** As the catalogue names what the document tells of it. */
function fieldsOf({ state, incoming, outgoing, ...mailbox }: StatusMailbox): FieldValues {
  const { tests, enabled } = mailbox;
  return {
    state,
    incoming,
    outgoing,
    appointmentsContactsTasks: mailbox.appointments_contacts_tasks,
    'tests.incoming': tests.incoming,
    'tests.outgoing': tests.outgoing,
    'tests.appointmentsContactsTasks': tests.appointments_contacts_tasks,
    'enabled.incoming': enabled.incoming,
    'enabled.outgoing': enabled.outgoing,
    'enabled.appointmentsContactsTasks': enabled.appointments_contacts_tasks,
  };
}

function synchronized(mailbox: StatusMailbox): readonly StatusDirection[] {
  return STATUS_DIRECTIONS.filter((direction) => mailbox[direction] === SERVER_SIDE_SYNC);
}

export function statusSummary(mailboxes: readonly StatusMailbox[]): StatusSummary {
  const conditions = mailboxes.map(mailboxCondition);
  const number = (condition: Condition): number => conditions.filter((one) => one === condition).length;
  return {
    mailboxes: mailboxes.length,
    inactive: number('inactive'),
    failed: number('failed'),
    testing: number('testing'),
    not_approved: number('not_approved'),
    not_tested: number('not_tested'),
    stolen: number('stolen'),
    disabled: number('disabled'),
    working: number('working'),
    not_synchronized: number('not_synchronized'),
  };
}

/** The same status with the mailboxes of a view only; the summary still counts all. */
export function statusView(status: Status, view: Status['view']): Status {
  const mailboxes =
    view === 'all'
      ? status.mailboxes
      : status.mailboxes.filter((mailbox) => mailboxCondition(mailbox) === 'failed');
  return { ...status, view, mailboxes };
}

/** One direction in a word: the method, or how server-side sync fares. */
export function directionState(mailbox: StatusMailbox, direction: StatusDirection): Value {
  const method = mailbox[direction];
  if (method !== SERVER_SIDE_SYNC) return method;
  const result = mailbox.tests[direction];
  if (result === 'success') return mailbox.enabled[direction] ? 'ok' : 'off';
  if (result === 'failure') return 'failed';
  return result ?? 'not-run';
}
