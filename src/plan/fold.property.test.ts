/**
 * Whatever is declared and whatever is there: the plan accounts for every difference (else planning throws), and when
 * everything it predicts has come true, planning again gives no steps.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressKey, mailboxAddress, profileAddress } from '../model/address.ts';
import type { Config, MailCeiling } from '../model/config.ts';
import type { DesiredResource } from '../model/desired.ts';
import type { Plan } from '../model/plan.generated.ts';
import type { Observed } from '../model/snapshot.ts';
import { type FieldValues, isRef, isSecret, isUnknown, type Value } from '../model/value.ts';
import {
  AS_OF,
  at,
  environment,
  forward,
  mailboxItem,
  profile,
  profileItem,
  queue,
  rule,
  settings,
  settingsItem,
  user,
} from '../model/world.test-support.ts';
import { type Folding, fold } from './fold.ts';
import { makePlan } from './make-plan.ts';
import { type Case, contextOf, planOf } from './planned.test-support.ts';

const PROFILES = ['Exchange Online', 'POP', 'New', 'Post'];
const USERS = ['ada@contoso.com', 'bob@contoso.com'];
const QUEUES = ['Support', 'Sales'];

type Fields = Readonly<Record<string, Value>>;

const reference = fc.constantFrom(...PROFILES).map((name) => ({ ref: `profile:${name}` }));
const incoming = fc.constantFrom('none', 'outlook', 'server-side-sync', 'forward-mailbox');
const outgoing = fc.constantFrom('none', 'outlook', 'server-side-sync');
const result = fc.constantFrom('not-run', 'success', 'failure');
const time = fc.constantFrom(null, '2026-11-01T08:00:00Z', '2026-11-21T08:00:00Z', '2026-11-21T08:58:00Z');
const state = fc.constantFrom('active', 'inactive');

/** Some of the fields, each present or not. */
function some(model: Record<string, fc.Arbitrary<Value>>): fc.Arbitrary<Fields> {
  return fc.record(model, { requiredKeys: [] }) as fc.Arbitrary<Fields>;
}

const ruleFields = {
  serverProfile: reference,
  incoming,
  outgoing,
  appointmentsContactsTasks: outgoing,
  approved: fc.boolean(),
  testAndEnable: fc.boolean(),
  state,
  applyDefaultEmailSettings: fc.boolean(),
  ignore: fc.constantFrom<Value[]>(['incoming'], ['emailAddress', 'credentials'], ['testAndEnable']),
};
const itemFields = some({
  ...ruleFields,
  syncFromThisOrganizationOnly: fc.constant(true),
  credentials: fc.constantFrom('allowed', 'none'),
  'credentials.username': fc.constantFrom('support', 'other'),
  'credentials.password': fc.constant({ secret: 'env:PASSWORD' }),
  emailAddress: fc.constantFrom(
    'support@contoso.com',
    'SALES@contoso.com',
    'ada@contoso.com',
    'new@contoso.com',
  ),
});
const actualFields = some({
  serverProfile: fc.oneof(reference, fc.constant(null), fc.constant({ unknown: 'record x' })),
  incoming,
  outgoing,
  appointmentsContactsTasks: outgoing,
  approved: fc.constantFrom<Value[]>('approved', 'pending', 'empty', 'rejected', 'approved-on-owner', {
    unknown: 'option 9',
  }),
  state,
  syncFromThisOrganizationOnly: fc.boolean(),
  credentials: fc.constantFrom('allowed', 'none'),
  'credentials.username': fc.constantFrom('support', null),
  'credentials.password': fc.boolean().map((is_set) => ({ is_set })),
  'tests.incoming': result,
  'tests.outgoing': result,
  'tests.appointmentsContactsTasks': result,
  'enabled.incoming': fc.boolean(),
  'enabled.outgoing': fc.boolean(),
  'enabled.appointmentsContactsTasks': fc.boolean(),
  'tests.scheduled': fc.boolean(),
  'tests.completedOn': time,
  'tests.requestedOn': time,
  'approval.on': time,
});
const facts = fc.record({
  ownerEnabled: fc.constantFrom(true, true, true, false),
  emailAddress: fc.constantFrom(null, 'support@contoso.com', 'ada@contoso.com', 'bob@contoso.com'),
});
const parts = fc.record({ fields: actualFields, facts });

