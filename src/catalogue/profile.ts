/** Rows of the catalogue: an e-mail server profile: what it is and whether it is at work. */

import type { Value } from '../model/value.ts';
import { onSelf, textColumn } from './codecs.ts';
import { demandedName } from './demanded-name.ts';
import { type Codec, type FieldRow, field } from './field.ts';
import { managementRows } from './management.ts';
import { invalidatesTests, PROFILE_CONNECTION_ROWS } from './profile-connection.ts';
import { PROFILE_PROCESSING_ROWS } from './profile-processing.ts';
import { decodeProfileType, isProfileType, PROFILE_TYPE_FACTS, PROFILE_TYPES } from './profile-types.ts';
import { stateCodec } from './state.ts';

const TABLE = 'emailserverprofile';

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
    demands: demandedName,
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
      meanings: {
        'exchange-online': 'Exchange Online, of the same tenant or (with entra-oauth) of another',
        'exchange-server': 'Exchange Server beside Dynamics 365 on-premises',
        'exchange-hybrid': 'Exchange Server beside Dynamics 365 online',
        'pop3-smtp': 'a POP3 server for incoming and an SMTP server for outgoing mail',
        'imap-smtp': 'an IMAP server for incoming and an SMTP server for outgoing mail',
        gmail: 'Gmail; at most 100 users on one profile',
      },
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
      default: 'active',
      meanings: { active: 'mail of its mailboxes moves', inactive: 'mail of its mailboxes stops' },
    },
    risk: { guard: 'deactivate', text: 'Mail of every mailbox that uses the profile stops.' },
    resets: invalidatesTests('incoming', 'outgoing'),
    codec: stateCodec(TABLE),
  }),
];

/** `known`: the number of a record of this type that the environment already has. */
function encodeType(value: Value, known: unknown): ReturnType<typeof onSelf> {
  if (!isProfileType(value)) throw new TypeError(`servertype takes no ${JSON.stringify(value)}`);
  const facts = PROFILE_TYPE_FACTS[value];
  return onSelf({ servertype: typeof known === 'number' ? known : facts.serverType, ...facts.implied });
}

/** What the platform itself calls the type; for whoever reads, since the numbers leave it open. */
const serverTypeName: Codec = (({ columns, decode }) => ({ columns, decode }))(
  textColumn(TABLE, 'emailservertypename'),
);

const observed: readonly FieldRow[] = [
  field({ kind: 'profile', key: 'serverTypeName', title: 'Server type as shown', codec: serverTypeName }),
];

export const PROFILE_ROWS: readonly FieldRow[] = [
  ...identity,
  ...PROFILE_CONNECTION_ROWS,
  ...PROFILE_PROCESSING_ROWS,
  ...managementRows('profile'),
  ...observed,
];
