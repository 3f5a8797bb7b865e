/**
 * The embedded Dataverse in each position that a probe has to tell apart: by its switches where there is one, else by
 * an altered answer. A probe that sees the same in two positions would settle nothing.
 */

import { ADMIN, APPROVER, type EmulatedOptions } from '../emulated.ts';
import { type Alter, answers, reads, rewritten, upserts, withContentIds, without } from './alter.ts';

export interface Position {
  readonly name: string;
  readonly options: EmulatedOptions;
  readonly variant: string;
}

function switched(name: string, variants: Readonly<Record<string, string>>): readonly Position[] {
  return Object.entries(variants).map(([value, variant]) => ({
    name: `${name} ${value}`,
    options: { organization: { switches: { [name]: value } } },
    variant,
  }));
}

/** As it is, and as it is not. */
function contrast(variant: string, name: string, other: string, alter: Alter): readonly Position[] {
  return [
    { name: 'as it is', options: {}, variant },
    { name, options: { alter }, variant: other },
  ];
}

/** Runs the batch and answers as if its reads had come first. */
const beforeItsWrites = rewritten(
  ({ url }) => url.endsWith('/$batch'),
  (text) => text.replace('"undeliverablefolder":"written"', '"undeliverablefolder":null'),
);

const application = (value: string, variant: string): Position => ({
  name: `applicationUserApproval ${value}`,
  options: {
    token: 'pipeline',
    organization: {
      switches: { applicationUserApproval: value },
      callers: [
        { token: 'admin', user: 'admin@contoso.com', roles: [ADMIN, APPROVER] },
        { token: 'pipeline', application: 'Pipeline', roles: [ADMIN, APPROVER] },
      ],
    },
  },
  variant,
});

/** As somebody who may change users and may not approve. */
const administrator = (value: string, variant: string): Position => ({
  name: `approvalDenied ${value}`,
  options: { token: 'second', organization: { switches: { approvalDenied: value } } },
  variant,
});

const there = 'all columns are here';
const fails = 'one that is not listed fails the read';

