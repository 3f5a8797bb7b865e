/** From what is declared and what is there to what is asked of each resource, and what stands against it. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Config } from '../model/config.ts';
import type { Desired } from '../model/desired.ts';
import type { NotSeen, Observed, Snapshot } from '../model/snapshot.ts';
import {
  at,
  forward,
  mailboxItem,
  namesake,
  ONLINE,
  profile,
  profileItem,
  queue,
  rule,
  settings,
  settingsItem,
  user,
} from '../model/world.test-support.ts';
import { resolved } from './resolved.test-support.ts';

const ALICE = 'alice@contoso.com';
const BOB = 'bob@contoso.com';

/** Address → fields of everything that is managed. */
function fieldsOf({ resources }: Desired): unknown {
  return Object.fromEntries(
    resources.map(({ address, fields }) => [
      address,
      Object.fromEntries([...fields].map(([key, { value }]) => [key, value])),
    ]),
  );
}

function codes({ diagnostics }: Desired): readonly string[] {
  return diagnostics.map(({ code }) => code);
}

function findings({ findings: all }: Desired): unknown {
  return all.map(({ kind, address, candidates }) => [kind, address, candidates]);
}

describe('nothing', () => {
  it('asks nothing of nothing', () => {
    expect(resolved({}, [])).toEqual({
      resources: [],
      findings: [],
      withheldApprovals: [],
      unmanaged: [],
      unreached: [],
      diagnostics: [],
      notSeen: [],
    });
  });
});

describe('rules and items', () => {
  it('an item is stronger than the rules that cover its mailbox', () => {
    const desired = resolved(
      {
        rules: [rule('a', { incoming: 'none', outgoing: 'none' }), rule('b', { outgoing: 'outlook' })],
        mailboxes: [mailboxItem('user', ALICE, { incoming: 'outlook' })],
      },
      [user(ALICE), queue('Support')],
    );
    expect(fieldsOf(desired)).toEqual({
      [`mailbox:user/${ALICE}`]: { incoming: 'outlook', outgoing: 'outlook' },
      'mailbox:queue/Support': { incoming: 'none', outgoing: 'outlook' },
    });
    expect(desired.resources.map(({ source }) => source)).toEqual([at(40, 'mailboxctl.yaml', 'a'), at(50)]);
  });

  it('rules match the address that an item declares', () => {
    const contoso = rule('contoso', { incoming: 'none' }, { match: { emailAddress: ['*@contoso.com'] } });
    const address = { emailAddress: 'help@fabrikam.com' };
    const desired = resolved({ rules: [contoso], mailboxes: [mailboxItem('queue', 'Support', address)] }, [
      queue('Support'),
    ]);
    expect(fieldsOf(desired)).toEqual({ 'mailbox:queue/Support': address });
    expect(codes(desired)).toEqual(['rule-matches-nothing']);
  });

  it('an item reaches what rules do not', () => {
    const disabled = user(ALICE, { facts: { ownerEnabled: false } });
    const parts = {
      rules: [rule('all', { incoming: 'none' })],
      mailboxes: [mailboxItem('user', ALICE, { outgoing: 'none' })],
    };
    expect(fieldsOf(resolved(parts, [disabled]))).toEqual({
      [`mailbox:user/${ALICE}`]: { outgoing: 'none' },
    });
  });

  it('a rule that matches nothing is told, unless not everything could be seen', () => {
    const parts = { rules: [rule('queues', {}, { match: { mailboxOf: ['queue'] } })] };
    expect(codes(resolved(parts, [user(ALICE)]))).toEqual(['rule-matches-nothing']);
    const notSeen: NotSeen[] = [{ kind: 'mailbox', sort: 'queue', reason: 'read-depth', depth: 'basic' }];
    expect(codes(resolved(parts, [user(ALICE)], { notSeen }))).toEqual([]);
  });

  it('rules of two files that disagree are an error at each mailbox, with both places', () => {
    const desired = resolved(
      {
        rules: [
          rule('a', { incoming: 'none' }, { source: at(3, 'a.yaml', 'a') }),
          rule('b', { incoming: 'outlook' }, { source: at(7, 'b.yaml', 'b') }),
        ],
        mailboxes: [mailboxItem('user', BOB, { incoming: 'none' })],
      },
      [user(ALICE), user(BOB)],
    );
    expect(
      desired.diagnostics.map(({ code, severity, address, source, message }) => [
        code,
        severity,
        address,
        source,
        message,
      ]),
    ).toEqual([
      [
        'rule-conflict',
        'error',
        `mailbox:user/${ALICE}`,
        at(7, 'b.yaml', 'b'),
        `mailbox:user/${ALICE}  incoming is set by rules of two files that disagree: a.yaml:3 and b.yaml:7`,
      ],
    ]);
  });
});

