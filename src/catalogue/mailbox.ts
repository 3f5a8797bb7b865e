/** Rows of the catalogue: fields of a mailbox that the configuration can declare. */

import { type FieldValues, isUnknown, sameText, type Value } from '../model/value.ts';
import {
  choiceColumn,
  lookupColumn,
  ownerOrSelf,
  scalarOf,
  secretColumn,
  textColumn,
  textOf,
} from './codecs.ts';
import { type FieldRow, field, type Reset } from './field.ts';
import { approvalCodec } from './mailbox-approval.ts';
import { demandedTests, TEST_FIELDS } from './mailbox-tests.ts';
import { DIRECTION_TITLES, DIRECTIONS, type Direction, METHOD_COLUMNS, METHODS } from './methods.ts';
import { stateCodec } from './state.ts';

const TABLE = 'mailbox';

const invalidatesAllTests: Reset = { on: 'self', fields: TEST_FIELDS, effect: 'invalidates' };

/** The service may clear the results of the other directions as well; that is not verified. */
function methodResets(direction: Direction): readonly Reset[] {
  const own = `tests.${direction}`;
  const others = TEST_FIELDS.filter((name) => name !== own);
  return [
    { on: 'self', fields: [own], effect: 'invalidates' },
    { on: 'self', fields: others, effect: 'may-clear' },
  ];
}

const emailAddress = field({
  kind: 'mailbox',
  key: 'emailAddress',
  title: 'E-mail address',
  verb: 'readdress',
  yaml: {
    schema: { type: 'string', format: 'email', maxLength: 100 },
    summary:
      'E-mail address of the mailbox. It is written on the user or queue; a new address has to be approved and tested again.',
    example: 'support@contoso.com',
    inRules: false,
  },
  // Mail servers ignore case here in practice, and the service mirrors the directory's spelling.
  demands: (want, { emailAddress: actual }) =>
    typeof want === 'string' && typeof actual === 'string' && sameText(want, actual)
      ? {}
      : { emailAddress: want },
  resets: [invalidatesAllTests, { on: 'self', fields: ['approved'], effect: 'may-clear' }],
  codec: {
    columns: { mailbox: ['emailaddress'], systemuser: ['internalemailaddress'], queue: ['emailaddress'] },
    decode: ({ self }) => textOf(self.emailaddress),
    encode: (value, record) => {
      const columns = { systemuser: 'internalemailaddress', queue: 'emailaddress' };
      const { on, column } = ownerOrSelf(record, 'emailaddress', columns);
      return { on, columns: { [column]: scalarOf(value, column) } };
    },
  },
});

const serverProfile = field({
  kind: 'mailbox',
  key: 'serverProfile',
  title: 'Server profile',
  verb: 'edit',
  yaml: {
    schema: { type: 'string', minLength: 1, maxLength: 100 },
    summary:
      'Name of the server profile that the mailbox connects through, declared here or existing in the environment.',
    example: 'Exchange Online',
    inRules: true,
    parse: (yaml) => (typeof yaml === 'string' ? { ref: `profile:${yaml}` } : undefined),
  },
  resets: [invalidatesAllTests],
  codec: lookupColumn(TABLE, 'emailserverprofile', 'emailserverprofile'),
});

const methods = DIRECTIONS.map((direction) =>
  field({
    kind: 'mailbox',
    key: direction,
    title: DIRECTION_TITLES[direction],
    verb: 'edit',
    yaml: {
      schema: { type: 'string', enum: Object.keys(METHODS[direction]) },
      summary: `Synchronization method for ${DIRECTION_TITLES[direction].toLowerCase()}.`,
      example: 'server-side-sync',
      inRules: true,
    },
    resets: methodResets(direction),
    codec: choiceColumn(TABLE, METHOD_COLUMNS[direction], METHODS[direction]),
  }),
);

/** `credentials: none` forbids own credentials; a mapping allows them and says which. */
const credentialsSchema = { type: ['object', 'string'], pattern: '^none$' };

