/** Rows of the catalogue: the environment's e-mail settings, what new mailboxes get and who has to be approved. */

import { booleanColumn, lookupColumn } from './codecs.ts';
import { emailSettingsChild } from './email-settings-xml.ts';
import { type FieldRow, field, type Risk } from './field.ts';
import { DIRECTION_TITLES, DIRECTIONS, METHODS, methodMeanings } from './methods.ts';
import { SETTINGS_MAIL_ROWS } from './settings-mail.ts';

/** Children of the settings XML. */
const ELEMENTS = {
  incoming: 'IncomingEmailDeliveryMethod',
  outgoing: 'OutgoingEmailDeliveryMethod',
  appointmentsContactsTasks: 'ACTDeliveryMethod',
} as const;

const CASCADE: Risk = {
  guard: 'cascade',
  text: 'Mailboxes with applyDefaultEmailSettings change along, and are tested again. Other mailboxes that exist keep what they have.',
};

const newMailboxes: readonly FieldRow[] = [
  field({
    kind: 'settings',
    key: 'newMailboxes.serverProfile',
    title: 'New mailboxes: server profile',
    verb: 'edit',
    yaml: {
      schema: { type: 'string', minLength: 1 },
      summary: 'Name of the server profile that mailboxes of new users and queues get.',
      example: 'Exchange Online',
      parse: (yaml) => (typeof yaml === 'string' ? { ref: `profile:${yaml}` } : undefined),
    },
    risk: CASCADE,
    codec: lookupColumn('organization', 'defaultemailserverprofileid', 'emailserverprofile'),
  }),
  ...DIRECTIONS.map((direction) =>
    field({
      kind: 'settings',
      key: `newMailboxes.${direction}`,
      title: `New mailboxes: ${DIRECTION_TITLES[direction].toLowerCase()}`,
      verb: 'edit',
      yaml: {
        schema: { type: 'string', enum: Object.keys(METHODS[direction]) },
        summary: `Synchronization method for ${DIRECTION_TITLES[direction].toLowerCase()} that mailboxes of new users and queues get.`,
        example: 'server-side-sync',
        meanings: methodMeanings(direction),
      },
      risk: CASCADE,
      codec: emailSettingsChild(ELEMENTS[direction], METHODS[direction]),
    }),
  ),
];

const onlyApproved: readonly FieldRow[] = (
  [
    ['users', 'requireapprovalforuseremail'],
    ['queues', 'requireapprovalforqueueemail'],
  ] as const
).map(([key, column]) =>
  field({
    kind: 'settings',
    key: `onlyApproved.${key}`,
    title: `Process e-mail only for approved ${key}`,
    verb: 'approval-policy',
    yaml: {
      schema: { type: 'boolean' },
      summary: `Whether mail of ${key} moves only after somebody approved their e-mail address. Turning it off is not recommended.`,
      example: true,
      default: true,
    },
    risk: {
      guard: 'approval-off',
      text: `Mailboxes of ${key} could be synchronized that nobody has approved.`,
    },
    codec: booleanColumn('organization', column),
  }),
);

export const SETTINGS_ROWS: readonly FieldRow[] = [...newMailboxes, ...onlyApproved, ...SETTINGS_MAIL_ROWS];
