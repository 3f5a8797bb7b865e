/** The field reference is fresh, names every field, and its examples are configuration that the schema accepts. */

import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { configSchema } from '../config/config-schema.ts';
import { CATALOGUE, ROWS } from './catalogue.ts';
import { describeField } from './describe.ts';
import { exampleFile, exampleYaml } from './example.ts';
import { fieldReference } from './reference.ts';

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
addFormats.default(ajv);
const accepts = ajv.compile(configSchema(CATALOGUE));

describe('examples', () => {
  const declared = ROWS.filter(({ yaml }) => yaml !== undefined).map(
    (row) => [row.kind, row.key, row] as const,
  );

  it.each(declared)('%s %s stands in a file that the schema accepts', (_kind, _key, row) => {
    expect([accepts(exampleFile(row)), accepts.errors ?? []]).toEqual([true, []]);
  });

  it.each(declared)('%s %s is written as it is meant', (_kind, _key, row) => {
    expect(parse(exampleYaml(row))).toEqual(exampleFile(row));
  });
});

describe('schemas/fields.md', () => {
  it('is fresh', async () => {
    expect(await readFile('schemas/fields.md', 'utf8')).toBe(fieldReference(CATALOGUE));
  });

  it('says of a field all that its row says', () => {
    const text = fieldReference(CATALOGUE);
    const start = text.indexOf('### Server profiles: `incoming.password`');
    expect(text.slice(start, text.indexOf('\n### ', start))).toBe(
      `### Server profiles: \`incoming.password\`

Where the password of incoming.username is found: an environment variable, a file or Azure Key Vault. Never the password itself.

- **Values**: a reference to a secret: \`env\`, \`file\` or \`keyVault\`
- **Column**: \`incomingpassword\`, never read back; emailserverprofile \`isincomingpasswordset\` tells whether one is set
- **A change**: "Test: incoming", "Test: appointments, contacts and tasks" of every mailbox of the profile hold no longer.
- **Risk**: Every mailbox of the profile has to be tested again before its mail can be relied on. Guard: \`breaks-working-mailbox\`.

\`\`\`yaml
serverProfiles:
  - name: Contoso mail
    incoming:
      password: { env: EXCHANGE_PASSWORD }
\`\`\`
`,
    );
  });
});

it('an editor shows what a field is, what its values mean and what is risky', () => {
  const row = CATALOGUE.row('mailbox', 'outgoing');
  expect(row === undefined ? '' : describeField(row)).toBe(
    `How mail from Dynamics 365 leaves through this mailbox. A forward mailbox takes none.
- none: nothing is synchronized
- outlook: Dynamics 365 for Outlook does it on the user's computer (deprecated, not for queues)
- server-side-sync: Dataverse connects to the mail server through the server profile
Risk (mail-stops): Away from server-side-sync, what works now in this direction stops.`,
  );
});
