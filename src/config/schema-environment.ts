/** The schema of one environment, written by hand. */

import type { JsonSchema } from '../catalogue/field.ts';
import { closed, shaped, text, texts, uuid } from './schema-parts.ts';

export const DURATION = '^[1-9][0-9]{0,5}[smhd]$';
export const SHARE = '^([1-9][0-9]?|100) ?%$';

function duration(description: string, example: string): JsonSchema {
  return { ...shaped(DURATION, description, example), default: example };
}

const auth = closed(
  'How to sign in; without a method as the environment variables offer it, else by Azure CLI.',
  {
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
    tenantId: shaped(
      '^([0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}|[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)+)$',
      'Id of the Microsoft Entra tenant, or one of its domains.',
      '00000000-0000-0000-0000-000000000001',
    ),
    clientId: uuid('Application (client) id of the app registration.'),
    certificate: text('Path of the PEM file for the method "certificate".', 'client.pem'),
    tokenFile: text('Path of the federated token for the method "workload-identity".', '/run/token'),
  },
);

const mail: JsonSchema = {
  ...closed(
    'A ceiling, applied after everything else: mailboxes outside it get no methods, no approval and no test.',
    {
      allow: {
        type: 'array',
        description:
          'E-mail addresses that may move mail here; "*" stands for any text. A mailbox without an address is outside. An empty list allows nobody.',
        items: { type: 'string', minLength: 1 },
        examples: [['*@test.contoso.com']],
      },
      others: {
        type: 'string',
        enum: ['leave', 'none'],
        default: 'leave',
        description:
          'What happens outside: "leave" caps what the configuration covers, "none" switches off every other mailbox of the environment too.',
        examples: ['none'],
      },
    },
  ),
  required: ['allow'],
  examples: [{ allow: ['*@test.contoso.com'], others: 'none' }],
};

const tests = closed('Limits of Test & Enable: each test sends a real message.', {
  perRun: {
    type: 'integer',
    minimum: 0,
    maximum: 100_000,
    default: 200,
    description: 'At most so many tests are requested in one run; the rest is left for the next.',
    examples: [200],
  },
  timeout: duration('How long a requested test is awaited.', '15m'),
  retestAfter: duration('A mailbox that failed is not tested again within this time.', '24h'),
});

const maxChanges = closed(
  'Refuses a plan that changes more of the managed mailboxes or server profiles than this.',
  {
    share: {
      ...shaped(SHARE, 'Share of the managed resources of a kind.', '20%'),
      default: '20%',
    },
    from: {
      type: 'integer',
      minimum: 0,
      maximum: 100_000,
      default: 10,
      description: 'Fewer changes than this are always allowed.',
      examples: [10],
    },
  },
);

export const ENVIRONMENT: JsonSchema = {
  ...closed('One Dataverse environment.', {
    url: text(
      'Address of the environment, or "emulator" for the embedded Dataverse.',
      'https://contoso.crm4.dynamics.com',
    ),
    data: text('Organization file of an embedded environment.', 'organization.yaml'),
    organizationId: uuid('Id of the organization. Another answer of the environment ends the run.'),
    purpose: {
      type: 'string',
      enum: ['production', 'non-production'],
      description:
        'What the environment is for. Required for a real environment; the embedded Dataverse and an address of this machine are non-production where nothing is written.',
      examples: ['production'],
    },
    auth,
    mail,
    overlay: texts(
      'File, or list of files, that changes the configuration for this environment item by item: a key that is written there replaces the one of the item, "null" makes a field unmanaged again. Later files are stronger.',
      'overlays/test.yaml',
    ),
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
  }),
  required: ['url'],
};
