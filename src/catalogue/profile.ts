/** Rows of the catalogue: fields of an e-mail server profile. */

import type { Value } from '../model/value.ts';
import { booleanColumn, choiceColumn, numberColumn, onSelf, textColumn } from './codecs.ts';
import { type FieldRow, field, type Reset } from './field.ts';
import {
  AUTHENTICATION,
  decodeProfileType,
  isProfileType,
  PROFILE_TYPE_FACTS,
  PROFILE_TYPES,
} from './profile-types.ts';
import { stateCodec } from './state.ts';

const TABLE = 'emailserverprofile';
const DIRECTIONS = ['incoming', 'outgoing'] as const;

/** Whatever decides how a mailbox connects makes its last test worthless. */
function invalidatesTests(direction: (typeof DIRECTIONS)[number] | 'both'): readonly Reset[] {
  const appointments = 'tests.appointmentsContactsTasks';
  const fields =
    direction === 'both'
      ? ['tests.incoming', 'tests.outgoing', appointments]
      : direction === 'incoming'
        ? ['tests.incoming', appointments]
        : ['tests.outgoing'];
  return [{ on: 'mailboxes', fields, effect: 'invalidates' }];
}

const identity: readonly FieldRow[] = [
  field({
    kind: 'profile',
    key: 'name',
    title: 'Name',
    verb: 'edit',
    yaml: {
      schema: { type: 'string', minLength: 1, maxLength: 100 },
      summary: 'Name of the profile. It is the key by which mailboxes and settings refer to it.',
      example: 'Exchange Online',
    },
    // The name is how a profile is found, so it can differ in spelling only: that is no change.
    demands: (want, state) => (state.name === undefined || state.name === null ? { name: want } : {}),
    codec: textColumn(TABLE, 'name'),
  }),
  field({
    kind: 'profile',
    key: 'description',
    title: 'Description',
    verb: 'edit',
    yaml: {
      schema: { type: 'string', maxLength: 2000 },
      summary: 'What the profile is for; shown in the admin center. Mail does not depend on it.',
      example: 'Mail of all sales people. Ask the service desk before changing it.',
    },
    codec: textColumn(TABLE, 'description'),
  }),
  field({
    kind: 'profile',
    key: 'type',
    title: 'Server type',
    verb: 'edit',
    fixedAfterCreate: true,
    yaml: {
      schema: { type: 'string', enum: PROFILE_TYPES },
      summary:
        'What the profile connects to. It decides which other keys are required, allowed and filled in; it cannot be changed later.',
      example: 'exchange-online',
    },
    codec: {
      columns: { [TABLE]: ['servertype', 'incomingcredentialretrieval'] },
      decode: ({ self }) => decodeProfileType(self),
      encode: (value, { self }) => encodeType(value, self.servertype),
    },
  }),
  field({
    kind: 'profile',
    key: 'state',
    title: 'State',
    verb: 'state',
    yaml: {
      schema: { type: 'string', enum: ['active', 'inactive'] },
      summary: 'An inactive profile moves no mail: every mailbox that refers to it stops.',
      example: 'active',
    },
    resets: invalidatesTests('both'),
    codec: stateCodec(TABLE),
  }),
];

/** `known`: the number of a record of this type that the environment already has. */
function encodeType(value: Value, known: unknown): ReturnType<typeof onSelf> {
  if (!isProfileType(value)) throw new TypeError(`servertype takes no ${JSON.stringify(value)}`);
  const facts = PROFILE_TYPE_FACTS[value];
  return onSelf({ servertype: typeof known === 'number' ? known : facts.serverType, ...facts.implied });
}

const connection: readonly FieldRow[] = DIRECTIONS.flatMap((direction) => [
  field({
    kind: 'profile',
    key: `${direction}.server`,
    title: `${capital(direction)} server`,
    verb: 'edit',
    yaml: {
      schema: { type: 'string', minLength: 1, maxLength: 2084 },
      summary: `Host name or address of the server for ${direction} mail. Required for POP3, IMAP and SMTP.`,
      example: direction === 'incoming' ? 'pop3.contoso.com' : 'smtp.contoso.com',
    },
    resets: invalidatesTests(direction),
    codec: textColumn(TABLE, `${direction}serverlocation`),
  }),
  field({
    kind: 'profile',
    key: `${direction}.port`,
    title: `${capital(direction)} port`,
    verb: 'edit',
    yaml: {
      schema: { type: 'integer', minimum: 1, maximum: 65535 },
      summary: `Port of the ${direction} server. Left out, the usual port of the type is set when the profile is created and not managed afterwards.`,
      example: direction === 'incoming' ? 995 : 587,
    },
    resets: invalidatesTests(direction),
    codec: numberColumn(TABLE, `${direction}portnumber`),
  }),
  field({
    kind: 'profile',
    key: `${direction}.ssl`,
    title: `${capital(direction)} SSL`,
    verb: 'edit',
    yaml: {
      schema: { type: 'boolean' },
      summary: `Whether the ${direction} connection uses SSL/TLS. Dynamics 365 online requires it.`,
      example: true,
    },
    resets: invalidatesTests(direction),
    codec: booleanColumn(TABLE, `${direction}usessl`),
  }),
  field({
    kind: 'profile',
    key: `${direction}.authentication`,
    title: `${capital(direction)} authentication`,
    verb: 'edit',
    yaml: {
      schema: { type: 'string', enum: Object.keys(AUTHENTICATION) },
      summary: `Whose credentials open the ${direction} connection. The profile's own "authentication" sets both directions.`,
      example: 'user-or-queue',
      shorthand: 'authentication',
    },
    resets: invalidatesTests(direction),
    codec: choiceColumn(TABLE, `${direction}credentialretrieval`, AUTHENTICATION),
  }),
]);

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export const PROFILE_ROWS: readonly FieldRow[] = [...identity, ...connection];
