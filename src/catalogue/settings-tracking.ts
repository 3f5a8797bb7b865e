/**
 * Rows of the catalogue: how e-mail is recognized as part of a conversation. Tokens and smart matching: Microsoft
 * Learn, "Use email message filtering and correlation to specify which emails are tracked".
 */

import { numberColumn, onSelf, textColumn, unknownCell } from './codecs.ts';
import type { Codec, FieldRow } from './field.ts';
import { countRow, settingRow, switchRow } from './settings-row.ts';

const TABLE = 'organization';

/** The column holds the highest number of the counter, the page its digits: 999 for 3. */
const messageDigits: Codec = (() => {
  const { columns, decode } = numberColumn(TABLE, 'maximumtrackingnumber');
  return {
    columns,
    decode: (record, name) => {
      const highest = decode(record, name);
      if (typeof highest !== 'number') return highest;
      return /^9{1,9}$/u.test(String(highest)) ? String(highest).length : unknownCell(highest);
    },
    encode: (value) => {
      if (typeof value !== 'number')
        throw new TypeError(`maximumtrackingnumber takes no ${JSON.stringify(value)}`);
      return onSelf({ maximumtrackingnumber: Number('9'.repeat(value)) });
    },
  };
})();

const MAX_INTEGER = 2_147_483_647;

export const TRACKING_ROWS: readonly FieldRow[] = [
  switchRow({
    key: 'tracking.folderLevel',
    title: 'Folder-level tracking',
    summary:
      'Use folder-level tracking: mail that a person moves to a tracked Exchange folder is tracked on every device, without a token in its subject. Needs server-side synchronization.',
    column: 'isfolderbasedtrackingenabled',
    default: false,
  }),
  countRow({
    key: 'tracking.folderMappings',
    title: 'Tracked folders of a person',
    summary: 'At most so many folders may one person track.',
    column: 'maxfolderbasedtrackingmappings',
    range: [1, 25],
    example: 10,
    default: 25,
    unit: 'folders',
  }),
  switchRow({
    key: 'tracking.correlation',
    title: 'Correlation',
    summary:
      'Use correlation to track e-mail conversations: a reply is recognized by the headers of the message it answers.',
    column: 'emailcorrelationenabled',
    default: true,
  }),
  settingRow(
    {
      key: 'tracking.tokenPrefix',
      title: 'Tracking token: prefix',
      summary:
        'Text with which tracking tokens in subject lines begin. A changed prefix makes older tokens hard to recognize; keep the ";" at the end of a list.',
    },
    {
      schema: { type: 'string', minLength: 1, maxLength: 256 },
      example: 'CRM:;',
      default: 'CRM:;',
    },
    textColumn(TABLE, 'trackingprefix'),
  ),
  countRow({
    key: 'tracking.tokenBase',
    title: 'Tracking token: deployment base tracking number',
    summary: 'Number at which the user numbers in tracking tokens begin.',
    column: 'trackingtokenidbase',
    range: [0, MAX_INTEGER],
    example: 0,
    default: 0,
    unit: 'number',
  }),
  countRow({
    key: 'tracking.tokenUserDigits',
    title: 'Tracking token: digits for user numbers',
    summary: 'So many digits of a tracking token stand for the user.',
    column: 'trackingtokeniddigits',
    range: [1, 10],
    example: 3,
    default: 3,
    unit: 'digits',
  }),
  settingRow(
    {
      key: 'tracking.tokenMessageDigits',
      title: 'Tracking token: digits for the message counter',
      summary:
        'So many digits of a tracking token count messages; after the highest number counting begins anew.',
    },
    { schema: { type: 'integer', minimum: 1, maximum: 9 }, example: 5, default: 3, unit: 'digits' },
    messageDigits,
  ),
  switchRow({
    key: 'tracking.smartMatching',
    title: 'Smart matching',
    summary:
      'Use smart matching: a reply is recognized by the words of its subject and its recipients. Less certain than tokens, correlation and folders.',
    column: 'enablesmartmatching',
    default: false,
  }),
  settingRow(
    {
      key: 'tracking.smartMatchingFilter',
      title: 'Smart matching: words left out',
      summary:
        'Regular expression of what smart matching leaves out of subjects, such as prefixes of replies.',
    },
    {
      schema: { type: 'string', minLength: 1, maxLength: 4000 },
      example: '^[\\s]*([\\w]+\\s?:[\\s]*)+',
      default: '^[\\s]*([\\w]+\\s?:[\\s]*)+',
    },
    textColumn(TABLE, 'hashfilterkeywords'),
  ),
  countRow({
    key: 'tracking.smartMatchingMaxWords',
    title: 'Smart matching: words of a subject',
    summary: 'At most so many words of a subject are compared by smart matching.',
    column: 'hashmaxcount',
    range: [0, MAX_INTEGER],
    example: 20,
    default: 20,
    unit: 'words',
  }),
  countRow({
    key: 'tracking.smartMatchingMinRecipients',
    title: 'Smart matching: recipients in common',
    summary: 'Two messages belong together only if they have at least so many recipients in common.',
    column: 'hashminaddresscount',
    range: [0, MAX_INTEGER],
    example: 3,
    default: 2,
    unit: 'recipients',
  }),
  countRow({
    key: 'tracking.smartMatchingMaxDifference',
    title: 'Smart matching: words that differ',
    summary: 'Two messages belong together only if at most so many words of their subjects differ.',
    column: 'hashdeltasubjectcount',
    range: [0, MAX_INTEGER],
    example: 1,
    default: 0,
    unit: 'words',
  }),
  switchRow({
    key: 'tracking.betweenUsersAsTwo',
    title: 'E-mail between users as two activities',
    summary:
      'Track e-mail sent between two Dynamics 365 users as two activities, one for the sender and one for the recipient.',
    column: 'ignoreinternalemail',
    inverted: true,
    default: true,
  }),
];
