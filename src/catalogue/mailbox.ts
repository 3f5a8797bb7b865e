/** Rows of the catalogue: fields of a mailbox that the configuration can declare. */

import { type FieldValues, isUnknown, sameText, type Value } from '../model/value.ts';
import {
  booleanColumn,
  choiceColumn,
  dateColumn,
  instantOf,
  lookupColumn,
  ownerOrSelf,
  scalarOf,
  textColumn,
  textOf,
} from './codecs.ts';
import { demandedName } from './demanded-name.ts';
import { type FieldRow, field, type Reset } from './field.ts';
import { approvalCodec } from './mailbox-approval.ts';
import { CREDENTIALS_ROWS } from './mailbox-credentials.ts';
import { demandedTests, TEST_FIELDS, testedDirections } from './mailbox-tests.ts';
import { acceptRow, managementRows } from './management.ts';
import {
  DIRECTION_TITLES,
  DIRECTIONS,
  type Direction,
  METHOD_COLUMNS,
  METHODS,
  methodMeanings,
} from './methods.ts';
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
  risk: {
    guard: 'breaks-working-mailbox',
    text: 'The new address has to be approved and tested before its mail moves. On a personal queue, an address pulls in all mail of it.',
  },
  // Mail servers ignore case here in practice, and the service mirrors the directory's spelling.
  demands: (want, { emailAddress: actual }) =>
    typeof want === 'string' && typeof actual === 'string' && sameText(want, actual)
      ? {}
      : { emailAddress: want },
  resets: [invalidatesAllTests, { on: 'self', fields: ['approved'], effect: 'may-clear' }],
  codec: {
    columns: { mailbox: ['emailaddress'] },
    writtenOnly: { systemuser: ['internalemailaddress'], queue: ['emailaddress'] },
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
  risk: {
    guard: 'breaks-working-mailbox',
    text: 'The mailbox has to be tested again. A profile that processes e-mail from an earlier date pulls older mail.',
  },
  codec: lookupColumn(TABLE, 'emailserverprofile', 'emailserverprofile'),
});

const METHOD_SUMMARIES: Readonly<Record<Direction, string>> = {
  incoming:
    'How mail to this mailbox gets into Dynamics 365. A forward mailbox takes none or server-side-sync.',
  outgoing: 'How mail from Dynamics 365 leaves through this mailbox. A forward mailbox takes none.',
  appointmentsContactsTasks:
    'How appointments, contacts and tasks are synchronized. Exchange only: not with POP3, IMAP or Gmail.',
};

const methods = DIRECTIONS.map((direction) =>
  field({
    kind: 'mailbox',
    key: direction,
    title: DIRECTION_TITLES[direction],
    verb: 'edit',
    yaml: {
      schema: { type: 'string', enum: Object.keys(METHODS[direction]) },
      summary: METHOD_SUMMARIES[direction],
      example: 'server-side-sync',
      meanings: methodMeanings(direction),
      inRules: true,
    },
    resets: methodResets(direction),
    risk: {
      guard: 'mail-stops',
      text: 'Away from server-side-sync, what works now in this direction stops.',
    },
    codec: choiceColumn(TABLE, METHOD_COLUMNS[direction], METHODS[direction]),
  }),
);

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
  risk: {
    guard: 'approve-rejected',
    text: 'An address that somebody rejected is approved, or with "false" an approval is taken away and the mail stops.',
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
  risk: {
    guard: 'test-in-non-production',
    text: 'A test sends a real message and links the mailbox with this environment: outside production it can cut it off from the productive one.',
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
    default: 'active',
    meanings: { active: 'the mailbox is processed', inactive: 'the mailbox is left alone' },
    inRules: true,
  },
  risk: { guard: 'deactivate', text: 'Mail of the mailbox stops.' },
  codec: stateCodec(TABLE),
});

const applyDefaultEmailSettings = field({
  kind: 'mailbox',
  key: 'applyDefaultEmailSettings',
  title: 'Apply default e-mail settings',
  yaml: {
    schema: { type: 'boolean' },
    summary:
      'Stands for the server profile and the three methods of emailSettings.newMailboxes, or of the environment where those are not declared. Keys written beside it win; "false" withdraws what a weaker rule asks for.',
    example: true,
    inRules: true,
  },
  risk: { guard: 'cascade', text: 'A change of the defaults changes and tests every mailbox that has this.' },
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
  demands: demandedName,
  codec: textColumn(TABLE, 'name'),
});

const deleteEmailsAfterProcessing = field({
  kind: 'mailbox',
  key: 'deleteEmailsAfterProcessing',
  title: 'Delete e-mails after processing',
  verb: 'edit',
  yaml: {
    schema: { type: 'boolean' },
    summary:
      'Whether mail is deleted from the mail server once Dynamics 365 has processed it. Queue and forward mailboxes only.',
    example: false,
    default: false,
    sorts: ['queue', 'forward'],
    inRules: true,
  },
  risk: { guard: 'delete-mail', text: 'Processed mail is gone from the mail server for good.' },
  codec: booleanColumn(TABLE, 'processanddeleteemails'),
});

const processEmailsFrom = field({
  kind: 'mailbox',
  key: 'processEmailsFrom',
  title: 'Process e-mail from',
  verb: 'edit',
  yaml: {
    schema: { type: 'string', format: 'date-time' },
    summary:
      'Mail received before this moment is left alone. The later one of profile and mailbox counts. A zone is required.',
    example: '2026-01-01T00:00:00Z',
    unit: 'date and time with a zone',
    inRules: true,
    parse: (yaml) => (typeof yaml === 'string' ? instantOf(yaml) : undefined),
  },
  risk: { guard: 'older-mail', text: 'An earlier date pulls older mail into Dataverse.' },
  codec: dateColumn(TABLE, 'processemailreceivedafter'),
});

/** The check box of the Test & Enable dialog: the column counts together with the request for a test. */
const syncFromThisOrganizationOnly = field({
  kind: 'mailbox',
  key: 'syncFromThisOrganizationOnly',
  title: 'Sync from this organization only',
  verb: 'test',
  yaml: {
    schema: { type: 'boolean', enum: [true] },
    summary:
      'Takes the Exchange mailbox over for this environment, even if another one synchronizes it now. Written together with a test, so it needs testAndEnable; production only.',
    example: true,
    sorts: ['user', 'queue'],
  },
  risk: {
    guard: 'primary-org',
    text: 'The environment that synchronizes the mailbox now loses it: its synchronization ends.',
  },
  // Without a direction to test there is no request for a test that it could go with.
  demands: (want, state) =>
    testedDirections(state).length === 0 ? {} : { syncFromThisOrganizationOnly: want },
  codec: {
    columns: { mailbox: ['orgmarkedasprimaryforexchangesync'] },
    decode: ({ self }) => self.orgmarkedasprimaryforexchangesync === true,
    encode: (value) => ({
      on: 'self',
      columns: { orgmarkedasprimaryforexchangesync: scalarOf(value, 'orgmarkedasprimaryforexchangesync') },
    }),
  },
});

export const MAILBOX_ROWS: readonly FieldRow[] = [
  forwardName,
  emailAddress,
  applyDefaultEmailSettings,
  serverProfile,
  ...methods,
  deleteEmailsAfterProcessing,
  processEmailsFrom,
  ...CREDENTIALS_ROWS,
  approved,
  testAndEnable,
  syncFromThisOrganizationOnly,
  state,
  ...managementRows('mailbox'),
  acceptRow,
];
