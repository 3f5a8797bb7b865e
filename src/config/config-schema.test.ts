import { readFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { parse } from 'yaml';
import { CATALOGUE } from '../catalogue/catalogue.ts';
import { describeField } from '../catalogue/describe.ts';
import type { JsonSchema } from '../catalogue/field.ts';
import type { EmailSettings, Mailbox, Rule, ServerProfile } from './config.generated.ts';
import { configSchema, draft07 } from './config-schema.ts';

const SCHEMA = configSchema(CATALOGUE);
const OPTIONS = { strict: true, allowUnionTypes: true, validateFormats: false };

const GOOD = `version: 1
environments: { local: { url: emulator } }
mailboxes: [{ queue: A, credentials: { username: a, password: { env: A } } }, { user: b, credentials: none }]
`;
const BAD = 'version: 1\nmailboxes: [{ queue: A, credentials: { password: { env: A, file: B } } }]\n';

function schemaAt(kind: string, key: string): unknown {
  let schema: unknown = (SCHEMA.$defs as Readonly<Record<string, JsonSchema>>)[kind];
  for (const step of key.split('.')) schema = (schema as { properties: JsonSchema }).properties[step];
  return schema;
}

describe('configSchema', () => {
  it.each([
    ['schemas/config.schema.json', SCHEMA],
    ['schemas/config.draft-07.schema.json', draft07(SCHEMA)],
  ])('%s is fresh', async (file, schema) => {
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(schema)));
  });

  it('means the same in both drafts', () => {
    const validators = [new Ajv2020(OPTIONS).compile(SCHEMA), new Ajv(OPTIONS).compile(draft07(SCHEMA))];
    expect(validators.map((validate) => [validate(parse(GOOD)), validate(parse(BAD))])).toEqual([
      [true, false],
      [true, false],
    ]);
  });

  it('knows no oneOf, anyOf or allOf, so that one slip is one message', () => {
    expect(JSON.stringify(SCHEMA)).not.toMatch(/"(oneOf|anyOf|allOf|if)"/u);
  });

  const rows = (['profile', 'settings', 'mailbox'] as const).flatMap((kind) =>
    CATALOGUE.rows(kind).flatMap((row) =>
      row.yaml === undefined ? [] : [{ kind, key: row.key, row, example: row.yaml.example }],
    ),
  );
  const definitions = { profile: 'serverProfile', settings: 'emailSettings', mailbox: 'mailbox' };

  it.each(rows.filter(({ kind, key }) => kind !== 'mailbox' || key !== 'name'))(
    '$kind $key has description and example of its row',
    ({ kind, key, row, example }) => {
      const schema = schemaAt(definitions[kind], key);
      expect(schema).toMatchObject({ description: describeField(row), examples: [example] });
    },
  );
});

/** Every YAML path of a generated type, as the catalogue writes it. */
type Paths<T> = {
  [K in keyof T & string]:
    | K
    | (Extract<NonNullable<T[K]>, object> extends infer O ? `${K}.${keyof O & string}` : never);
}[keyof T & string];

describe('generated types', () => {
  it('are what code reads YAML with', () => {
    expectTypeOf<'incoming.server' | 'authentication'>().toExtend<Paths<ServerProfile>>();
    expectTypeOf<'credentials.password' | 'emailAddress' | 'forward'>().toExtend<Paths<Mailbox>>();
    expectTypeOf<'newMailboxes.incoming' | 'onlyApproved.users'>().toExtend<Paths<EmailSettings>>();
    expectTypeOf<'match' | 'approved'>().toExtend<keyof Rule>();
  });
});
