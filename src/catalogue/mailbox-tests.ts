/** What Test & Enable leaves on a mailbox, and what "tested and enabled" asks of it. */

import type { FieldValues, Value } from '../model/value.ts';
import { booleanColumn, choiceColumn, dateColumn, numberColumn } from './codecs.ts';
import { type FieldRow, field } from './field.ts';
import { DIRECTION_TITLES, DIRECTIONS, type Direction, SERVER_SIDE_SYNC } from './methods.ts';

const TABLE = 'mailbox';
const RESULTS = { 'not-run': 0, success: 1, failure: 2 } as const;

const STATUS_COLUMNS: Readonly<Record<Direction, string>> = {
  incoming: 'incomingemailstatus',
  outgoing: 'outgoingemailstatus',
  appointmentsContactsTasks: 'actstatus',
};

const ENABLED_COLUMNS: Readonly<Record<Direction, string>> = {
  incoming: 'enabledforincomingemail',
  outgoing: 'enabledforoutgoingemail',
  appointmentsContactsTasks: 'enabledforact',
};

const TEST_FIELD: Readonly<Record<Direction, string>> = {
  incoming: 'tests.incoming',
  outgoing: 'tests.outgoing',
  appointmentsContactsTasks: 'tests.appointmentsContactsTasks',
};

const ENABLED_FIELD: Readonly<Record<Direction, string>> = {
  incoming: 'enabled.incoming',
  outgoing: 'enabled.outgoing',
  appointmentsContactsTasks: 'enabled.appointmentsContactsTasks',
};

/** Fields that hold the result of the last test, one a direction. */
export const TEST_FIELDS: readonly string[] = Object.values(TEST_FIELD);
/** Fields that say whether the service processes a direction. */
export const ENABLED_FIELDS: readonly string[] = Object.values(ENABLED_FIELD);

/** Every choice of directions, by a bit for each: asked for so often that none is made anew. */
const CHOICES: readonly (readonly Direction[])[] = Array.from({ length: 2 ** DIRECTIONS.length }, (_, bits) =>
  DIRECTIONS.filter((_direction, index) => (bits & (1 << index)) !== 0),
);

/** The directions that a test of this mailbox concerns: those that use server-side synchronization. */
export function testedDirections(state: FieldValues): readonly Direction[] {
  return CHOICES[choiceOf(state)] ?? [];
}

function choiceOf(state: FieldValues): number {
  let bits = state.incoming === SERVER_SIDE_SYNC ? 1 : 0;
  if (state.outgoing === SERVER_SIDE_SYNC) bits |= 2;
  if (state.appointmentsContactsTasks === SERVER_SIDE_SYNC) bits |= 4;
  return bits;
}

/** What "tested and enabled" asks, for every choice of directions. */
const DEMANDS: readonly FieldValues[] = CHOICES.map((directions) =>
  Object.fromEntries(
    directions.flatMap((direction): [string, Value][] => [
      [TEST_FIELD[direction], 'success'],
      [ENABLED_FIELD[direction], true],
    ]),
  ),
);

const NOTHING: FieldValues = {};

/** Tested with success and enabled, for each direction that uses server-side synchronization. */
export function demandedTests(want: Value, state: FieldValues): FieldValues {
  return want === true ? (DEMANDS[choiceOf(state)] ?? NOTHING) : NOTHING;
}

/** Results by direction, of the directions that a test concerns. */
export function testResults(state: FieldValues): Readonly<Record<string, string>> {
  const results: Record<string, string> = {};
  for (const direction of testedDirections(state)) {
    const result = state[TEST_FIELD[direction]];
    results[direction] = typeof result === 'string' ? result : 'not-run';
  }
  return results;
}

/**
 * Disabled because another environment synchronizes the mailbox now: the last tests went well, and yet everything is
 * off, while nobody deactivated it (Microsoft Learn, "When would I want to use this check box?").
 */
export function isStolen(state: FieldValues): boolean {
  const directions = testedDirections(state);
  if (state.state !== 'active' || directions.length === 0) return false;
  return directions.every(
    (direction) => state[TEST_FIELD[direction]] === 'success' && state[ENABLED_FIELD[direction]] === false,
  );
}

export const MAILBOX_OBSERVED_ROWS: readonly FieldRow[] = [
  ...DIRECTIONS.flatMap((direction) => [
    field({
      kind: 'mailbox',
      key: `tests.${direction}`,
      title: `Test: ${DIRECTION_TITLES[direction].toLowerCase()}`,
      codec: readOnly(choiceColumn(TABLE, STATUS_COLUMNS[direction], RESULTS)),
    }),
    field({
      kind: 'mailbox',
      key: `enabled.${direction}`,
      title: `Enabled: ${DIRECTION_TITLES[direction].toLowerCase()}`,
      codec: readOnly(booleanColumn(TABLE, ENABLED_COLUMNS[direction])),
    }),
  ]),
  field({
    kind: 'mailbox',
    key: 'tests.scheduled',
    title: 'Test under way',
    codec: {
      columns: { mailbox: ['testemailconfigurationscheduled'] },
      decode: ({ self }) => self.testemailconfigurationscheduled === true,
    },
  }),
  observedDate('tests.completedOn', 'Last test completed', 'testmailboxaccesscompletedon'),
  observedDate('tests.requestedOn', 'Last test requested', 'testandenablelastattemptedon'),
  observedDate('processing.attemptedOn', 'Last looked at by the service', 'processinglastattemptedon'),
  observedDate('approval.on', 'Address approved', 'emailaddressapprovedon'),
  field({
    kind: 'mailbox',
    key: 'approval.byTenant',
    title: 'Approved by a tenant administrator',
    codec: readOnly(booleanColumn(TABLE, 'isemailaddressapprovedbyo365admin')),
  }),
  field({
    kind: 'mailbox',
    key: 'signedIn',
    title: 'Signed in to the mail server',
    codec: readOnly(booleanColumn(TABLE, 'isoauthrefreshtokenset')),
  }),
  field({
    kind: 'mailbox',
    key: 'failures.transient',
    title: 'Passing failures in a row',
    codec: readOnly(numberColumn(TABLE, 'transientfailurecount')),
  }),
];

/** Columns that older environments lack; selected only where the environment's metadata lists them. */
export const OPTIONAL_COLUMNS: readonly string[] = ['testandenablelastattemptedon', 'emailaddressapprovedon'];

function observedDate(key: string, title: string, column: string): FieldRow {
  return field({
    kind: 'mailbox',
    key,
    title,
    codec: readOnly(dateColumn(TABLE, column)),
  });
}

function readOnly({ columns, decode }: NonNullable<FieldRow['codec']>): NonNullable<FieldRow['codec']> {
  return { columns, decode };
}
