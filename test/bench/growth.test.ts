/**
 * Four times the mailboxes take four times the work and no more. Counted, not timed: how often a value of a mailbox is
 * looked at on the way from the snapshot to the report, and how much the report says.
 */

import { expect, it } from 'vitest';
import { CATALOGUE } from '../../src/catalogue/catalogue.ts';
import { runChecks } from '../../src/checks/run-checks.ts';
import { configDigest, sha256 } from '../../src/local/digest.ts';
import type { Config } from '../../src/model/config.ts';
import { jsonPieces } from '../../src/model/json-pieces.ts';
import type { Observed, Snapshot } from '../../src/model/snapshot.ts';
import {
  config,
  environment,
  mailboxItem,
  ONLINE,
  profile,
  profileItem,
  queue,
  rule,
  settings,
  snapshot,
  user,
} from '../../src/model/world.test-support.ts';
import { NO_OPTIONS } from '../../src/plan/context.ts';
import { makePlan } from '../../src/plan/make-plan.ts';
import { planText } from '../../src/report/text/plan-text.ts';
import { resolve } from '../../src/resolve/resolve.ts';
import { plainStyle } from './plain-style.ts';

interface Counted {
  readonly looks: number;
  readonly steps: number;
  readonly bytes: number;
  readonly lines: number;
}

interface World {
  readonly config: (size: number) => Partial<Config>;
  readonly mailbox?: (index: number) => Parameters<typeof user>[1];
  readonly profile?: Parameters<typeof profile>[1];
  readonly seen?: Partial<Snapshot>;
}

const sync = {
  serverProfile: { ref: `profile:${ONLINE}` },
  incoming: 'server-side-sync',
  outgoing: 'server-side-sync',
};
const all = { ...sync, approved: true, testAndEnable: true };
const everybody = (fields: Parameters<typeof rule>[1]): Partial<Config> => ({
  environment: environment({ tests: { perRun: 100_000, timeoutMs: 900_000, retestAfterMs: 86_400_000 } }),
  profiles: [profileItem(ONLINE)],
  rules: [rule('everybody', fields, { match: { emailAddress: ['*@contoso.com'] } })],
});

/** With the steps of 500 mailboxes. */
const WORLDS: readonly [string, number, World][] = [
  ['rules that find everything as declared', 0, { config: () => everybody(all) }],
  [
    'a rule that changes everybody, with a test of each',
    1000,
    { config: () => everybody({ ...all, appointmentsContactsTasks: 'server-side-sync' }) },
  ],
  [
    'more tests than one run may request',
    250,
    {
      config: (size) => ({
        ...everybody({ ...all, appointmentsContactsTasks: 'server-side-sync' }),
        environment: environment({
          tests: { perRun: size / 4, timeoutMs: 900_000, retestAfterMs: 86_400_000 },
        }),
      }),
    },
  ],
  [
    'approvals that a person has to give',
    450,
    {
      config: () => everybody(all),
      mailbox: () => ({ fields: { approved: 'empty', 'tests.incoming': 'not-run' } }),
      seen: { caller: { ...snapshot([]).caller, privileges: [] } },
    },
  ],
  [
    'single items',
    0,
    {
      config: (size) => ({
        profiles: [profileItem(ONLINE)],
        mailboxes: Array.from({ length: size }, (_, index) => mailboxItem('user', nameOf(index), all)),
      }),
    },
  ],
  [
    'a changed profile that everybody uses',
    501,
    {
      config: () => ({
        ...everybody(all),
        profiles: [profileItem(ONLINE, { type: 'exchange-server', 'incoming.server': 'b.contoso.com' })],
      }),
      profile: { fields: { type: 'exchange-server', 'incoming.server': 'a.contoso.com' } },
    },
  ],
  ['items that are not there', 0, { config: (size) => ({ mailboxes: missingItems(size) }) }],
];

function missingItems(size: number): Config['mailboxes'] {
  return Array.from({ length: size }, (_, index) => mailboxItem('user', `no-${nameOf(index)}`, all));
}

function nameOf(index: number): string {
  return `person${String(index).padStart(6, '0')}@contoso.com`;
}

function planned(size: number, world: World): Counted {
  let looks = 0;
  const counting = <Part extends object>(part: Part): Part =>
    new Proxy(part, {
      get: (target, key) => {
        looks += 1;
        return Reflect.get(target, key);
      },
    });
  const mailboxes = Array.from({ length: size }, (_, index): Observed => {
    const parts = world.mailbox?.(index) ?? {};
    const plain =
      index % 10 === 0 ? queue(`Team ${String(index).padStart(6, '0')}`, parts) : user(nameOf(index), parts);
    const { mailbox } = plain;
    return { ...plain, fields: counting(plain.fields), mailbox: mailbox === null ? null : counting(mailbox) };
  });
  const declared = config(world.config(size));
  const seen = snapshot([profile(ONLINE, world.profile), settings(), ...mailboxes], world.seen);
  const desired = resolve(declared, seen);
  const plan = makePlan({
    catalogue: CATALOGUE,
    environment: declared.environment,
    snapshot: seen,
    desired,
    history: { lastWrite: new Map(), untestedWrite: new Map(), openTests: new Map() },
    options: NO_OPTIONS,
    diagnostics: runChecks(declared, { snapshot: seen, desired }),
    newRecord: (address) => ({ role: 'self', table: 'made', id: address, new: true }),
    digest: sha256,
    configDigest: configDigest(declared),
    toolVersion: '0.0.0',
    timestamp: '2026-11-21T09:00:04Z',
  });
  const text = planText(plan, plainStyle(120));
  let bytes = 0;
  for (const piece of jsonPieces(plan)) bytes += piece.length;
  return { looks, steps: plan.steps.length, bytes, lines: text.split('\n').length };
}

it.each(WORLDS)('%s', (_name, steps, world) => {
  const small = planned(500, world);
  expect(small.steps).toBe(steps);
  const large = planned(2000, world);
  expect(large.looks / small.looks).toBeLessThan(4.2);
  expect(large.bytes / small.bytes).toBeLessThan(4.2);
  expect(large.lines).toBeLessThan(150);
});
