/** What resolving says about rules, list files and items that rules make needless. */

import { describe, expect, it } from 'vitest';
import type { Config, DeclaredRule, ListEntry } from '../model/config.ts';
import type { Desired } from '../model/desired.ts';
import type { Observed, Snapshot } from '../model/snapshot.ts';
import {
  at,
  forward,
  mailboxItem,
  queue,
  rule,
  settings,
  settingsItem,
  user,
} from '../model/world.test-support.ts';
import { resolved } from './resolved.test-support.ts';

const ALICE = 'alice@contoso.com';
const BOB = 'bob@contoso.com';

function told(desired: Desired): unknown {
  return desired.diagnostics.map(({ code, message, hint }) => [code, message, hint]);
}

describe('a rule that covers nothing says why', () => {
  const world = [
    user(ALICE, { facts: { teams: ['Sales pilots'], businessUnits: ['Sales'] } }),
    user(BOB, { facts: { licensed: false, businessUnits: ['Service'] } }),
    user('left@contoso.com', { facts: { ownerEnabled: false } }),
    queue('Support'),
    queue('Archive', { facts: { active: false } }),
    forward('Inbound'),
  ];
  const GENERAL =
    'Check its match. Rules reach active mailboxes of enabled people and of shared queues; others only by include.';

  it.each<[string, Partial<DeclaredRule>, string, string]>([
    [
      'a slip',
      { match: { team: ['Sales pilot'] } },
      'none fits team "Sales pilot"',
      'Close: "Sales pilots".',
    ],
    [
      'a queue that was renamed',
      { match: { queue: ['Suport'] } },
      'none fits queue "Suport"',
      'Close: "Support".',
    ],
    [
      'nothing close',
      { match: { businessUnit: ['Marketing'] } },
      'none fits businessUnit "Marketing"',
      GENERAL,
    ],
    [
      'several keys',
      { match: { signIn: ['a', 'b', 'c', 'd'], securityRole: ['x*'] } },
      'none fits signIn "a", "b", "c" and 1 more, and none securityRole "x*"',
      GENERAL,
    ],
    [
      'keys that fit, but not together',
      { match: { businessUnit: ['Sales'], licensed: false } },
      'each key of its match fits some, but all together fit none',
      GENERAL,
    ],
    [
      'exceptions',
      { match: { team: ['Sales*'] }, except: [ALICE] },
      'except takes out all 1 that its match fits',
      GENERAL,
    ],
    [
      'mailboxes out of reach',
      { match: { signIn: ['left@*'] } },
      '1 fit its match, but they are of disabled owners',
      GENERAL,
    ],
    ['inactive rows', { match: { queue: ['Archive'] } }, '1 fit its match, but they are inactive', GENERAL],
  ])('%s', (_name, parts, why, hint) => {
    const desired = resolved({ rules: [rule('r', {}, parts)] }, world);
    expect(told(desired)).toEqual([
      ['rule-matches-nothing', `Rule "r" covers no mailbox of this environment: ${why}`, hint],
    ]);
  });

  it('an environment without mailboxes', () => {
    expect(told(resolved({ rules: [rule('r')] }, []))).toEqual([
      [
        'rule-matches-nothing',
        'Rule "r" covers no mailbox of this environment: there is none that rules reach',
        GENERAL,
      ],
    ]);
  });
});

