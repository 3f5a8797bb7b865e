/**
 * A plan of single mailboxes need not read an environment whole: what is read instead gives the same plan, whatever
 * else there is – namesakes, shared addresses, queues of others, people who left. Only advice on mailboxes that nobody
 * named is left to `check`.
 */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CATALOGUE } from '../../src/catalogue/catalogue.ts';
import { runChecks } from '../../src/checks/run-checks.ts';
import { createStateReader } from '../../src/dataverse/read-environment.ts';
import { newRecord } from '../../src/dataverse/record-id.ts';
import { createReadTransport } from '../../src/dataverse/transport.ts';
import { parseEnvironmentUrl } from '../../src/dataverse/url.ts';
import { configDigest, sha256 } from '../../src/local/digest.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import type { Plan } from '../../src/model/plan.generated.ts';
import { plan, type Seen, see, seeToPlan } from '../../src/pipeline.ts';
import { NO_OPTIONS } from '../../src/plan/context.ts';
import { type Entry, openWorld, type World } from '../world.ts';

const PEOPLE = ['ann@x.org', 'Bob_1@x.org', 'cy%@x.org', "d'arc@x.org", 'eva@x.org', 'öz@x.org'];
const QUEUES = ['Support', 'SUPPORT', "O'Brien", 'Orders_1', 'A [b]', '<Ann>', 'ann@x.org'];
const ADDRESSES = [
  'ann@x.org',
  'support@x.org',
  'Orders@x.org',
  'eva@x.org',
  'in@x.org',
  'c@x.org',
  'd@x.org',
];

const emailAddress = fc.option(fc.constantFrom(...ADDRESSES), { nil: undefined });
const method = fc.constantFrom('none', 'server-side-sync');

const user = fc.record({
  signIn: fc.constantFrom(...PEOPLE),
  name: fc.constantFrom('Ann', 'Cy', 'eva@x.org', '# System', 'Bob'),
  emailAddress,
  disabled: fc.boolean(),
  works: fc.boolean(),
});
const queue = fc.record({
  id: fc.uuid(),
  name: fc.constantFrom(...QUEUES),
  emailAddress,
  private: fc.boolean(),
  works: fc.boolean(),
});
const organizations = fc.record({
  users: fc.uniqueArray(user, { maxLength: 5, selector: ({ signIn }) => signIn.toLowerCase() }),
  queues: fc.array(queue, { maxLength: 4 }),
  forwardMailboxes: fc.constantFrom([], [{ name: 'Inbound' }], [{ name: 'Inbound' }, { name: 'Support' }]),
});

const declared = fc.record({
  incoming: method,
  outgoing: method,
  approved: fc.boolean(),
  isReadressed: fc.boolean(),
  isNamedById: fc.boolean(),
});

/** What is there, or nearly so: a whole read is for what is not. */
const cases = organizations.chain((organization) => {
  const names = [
    ...organization.users.map(({ signIn }) => ['user', signIn, null] as const),
    ...organization.queues.map(({ name, id }) => ['queue', name, id] as const),
    ['forward', 'Inbound', null] as const,
    ['queue', 'Orders_1', null] as const,
  ];
  const item = fc.tuple(fc.constantFrom(...names), declared);
  const key = ([[sort, name]]: readonly [readonly [string, string, string | null], unknown]): string =>
    `${sort} ${name.toLowerCase()}`;
  return fc.record({
    organization: fc.constant(organization),
    mailboxes: fc.uniqueArray(item, { minLength: 1, maxLength: 3, selector: key }).map((all) =>
      all.map(([[sort, name, id], { isReadressed, isNamedById, approved, ...methods }], place) => ({
        [sort]: name,
        ...(isNamedById && id !== null ? { id } : {}),
        ...(isReadressed || sort === 'forward' ? { emailAddress: ADDRESSES[place + 1] } : {}),
        ...(sort === 'forward' ? { incoming: 'none' } : { approved, ...methods }),
      })),
    ),
  });
});

function configText(mailboxes: readonly object[]): string {
  return JSON.stringify({ version: 1, environments: { local: { url: 'emulator' } }, mailboxes });
}

