/** What a configuration does that the base does not: two configurations, one snapshot, one planner. */

import { describe, expect, it } from 'vitest';
import type { Config, DeclaredRule } from '../model/config.ts';
import type { PlanBase } from '../model/plan.generated.ts';
import type { Observed, Snapshot } from '../model/snapshot.ts';
import {
  at,
  config,
  environment,
  forward,
  mailboxItem,
  profile,
  profileItem,
  rule,
  settings,
  user,
} from '../model/world.test-support.ts';
import { compareWithBase } from './base.ts';
import { referenceChange, secretReferences } from './base-secrets.ts';
import type { PlanOptions } from './context.ts';
import { makePlan } from './make-plan.ts';
import { contextOf } from './planned.test-support.ts';

const ANN = 'mailbox:user/ann@contoso.com';
const BOB = 'mailbox:user/bob@contoso.com';
const PEOPLE = [user('ann@contoso.com'), user('bob@contoso.com')];

interface Compared {
  readonly base: Partial<Config>;
  readonly head: Partial<Config>;
  readonly resources?: readonly Observed[];
  readonly seen?: Partial<Snapshot>;
  readonly options?: Partial<PlanOptions>;
}

/** Steps of this plan, and what the comparison says of them, without the digest. Both see the same records. */
function compared({ base, head, resources = PEOPLE, seen = {}, options = {} }: Compared) {
  const all = [settings(), profile(), ...resources];
  const before = contextOf({ config: base, resources: all, seen, options });
  const after = contextOf({ config: head, resources: all, seen, options });
  const references = secretReferences(after.desired.resources, before.desired.resources);
  const plan = makePlan({
    ...after,
    options: { ...after.options, referenceChanged: referenceChange(references) },
  });
  const { config_digest: _, ...found } = compareWithBase(
    { plan, desired: after.desired },
    { plan: makePlan(before), desired: before.desired },
    { rules: config(head).rules, baseRules: config(base).rules, references, isTargeted: () => true },
  );
  return { steps: plan.steps.map(({ id }) => id), plan, ...found };
}

const NOTHING: Omit<PlanBase, 'config_digest'> = {
  pending: [],
  withdrawn: [],
  no_longer_managed: [],
  secret_references: [],
};

function expectFound(
  given: Compared,
  expected: Partial<typeof NOTHING> & { steps: readonly string[] },
): void {
  const { plan: _, ...found } = compared(given);
  expect(found).toEqual({ ...NOTHING, ...expected });
}

const noOutgoing = { outgoing: 'none' };

