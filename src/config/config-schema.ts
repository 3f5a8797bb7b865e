/**
 * Assembles the JSON Schema of configuration files from the hand-written parts and the rows of the catalogue.
 * Shapes are flat, without `oneOf`: one slip has to be one message.
 */

import type { Catalogue } from '../catalogue/catalogue.ts';
import { describeField } from '../catalogue/describe.ts';
import type { FieldRow, JsonSchema } from '../catalogue/field.ts';
import type { Kind } from '../model/address.ts';
import { ENVIRONMENT } from './schema-environment.ts';
import { closed, INCLUDE, MAILBOX_IDENTITY, PROFILE_IDENTITY, secretSchema } from './schema-parts.ts';
import { CHECKS, RULE_KEYS } from './schema-rules.ts';

const ID = 'https://raw.githubusercontent.com/mailboxctl/mailboxctl/main/schemas';
const DRAFT_2020 = 'https://json-schema.org/draft/2020-12/schema';
const DRAFT_07 = 'http://json-schema.org/draft-07/schema#';

interface Branch {
  readonly schema: JsonSchema;
  readonly children: Map<string, Branch>;
}

export function configSchema(catalogue: Catalogue): JsonSchema {
  return {
    $schema: DRAFT_2020,
    $id: `${ID}/config.schema.json`,
    title: 'ConfigFile',
    ...closed('Configuration of mailboxctl: mailboxes, server profiles and e-mail settings as code.', {
      version: { type: 'integer', const: 1, description: 'Version of this format.', examples: [1] },
      environments: {
        type: 'object',
        description: 'Environments by name; the name consists of letters, digits, "-" and "_".',
        minProperties: 1,
        propertyNames: { pattern: '^[A-Za-z0-9_-]+$' },
        additionalProperties: { $ref: '#/$defs/environment' },
      },
      include: INCLUDE,
      serverProfiles: listOf('serverProfile', 'E-mail server profiles.'),
      emailSettings: { $ref: '#/$defs/emailSettings' },
      rules: listOf('rule', 'Settings for many mailboxes at once. A later rule of a file is stronger.'),
      mailboxes: listOf('mailbox', 'Single mailboxes, stronger than every rule.'),
      checks: CHECKS,
    }),
    $defs: {
      environment: ENVIRONMENT,
      serverProfile: {
        ...closed('One e-mail server profile.', {
          ...PROFILE_IDENTITY,
          ...properties(rowsOf(catalogue, 'profile')),
        }),
        // A profile that is declared absent has no type; where one is needed is found out after overlays are merged.
        required: ['name'],
      },
      emailSettings: closed("The environment's e-mail settings.", properties(rowsOf(catalogue, 'settings'))),
      rule: {
        ...closed('One rule: what it covers and what it sets.', {
          ...RULE_KEYS,
          ...properties(ruleRows(catalogue)),
        }),
        required: ['name', 'match'],
      },
      mailbox: closed('One mailbox.', { ...MAILBOX_IDENTITY, ...properties(mailboxRows(catalogue)) }),
    },
  };
}

/** The same for editors that read draft-07: the parts we use differ in the name of the definitions alone. */
export function draft07(schema: JsonSchema): JsonSchema {
  const { $defs, ...rest } = schema;
  const renamed = JSON.stringify({ ...rest, definitions: $defs }).replaceAll('#/$defs/', '#/definitions/');
  const draft = JSON.parse(renamed) as JsonSchema;
  return { ...draft, $schema: DRAFT_07, $id: `${ID}/config.draft-07.schema.json` };
}

export function rowsOf(catalogue: Catalogue, kind: Kind): readonly FieldRow[] {
  return catalogue.rows(kind).filter(({ yaml }) => yaml !== undefined);
}

export function ruleRows(catalogue: Catalogue): readonly FieldRow[] {
  return catalogue.rows('mailbox').filter(({ yaml }) => yaml?.inRules === true);
}

/** A mailbox's name is its identity: a forward mailbox gets it from `forward`, the others from the platform. */
export function mailboxRows(catalogue: Catalogue): readonly FieldRow[] {
  return rowsOf(catalogue, 'mailbox').filter(({ key }) => key !== 'name');
}

function listOf(definition: string, description: string): JsonSchema {
  return { type: 'array', description, items: { $ref: `#/$defs/${definition}` } };
}

function properties(rows: readonly FieldRow[]): Readonly<Record<string, JsonSchema>> {
  const root = new Map<string, Branch>();
  for (const row of rows) {
    const { shorthand } = row.yaml ?? {};
    if (shorthand !== undefined && !root.has(shorthand)) root.set(shorthand, shorthandBranch(row, shorthand));
    place(root, row.key.split('.'), rowSchema(row));
  }
  return branchSchemas(root);
}

function place(level: Map<string, Branch>, [key = '', ...rest]: readonly string[], schema: JsonSchema): void {
  const known = level.get(key);
  if (rest.length === 0) {
    level.set(key, { schema, children: known?.children ?? new Map() });
    return;
  }
  const branch = known ?? { schema: { type: 'object' }, children: new Map<string, Branch>() };
  level.set(key, branch);
  place(branch.children, rest, schema);
}

function branchSchemas(level: ReadonlyMap<string, Branch>): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(
    [...level].map(([key, { schema, children }]) => [
      key,
      children.size === 0
        ? schema
        : { ...schema, additionalProperties: false, properties: branchSchemas(children) },
    ]),
  );
}

function rowSchema(row: FieldRow): JsonSchema {
  const { yaml, secretOf } = row;
  if (yaml === undefined) throw new TypeError('A row without a YAML key has no schema');
  const description = describeField(row);
  if (secretOf !== undefined) return { ...secretSchema(description), examples: [yaml.example] };
  const usual = yaml.default === undefined ? {} : { default: yaml.default };
  return { ...yaml.schema, ...usual, description, examples: [yaml.example] };
}

function shorthandBranch({ yaml }: FieldRow, key: string): Branch {
  const schema = {
    ...yaml?.schema,
    description: `Sets "incoming.${key}" and "outgoing.${key}" where those are not written.`,
    examples: [yaml?.example],
  };
  return { schema, children: new Map() };
}
