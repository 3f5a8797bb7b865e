/** Schemas that the catalogue does not know: environments, matches, references to secrets. Written by hand. */

import type { JsonSchema } from '../catalogue/field.ts';

/** An object that takes these keys and no others. */
export function closed(description: string, properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return { type: 'object', description, additionalProperties: false, properties };
}

function text(description: string, example: string): JsonSchema {
  return { type: 'string', minLength: 1, description, examples: [example] };
}

function shaped(pattern: string, description: string, example: string): JsonSchema {
  return { type: 'string', pattern, description, examples: [example] };
}

function duration(description: string, example: string): JsonSchema {
  return shaped('^[1-9][0-9]{0,5}[smhd]$', description, example);
}

function uuid(description: string): JsonSchema {
  const example = '00000000-0000-0000-0000-000000000001';
  return { type: 'string', format: 'uuid', description, examples: [example] };
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

const auth = closed('How to sign in; Azure CLI where nothing is written.', {
  method: {
    type: 'string',
    enum: [
      'github-oidc',
      'azure-cli',
      'client-secret',
      'workload-identity',
      'managed-identity',
      'certificate',
    ],
    description:
      'Way of signing in. A client secret is taken from AZURE_CLIENT_SECRET, never from this file.',
    examples: ['github-oidc'],
  },
  tenantId: uuid('Id of the Microsoft Entra tenant.'),
  clientId: uuid('Application (client) id of the app registration.'),
  certificate: text('Path of the PEM file for the method "certificate".', 'client.pem'),
  tokenFile: text('Path of the federated token for the method "workload-identity".', '/run/token'),
});

const tests = closed('Limits of Test & Enable: each test sends a real message.', {
  perRun: {
    type: 'integer',
    minimum: 0,
    maximum: 100_000,
    default: 200,
    description: 'At most so many tests are requested in one run; the rest is left for the next.',
    examples: [200],
  },
  timeout: { ...duration('How long a requested test is awaited.', '15m'), default: '15m' },
  retestAfter: {
    ...duration('A mailbox that failed is not tested again within this time.', '24h'),
    default: '24h',
  },
});

const maxChanges = closed('Refuses a plan that changes more of the managed mailboxes than this.', {
  share: {
    ...shaped('^([1-9][0-9]?|100) ?%$', 'Share of the managed resources of a kind.', '20%'),
    default: '20%',
  },
  from: {
    type: 'integer',
    minimum: 0,
    maximum: 100_000,
    default: 10,
    description: 'Up to so many changes are always allowed.',
    examples: [10],
  },
});

export const ENVIRONMENT = closed('One Dataverse environment.', {
  url: text(
    'Address of the environment, or "emulator" for the embedded Dataverse.',
    'https://contoso.crm4.dynamics.com',
  ),
  data: text('Organization file of an embedded environment.', 'organization.yaml'),
  organizationId: uuid('Id of the organization. Another answer of the environment ends the run.'),
  purpose: {
    type: 'string',
    enum: ['production', 'non-production'],
    description: 'What the environment is for. Required for a real environment.',
    examples: ['production'],
  },
  auth,
  approvals: {
    type: 'string',
    enum: ['apply', 'hand-off', 'fail'],
    default: 'apply',
    description:
      'Whether apply approves, lists the approvals for a person, or counts each of those as a failure.',
    examples: ['hand-off'],
  },
  tests,
  guards: closed('Limits that a plan may not cross without consent.', { maxChanges }),
});

const patterns = (description: string, example: string): JsonSchema => ({
  type: ['string', 'array'],
  minLength: 1,
  minItems: 1,
  items: { type: 'string', minLength: 1 },
  description,
  examples: [example],
});

export const MATCH_KEYS: Readonly<Record<string, JsonSchema>> = {
  mailboxOf: {
    type: ['string', 'array'],
    pattern: '^(user|queue)$',
    minItems: 1,
    items: { type: 'string', enum: ['user', 'queue'] },
    description: 'Sorts of mailbox that the rule covers.',
    examples: ['user'],
  },
  emailAddress: patterns(
    'E-mail addresses that the rule covers; "*" stands for any text, case does not matter.',
    '*@contoso.com',
  ),
};

export const RULE_KEYS: Readonly<Record<string, JsonSchema>> = {
  name: text('Name of the rule, which plans show beside every value that it sets.', 'everyone-in-sales'),
  match: {
    ...closed('Which mailboxes the rule covers. Keys are joined by AND, a list by OR.', MATCH_KEYS),
    minProperties: 1,
  },
  except: {
    type: 'array',
    description: 'Sign-in names, e-mail addresses, queue names, or matches, that the rule leaves out.',
    items: { type: ['string', 'object'], minLength: 1, additionalProperties: false, properties: MATCH_KEYS },
    examples: [['ceo@contoso.com']],
  },
  include: {
    type: 'array',
    description: 'Mailboxes that rules leave out unless they are named here.',
    items: { type: 'string', enum: ['disabled-users', 'application-users', 'personal-queues'] },
    examples: [['disabled-users']],
  },
};

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
