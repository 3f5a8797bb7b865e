/** Small schemas that others are made of, and those of references to secrets and of how items are named. */

import type { JsonSchema } from '../catalogue/field.ts';

/** An object that takes these keys and no others. */
export function closed(description: string, properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return { type: 'object', description, additionalProperties: false, properties };
}

export function text(description: string, example: string): JsonSchema {
  return { type: 'string', minLength: 1, description, examples: [example] };
}

export function shaped(pattern: string, description: string, example: string): JsonSchema {
  return { type: 'string', pattern, description, examples: [example] };
}

export function uuid(description: string): JsonSchema {
  const example = '00000000-0000-0000-0000-000000000001';
  return { type: 'string', format: 'uuid', description, examples: [example] };
}

/** One text or a list of them. */
export function texts(description: string, example: string): JsonSchema {
  return {
    type: ['string', 'array'],
    minLength: 1,
    minItems: 1,
    items: { type: 'string', minLength: 1 },
    description,
    examples: [example],
  };
}

/** One of these words or a list of them. */
export function words(known: readonly string[], description: string): JsonSchema {
  return {
    type: ['string', 'array'],
    pattern: `^(${known.join('|')})$`,
    minItems: 1,
    items: { type: 'string', enum: known },
    description,
    examples: [known[0]],
  };
}

/** Exactly one of the three. A password that stands in the file itself fits none of them. */
export const SECRET_KEYS: Readonly<Record<string, JsonSchema>> = {
  env: shaped(
    '^[A-Za-z_][A-Za-z0-9_]*$',
    'Name of the environment variable that holds the secret.',
    'SUPPORT_PASSWORD',
  ),
  file: text('Path of the file that holds the secret.', '/run/secrets/support'),
  keyVault: shaped(
    '^https://[0-9A-Za-z-]{3,24}\\.vault\\.(azure\\.net|azure\\.cn|usgovcloudapi\\.net)/secrets/[0-9A-Za-z-]{1,127}(/[0-9A-Za-z]{1,64})?/?$',
    'Identifier of the secret in Azure Key Vault.',
    'https://contoso.vault.azure.net/secrets/support',
  ),
};

export function secretSchema(description: string): JsonSchema {
  return { ...closed(description, SECRET_KEYS), minProperties: 1, maxProperties: 1 };
}

/** How a mailbox is named: by exactly one of the first three. */
export const MAILBOX_IDENTITY: Readonly<Record<string, JsonSchema>> = {
  user: text('Sign-in name of the user whose mailbox it is.', 'alice@contoso.com'),
  queue: text('Name of the queue whose mailbox it is.', 'Support'),
  forward: text('Name of a forward mailbox.', 'Inbound'),
  id: uuid('Entra object id of the user, or id of the queue, where the name is not enough.'),
};

export const PROFILE_IDENTITY: Readonly<Record<string, JsonSchema>> = {
  id: uuid('Id of the profile, where two profiles of the environment have its name.'),
};

export const INCLUDE: JsonSchema = {
  type: 'array',
  description: 'Further files of the configuration, as patterns relative to this file.',
  items: { type: 'string', minLength: 1 },
  examples: [['config/**/*.yaml']],
};
