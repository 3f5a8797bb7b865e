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