describe('applyDefaultEmailSettings', () => {
  const environment = settings({
    'newMailboxes.serverProfile': { ref: `profile:${ONLINE}` },
    'newMailboxes.incoming': 'server-side-sync',
    'newMailboxes.outgoing': 'outlook',
    'newMailboxes.appointmentsContactsTasks': { unknown: 'option 9' },
  });
  const parts = { mailboxes: [mailboxItem('user', ALICE, { applyDefaultEmailSettings: true })] };
  const world = [environment, profile(), user(ALICE)];

  it('stands for what the environment has, as far as it is understood', () => {
    expect(fieldsOf(resolved(parts, world))).toEqual({
      [`mailbox:user/${ALICE}`]: {
        serverProfile: { ref: `profile:${ONLINE}` },
        incoming: 'server-side-sync',
        outgoing: 'outlook',
      },
    });
  });

  it('stands for what is declared before what the environment has', () => {
    const declared = settingsItem({ 'newMailboxes.outgoing': 'none' });
    expect(fieldsOf(resolved({ ...parts, settings: declared }, world))).toMatchObject({
      [`mailbox:user/${ALICE}`]: { incoming: 'server-side-sync', outgoing: 'none' },
    });
  });
});

describe('items that are missing', () => {
  it.each<[string, Partial<Config>, readonly Observed[], unknown]>([
    ['a user', { mailboxes: [mailboxItem('user', ALICE)] }, [], [['missing', `mailbox:user/${ALICE}`, []]]],
    [
      'a queue',
      { mailboxes: [mailboxItem('queue', 'Support')] },
      [user('Support')],
      [['missing', 'mailbox:queue/Support', []]],
    ],
    [
      'a queue by id',
      { mailboxes: [mailboxItem('queue', 'Support', {}, { id: 'x' })] },
      [queue('Support')],
      [['missing', 'mailbox:queue/Support', []]],
    ],
    [
      'an id of another sort',
      { mailboxes: [mailboxItem('queue', 'Support', {}, { id: 'owner id of a' })] },
      [user('a')],
      [['missing', 'mailbox:queue/Support', []]],
    ],
    ['a profile is created', { profiles: [profileItem('Gmail')] }, [], []],
    ['a forward mailbox is created', { mailboxes: [mailboxItem('forward', 'Inbound')] }, [], []],
  ])('%s', (_name, parts, resources, expected) => {
    const desired = resolved(parts, resources);
    expect(findings(desired)).toEqual(expected);
    expect(desired.resources.map(({ actual }) => actual)).toEqual(desired.findings.length > 0 ? [] : [null]);
  });

  it.each<[string, string, readonly Observed[], string]>([
    ['nothing close', 'Support', [queue('Sales')], 'Correct the name, or remove the item if it is gone.'],
    [
      'close names, the closest first',
      'Support',
      [queue('Supporter'), queue('Suport'), user('Support')],
      'Close: mailbox:queue/Suport.',
    ],
    [
      'the longer the name, the more may differ',
      'Support Europe',
      [queue('Support Eurape'), queue('Suport Europa'), queue('Support Asia')],
      'Close: mailbox:queue/Support Eurape, mailbox:queue/Suport Europa.',
    ],
    [
      'signs outside the basic plane count as one',
      '\u{1f4ec}\u{1f4ec}',
      [queue('\u{1f4ec}\u{1f4ed}')],
      'Close: mailbox:queue/\u{1f4ec}\u{1f4ed}.',
    ],
  ])('hints: %s', (_name, declared, resources, hint) => {
    const desired = resolved({ mailboxes: [mailboxItem('queue', declared)] }, resources);
    expect(desired.findings.map((finding) => finding.hint)).toEqual([hint]);
  });

  it('hints: another row has the address', () => {
    const item = mailboxItem('queue', 'Service desk', { emailAddress: 'SUPPORT@contoso.com' });
    expect(resolved({ mailboxes: [item] }, [queue('Support')]).findings).toEqual([
      {
        kind: 'missing',
        address: 'mailbox:queue/Service desk',
        source: at(50),
        message: 'There is no queue of this name in the environment',
        hint: 'Renamed? mailbox:queue/Support has its e-mail address.',
        candidates: [],
      },
    ]);
  });

  it('is found whatever the spelling, and called as the environment spells it', () => {
    const desired = resolved({ mailboxes: [mailboxItem('queue', 'BU\u0308RO')] }, [queue('B\u00fcro')]);
    expect(desired.resources.map(({ address }) => address)).toEqual(['mailbox:queue/B\u00fcro']);
  });
});