const credentials: readonly FieldRow[] = [
  field({
    kind: 'mailbox',
    key: 'credentials',
    title: 'Own credentials',
    verb: 'edit',
    yaml: {
      schema: credentialsSchema,
      summary:
        'User name and password of the mailbox itself, for profiles that authenticate by user or queue; or "none", which forbids them.',
      example: { username: 'support', password: { env: 'SUPPORT_PASSWORD' } },
      parse: (yaml) => (yaml === 'none' ? 'none' : 'allowed'),
    },
    resets: [invalidatesAllTests],
    codec: {
      columns: { mailbox: ['allowemailconnectortousecredentials'] },
      decode: ({ self }) => (self.allowemailconnectortousecredentials === true ? 'allowed' : 'none'),
      encode: (value) => ({
        on: 'self',
        columns: { allowemailconnectortousecredentials: value === 'allowed' },
      }),
    },
  }),
  field({
    kind: 'mailbox',
    key: 'credentials.username',
    title: 'User name',
    verb: 'edit',
    yaml: {
      schema: { type: 'string', minLength: 1, maxLength: 200 },
      summary: 'User name with which the mailbox signs in to its mail server.',
      example: 'support',
    },
    resets: [invalidatesAllTests],
    codec: textColumn(TABLE, 'username'),
  }),
  field({
    kind: 'mailbox',
    key: 'credentials.password',
    title: 'Password',
    verb: 'edit',
    secretOf: ['credentials', 'credentials.username'],
    yaml: {
      schema: { type: 'object' },
      summary:
        'Where the password is found: an environment variable, a file or Azure Key Vault. Never the password itself.',
      example: { env: 'SUPPORT_PASSWORD' },
    },
    resets: [invalidatesAllTests],
    codec: secretColumn(TABLE, 'password', 'ispasswordset'),
  }),
];

const approved = field({
  kind: 'mailbox',
  key: 'approved',
  title: 'Approval',
  verb: 'approve',
  yaml: {
    schema: { type: 'boolean' },
    summary:
      'Whether somebody vouches for the e-mail address. It approves only an address that this file or the sign-in name proves; "false" takes an approval away.',
    example: true,
    inRules: true,
  },
  demands: demandedApproval,
  codec: approvalCodec,
});

/** `false` is met by anything but Approved: an empty or pending row moves no mail either. */
function demandedApproval(want: Value, state: FieldValues): FieldValues {
  if (want === true) return { approved: 'approved' };
  const taken = state.approved === 'approved' || state.approved === 'approved-on-owner';
  return taken || isUnknown(state.approved) ? { approved: 'rejected' } : {};
}

const testAndEnable = field({
  kind: 'mailbox',
  key: 'testAndEnable',
  title: 'Test & Enable',
  verb: 'test',
  yaml: {
    schema: { type: 'boolean' },
    summary:
      'Tested and enabled for each direction that uses server-side synchronization. A test sends a real message from the mailbox to itself. "false": no tests from here.',
    example: true,
    inRules: true,
  },
  demands: demandedTests,
  codec: {
    columns: { mailbox: ['testemailconfigurationscheduled'] },
    decode: ({ self }) => self.testemailconfigurationscheduled === true,
    encode: () => ({ on: 'self', columns: { testemailconfigurationscheduled: true } }),
  },
});

const state = field({
  kind: 'mailbox',
  key: 'state',
  title: 'State',
  verb: 'state',
  yaml: {
    schema: { type: 'string', enum: ['active', 'inactive'] },
    summary: 'An inactive mailbox is not processed at all: its mail stops.',
    example: 'active',
    inRules: true,
  },
  codec: stateCodec(TABLE),
});

const applyDefaultEmailSettings = field({
  kind: 'mailbox',
  key: 'applyDefaultEmailSettings',
  title: 'Apply default e-mail settings',
  yaml: {
    schema: { type: 'boolean' },
    summary:
      'Stands for the server profile and the three methods of emailSettings.newMailboxes, or of the environment where those are not declared. Keys written beside it win.',
    example: true,
    inRules: true,
  },
});

const forwardName = field({
  kind: 'mailbox',
  key: 'name',
  title: 'Name',
  verb: 'edit',
  yaml: {
    schema: { type: 'string', minLength: 1, maxLength: 200 },
    summary: 'Name of a forward mailbox. The platform names mailboxes of users and queues itself.',
    example: 'Inbound',
    sorts: ['forward'],
  },
  codec: textColumn(TABLE, 'name'),
});

export const MAILBOX_ROWS: readonly FieldRow[] = [
  forwardName,
  emailAddress,
  applyDefaultEmailSettings,
  serverProfile,
  ...methods,
  ...credentials,
  approved,
  testAndEnable,
  state,
];