const resources: fc.Arbitrary<readonly Observed[]> = fc
  .record({
    settings: some({
      'onlyApproved.users': fc.boolean(),
      'onlyApproved.queues': fc.boolean(),
      'newMailboxes.incoming': incoming,
    }),
    online: some({ state }),
    pop: some({ state, 'incoming.port': fc.constantFrom(110, 995) }),
    users: fc.tuple(parts, parts),
    queues: fc.tuple(parts, parts),
    forwards: fc.array(actualFields, { maxLength: 1 }),
  })
  .map((world) => [
    settings(world.settings),
    profile('Exchange Online', { fields: world.online }),
    profile('POP', { fields: { type: 'pop3-smtp', ...world.pop } }),
    ...world.users.map((each, index) => user(USERS[index] ?? '', each)),
    ...world.queues.map((each, index) => queue(QUEUES[index] ?? '', each)),
    ...world.forwards.map((fields) => forward('Inbound', { fields })),
  ]);

const GONE = fc.constant<Fields>({ absent: true });
const profileFields = some({
  state,
  'incoming.port': fc.constantFrom(110, 995),
  type: fc.constantFrom('pop3-smtp', 'imap-smtp'),
});
/** As it is, under another name, or gone. */
const pop = fc.oneof(
  profileFields.map((fields) => profileItem('POP', fields)),
  profileFields.map((fields) => profileItem('Post', { ...fields, renamedFrom: 'POP' })),
  GONE.map((fields) => profileItem('POP', fields)),
);
const inbound = fc.oneof(
  itemFields.map((fields) => mailboxItem('forward', 'Inbound', fields)),
  itemFields.map((fields) => mailboxItem('forward', 'Collected', { ...fields, renamedFrom: 'Inbound' })),
  GONE.map((fields) => mailboxItem('forward', 'Inbound', fields)),
);
const mail = fc.oneof(
  { weight: 3, arbitrary: fc.constant(null) },
  {
    weight: 2,
    arbitrary: fc.record<MailCeiling>({
      allow: fc.constantFrom(['support@*'], ['*@contoso.com'], []),
      others: fc.constantFrom('leave', 'none'),
      source: fc.constant(at(9)),
    }),
  },
);

const config: fc.Arbitrary<Partial<Config>> = fc
  .record({
    approvals: fc.constantFrom('apply', 'apply', 'hand-off'),
    mail,
    pop,
    settings: some({
      'onlyApproved.users': fc.boolean(),
      'newMailboxes.serverProfile': reference,
      'newMailboxes.outgoing': outgoing,
    }),
    rules: fc.array(some(ruleFields), { maxLength: 2 }),
    users: fc.array(itemFields, { maxLength: 2 }),
    queues: fc.array(itemFields, { maxLength: 2 }),
    forwards: fc.array(inbound, { maxLength: 1 }),
  })
  .map((declared) => ({
    environment: environment({ approvals: declared.approvals as 'apply' | 'hand-off', mail: declared.mail }),
    profiles: [declared.pop, profileItem('New', { type: 'exchange-online' })],
    settings: settingsItem(declared.settings),
    rules: declared.rules.map((fields, index) =>
      rule(`r${index}`, fields, { match: { emailAddress: ['*@contoso.com'] } }),
    ),
    mailboxes: [
      ...declared.users.map((fields, index) => mailboxItem('user', USERS[index] ?? '', fields)),
      ...declared.queues.map((fields, index) => mailboxItem('queue', QUEUES[index] ?? '', fields)),
      ...declared.forwards,
    ],
  }));

/** The environment when everything that the plan predicts has come true, ten minutes later. */
function applied({ state, context, heldBack }: Folding): readonly Observed[] {
  const after = new Map<string, Observed>();
  const names = new Map<string, string | null>();
  for (const resource of context.snapshot.resources) after.set(addressKey(resource.address), resource);
  for (const { address } of state.resources) {
    const predicted = state.get(address);
    if (predicted === undefined) continue;
    const { resource, fields, exists, steps } = predicted;
    const key = addressKey(resource.address);
    if (!exists) {
      after.delete(key);
      names.set(key, null);
      continue;
    }
    names.set(key, addressNow(resource, fields));
    const approvedNow = steps.some((step) => step.endsWith('#approve')) ? { 'approval.on': AS_OF } : {};
    const isLeft = heldBack.some(
      ({ address, reason }) => address === resource.address && reason === 'stolen',
    );
    const seen: FieldValues = {
      ...settled(fields),
      ...approvedNow,
      // Nothing but its results tells that another environment has it: a service that clears them hides it.
      ...(isLeft ? resultsOf(resource.actual) : {}),
    };
    const actual = after.get(key) ?? created(resource.kind, resource.address);
    const emailAddress = typeof seen.emailAddress === 'string' ? seen.emailAddress : null;
    const mailbox = actual.mailbox === null ? null : { ...actual.mailbox, emailAddress };
    after.set(key, { ...actual, fields: { ...actual.fields, ...seen }, mailbox });
  }
  return [...after.values()].map((resource) => renamed(resource, names));
}

