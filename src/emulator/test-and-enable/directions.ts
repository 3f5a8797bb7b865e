/**
 * The three directions of a mailbox and their columns. The numbering of the method differs: server-side
 * synchronization is 2 for e-mail and 1 for appointments, contacts and tasks.
 */

import type { Row } from '../odata/table.ts';

export interface Direction {
  readonly name: 'incoming' | 'outgoing' | 'appointmentsContactsTasks';
  readonly method: string;
  readonly synchronized: number;
  readonly status: string;
  readonly enabled: string;
  /** As alert codes name it. */
  readonly code: 'IncomingEmail' | 'OutgoingEmail' | 'ExchangeSyncEmail';
  readonly words: string;
}

export const directions: readonly Direction[] = [
  {
    name: 'incoming',
    method: 'incomingemaildeliverymethod',
    synchronized: 2,
    status: 'incomingemailstatus',
    enabled: 'enabledforincomingemail',
    code: 'IncomingEmail',
    words: 'Email cannot be received',
  },
  {
    name: 'outgoing',
    method: 'outgoingemaildeliverymethod',
    synchronized: 2,
    status: 'outgoingemailstatus',
    enabled: 'enabledforoutgoingemail',
    code: 'OutgoingEmail',
    words: 'Email cannot be sent',
  },
  {
    name: 'appointmentsContactsTasks',
    method: 'actdeliverymethod',
    synchronized: 1,
    status: 'actstatus',
    enabled: 'enabledforact',
    code: 'ExchangeSyncEmail',
    words: 'Appointments, contacts, and tasks cannot be synchronized',
  },
];

export function testedDirections(mailbox: Row): readonly Direction[] {
  return directions.filter(({ method, synchronized }) => mailbox[method] === synchronized);
}

/** Not Run, Success or Failure of the whole mailbox: one failure makes a failure. */
export function overallStatus(mailbox: Row): number {
  const results = testedDirections(mailbox).map(({ status }) => mailbox[status]);
  if (results.includes(2)) return 2;
  return results.length > 0 && results.every((result) => result === 1) ? 1 : 0;
}