describe('records of one name', () => {
  const twins = [namesake(queue('Support', { id: '1' })), namesake(queue('support', { id: '2' }))];
  const item = mailboxItem('queue', 'Support', { outgoing: 'none' });
  const byId = (id: string): typeof item => mailboxItem('queue', 'Support', { outgoing: 'none' }, { id });
  const covers = rule('queues', { outgoing: 'outlook' });

  it('an item is ambiguous, with the ids', () => {
    const desired = resolved({ mailboxes: [item] }, twins);
    expect(desired.findings).toEqual([
      {
        kind: 'ambiguous',
        address: 'mailbox:queue/Support',
        source: at(50),
        message: '2 records are named "Support": owner 1, owner 2',
        hint: 'Write the id of the one that is meant: "id: …" in the item.',
        candidates: ['owner 1', 'owner 2'],
      },
    ]);
    expect([desired.resources, desired.unmanaged]).toEqual([[], []]);
  });

  it.each([['owner 2'], ['OWNER 2'], ['2']])('the id %s settles it', (id) => {
    const desired = resolved({ mailboxes: [byId(id)] }, twins);
    expect(desired.resources.map(({ actual }) => actual)).toEqual([twins[1]]);
    expect(findings(desired)).toEqual([]);
  });

  it('what an item cannot tell apart, a rule does not touch either', () => {
    const desired = resolved({ mailboxes: [item], rules: [covers] }, twins);
    expect(desired.resources).toEqual([]);
    expect(findings(desired)).toEqual([['ambiguous', 'mailbox:queue/Support', ['owner 1', 'owner 2']]]);
  });

  it('a rule covers both', () => {
    const desired = resolved({ rules: [covers] }, twins);
    expect(fieldsOf(desired)).toEqual({
      'mailbox:queue/Support (owner 1)': { outgoing: 'outlook' },
      'mailbox:queue/support (owner 2)': { outgoing: 'outlook' },
    });
    expect([findings(desired), codes(desired)]).toEqual([[], []]);
  });

  it('with one settled by id, a rule covers the other', () => {
    const desired = resolved({ mailboxes: [byId('2')], rules: [covers] }, twins);
    expect(fieldsOf(desired)).toEqual({
      'mailbox:queue/Support (owner 1)': { outgoing: 'outlook' },
      'mailbox:queue/support (owner 2)': { outgoing: 'none' },
    });
    expect([findings(desired), codes(desired)]).toEqual([[], []]);
  });

  it('two ids manage both', () => {
    const desired = resolved({ mailboxes: [byId('1'), byId('owner 2')] }, twins);
    expect(desired.resources.map(({ actual }) => actual)).toEqual(twins);
    expect([findings(desired), codes(desired)]).toEqual([[], []]);
  });

  it('forward mailboxes too', () => {
    const both = [namesake(forward('In', { id: '1' })), namesake(forward('In', { id: '2' }))];
    const items = ['1', '2'].map((id) => mailboxItem('forward', 'In', {}, { id }));
    const desired = resolved({ mailboxes: items }, both);
    expect(desired.resources.map(({ address }) => address)).toEqual([
      'mailbox:forward/In (1)',
      'mailbox:forward/In (2)',
    ]);
    expect([findings(desired), codes(desired)]).toEqual([[], []]);
  });

  it('one record under a name and an id is declared twice', () => {
    const renamed = mailboxItem('queue', 'Help', {}, { id: 'owner 9', source: at(60) });
    const desired = resolved({ mailboxes: [mailboxItem('queue', 'Support'), renamed] }, [
      queue('Support', { id: '9' }),
    ]);
    expect(desired.diagnostics.map(({ code, severity, source }) => [code, severity, source])).toEqual([
      ['duplicate-item', 'error', at(60)],
    ]);
    expect(desired.resources).toHaveLength(1);
  });
});

