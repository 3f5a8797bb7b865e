/** Promise 11: who has not seen everything of a kind claims no absence: nothing is made, missing or unmanaged of it. */

import { describe, expect, it } from 'vitest';
import { openWorld, type World, type WorldOptions } from '../world.ts';
import { configOf, organizationOf } from './contoso.ts';

const config = configOf(`
serverProfiles:
  - { name: Not there, type: exchange-online }
mailboxes:
  - { user: nobody@contoso.com, outgoing: none }
  - { queue: Nothing, outgoing: none }
  - { forward: Nowhere, emailAddress: nowhere@contoso.com, incoming: none }
`);

/** A caller who reads these tables no further than the own business unit. */
function shortSighted(...tables: readonly string[]): WorldOptions {
  const depths = tables.map((table) => `${table}: local`).join(', ');
  return {
    config,
    organization: organizationOf(`
callers:
  - { token: reader, user: reader@contoso.com, roles: [System Administrator], readDepth: { ${depths} } }
users:
  - { signIn: reader@contoso.com, emailAddress: reader@contoso.com, name: Reader }
  - { signIn: alice@contoso.com, emailAddress: alice@contoso.com, name: Alice }
queues:
  - { name: Support, emailAddress: support@contoso.com }
`),
    token: 'reader',
  };
}

const sortOf = (address: string): string => address.split(/[:/]/u).slice(0, 2).join('/');

/** What is claimed not to be there, by kind and sort. */
async function claims(world: World): Promise<Readonly<Record<string, readonly string[]>>> {
  const plan = await world.plan();
  const drift = await world.drift();
  const sorts = (addresses: readonly string[]): readonly string[] =>
    [
      ...new Set(addresses.map((address) => (address.startsWith('profile') ? 'profile' : sortOf(address)))),
    ].sort();
  const not = (kind: string): readonly string[] =>
    drift.findings.filter((finding) => finding.class === kind).map(({ address }) => address);
  return {
    created: sorts(plan.steps.filter(({ verb }) => verb === 'create').map(({ address }) => address)),
    missing: sorts([...plan.findings.map(({ address }) => address), ...not('missing')]),
    unmanaged: sorts(not('unmanaged')),
    notSeen: plan.not_seen.map(({ kind, sort }) => (sort === null ? kind : `${kind}/${sort}`)).sort(),
  };
}

const ALL = ['mailbox/forward', 'mailbox/queue', 'mailbox/user'];

describe('a caller who sees', () => {
  it.each([
    {
      name: 'everything',
      tables: [],
      seen: {
        created: ['mailbox/forward', 'profile'],
        missing: [...ALL, 'profile'],
        unmanaged: ['mailbox/queue', 'mailbox/user', 'profile'],
        notSeen: [],
      },
    },
    {
      name: 'not all profiles',
      tables: ['emailserverprofile'],
      seen: {
        created: ['mailbox/forward'],
        missing: ALL,
        unmanaged: ['mailbox/queue', 'mailbox/user'],
        notSeen: ['profile'],
      },
    },
    {
      name: 'not all users',
      tables: ['systemuser'],
      seen: {
        created: ['mailbox/forward', 'profile'],
        missing: ['mailbox/forward', 'mailbox/queue', 'profile'],
        unmanaged: ['mailbox/queue', 'profile'],
        notSeen: ['mailbox/user'],
      },
    },
    {
      name: 'not all queues',
      tables: ['queue'],
      seen: {
        created: ['mailbox/forward', 'profile'],
        missing: ['mailbox/forward', 'mailbox/user', 'profile'],
        unmanaged: ['mailbox/user', 'profile'],
        notSeen: ['mailbox/queue'],
      },
    },
    {
      name: 'not all mailboxes',
      tables: ['mailbox'],
      seen: { created: ['profile'], missing: ['profile'], unmanaged: ['profile'], notSeen: ALL },
    },
  ])('$name claims no absence of them', async ({ tables, seen }) => {
    const world = await openWorld(shortSighted(...tables));
    expect(await claims(world)).toEqual(seen);
    await world.close();
  });
});