const ORGANIZATION = {
  version: 1,
  organizationId: '7d000000-0000-0000-0000-000000000001',
  clock: '2026-11-21T09:00:00Z',
};

/** Counts requests, too. `few`: up to how many mailboxes all are read. */
async function seenBy(world: World, few: number, look: typeof seeToPlan): Promise<[Seen, number]> {
  const before = world.emulator.log.length;
  const transport = createReadTransport({
    url: parseEnvironmentUrl(world.emulator.baseUrl),
    fetch: (request) => world.emulator.fetch(request),
    clock: world.clock,
    random: () => 0.5,
    tokens: null,
  });
  const seen = await look(world.config, createStateReader(transport, CATALOGUE, world.clock, { few }));
  return [seen, world.emulator.log.length - before];
}

/** Advice on mailboxes that the configuration does not name: only a whole read has it. */
const OF_MAILBOXES = [
  'duplicate-address',
  'personal-queue-address',
  'queue-address-of-person',
  'queue-owner-disabled',
];

function isOfOthers({ config }: Seen, { code, source }: Diagnostic): boolean {
  return OF_MAILBOXES.some((id) => code === `practice-${id}`) && source === config.environment.source;
}

function planOf(seen: Seen, asOf: string): Plan {
  return plan(
    { ...seen, snapshot: { ...seen.snapshot, asOf } },
    {
      catalogue: CATALOGUE,
      history: { lastWrite: new Map(), untestedWrite: new Map(), openTests: new Map() },
      options: NO_OPTIONS,
      diagnostics: runChecks(seen.config, seen).filter((found) => !isOfOthers(seen, found)),
      newRecord: (of) => newRecord(seen.snapshot.organizationId, of),
      digest: sha256,
      configDigest: configDigest(seen.config),
      toolVersion: '0.0.0',
      timestamp: asOf,
    },
  );
}

const CONTOSO = {
  users: [
    { signIn: 'ann@x.org', name: 'Ann', emailAddress: 'ann@x.org' },
    { signIn: 'bob@x.org', name: 'Bob' },
    { signIn: 'cy@x.org', name: 'Cy', queue: 'Orders' },
  ],
  queues: [
    { id: '20000000-0000-4000-8000-000000000001', name: 'Support', emailAddress: 'support@x.org' },
    { id: '20000000-0000-4000-8000-000000000002', name: 'Orders', private: true },
    { id: '20000000-0000-4000-8000-000000000003', name: 'Shared', emailAddress: 'ann@x.org' },
    { id: '20000000-0000-4000-8000-000000000004', name: 'Twin' },
    { id: '20000000-0000-4000-8000-000000000005', name: 'twin' },
    // A service that takes brackets for a pattern does not find it by its name.
    { id: '20000000-0000-4000-8000-000000000006', name: 'A [b]' },
  ],
  forwardMailboxes: [{ name: 'Inbound' }],
};

/** Whether only the named mailboxes were read, at how many requests, and which. */
async function lookAt(mailboxes: readonly object[], few = 0): Promise<readonly [boolean, number, string[]]> {
  const organization = JSON.stringify({ ...ORGANIZATION, ...CONTOSO });
  const world = await openWorld({ config: configText(mailboxes), organization });
  const [{ snapshot }, requests] = await seenBy(world, few, seeToPlan);
  await world.close();
  const seen = snapshot.resources.filter(({ mailbox }) => mailbox !== null);
  return [snapshot.onlyNamed === true, requests, seen.map(({ address }) => address)];
}

it('reads the named mailboxes and the forward mailboxes, with six requests', async () => {
  const named = [
    { user: 'BOB@x.org', incoming: 'none' },
    { queue: 'Support', approved: true },
  ];
  expect(await lookAt(named)).toEqual([
    true,
    6,
    ['mailbox:forward/Inbound', 'mailbox:queue/Support', 'mailbox:user/bob@x.org'],
  ]);
});

it('tells a personal queue by who calls it the own one', async () => {
  const organization = JSON.stringify({ ...ORGANIZATION, ...CONTOSO });
  const config = configText([{ queue: 'Orders', incoming: 'none' }]);
  const world = await openWorld({ config, organization });
  const [{ snapshot }] = await seenBy(world, 0, seeToPlan);
  await world.close();
  const queues = snapshot.resources.filter(({ mailbox }) => mailbox?.sort === 'queue');
  expect(queues.map(({ address, mailbox }) => [address, mailbox?.personalQueue])).toEqual([
    ['mailbox:queue/Orders', true],
  ]);
});