describe('what could not be seen', () => {
  const unseen = (kind: NotSeen['kind'], sort: NotSeen['sort'] = null): Partial<Snapshot> => ({
    notSeen: [{ kind, sort, reason: 'read-depth', depth: 'local' }],
  });

  it.each<[string, Partial<Config>, Partial<Snapshot>]>([
    ['a user is not missing', { mailboxes: [mailboxItem('user', ALICE)] }, unseen('mailbox', 'user')],
    [
      'a user is not missing where all sorts are unseen',
      { mailboxes: [mailboxItem('user', ALICE)] },
      unseen('mailbox'),
    ],
    ['a profile is not created', { profiles: [profileItem('Gmail')] }, unseen('profile')],
    [
      'a forward mailbox is not created',
      { mailboxes: [mailboxItem('forward', 'Inbound')] },
      unseen('mailbox', 'forward'),
    ],
  ])('%s', (_name, parts, seen) => {
    const desired = resolved(parts, [], seen);
    expect([desired.resources, desired.findings, codes(desired)]).toEqual([[], [], ['read-incomplete']]);
    expect(desired.notSeen).toEqual(seen.notSeen);
  });

  it('another sort is missing all the same', () => {
    const desired = resolved({ mailboxes: [mailboxItem('user', ALICE)] }, [], unseen('mailbox', 'queue'));
    expect(findings(desired)).toEqual([['missing', `mailbox:user/${ALICE}`, []]]);
  });

  it('a reference to a profile that may be there is no finding, and nothing is done', () => {
    const item = mailboxItem('user', ALICE, { serverProfile: { ref: 'profile:Hidden' }, incoming: 'none' });
    const desired = resolved({ mailboxes: [item] }, [user(ALICE)], unseen('profile'));
    expect([desired.resources, desired.findings, codes(desired)]).toEqual([[], [], ['read-incomplete']]);
  });

  it('nothing is called unmanaged of a kind that was not read completely', () => {
    const desired = resolved({}, [queue('Support'), user(ALICE)], unseen('mailbox', 'queue'));
    expect(desired.unmanaged.map(({ address }) => address)).toEqual([`mailbox:user/${ALICE}`]);
  });
});

describe('references', () => {
  const refers = (name: string): Partial<Config> => ({
    mailboxes: [mailboxItem('user', ALICE, { serverProfile: { ref: `profile:${name}` } })],
  });
  const reference = (desired: Desired): unknown =>
    desired.resources.find(({ kind }) => kind === 'mailbox')?.fields.get('serverProfile')?.value ?? null;

  it.each<[string, Partial<Config>, readonly Observed[], unknown]>([
    [
      'get the spelling of the environment',
      refers('exchange ONLINE'),
      [profile()],
      { ref: `profile:${ONLINE}` },
    ],
    [
      'may name a profile that is created',
      { ...refers('GMAIL'), profiles: [profileItem('Gmail')] },
      [],
      { ref: 'profile:Gmail' },
    ],
    [
      'may use the name that an item with an id gives',
      { ...refers('Mail'), profiles: [profileItem('Mail', {}, { id: 'id of Gmail' })] },
      [profile('Gmail')],
      { ref: 'profile:Gmail' },
    ],
    [
      'mean the one that an item with an id settles',
      { ...refers('Gmail'), profiles: [profileItem('Gmail', {}, { id: '2' })] },
      [profile('Gmail', { id: '1' }), profile('gmail', { id: '2' })],
      { ref: 'profile:gmail' },
    ],
  ])('%s', (_name, parts, resources, expected) => {
    const desired = resolved(parts, [...resources, user(ALICE)]);
    expect([reference(desired), desired.findings]).toEqual([expected, []]);
  });

  it.each<[string, Partial<Config>, readonly Observed[], unknown]>([
    [
      'that nothing answers',
      refers('Gmail'),
      [profile()],
      [
        [
          'missing',
          `mailbox:user/${ALICE}`,
          [],
          'Refers to the server profile "Gmail", which is neither declared nor in the environment',
        ],
      ],
    ],
    [
      'that two answer',
      refers('Gmail'),
      [profile('Gmail', { id: '2' }), profile('Gmail', { id: '1' })],
      [
        [
          'ambiguous',
          `mailbox:user/${ALICE}`,
          ['1', '2'],
          'Refers to the server profile "Gmail", of which there are 2: 1, 2',
        ],
      ],
    ],
    [
      'of the settings',
      { settings: settingsItem({ 'newMailboxes.serverProfile': { ref: 'profile:A:b' } }) },
      [settings()],
      [
        [
          'missing',
          'settings:email',
          [],
          'Refers to the server profile "A:b", which is neither declared nor in the environment',
        ],
      ],
    ],
  ])('%s are findings of what refers, which is left alone', (_name, parts, resources, expected) => {
    const desired = resolved(parts, [...resources, user(ALICE)]);
    expect(desired.resources).toEqual([]);
    expect(
      desired.findings.map(({ kind, address, candidates, message }) => [kind, address, candidates, message]),
    ).toEqual(expected);
    expect(desired.unmanaged.map(({ address }) => address)).not.toContain(desired.findings[0]?.address);
  });
});

