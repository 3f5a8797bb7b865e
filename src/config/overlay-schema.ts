/**
 * The schema of an overlay, derived from that of configuration files: items need no more than their name, and every
 * field, every key of a match and every check may be `null`, which takes back what the base says.
 */

import type { JsonSchema } from '../catalogue/field.ts';

const NAMES: Readonly<Record<string, readonly string[]>> = {
  serverProfile: ['name'],
  rule: ['name'],
  mailbox: ['user', 'queue', 'forward'],
};

export function overlaySchema(schema: JsonSchema): JsonSchema {
  const description = 'An overlay of mailboxctl: what is different in the environments that name this file.';
  const properties = members(schema.properties);
  const definitions = Object.entries(members(schema.$defs)).map(([key, definition]) => [
    key,
    key === 'environment' ? definition : changing(definition, NAMES[key] ?? []),
  ]);
  return {
    ...schema,
    $id: String(schema.$id).replace('config.schema', 'overlay.schema'),
    title: 'OverlayFile',
    description,
    properties: { ...properties, checks: withNullable(properties.checks ?? {}, nullable, []) },
    $defs: Object.fromEntries(definitions),
  };
}

/** An item that changes one of the base. */
function changing(definition: JsonSchema, names: readonly string[]): JsonSchema {
  const { required, ...rest } = withNullable(definition, nullableAll, [...names, 'id']);
  return Array.isArray(required) ? { ...rest, required: names } : rest;
}

function nullableAll(schema: JsonSchema): JsonSchema {
  // What is inside a reference to a secret is no field.
  return nullable(schema.maxProperties === undefined ? withNullable(schema, nullableAll, []) : schema);
}

function withNullable(
  schema: JsonSchema,
  make: (schema: JsonSchema) => JsonSchema,
  except: readonly string[],
): JsonSchema {
  if (schema.properties === undefined) return schema;
  const properties = Object.entries(members(schema.properties)).map(([key, property]) => [
    key,
    except.includes(key) ? property : make(property),
  ]);
  return { ...schema, properties: Object.fromEntries(properties) };
}

function nullable(schema: JsonSchema): JsonSchema {
  const types = Array.isArray(schema.type) ? schema.type : [schema.type];
  const values = Array.isArray(schema.enum) ? { enum: [...schema.enum, null] } : {};
  return { ...schema, type: [...types, 'null'], ...values };
}

function members(value: unknown): Readonly<Record<string, JsonSchema>> {
  return (value ?? {}) as Readonly<Record<string, JsonSchema>>;
}