function resultsOf(actual: Observed | null): FieldValues {
  const entries = Object.entries(actual?.fields ?? {});
  return Object.fromEntries(entries.filter(([field]) => /^(tests|enabled)\./u.test(field)));
}

function addressNow({ address, kind, sort }: DesiredResource, { name }: FieldValues): string {
  if (typeof name !== 'string' || kind === 'settings' || (kind === 'mailbox' && sort !== 'forward'))
    return address;
  return kind === 'profile' ? profileAddress(name) : mailboxAddress('forward', name);
}

/** Under its new name, and with what it refers to under theirs; what is deleted is referred to no more. */
function renamed(resource: Observed, names: ReadonlyMap<string, string | null>): Observed {
  const fields = Object.entries(resource.fields).map(([field, value]): [string, Value] => {
    if (!isRef(value)) return [field, value];
    const now = names.get(addressKey(value.ref));
    return [field, now === undefined ? value : now === null ? null : { ref: now }];
  });
  const address = names.get(addressKey(resource.address)) ?? resource.address;
  const name = address.slice(address.indexOf('/') + 1);
  const mailbox = resource.mailbox?.sort === 'forward' ? { ...resource.mailbox, name } : resource.mailbox;
  return { ...resource, address, mailbox, fields: Object.fromEntries(fields) };
}

function created(kind: Observed['kind'], address: string): Observed {
  const name = address.slice(address.indexOf(kind === 'mailbox' ? '/' : ':') + 1);
  const made = kind === 'profile' ? profile(name) : forward(name);
  return { ...made, fields: {} };
}

/** What the plan does not know of a field, and does not ask for, is as the service leaves it on a new row. */
function settled(fields: FieldValues): FieldValues {
  return Object.fromEntries(
    Object.entries(fields).map(([field, value]) => {
      if (isSecret(value)) return [field, { is_set: true }];
      if (!isUnknown(value) || !value.unknown.includes('#')) return [field, value];
      if (field === 'approved') return [field, 'pending'];
      return [field, field.startsWith('enabled.') ? false : 'not-run'];
    }),
  );
}

/** What is found is told in other words once a record has its new name. */
function found({ findings }: Plan): readonly string[] {
  return findings.map(({ kind, address }) => `${kind} ${address}`);
}

describe('any configuration on any environment', () => {
  it('is planned without a rest, and planned again it gives no steps', () => {
    fc.assert(
      fc.property(config, resources, (declared, there) => {
        const given: Case = { config: declared, resources: there };
        const context = contextOf(given);
        const plan = makePlan(context);
        // What refers to something that is to be gone is an error, and nothing is applied.
        if (!plan.applyable) return;
        const again = planOf({ config: declared, resources: applied(fold(context, new Set())) });
        // What a person has to do is still to be done.
        const mine = again.steps.filter(({ hand_off }) => hand_off !== true);
        expect(mine.map(({ id, set }) => [id, set])).toEqual([]);
        expect(found(again)).toEqual(found(plan));
      }),
      { numRuns: 400 },
    );
  });

  it('names each step once, after steps that are there, in an order that can be carried out', () => {
    fc.assert(
      fc.property(config, resources, fc.constantFrom(0, 1, 2, 200), (declared, there, perRun) => {
        const limited = environment({
          ...declared.environment,
          tests: { ...environment().tests, perRun },
        });
        const { steps, deferred } = planOf({
          config: { ...declared, environment: limited },
          resources: there,
        });
        expect(steps.filter(({ verb }) => verb === 'test').length).toBeLessThanOrEqual(perRun);
        const left = new Set(deferred.map(({ address }) => address));
        for (const address of left)
          expect([
            address,
            deferred.some((each) => each.address === address && each.verb === 'test'),
          ]).toEqual([address, true]);
        const done = new Set<string>();
        for (const { id, after } of steps) {
          expect([id, done.has(id), after.filter((needed) => !done.has(needed))]).toEqual([id, false, []]);
          done.add(id);
        }
      }),
      { numRuns: 100 },
    );
  });
});