describe('unmanaged', () => {
  it('is what nothing covers and rules could reach', () => {
    const desired = resolved({ mailboxes: [mailboxItem('queue', 'Support')] }, [
      settings(),
      profile(),
      queue('Support'),
      queue('Sales'),
      queue('<Alice>', { facts: { personalQueue: true } }),
      user(ALICE),
      user(BOB, { facts: { ownerEnabled: false } }),
      user('app', { facts: { applicationUser: true, person: false } }),
      forward('Inbound'),
    ]);
    expect(desired.unmanaged.map(({ address }) => address)).toEqual([
      'mailbox:forward/Inbound',
      'mailbox:queue/Sales',
      `mailbox:user/${ALICE}`,
      `profile:${ONLINE}`,
    ]);
  });
});

it('the order of items, rows and files does not matter', () => {
  const resources = [
    settings(),
    profile(),
    profile('Gmail'),
    user(ALICE),
    user(BOB, { fields: { approved: 'pending' } }),
    queue('Support', { id: '1' }),
    queue('Support', { id: '2' }),
    queue('Sales'),
  ];
  const mailboxes = [
    mailboxItem('user', ALICE, { serverProfile: { ref: 'profile:gmail' }, approved: true }),
    mailboxItem('queue', 'Support'),
    mailboxItem('queue', 'Seles'),
    mailboxItem('queue', 'Sales', { serverProfile: { ref: 'profile:Gone' }, approved: true }),
  ];
  const rules = [
    rule('a', { incoming: 'none', approved: true }, { source: at(1, 'a.yaml', 'a') }),
    rule('b', { outgoing: 'none', approved: true }, { source: at(1, 'b.yaml', 'b') }),
    rule('c', {}, { source: at(1, 'c.yaml', 'c'), match: { emailAddress: ['nobody'] } }),
  ];
  const profiles = [profileItem('Gmail'), profileItem('New')];
  const comparable = ({ resources: all, ...rest }: Desired): unknown => ({
    ...rest,
    // Of two files that agree, either may be named as the source of a value.
    resources: all.map(({ source, fields, ...resource }) => ({
      ...resource,
      fields: [...fields].map(([key, { value }]) => [key, value]).sort(),
    })),
    withheldApprovals: rest.withheldApprovals.map(({ source, ...withheld }) => withheld),
    diagnostics: rest.diagnostics.map(({ source, ...diagnostic }) => diagnostic).sort(),
  });
  const plain = comparable(resolved({ mailboxes, rules, profiles }, resources));
  const shuffled = <Item>(items: readonly Item[]): fc.Arbitrary<Item[]> =>
    fc.shuffledSubarray([...items], { minLength: items.length });
  fc.assert(
    fc.property(
      shuffled(resources),
      shuffled(mailboxes),
      shuffled(rules),
      shuffled(profiles),
      (rows, items, files, declared) => {
        const parts = { mailboxes: items, rules: files, profiles: declared };
        expect(comparable(resolved(parts, rows))).toEqual(plain);
      },
    ),
    { numRuns: 50 },
  );
});