describe('memberships that could not be read', () => {
  const unseen: Partial<Snapshot> = {
    unseenMemberships: [{ membership: 'teams', reason: 'read-depth', depth: 'local' }],
  };

  it.each<[string, Partial<DeclaredRule>]>([
    ['match', { match: { team: ['Pilots'] } }],
    ['except', { except: [{ team: ['Board'] }] }],
  ])('of a %s are told, and nobody is covered or called unmanaged', (_name, parts) => {
    const desired = resolved({ rules: [rule('r', { incoming: 'none' }, parts)] }, [user(ALICE)], unseen);
    expect([desired.resources, desired.unmanaged]).toEqual([[], []]);
    expect(told(desired)).toEqual([
      [
        'read-incomplete',
        'Rule "r" matches on teams, which this caller cannot see all of (read depth: local); it covers nobody whom that decides about, and what it would set for them is left as it is',
        'Give the caller organization-wide read of teams, or match on something else.',
      ],
    ]);
  });

  it('leave what the rule would set as it is, whatever weaker rules say', () => {
    const rules = [
      rule('all', { incoming: 'none', outgoing: 'none' }),
      rule('pilots', { incoming: 'server-side-sync' }, { match: { team: ['Pilots'] } }),
    ];
    const [resource] = resolved({ rules }, [user(ALICE)], unseen).resources;
    expect([...(resource?.fields.keys() ?? [])]).toEqual(['outgoing']);
  });

  it.each([
    ['takes out', { managed: false }, []],
    ['protects', { protect: true }, [[true, ['outgoing']]]],
    ['leaves to others', { ignore: ['outgoing'] }, [[false, []]]],
  ] as const)('are taken with caution where the rule %s', (_name, fields, expected) => {
    const rules = [
      rule('all', { outgoing: 'none' }),
      rule('pilots', fields, { match: { team: ['Pilots'] } }),
    ];
    const { resources } = resolved({ rules }, [user(ALICE)], unseen);
    expect(resources.map((resource) => [resource.isProtected, [...resource.fields.keys()]])).toEqual(
      expected,
    );
  });

  it('are told of a rule that covers some for certain and others perhaps', () => {
    const rules = [rule('r', { incoming: 'none' }, { except: [{ team: ['Board'], signIn: ['a*'] }] })];
    const desired = resolved({ rules }, [user(ALICE), user(BOB)], unseen);
    expect(desired.resources.map(({ address }) => address)).toEqual([`mailbox:user/${BOB}`]);
    expect(desired.diagnostics.map(({ code }) => code)).toEqual(['read-incomplete']);
  });

  it('do not matter to a rule whose other keys settle it', () => {
    const rules = [rule('r', {}, { match: { team: ['Pilots'], signIn: ['carl@*'] } })];
    const desired = resolved({ rules }, [user(ALICE)], unseen);
    expect(desired.unmanaged.map(({ address }) => address)).toEqual([`mailbox:user/${ALICE}`]);
  });
});

describe('list files', () => {
  const entry = (text: string, line: number): ListEntry => ({ text, source: at(line, 'pilots.txt') });
  const list = [entry(ALICE, 1), entry('gone@contoso.com', 3), entry('support', 4)];
  const world = [user(ALICE), user(BOB), queue('Support')];

  it('cover the names in them, and a line without a mailbox is told once at its line', () => {
    const rules = [
      rule('a', { incoming: 'none' }, { match: { in: list } }),
      rule('b', { outgoing: 'none' }, { except: [{ in: list }] }),
    ];
    const desired = resolved({ rules }, world);
    expect(desired.resources.map(({ address, fields }) => [address, ...fields.keys()])).toEqual([
      ['mailbox:queue/Support', 'incoming'],
      [`mailbox:user/${ALICE}`, 'incoming'],
      [`mailbox:user/${BOB}`, 'outgoing'],
    ]);
    expect(
      desired.diagnostics.map(({ code, severity, source, message }) => [code, severity, source, message]),
    ).toEqual([
      [
        'list-entry-matches-nothing',
        'warning',
        at(3, 'pilots.txt'),
        '"gone@contoso.com" is no sign-in name, e-mail address or queue name of this environment',
      ],
    ]);
  });

  it('say nothing where not all mailboxes could be seen', () => {
    const notSeen = [{ kind: 'mailbox', sort: 'user', reason: 'read-depth', depth: 'basic' }] as const;
    expect(told(resolved({ rules: [rule('a', {}, { match: { in: list } })] }, world, { notSeen }))).toEqual(
      [],
    );
  });
});