export const POSITIONS: Readonly<Record<string, readonly Position[]>> = {
  'approval-on-owner': switched('approvalOn', {
    owner: 'on the owner',
    mailbox: 'on the mailbox',
    both: 'on the owner and the mailbox',
  }),
  'application-user-approves': [
    application('works', 'approves'),
    application('silent', 'refused without a word'),
    application('403', 'refused'),
  ],
  'approval-travels-alone': [
    administrator('403', 'refused as a whole'),
    administrator('silent', 'the approval alone is left out'),
  ],
  'address-on-owner': [
    ...switched('mailboxAddressWrite', {
      'write-through': 'the mailbox follows; on the mailbox written through',
      refused: 'the mailbox follows; on the mailbox refused',
    }),
    {
      name: 'a mailbox that does not follow',
      options: {
        alter: rewritten(
          ({ method, url }) => method === 'GET' && /\/mailboxes\([^)]*\)\?\$select=emailaddress$/u.test(url),
          (text) => text.replace('moved@mailboxctl-contract.invalid', 'support@contoso.com'),
        ),
      },
      variant: 'the mailbox does not follow; on the mailbox not written through',
    },
  ],
  'test-ends': [
    ...switched('backgroundOperations', {
      true: 'the flag falls, the time moves',
      false: 'the flag stays',
    }),
    {
      name: 'a time that does not move',
      options: {
        alter: rewritten(reads('testmailboxaccesscompletedon'), (text) =>
          text.replace(
            /"testmailboxaccesscompletedon":"[^"]*"/u,
            '"testmailboxaccesscompletedon":"1900-01-01T00:00:00Z"',
          ),
        ),
      },
      variant: 'the flag falls alone',
    },
  ],
  'test-refuses-saves': switched('savesDuringTest', {
    any: 'all saves are refused',
    config: 'saves of methods are refused',
    allowed: 'saved',
  }),
  'test-travels-alone': switched('editWithTest', {
    accepted: 'both are done',
    testIgnored: 'the test is left out',
    refused: 'refused',
  }),
  'engine-changes-versions': switched('engineBumpsVersion', { true: 'changes', false: 'stays' }),
  'alert-text': contrast(
    'tokens and codes',
    'plain words',
    'neither',
    rewritten(reads('tracelogs'), (text) => text.replaceAll('@[', '[').replaceAll('Error Code', 'Reason')),
  ),
  'versions-of-all-tables': contrast(
    'all tables',
    'queues without',
    'not queue',
    rewritten(reads("LogicalName='queue'"), (text) => text.replace(':true', ':false')),
  ),
  'exchange-online-server-type': switched('exchangeOnlineServerType', {
    0: 'servertype 0, credentials 2',
    3: 'servertype 3, credentials 2',
  }),
  'gmail-server-type': [1, 4].map((servertype) => ({
    name: `a profile of type ${servertype}`,
    options: {
      organization: { profiles: [{ name: 'Gmail', incomingcredentialretrieval: 5, servertype }] },
    },
    variant: `servertype ${servertype}, credentials 5`,
  })),
  'optional-columns': [
    ...switched('newestColumns', {
      true: `${there}; ${fails}`,
      false: `newer columns are missing; ${fails}`,
    }),
    {
      name: 'unknown columns are left out of the answer',
      options: {
        alter: (request, pass) =>
          pass(new Request(request.url.replace('mailboxctl_nosuch', 'name'), request)),
      },
      variant: `${there}; the list says nothing`,
    },
  ],
  'personal-queues': contrast(
    'all private',
    'public ones',
    'some are public',
    rewritten(reads('queueviewtype'), (text) => text.replace('"queueviewtype":1', '"queueviewtype":0')),
  ),
  'approver-role-id': [
    { name: 'as it is', options: {}, variant: 'the known id' },
    {
      name: 'another id',
      options: {
        organization: { roles: [{ name: APPROVER, id: '3b8f1b4e-0f0e-4d56-9f58-0c1d0a0b0c0d' }], teams: [] },
      },
      variant: 'another id',
    },
  ],
  'membership-sets': contrast(
    'all can be read',
    'a set that is not there',
    'closed: teamrolescollection',
    answers('teamrolescollection', 404),
  ),
  'privilege-depth-of-teams': contrast(
    'counted',
    'roles of teams are left out',
    'not counted',
    rewritten(reads('RetrieveUserPrivileges'), () => '{"RolePrivileges":[]}'),
  ),
  'deep-read-is-complete': [
    {
      name: 'as it is',
      options: {
        organization: {
          callers: [
            { token: 'admin', user: 'admin@contoso.com', roles: [ADMIN, APPROVER] },
            { token: 'second', user: 'second@contoso.com', roles: [ADMIN] },
          ],
        },
      },
      variant: 'the same rows',
    },
    {
      name: 'a row that the second caller does not see',
      options: {
        alter: rewritten(
          ({ url, headers }) =>
            url.includes('mailboxes?') && headers.get('authorization') === 'Bearer second',
          (text) => JSON.stringify({ ...JSON.parse(text), value: JSON.parse(text).value.slice(1) }),
        ),
      },
      variant: 'other rows',
    },
  ],
  'create-with-own-id': contrast('made once', 'a condition that is not minded', 'not made once', upserts),
  'created-mailbox-is-forward': contrast(
    'a forward mailbox',
    'a mailbox of somebody',
    'another mailbox',
    rewritten(reads('isforwardmailbox'), (text) =>
      text.replace('"isforwardmailbox":true', '"isforwardmailbox":false'),
    ),
  ),
  'mailbox-date-keeps-its-time': contrast(
    'kept',
    'a day alone',
    'cut to the day',
    rewritten(reads('processemailreceivedafter'), (text) => text.replace('T13:45:00Z', 'T00:00:00Z')),
  ),
  'batch-reads-its-own-writes': contrast(
    'the write is seen, its version holds',
    'reads that come before the writes',
    'the write is not seen',
    beforeItsWrites,
  ),
  'batch-echoes-content-id': [
    {
      name: 'echoed',
      options: { alter: withContentIds((ids) => ids) },
      variant: 'echoed',
    },
    {
      name: 'not echoed',
      options: { alter: withContentIds((ids) => ids.map(() => null)) },
      variant: 'not echoed',
    },
    {
      name: 'in another order',
      options: { alter: withContentIds((ids) => [...ids].reverse()) },
      variant: 'echoed wrongly',
    },
  ],
  'long-filters': contrast('answered', 'a filter that is too long', 'refused', async (request, pass) =>
    request.url.length > 5_000
      ? Response.json({ error: { code: '', message: 'long' } }, { status: 400 })
      : pass(request),
  ),
  'limits-in-headers': [
    { name: 'as it is', options: {}, variant: 'told' },
    {
      name: 'without a header',
      options: {
        alter: async (request, pass) => {
          const bare = without('x-ms-ratelimit-time-remaining-xrm-requests');
          return without('x-ms-ratelimit-burst-remaining-xrm-requests')(request, (next) => bare(next, pass));
        },
      },
      variant: 'not told',
    },
  ],
  'parallelism-hint': contrast('told', 'without a hint', 'not told', without('x-ms-dop-hint')),
  'names-compare-whole': contrast(
    'without case, signs as written',
    'eq that takes patterns',
    'without case, _ % [ as wildcards',
    (request, pass) =>
      pass(
        new Request(
          request.url.replace(/domainname%20eq%20(%27.*?%27)/u, 'startswith(domainname,$1)'),
          request,
        ),
      ),
  ),
};