it.each<[string, object, number?]>([
  ['a page holds all there are', { queue: 'Support', incoming: 'none' }, 5000],
  ['one is missing', { queue: 'Suport', incoming: 'none' }],
  ['two have its name', { queue: 'Twin', incoming: 'none' }],
  ['its id is another', { queue: 'Support', id: '20000000-0000-4000-8000-000000000002', incoming: 'none' }],
  ['another mailbox has its address', { queue: 'Shared', incoming: 'none' }],
  ['another mailbox has its new address', { user: 'bob@x.org', emailAddress: 'support@x.org' }],
  ['the name is a pattern to the service', { queue: 'A [b]', incoming: 'none' }],
])('reads everything where %s', async (_case, item, few = 0) => {
  const [onlyNamed, , seen] = await lookAt([item], few);
  expect([onlyNamed, seen.length]).toEqual([false, 13]);
});

const SYNCHRONIZED = { incoming: 'server-side-sync', outgoing: 'server-side-sync', approved: true };
const GMAIL = { name: 'Gmail', servertype: 1, incomingcredentialretrieval: 5 };
const OF_BOB = { name: 'Owned', emailAddress: 'owned@x.org', owner: 'bob@x.org' };

it.each<readonly [string, boolean, object, object, readonly Entry[]]>([
  ['all is plain', true, {}, { user: 'bob@x.org', incoming: 'none' }, []],
  [
    'a forward mailbox is to have the address of another mailbox',
    false,
    {},
    { forward: 'Inbound', emailAddress: 'support@x.org', incoming: 'none' },
    [],
  ],
  [
    'the mailbox of somebody else has lost its owner',
    false,
    {},
    { queue: 'Support', ...SYNCHRONIZED },
    [{ table: 'systemuser', name: 'Bob', delete: true }],
  ],
  [
    'the mailbox of another queue has lost its owner',
    false,
    {},
    { queue: 'Support', ...SYNCHRONIZED },
    [{ table: 'queue', name: 'Orders', delete: true }],
  ],
  [
    'a profile has a limit of users',
    false,
    { profiles: [GMAIL] },
    { user: 'bob@x.org', incoming: 'none' },
    [],
  ],
  ['the name is a pattern to the service', false, {}, { queue: 'A [b]', incoming: 'none' }, []],
  [
    'the queue belongs to somebody who left',
    true,
    { queues: [...CONTOSO.queues, OF_BOB] },
    { queue: 'Owned', ...SYNCHRONIZED },
    [{ table: 'systemuser', name: 'Bob', set: { isdisabled: true } }],
  ],
])('gives the plan of a whole read where %s', async (_case, isEnough, more, item, edits) => {
  const organization = JSON.stringify({ ...ORGANIZATION, ...CONTOSO, ...more });
  const world = await openWorld({ config: configText([item]), organization });
  await world.edit(edits);
  const [whole] = await seenBy(world, 0, see);
  const [less] = await seenBy(world, 0, seeToPlan);
  await world.close();
  const { asOf } = whole.snapshot;
  expect([less.snapshot.onlyNamed === true, planOf(less, asOf)]).toEqual([isEnough, planOf(whole, asOf)]);
});

it('gives the plan of a whole read', async () => {
  let named = 0;
  await fc.assert(
    fc.asyncProperty(cases, async ({ organization, mailboxes }) => {
      const world = await openWorld({
        config: configText(mailboxes),
        organization: JSON.stringify({ ...ORGANIZATION, ...organization }),
      });
      const [whole] = await seenBy(world, 0, see);
      const [less] = await seenBy(world, 0, seeToPlan);
      await world.close();
      if (less.snapshot.onlyNamed === true) named += 1;
      const { asOf } = whole.snapshot;
      expect(planOf(less, asOf)).toEqual(planOf(whole, asOf));
    }),
    { numRuns: 60 },
  );
  // Else nothing was compared.
  expect(named).toBeGreaterThan(5);
});
