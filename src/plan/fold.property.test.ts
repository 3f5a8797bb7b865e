/**
 * Whatever is declared and whatever is there: the plan accounts for every difference (else planning throws), and when
 * everything it predicts has come true, planning again gives no steps.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressKey } from '../model/address.ts';
import type { Config, DeclaredResource } from '../model/config.ts';
import type { Observed } from '../model/snapshot.ts';
import { type FieldValues, isSecret, isUnknown, type Value } from '../model/value.ts';
import {
  AS_OF,
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

const PROFILES = ['Exchange Online', 'POP', 'New'];
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
};
const itemFields = some({
  ...ruleFields,
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

const config: fc.Arbitrary<Partial<Config>> = fc
  .record({
    approvals: fc.constantFrom('apply', 'apply', 'hand-off'),
    profiles: some({
      state,
      'incoming.port': fc.constantFrom(110, 995),
      type: fc.constantFrom('pop3-smtp', 'imap-smtp'),
    }),
    settings: some({
      'onlyApproved.users': fc.boolean(),
      'newMailboxes.serverProfile': reference,
      'newMailboxes.outgoing': outgoing,
    }),
    rules: fc.array(some(ruleFields), { maxLength: 2 }),
    users: fc.array(itemFields, { maxLength: 2 }),
    queues: fc.array(itemFields, { maxLength: 2 }),
    forwards: fc.array(itemFields, { maxLength: 1 }),
  })
  .map((declared) => ({
    environment: environment({ approvals: declared.approvals as 'apply' | 'hand-off' }),
    profiles: [profileItem('POP', declared.profiles), profileItem('New', { type: 'exchange-online' })],
    settings: settingsItem(declared.settings),
    rules: declared.rules.map((fields, index) =>
      rule(`r${index}`, fields, { match: { emailAddress: ['*@contoso.com'] } }),
    ),
    mailboxes: [
      ...declared.users.map((fields, index) => mailboxItem('user', USERS[index] ?? '', fields)),
      ...declared.queues.map((fields, index) => mailboxItem('queue', QUEUES[index] ?? '', fields)),
      ...declared.forwards.map((fields): DeclaredResource => mailboxItem('forward', 'Inbound', fields)),
    ],
  }));

/** The environment when everything that the plan predicts has come true, ten minutes later. */
function applied({ state: predicted, observed }: Folding): readonly Observed[] {
  const after = new Map<string, Observed>();
  for (const [key, resource] of observed) after.set(key, resource);
  for (const { resource, fields, exists, steps } of predicted.all()) {
    if (!exists) continue;
    const key = addressKey(resource.address);
    const approvedNow = steps.some((step) => step.endsWith('#approve')) ? { 'approval.on': AS_OF } : {};
    const seen: FieldValues = { ...settled(fields), ...approvedNow };
    const actual = after.get(key) ?? created(resource.kind, resource.address);
    const emailAddress = typeof seen.emailAddress === 'string' ? seen.emailAddress : null;
    const mailbox = actual.mailbox === null ? null : { ...actual.mailbox, emailAddress };
    after.set(key, { ...actual, fields: { ...actual.fields, ...seen }, mailbox });
  }
  return [...after.values()];
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

describe('any configuration on any environment', () => {
  it('is planned without a rest, and planned again it gives no steps', () => {
    fc.assert(
      fc.property(config, resources, (declared, there) => {
        const given: Case = { config: declared, resources: there };
        const context = contextOf(given);
        const handedOff = makePlan(context)
          .steps.filter(({ hand_off }) => hand_off)
          .map(({ id }) => id);
        const again = planOf({ config: declared, resources: applied(fold(context, new Set())) });
        expect(
          again.steps.filter(({ id }) => !handedOff.includes(id)).map(({ id, set }) => [id, set]),
        ).toEqual([]);
        expect(again.findings).toEqual(makePlan(context).findings);
      }),
      { numRuns: 250 },
    );
  });

  it('names each step once, after steps that are there, in an order that can be carried out', () => {
    fc.assert(
      fc.property(config, resources, (declared, there) => {
        const { steps } = planOf({ config: declared, resources: there });
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
