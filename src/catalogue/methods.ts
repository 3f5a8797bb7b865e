/**
 * The synchronization methods. Appointments, contacts and tasks number the same names differently
 * (Microsoft Learn, "Mailbox table reference").
 */

export const INCOMING_METHODS = { none: 0, outlook: 1, 'server-side-sync': 2, 'forward-mailbox': 3 } as const;
export const OUTGOING_METHODS = { none: 0, outlook: 1, 'server-side-sync': 2 } as const;
export const APPOINTMENT_METHODS = { outlook: 0, 'server-side-sync': 1, none: 2 } as const;

export const SERVER_SIDE_SYNC = 'server-side-sync';

/** A direction of mail, and appointments, contacts and tasks, which are tested and enabled like one. */
export const DIRECTIONS = ['incoming', 'outgoing', 'appointmentsContactsTasks'] as const;
export type Direction = (typeof DIRECTIONS)[number];

export const METHODS: Readonly<Record<Direction, Readonly<Record<string, number>>>> = {
  incoming: INCOMING_METHODS,
  outgoing: OUTGOING_METHODS,
  appointmentsContactsTasks: APPOINTMENT_METHODS,
};

export const METHOD_COLUMNS: Readonly<Record<Direction, string>> = {
  incoming: 'incomingemaildeliverymethod',
  outgoing: 'outgoingemaildeliverymethod',
  appointmentsContactsTasks: 'actdeliverymethod',
};

export const DIRECTION_TITLES: Readonly<Record<Direction, string>> = {
  incoming: 'Incoming',
  outgoing: 'Outgoing',
  appointmentsContactsTasks: 'Appointments, contacts and tasks',
};

const METHOD_MEANINGS: Readonly<Record<string, string>> = {
  none: 'nothing is synchronized',
  outlook: "Dynamics 365 for Outlook does it on the user's computer (deprecated, not for queues)",
  'server-side-sync': 'Dataverse connects to the mail server through the server profile',
  'forward-mailbox': 'a forward mailbox collects the mail of this one',
};

/** What the methods of a direction mean, in the order of their list. */
export function methodMeanings(direction: Direction): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.keys(METHODS[direction]).map((method) => [method, METHOD_MEANINGS[method] ?? method]),
  );
}
