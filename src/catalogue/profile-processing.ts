/**
 * Rows of the catalogue: how the mail of a profile is processed once it is connected. No test depends on any of it,
 * so none of these rows resets anything.
 */

import { booleanColumn, choiceColumn, dateColumn, instantOf, numberColumn, textColumn } from './codecs.ts';
import { parseTimeout, TIMEOUT_SCHEMA, timeoutCodec } from './connection-timeout.ts';
import { type FieldRow, field } from './field.ts';

const TABLE = 'emailserverprofile';

export const PROFILE_PROCESSING_ROWS: readonly FieldRow[] = [
  field({
    kind: 'profile',
    key: 'processEmailsFrom',
    title: 'Process e-mail from',
    verb: 'edit',
    risk: {
      guard: 'older-mail',
      text: 'An earlier date pulls older mail into Dataverse, also that of mailboxes that move to the profile later.',
    },
    yaml: {
      schema: { type: 'string', format: 'date-time' },
      summary:
        'Mail received before this moment is left alone. The later one of profile and mailbox counts. A zone is required.',
      example: '2026-01-01T00:00:00Z',
      unit: 'date and time with a zone',
      parse: (yaml) => (typeof yaml === 'string' ? instantOf(yaml) : undefined),
    },
    codec: dateColumn(TABLE, 'processemailsreceivedafter'),
  }),
  field({
    kind: 'profile',
    key: 'pollingMinutes',
    title: 'Minimum polling interval',
    verb: 'edit',
    yaml: {
      schema: { type: 'integer', minimum: 0, maximum: 1440 },
      summary: 'At least so many minutes pass between two looks into a mailbox; 0 leaves it to the service.',
      example: 15,
      unit: 'minutes',
    },
    codec: numberColumn(TABLE, 'minpollingintervalinminutes'),
  }),
  field({
    kind: 'profile',
    key: 'maxConnections',
    title: 'Maximum concurrent connections',
    verb: 'edit',
    yaml: {
      schema: { type: 'integer', minimum: 1, maximum: 300 },
      summary:
        'Connections to the mail server at the same time. They are counted for each mailbox where the credentials are in the mailboxes (user-or-queue, gmail-oauth), else for the whole profile.',
      example: 10,
      default: 10,
      unit: 'connections',
    },
    codec: numberColumn(TABLE, 'maxconcurrentconnections'),
  }),
  field({
    kind: 'profile',
    key: 'moveUndeliverable',
    title: 'Move failed e-mail to the undeliverable folder',
    verb: 'edit',
    yaml: {
      schema: { type: 'boolean' },
      summary:
        'Whether mail that could not be tracked in Dynamics 365 is moved to the "Undeliverable" folder of its mailbox.',
      example: true,
      default: false,
    },
    codec: booleanColumn(TABLE, 'moveundeliveredemails'),
  }),
  field({
    kind: 'profile',
    key: 'alertOwner',
    title: 'Alert e-mail to the owner',
    verb: 'edit',
    yaml: {
      schema: { type: 'boolean' },
      summary: 'Whether the owner of the profile gets an e-mail when more than half of its mailboxes fail.',
      example: true,
      default: false,
    },
    codec: booleanColumn(TABLE, 'sendemailalert'),
  }),
  field({
    kind: 'profile',
    key: 'encodingCodePage',
    title: 'Encoding code page',
    verb: 'edit',
    yaml: {
      schema: { type: 'string', minLength: 1, maxLength: 100 },
      summary: 'Code page in which the text of outgoing e-mail is encoded, as the mail server expects it.',
      example: 'utf-8',
    },
    codec: textColumn(TABLE, 'encodingcodepage'),
  }),
  field({
    kind: 'profile',
    key: 'exchangeVersion',
    title: 'Exchange version',
    verb: 'edit',
    yaml: {
      schema: {
        type: 'string',
        enum: [
          'exchange-2007',
          'exchange-2007-sp1',
          'exchange-2010',
          'exchange-2010-sp1',
          'exchange-2010-sp2',
          'exchange-2013',
        ],
      },
      summary: 'Version of Exchange Server that the profile speaks to; newer ones count as exchange-2013.',
      example: 'exchange-2013',
    },
    codec: choiceColumn(TABLE, 'exchangeversion', {
      'exchange-2007': 0,
      'exchange-2007-sp1': 1,
      'exchange-2010': 2,
      'exchange-2010-sp1': 3,
      'exchange-2010-sp2': 4,
      'exchange-2013': 5,
    }),
  }),
  field({
    kind: 'profile',
    key: 'connectionTimeout',
    title: 'Connection timeout',
    verb: 'edit',
    yaml: {
      schema: TIMEOUT_SCHEMA,
      summary: 'How long a connection to the mail server may take, up to 100s; "none" waits without a limit.',
      example: '30s',
      unit: 'duration: 1s to 100s, 1m, or none',
      parse: parseTimeout,
    },
    codec: timeoutCodec,
  }),
];
