/** The state of mailboxes as tests: one case for each, which fails where mail does not move as it should. */

import type { Status, StatusMailbox } from '../../model/status.generated.ts';
import { printable } from '../printable.ts';
import { directionState, STATUS_DIRECTIONS } from '../status-condition.ts';
import { conditionText, IN_TROUBLE, type StatusRow, statusRows, testedText } from '../status-words.ts';
import { valueText } from '../value-text.ts';
import { type Case, junitXml, type State } from './test-case.ts';

export function statusJunit(document: Status): string {
  const status = printable(document);
  return junitXml({
    verb: 'status',
    environment: status.environment.name,
    asOf: status.as_of,
    suites: [{ name: 'mailboxes', cases: statusRows(status).map(mailboxCase) }],
  });
}

function mailboxCase({ mailbox, condition }: StatusRow): Case {
  const state = stateOf(condition);
  const alerts = mailbox.alerts.flatMap(({ level, text, hint, article }) => [
    `${level}: ${text}`,
    hint ?? '',
    article ?? '',
  ]);
  const lines = [...directionLines(mailbox), `approval: ${valueText(mailbox.approval)}`, ...alerts];
  return {
    name: mailbox.address,
    state,
    ...(state === 'passed' ? {} : { message: messageOf(mailbox, condition) }),
    output: lines.filter((text) => text !== '').join('\n'),
  };
}

/** What was never tested, or is not to be, is neither good nor bad. */
function stateOf(condition: StatusRow['condition']): State {
  if (condition === 'working') return 'passed';
  return IN_TROUBLE.includes(condition) ? 'failed' : 'skipped';
}

function messageOf({ alerts }: StatusMailbox, condition: StatusRow['condition']): string {
  const [alert] = alerts;
  return alert === undefined ? conditionText(condition) : `${conditionText(condition)}: ${alert.text}`;
}

function directionLines(mailbox: StatusMailbox): readonly string[] {
  const directions = STATUS_DIRECTIONS.map(
    (direction) => `${direction.replaceAll('_', ' ')}: ${valueText(directionState(mailbox, direction))}`,
  );
  return [...directions, `tested: ${testedText(mailbox)}`];
}