describe('steps', () => {
  it('nothing is this request’s where both are equal', () =>
    expectFound(
      {
        base: { rules: [rule('all', noOutgoing)] },
        head: { rules: [rule('all', noOutgoing, { source: at(9, 'other.yaml', 'all') })] },
      },
      { steps: [`${ANN}#edit`, `${BOB}#edit`], pending: [`${ANN}#edit`, `${BOB}#edit`] },
    ));

  it('a rule that is widened: only whom it reaches now', () =>
    expectFound(
      {
        base: { rules: [rule('some', noOutgoing, { match: { emailAddress: ['ann@*'] } })] },
        head: { rules: [rule('some', noOutgoing)] },
      },
      { steps: [`${ANN}#edit`, `${BOB}#edit`], pending: [`${ANN}#edit`] },
    ));

  it('another value, and drift on the same mailbox beside it', () =>
    expectFound(
      {
        base: { rules: [rule('all', { incoming: 'none' }, { match: { emailAddress: ['ann@*'] } })] },
        head: {
          rules: [
            rule('all', { incoming: 'none', outgoing: 'none' }, { match: { emailAddress: ['ann@*'] } }),
          ],
        },
      },
      { steps: [`${ANN}#edit`], partly_pending: [{ id: `${ANN}#edit`, fields: ['incoming'] }] },
    ));

  it('a hand-off is not what the account would have done itself', () =>
    expectFound(
      {
        base: { mailboxes: [mailboxItem('user', 'ann@contoso.com', { approved: true })] },
        head: {
          environment: environment({ approvals: 'hand-off' }),
          mailboxes: [mailboxItem('user', 'ann@contoso.com', { approved: true })],
        },
        resources: [user('ann@contoso.com', { fields: { approved: 'pending' } })],
      },
      { steps: [`${ANN}#approve`] },
    ));

  it('what the base would do and this does not', () =>
    expectFound(
      {
        base: {
          mailboxes: [mailboxItem('user', 'ann@contoso.com', { outgoing: 'none', incoming: 'none' })],
        },
        head: { mailboxes: [mailboxItem('user', 'ann@contoso.com', { outgoing: 'none' })] },
      },
      {
        steps: [`${ANN}#edit`],
        partly_pending: [{ id: `${ANN}#edit`, fields: ['outgoing'] }],
        withdrawn: [
          {
            id: `${ANN}#edit`,
            verb: 'edit',
            address: ANN,
            set: [{ field: 'incoming', from: 'server-side-sync', to: 'none' }],
          },
        ],
        no_longer_managed: [
          { address: ANN, field: 'incoming', was: at(50), now: null, value: 'server-side-sync' },
        ],
      },
    ));

  it('what is held back now is not called taken back', () => {
    const untested = { 'tests.incoming': 'not-run', 'tests.outgoing': 'not-run', approved: 'pending' };
    const item = mailboxItem('user', 'ann@contoso.com', { approved: true, testAndEnable: true });
    expectFound(
      {
        base: { mailboxes: [item] },
        head: { environment: environment({ approvals: 'hand-off' }), mailboxes: [item] },
        resources: [user('ann@contoso.com', { fields: untested })],
      },
      { steps: [`${ANN}#approve`] },
    );
  });

  it('a deletion that is no longer asked for', () => {
    const address = 'mailbox:forward/Inbound';
    const { withdrawn, no_longer_managed: lost } = compared({
      base: { mailboxes: [mailboxItem('forward', 'Inbound', { absent: true })] },
      head: {},
      resources: [forward('Inbound')],
    });
    expect(withdrawn.map(({ id, verb }) => ({ id, verb }))).toEqual([
      { id: `${address}#delete`, verb: 'delete' },
    ]);
    expect(lost).toEqual([]);
  });
});

