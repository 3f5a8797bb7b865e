/**
 * Rows of the catalogue: the switches of the environment's e-mail pages. Keys and summaries follow the labels of
 * Microsoft Learn, "Manage email settings" and "System Settings Email tab"; defaults are those of recorded rows of new
 * environments (microsoft/terraform-provider-power-platform), which differ from the schema's.
 */

import { kilobytesColumn } from './codecs.ts';
import type { FieldRow } from './field.ts';
import { settingRow, switchRow } from './settings-row.ts';
import { TRACKING_ROWS } from './settings-tracking.ts';

const forms: readonly FieldRow[] = [
  switchRow({
    key: 'forms.secureFrames',
    title: 'Secure frames',
    summary:
      'Use secure frames to restrict e-mail message content. While it is on, some messages cannot be displayed in a frame.',
    column: 'rendersecureiframeforemail',
    default: false,
  }),
  switchRow({
    key: 'forms.unresolvedRecipients',
    title: 'Unresolved recipients',
    summary: 'People can send e-mails with recipients that are no record in Dynamics 365.',
    column: 'allowunresolvedpartiesonemailsend',
    default: false,
  }),
  switchRow({
    key: 'forms.multipleMatchesUnresolved',
    title: 'Several matches stay unresolved',
    summary:
      'If there are several possible records for an address in To, CC or BCC of incoming mail, it is set as unresolved instead of resolving to all of them.',
    column: 'unresolveemailaddressifmultiplematch',
    default: false,
  }),
  switchRow({
    key: 'forms.resolveSimilar',
    title: 'Resolve similar addresses along',
    summary:
      'When someone resolves an unresolved address by hand, it is applied to all similar unresolved addresses. It matters while multipleMatchesUnresolved is on.',
    column: 'resolvesimilarunresolvedemailaddress',
    default: true,
  }),
  switchRow({
    key: 'forms.sendDirectEmail',
    title: 'Send direct e-mail',
    summary:
      'Enable "Send Direct Email" in the Unified Interface: one template to many records of a list at once.',
    column: 'sendbulkemailinuci',
    default: false,
  }),
];

const attachments: readonly FieldRow[] = [
  settingRow(
    {
      key: 'attachments.maxSizeKB',
      title: 'Maximum size of attachments',
      summary:
        'Largest file that may be attached to an e-mail or a note. The page offers up to 131072, the API documents up to 128000.',
    },
    {
      schema: { type: 'integer', minimum: 1, maximum: 131_072 },
      example: 10_240,
      default: 5120,
      unit: 'kilobytes of 1024 bytes',
    },
    kilobytesColumn('organization', 'maxuploadfilesize'),
  ),
];

const alerts: readonly FieldRow[] = [
  switchRow({
    key: 'alerts.errors',
    title: 'Alerts: errors',
    summary:
      'Errors are written to the alerts of mailboxes and profiles. While it is off, a failed test leaves no alert to read.',
    column: 'generatealertsforerrors',
    default: true,
  }),
  switchRow({
    key: 'alerts.warnings',
    title: 'Alerts: warnings',
    summary: 'Warnings are written to the alerts too; useful while looking for a fault.',
    column: 'generatealertsforwarnings',
    default: true,
  }),
  switchRow({
    key: 'alerts.information',
    title: 'Alerts: information',
    summary: 'Information, such as a test that went well, is written to the alerts too.',
    column: 'generatealertsforinformation',
    default: true,
  }),
  switchRow({
    key: 'alerts.notifyOwner',
    title: 'Alerts: notify mailbox owner',
    summary:
      'The owner of a mailbox is told of errors of its server profile as well, not the administrator alone.',
    column: 'notifymailboxownerofemailserverlevelalerts',
    default: false,
  }),
];

export const SETTINGS_MAIL_ROWS: readonly FieldRow[] = [
  ...TRACKING_ROWS,
  ...forms,
  ...attachments,
  ...alerts,
];
