/** Rows of the catalogue: the user name and password that a mailbox itself has on its mail server. */

import { secretColumn, textColumn } from './codecs.ts';
import { type FieldRow, field, type Reset } from './field.ts';
import { TEST_FIELDS } from './mailbox-tests.ts';

const TABLE = 'mailbox';

const invalidatesAllTests: Reset = { on: 'self', fields: TEST_FIELDS, effect: 'invalidates' };

/** `credentials: none` forbids own credentials; a mapping allows them and says which. */
const credentialsSchema = { type: ['object', 'string'], pattern: '^none$' };

export const CREDENTIALS_ROWS: readonly FieldRow[] = [
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