describe('no longer managed', () => {
  const item = mailboxItem('user', 'ann@contoso.com', { outgoing: 'outlook' }, { source: at(70) });
  const everyone = rule('everyone', noOutgoing, { match: { emailAddress: ['ann@*'] } });
  const ann = [user('ann@contoso.com', { fields: { outgoing: 'outlook' } })];
  const altered = (match: DeclaredRule['match']): DeclaredRule => ({
    ...rule('later', {}, { match }),
    fields: new Map([['outgoing', { value: 'outlook', source: at(3, 'overlays/prod.yaml', 'later') }]]),
  });

  it.each<[string, Partial<Config>, Partial<Config>, PlanBase['no_longer_managed']]>([
    [
      'an item is removed: nobody decides',
      { mailboxes: [item] },
      {},
      [{ address: ANN, field: null, was: at(70), now: null, value: null }],
    ],
    [
      'an item is removed: a rule decides',
      { mailboxes: [item], rules: [everyone] },
      { rules: [everyone] },
      [
        {
          address: ANN,
          field: 'outgoing',
          was: at(70),
          now: at(40, 'mailboxctl.yaml', 'everyone'),
          value: 'none',
        },
      ],
    ],
    [
      'a field is removed from an item',
      {
        mailboxes: [
          mailboxItem('user', 'ann@contoso.com', { outgoing: 'outlook', incoming: 'server-side-sync' }),
        ],
      },
      { mailboxes: [mailboxItem('user', 'ann@contoso.com', { incoming: 'server-side-sync' })] },
      [{ address: ANN, field: 'outgoing', was: at(50), now: null, value: 'outlook' }],
    ],
    [
      'a rule is narrowed',
      { rules: [everyone] },
      { rules: [rule('everyone', noOutgoing, { match: { emailAddress: ['bob@*'] } })] },
      [{ address: ANN, field: null, was: at(40, 'mailboxctl.yaml', 'everyone'), now: null, value: null }],
    ],
    [
      'a later rule is removed: an earlier one decides',
      {
        rules: [
          everyone,
          rule('later', { outgoing: 'outlook' }, { source: at(44, 'mailboxctl.yaml', 'later') }),
        ],
      },
      { rules: [everyone] },
      [
        {
          address: ANN,
          field: 'outgoing',
          was: at(44, 'mailboxctl.yaml', 'later'),
          now: at(40, 'mailboxctl.yaml', 'everyone'),
          value: 'none',
        },
      ],
    ],
    [
      'a later rule is narrowed: an earlier one decides',
      {
        rules: [
          everyone,
          rule('later', { outgoing: 'outlook' }, { source: at(44, 'mailboxctl.yaml', 'later') }),
        ],
      },
      {
        rules: [
          everyone,
          rule(
            'later',
            { outgoing: 'outlook' },
            {
              source: at(44, 'mailboxctl.yaml', 'later'),
              match: { emailAddress: ['bob@*'] },
            },
          ),
        ],
      },
      [
        {
          address: ANN,
          field: 'outgoing',
          was: at(44, 'mailboxctl.yaml', 'later'),
          now: at(40, 'mailboxctl.yaml', 'everyone'),
          value: 'none',
        },
      ],
    ],
    [
      'a later rule that an overlay alters is narrowed: an earlier one decides',
      { rules: [everyone, altered({})] },
      { rules: [everyone, altered({ emailAddress: ['bob@*'] })] },
      [
        {
          address: ANN,
          field: 'outgoing',
          was: at(3, 'overlays/prod.yaml', 'later'),
          now: at(40, 'mailboxctl.yaml', 'everyone'),
          value: 'none',
        },
      ],
    ],
    [
      'an item is added above a rule: an ordinary change',
      { rules: [everyone] },
      { rules: [everyone], mailboxes: [item] },
      [],
    ],
    [
      'a later rule is added: an ordinary change',
      { rules: [everyone] },
      {
        rules: [
          everyone,
          rule('later', { outgoing: 'outlook' }, { source: at(44, 'mailboxctl.yaml', 'later') }),
        ],
      },
      [],
    ],
    [
      'an item goes to another file and line',
      { mailboxes: [item] },
      {
        mailboxes: [
          mailboxItem('user', 'ann@contoso.com', { outgoing: 'outlook' }, { source: at(3, 'new.yaml') }),
        ],
      },
      [],
    ],
    [
      'an item is taken out of the environment',
      { mailboxes: [item] },
      { mailboxes: [mailboxItem('user', 'ann@contoso.com', { outgoing: 'outlook', managed: false })] },
      [{ address: ANN, field: null, was: at(70), now: null, value: null }],
    ],
    [
      'a ceiling is lifted: the item decides',
      {
        environment: environment({ mail: { allow: ['nobody@contoso.com'], others: 'leave', source: at(4) } }),
        mailboxes: [item],
      },
      { mailboxes: [item] },
      [{ address: ANN, field: 'outgoing', was: at(4), now: at(70), value: 'outlook' }],
    ],
    [
      'a rule has another name: it decides as before',
      { rules: [everyone] },
      { rules: [rule('all-people', noOutgoing, { match: { emailAddress: ['ann@*'] } })] },
      [],
    ],
    [
      'a rule has another name and value: an ordinary change',
      { rules: [everyone] },
      { rules: [rule('all-people', { outgoing: 'outlook' }, { match: { emailAddress: ['ann@*'] } })] },
      [],
    ],
    [
      'an item is removed: a rule says the same',
      { mailboxes: [mailboxItem('user', 'ann@contoso.com', noOutgoing)], rules: [everyone] },
      { rules: [everyone] },
      [],
    ],
    [
      'an item becomes a new rule that says the same',
      { mailboxes: [mailboxItem('user', 'ann@contoso.com', noOutgoing)] },
      { rules: [everyone] },
      [],
    ],
    [
      'a later rule is removed: an earlier one says the same',
      {
        rules: [everyone, rule('later', noOutgoing, { source: at(44, 'mailboxctl.yaml', 'later') })],
      },
      { rules: [everyone] },
      [],
    ],
    ['what is not there was not managed', { profiles: [profileItem('New', { type: 'gmail' })] }, {}, []],
  ])('%s', (_name, base, head, expected) => {
    const { no_longer_managed: lost } = compared({ base, head, resources: ann });
    // The ceiling says more of a mailbox than one field.
    expect(lost.filter(({ field }) => field === null || field === 'outgoing')).toEqual(expected);
  });

  it('an approval that nothing vouches for any more is asked for all the same', () => {
    const fields = { approved: true };
    const { no_longer_managed: lost } = compared({
      base: {
        mailboxes: [mailboxItem('user', 'ann@contoso.com', { ...fields, emailAddress: 'a@contoso.com' })],
      },
      head: { mailboxes: [mailboxItem('user', 'ann@contoso.com', fields)] },
      resources: [
        user('ann@contoso.com', {
          facts: { emailAddress: 'a@contoso.com' },
          fields: { approved: 'pending' },
        }),
      ],
    });
    expect(lost).toEqual([
      { address: ANN, field: 'emailAddress', was: at(50), now: null, value: 'a@contoso.com' },
    ]);
  });
});