describe('an item that rules make needless', () => {
  const contoso = rule(
    'contoso',
    { incoming: 'none', approved: true },
    { match: { emailAddress: ['*@contoso.com'] } },
  );
  const codes = (parts: Partial<Config>, resources: readonly Observed[]): readonly string[] =>
    resolved(parts, resources).diagnostics.map(({ code }) => code);

  it('is told with the rules', () => {
    const item = mailboxItem('user', ALICE, { incoming: 'none', approved: true });
    const [diagnostic] = resolved({ rules: [contoso], mailboxes: [item] }, [user(ALICE)]).diagnostics;
    expect(diagnostic).toEqual({
      code: 'item-covered-by-rule',
      severity: 'info',
      address: `mailbox:user/${ALICE}`,
      source: at(50),
      message: `mailbox:user/${ALICE} is as rule "contoso" covers it already; the item changes nothing`,
      hint: 'Remove the item, or keep it to stay independent of the rule.',
    });
  });

  it.each<[string, Config['mailboxes'][number], readonly DeclaredRule[], Observed]>([
    ['another value', mailboxItem('user', ALICE, { incoming: 'outlook' }), [contoso], user(ALICE)],
    [
      'one more field',
      mailboxItem('user', ALICE, { incoming: 'none', outgoing: 'none' }),
      [contoso],
      user(ALICE),
    ],
    [
      'an accepted finding',
      mailboxItem('user', ALICE, { incoming: 'none', accept: [['a', 'b']] }),
      [contoso],
      user(ALICE),
    ],
    ['a name alone', mailboxItem('user', ALICE), [contoso], user(ALICE)],
    [
      'no rule',
      mailboxItem('user', ALICE, { incoming: 'none' }),
      [rule('q', {}, { match: { signIn: ['b*'] } })],
      user(ALICE),
    ],
    [
      'an approval that a rule may not give',
      mailboxItem('user', ALICE, { approved: true }),
      [rule('all', { approved: true })],
      user(ALICE),
    ],
    [
      'rules of two files that disagree but for it',
      mailboxItem('user', ALICE, { incoming: 'none' }),
      [
        rule('a', { incoming: 'outlook' }, { source: at(1, 'a.yaml', 'a') }),
        rule('b', { incoming: 'none' }, { source: at(1, 'b.yaml', 'b') }),
      ],
      user(ALICE),
    ],
  ])('is not one with %s', (_name, item, rules, mailbox) =>
    expect(codes({ rules, mailboxes: [item] }, [mailbox])).not.toContain('item-covered-by-rule'),
  );
});

describe('an e-mail address that differs from the sign-in name', () => {
  it.each<[string, string, Observed, readonly string[]]>([
    ['is owned by the directory', 'help@contoso.com', user(ALICE), ['address-owned-by-directory']],
    ['is the same in another spelling', 'Alice@Contoso.com', user(ALICE), []],
  ])('%s', (_name, emailAddress, mailbox, expected) => {
    const item = mailboxItem('user', ALICE, { emailAddress });
    expect(resolved({ mailboxes: [item] }, [mailbox]).diagnostics.map(({ code }) => code)).toEqual(expected);
  });

  it('is nothing to a queue', () => {
    const item = mailboxItem('queue', 'Support', { emailAddress: 'help@contoso.com' });
    expect(resolved({ mailboxes: [item] }, [queue('Support')]).diagnostics).toEqual([]);
  });
});

