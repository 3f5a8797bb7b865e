/** Promise 4: what the YAML does not mention is not touched; user and queue mailboxes are never made or deleted. */

import { describe, expect, it } from 'vitest';
import { refusing } from '../../src/plan/safety/risks.ts';
import { writesIn } from '../scenarios/requests-seen.ts';
import { type Entry, openWorld, type World } from '../world.ts';
import { CONTOSO, configOf, organizationOf } from './contoso.ts';

const ORGANIZATION = organizationOf(`
users:
  - { signIn: alice@contoso.com, emailAddress: alice@contoso.com, name: Alice, works: true }
  - { signIn: bob@contoso.com, emailAddress: bob@contoso.com, name: Bob }
queues:
  - { name: Support, emailAddress: support@contoso.com }
  - { name: Orders, emailAddress: orders@contoso.com, works: true }
profiles:
  - { name: Unused, servertype: 0 }
`);

/** Rows as people see them: without what the service's engine writes by itself. */
async function rowsOf(world: World, table: string): Promise<ReadonlyMap<unknown, Entry>> {
  const engine =
    /^(versionnumber|modified|_modified|last|nextprocessing|processing|received|.*(statistics|retry|postpone))/u;
  const rows = await world.rows(table);
  return new Map(
    rows.map((row) => [
      row[`${table}id`],
      Object.fromEntries(Object.entries(row).filter(([column]) => !engine.test(column))),
    ]),
  );
}

it('writes one column of one record when the YAML mentions one', async () => {
  const config = configOf('mailboxes:\n  - { user: bob@contoso.com, outgoing: none }\n');
  const world = await openWorld({ config, organization: ORGANIZATION });
  const tables = ['mailbox', 'queue', 'systemuser', 'emailserverprofile', 'organization'];
  const before = await Promise.all(tables.map((table) => rowsOf(world, table)));
  const plan = await world.plan();
  await world.apply(plan);
  const after = await Promise.all(tables.map((table) => rowsOf(world, table)));
  const changed = tables.flatMap((table, index) =>
    [...(after[index] ?? [])].flatMap(([id, row]) =>
      Object.keys(row)
        .filter((column) => JSON.stringify(row[column]) !== JSON.stringify(before[index]?.get(id)?.[column]))
        .map((column) => `${table} ${String(row.name)} ${column}`),
    ),
  );
  expect(after.map(({ size }) => size)).toEqual(before.map(({ size }) => size));
  expect(changed).toEqual(['mailbox Bob outgoingemaildeliverymethod']);
  expect(writesIn(world.emulator.log).map(({ keys }) => keys)).toEqual([['outgoingemaildeliverymethod']]);
  await world.close();
});

it('creates and deletes no row of users and queues, and no mailbox of theirs', async () => {
  const world = await openWorld(CONTOSO);
  const idsOf = async (table: string): Promise<readonly string[]> =>
    (await world.rows(table)).map((row) => String(row[`${table}id`])).sort();
  const before = {
    users: await idsOf('systemuser'),
    queues: await idsOf('queue'),
    mailboxes: await idsOf('mailbox'),
  };
  const plan = await world.plan();
  await world.apply(plan);
  const created = plan.steps
    .filter(({ verb }) => verb === 'create')
    .flatMap(({ address }) => plan.records[address]?.map(({ id }) => id) ?? []);
  expect({ users: await idsOf('systemuser'), queues: await idsOf('queue') }).toEqual({
    users: before.users,
    queues: before.queues,
  });
  const deleted = plan.steps
    .filter(({ verb }) => verb === 'delete')
    .flatMap(({ address }) => plan.records[address] ?? []);
  const after = await idsOf('mailbox');
  expect(after.filter((id) => !before.mailboxes.includes(id) && !created.includes(id))).toEqual([]);
  expect(before.mailboxes.filter((id) => !after.includes(id))).toEqual(
    deleted.filter(({ table }) => table === 'mailbox').map(({ id }) => id),
  );
  expect(plan.steps.filter(({ verb }) => verb === 'delete').map(({ address }) => address)).toEqual([
    'mailbox:forward/Collected',
    'profile:Gmail',
  ]);
  const others = writesIn(world.emulator.log).filter(({ method }) => method !== 'PATCH');
  expect(
    others.map(({ method, path }) => `${method} ${/\(([0-9a-f-]{36})\)/u.exec(path)?.[1]}`).sort(),
  ).toEqual(deleted.map(({ id }) => `DELETE ${id}`).sort());
  await world.close();
});

it('a user or queue that is not there is a finding, and nothing is made', async () => {
  const config = configOf(
    'mailboxes:\n  - { user: carol@contoso.com, outgoing: none }\n  - { queue: Returns, outgoing: none }\n',
  );
  const world = await openWorld({ config, organization: ORGANIZATION });
  const { findings, steps } = await world.plan();
  expect(findings.map(({ kind, address }) => ({ kind, address }))).toEqual([
    { kind: 'missing', address: 'mailbox:queue/Returns' },
    { kind: 'missing', address: 'mailbox:user/carol@contoso.com' },
  ]);
  expect(steps).toEqual([]);
  await world.close();
});

describe('the guard breaks-working-mailbox', () => {
  const edit = '  - user: alice@contoso.com\n    serverProfile: Unused\n';
  it.each([
    ['refuses an edit whose consequence nothing restores', edit, ['breaks-working-mailbox']],
    ['lets it pass with a test that restores it', `${edit}    testAndEnable: true\n`, []],
    ['lets pass what breaks nothing that works', edit.replace('alice', 'bob'), []],
  ])('%s', async (_name, items, guards) => {
    const world = await openWorld({ config: configOf(`mailboxes:\n${items}`), organization: ORGANIZATION });
    const { risks, steps } = await world.plan();
    expect(steps.length).toBeGreaterThan(0);
    const refused = refusing(risks, new Set()).map(({ guard }) => guard);
    expect(refused.filter((guard) => guard === 'breaks-working-mailbox')).toEqual(guards);
    await world.close();
  });
});