describe('secret references', () => {
  const PROFILE = 'profile:Support';
  const existing = profile('Support', {
    fields: {
      type: 'exchange-server',
      'incoming.authentication': 'profile',
      'incoming.username': 'support',
      'incoming.password': { is_set: true },
    },
  });
  const using = user('ann@contoso.com', { fields: { serverProfile: { ref: PROFILE } } });
  const declared = (secret: string | null): Partial<Config> => ({
    profiles: [
      profileItem('Support', {
        type: 'exchange-server',
        'incoming.username': 'support',
        ...(secret === null ? {} : { 'incoming.password': { secret } }),
      }),
    ],
    mailboxes: [mailboxItem('user', 'ann@contoso.com', { testAndEnable: true })],
  });
  const change = (from: string | null, to: string | null) =>
    compared({ base: declared(from), head: declared(to), resources: [existing, using] });
  const VAULT = 'keyVault:https://v.vault.azure.net/secrets/s';

  it.each([
    ['env:A', 'env:B'],
    ['env:A', VAULT],
  ])('%s → %s: the secret is written, and the mailboxes of the profile are tested', (from, to) => {
    const { plan, steps, secret_references: references, pending } = change(from, to);
    expect(steps).toEqual([`${PROFILE}#edit`, `${ANN}#test`]);
    expect(plan.steps[0]?.set).toEqual([
      { field: 'incoming.password', from: { is_set: true }, to: { secret: to, why: 'reference-changed' } },
    ]);
    expect(references).toEqual([{ address: PROFILE, field: 'incoming.password', from, to, source: at(20) }]);
    expect(pending).toEqual([]);
  });

  it.each<[string, string | null, string | null, boolean]>([
    ['declared for the first time: what is set may be it', null, 'env:A', true],
    ['no longer declared', 'env:A', null, true],
    ['as before', 'env:A', 'env:A', false],
  ])('%s: nothing is written', (_name, from, to, isTold) => {
    const { steps, secret_references: references } = change(from, to);
    expect(steps).toEqual([]);
    expect(references).toEqual(
      isTold
        ? [{ address: PROFILE, field: 'incoming.password', from, to, source: to === null ? null : at(20) }]
        : [],
    );
  });
});