describe('mailboxes that a forward mailbox feeds', () => {
  const fed = rule('fed', { incoming: 'forward-mailbox' });
  const world = [user(ALICE), user(BOB)];
  const missing = (parts: Partial<Config>, resources: readonly Observed[]): readonly unknown[] =>
    resolved(parts, resources)
      .diagnostics.filter(({ code }) => code === 'forward-mailbox-missing')
      .map(({ address, message }) => [address, message]);

  it('are told once for the line that feeds them', () => {
    expect(missing({ rules: [fed] }, world)).toEqual([
      [
        null,
        `mailbox:user/${ALICE} and 1 more: incoming is "forward-mailbox", but no forward mailbox is active, so that no mail arrives`,
      ],
    ]);
  });

  it('are told where the method is as it is', () => {
    const parts = { mailboxes: [mailboxItem('user', ALICE, { outgoing: 'none' })] };
    const [only] = missing(parts, [user(ALICE, { fields: { incoming: 'forward-mailbox' } })]);
    expect(only).toEqual([
      `mailbox:user/${ALICE}`,
      `mailbox:user/${ALICE}: incoming is "forward-mailbox", but no forward mailbox is active, so that no mail arrives`,
    ]);
  });

  it.each<[string, Partial<Config>, readonly Observed[], number]>([
    ['one is there', { rules: [fed] }, [forward('Inbound')], 0],
    ['one is there, inactive', { rules: [fed] }, [forward('Inbound', { facts: { active: false } })], 1],
    ['one is created', { rules: [fed], mailboxes: [mailboxItem('forward', 'New')] }, [], 0],
    [
      'one is activated',
      { rules: [fed], mailboxes: [mailboxItem('forward', 'Inbound', { state: 'active' })] },
      [forward('Inbound', { fields: { state: 'inactive' }, facts: { active: false } })],
      0,
    ],
    [
      'the only one is deleted',
      { rules: [fed], mailboxes: [mailboxItem('forward', 'Inbound', { absent: true })] },
      [forward('Inbound')],
      1,
    ],
    [
      'the only one is deactivated',
      { rules: [fed], mailboxes: [mailboxItem('forward', 'Inbound', { state: 'inactive' })] },
      [forward('Inbound')],
      1,
    ],
  ])('%s', (_name, parts, resources, count) =>
    expect(missing(parts, [...world, ...resources])).toHaveLength(count),
  );
});

describe('unreached', () => {
  const inactive = { facts: { active: false } } as const;
  const all = rule('all', { incoming: 'none' });

  it.each<[string, Partial<Config>, Observed, boolean]>([
    ['a person whose row is inactive', { rules: [all] }, user(ALICE, inactive), true],
    ['a shared queue whose row is inactive', { rules: [all] }, queue('Support', inactive), true],
    [
      'a personal queue',
      { rules: [all] },
      queue('<A>', { facts: { active: false, personalQueue: true } }),
      false,
    ],
    [
      'a disabled owner',
      { rules: [all] },
      user(ALICE, { facts: { active: false, ownerEnabled: false } }),
      false,
    ],
    ['a forward mailbox', { rules: [all] }, forward('Inbound', inactive), false],
    [
      'nobody that a rule would cover',
      { rules: [rule('b', {}, { match: { signIn: ['b*'] } })] },
      user(ALICE, inactive),
      false,
    ],
    ['what a rule takes out', { rules: [rule('all', { managed: false })] }, user(ALICE, inactive), false],
    [
      'what an item manages',
      { rules: [all], mailboxes: [mailboxItem('user', ALICE)] },
      user(ALICE, inactive),
      false,
    ],
    ['an active row', { rules: [all] }, user(ALICE), false],
  ])('%s', (_name, parts, mailbox, expected) => {
    const { unreached } = resolved(parts, [mailbox, user('x@contoso.com')]);
    expect(unreached).toEqual(
      expected
        ? [{ address: mailbox.address, actual: mailbox, source: at(40, 'mailboxctl.yaml', 'all') }]
        : [],
    );
  });
});

it('a default that a rule applies says so', () => {
  const parts = {
    settings: settingsItem({ 'newMailboxes.incoming': 'none' }),
    rules: [rule('all', { applyDefaultEmailSettings: true, outgoing: 'none' })],
  };
  const resource = resolved(parts, [settings(), user(ALICE)]).resources.find(
    ({ kind }) => kind === 'mailbox',
  );
  expect([...(resource?.fields ?? [])]).toEqual([
    ['incoming', { value: 'none', source: at(40, 'mailboxctl.yaml', 'all'), byDefault: true }],
    ['outgoing', { value: 'none', source: at(40, 'mailboxctl.yaml', 'all') }],
  ]);
});
