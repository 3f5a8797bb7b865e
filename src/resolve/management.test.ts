/** Items and rules that say how something is managed: taken out, protected, ignored, deleted, renamed, accepted. */

import { describe, expect, it } from 'vitest';
import type { Config } from '../model/config.ts';
import type { Desired } from '../model/desired.ts';
import type { Observed } from '../model/snapshot.ts';
import type { Value } from '../model/value.ts';
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
const MAILBOX = `mailbox:user/${ALICE}`;

function fieldsOf({ resources }: Desired): Readonly<Record<string, Readonly<Record<string, Value>>>> {
  return Object.fromEntries(
    resources.map(({ address, fields }) => [
      address,
      Object.fromEntries([...fields].map(([key, { value }]) => [key, value])),
    ]),
  );
}

/** Everything that a stage after this one could act on or tell. */
function silent(desired: Desired): unknown {
  const { resources, findings, unmanaged, unreached, withheldApprovals, diagnostics } = desired;
  return { resources, findings, unmanaged, unreached, withheldApprovals, diagnostics };
}

const NOTHING = {
  resources: [],
  findings: [],
  unmanaged: [],
  unreached: [],
  withheldApprovals: [],
  diagnostics: [],
};

describe('managed: false', () => {
  const out = { managed: false, incoming: 'none', approved: true };

  it.each<[string, Partial<Config>, readonly Observed[]]>([
    [
      'a mailbox that rules cover',
      { mailboxes: [mailboxItem('user', ALICE, out)], rules: [rule('all', { incoming: 'none' })] },
      [user(ALICE)],
    ],
    [
      'records of one name',
      { mailboxes: [mailboxItem('queue', 'Support', out)] },
      [namesake(queue('Support', { id: '1' })), namesake(queue('Support', { id: '2' }))],
    ],
    ['a profile', { profiles: [profileItem(ONLINE, { managed: false, description: 'x' })] }, [profile()]],
    [
      'records of one name that a rule covers',
      { rules: [rule('all', out)] },
      [namesake(queue('Support', { id: '1' })), namesake(queue('Support', { id: '2' }))],
    ],
    ['a rule, for all that it covers', { rules: [rule('all', { ...out, outgoing: 'none' })] }, [user(ALICE)]],
  ])('hands off %s', (_name, parts, resources) => {
    expect(silent(resolved(parts, resources))).toEqual(NOTHING);
  });

  it.each<[string, Partial<Config>, readonly Observed[], string, string]>([
    [
      'a mailbox',
      { mailboxes: [mailboxItem('user', 'bosss@contoso.com', out)] },
      [user('boss@contoso.com')],
      'user with this sign-in name',
      'Close: mailbox:user/boss@contoso.com.',
    ],
    [
      'a queue',
      { mailboxes: [mailboxItem('queue', 'Inffo', { managed: false })] },
      [queue('Info')],
      'queue of this name',
      'Close: mailbox:queue/Info.',
    ],
    [
      'a profile',
      { profiles: [profileItem('Typo', { managed: false })] },
      [profile()],
      'server profile of this name',
      'Correct the name, or remove the item if it is gone.',
    ],
    [
      'a forward mailbox',
      { mailboxes: [mailboxItem('forward', 'Inbound', out)] },
      [],
      'forward mailbox of this name',
      'Correct the name, or remove the item if it is gone.',
    ],
  ])('of %s that is not there is a warning and stops nothing', (_name, parts, resources, what, hint) => {
    const [item] = [...(parts.mailboxes ?? []), ...(parts.profiles ?? [])];
    const { resources: asked, findings, diagnostics } = resolved(parts, resources);
    expect([asked, findings]).toEqual([[], []]);
    expect(diagnostics).toEqual([
      {
        code: 'item-missing',
        severity: 'warning',
        address: item?.address,
        source: item?.source,
        message: `There is no ${what} in the environment; "managed: false" leaves nothing alone`,
        hint,
      },
    ]);
  });

  it('of an overlay, over an item of the base that the environment does without, is silent', () => {
    const item = mailboxItem('user', ALICE, { incoming: 'none' });
    const fields = new Map([
      ...item.fields,
      ['managed', { value: false, source: at(3, 'overlays/dev.yaml') }],
    ]);
    expect(silent(resolved({ mailboxes: [{ ...item, fields }] }, []))).toEqual(NOTHING);
  });

  it('of something that may only not be visible is silent', () => {
    const notSeen = [{ kind: 'mailbox', sort: 'user', reason: 'no-privilege', depth: 'none' }] as const;
    const parts = { mailboxes: [mailboxItem('user', ALICE, out)] };
    expect(silent(resolved(parts, [], { notSeen }))).toEqual(NOTHING);
  });

  it('of a rule is weaker than an item', () => {
    const desired = resolved(
      {
        rules: [rule('all', { managed: false, incoming: 'none' })],
        mailboxes: [mailboxItem('user', ALICE, { managed: true })],
      },
      [user(ALICE), queue('Support')],
    );
    expect(fieldsOf(desired)).toEqual({ [MAILBOX]: { incoming: 'none' } });
    expect(desired.unmanaged).toEqual([]);
  });

  it('does not stop others from referring to the profile', () => {
    const parts = {
      profiles: [profileItem('gmail', { managed: false })],
      mailboxes: [mailboxItem('user', ALICE, { serverProfile: { ref: 'profile:GMAIL' } })],
    };
    expect(fieldsOf(resolved(parts, [profile('Gmail'), user(ALICE)]))).toEqual({
      [MAILBOX]: { serverProfile: { ref: 'profile:Gmail' } },
    });
    expect(resolved(parts, [user(ALICE)]).findings.map(({ kind, address }) => [kind, address])).toEqual([
      ['missing', MAILBOX],
    ]);
  });
});

describe('protect', () => {
  it.each<[string, Partial<Config>, readonly Observed[], readonly boolean[]]>([
    ['a profile', { profiles: [profileItem(ONLINE, { protect: true })] }, [profile()], [true]],
    ['a mailbox', { mailboxes: [mailboxItem('user', ALICE, { protect: true })] }, [user(ALICE)], [true]],
    ['what a rule covers', { rules: [rule('all', { protect: true })] }, [user(ALICE)], [true]],
    [
      'an item that says otherwise',
      {
        rules: [rule('all', { protect: true })],
        mailboxes: [mailboxItem('user', ALICE, { protect: false })],
      },
      [user(ALICE)],
      [false],
    ],
    ['nothing by itself', { mailboxes: [mailboxItem('user', ALICE)] }, [user(ALICE)], [false]],
  ])('%s', (_name, parts, resources, expected) => {
    const desired = resolved(parts, resources);
    expect(desired.resources.map(({ isProtected }) => isProtected)).toEqual(expected);
    expect(Object.values(fieldsOf(desired)).flatMap(Object.keys)).not.toContain('protect');
  });
});

describe('ignore', () => {
  const inbound = mailboxItem('forward', 'Inbound', {
    incoming: 'none',
    outgoing: 'none',
    ignore: ['incoming'],
  });

  it('leaves fields of a record that is there alone', () => {
    expect(fieldsOf(resolved({ mailboxes: [inbound] }, [forward('Inbound')]))).toEqual({
      'mailbox:forward/Inbound': { name: 'Inbound', outgoing: 'none' },
    });
  });

  it('does not hold for a record that is created', () => {
    expect(fieldsOf(resolved({ mailboxes: [inbound] }, []))).toEqual({
      'mailbox:forward/Inbound': { name: 'Inbound', incoming: 'none', outgoing: 'none' },
    });
  });

  it('of a rule, and below a key', () => {
    const desired = resolved(
      {
        rules: [rule('all', { incoming: 'none', outgoing: 'none', ignore: ['outgoing', 'credentials'] })],
        mailboxes: [mailboxItem('user', ALICE, { credentials: 'allowed', 'credentials.username': 'x' })],
      },
      [user(ALICE)],
    );
    expect(fieldsOf(desired)).toEqual({ [MAILBOX]: { incoming: 'none' } });
  });

  it('of an address means that rules look at the one that is there', () => {
    const item = mailboxItem('queue', 'Support', {
      emailAddress: 'help@other.com',
      ignore: ['emailAddress'],
    });
    const contoso = rule('contoso', { incoming: 'none' }, { match: { emailAddress: ['*@contoso.com'] } });
    expect(fieldsOf(resolved({ mailboxes: [item], rules: [contoso] }, [queue('Support')]))).toEqual({
      'mailbox:queue/Support': { incoming: 'none' },
    });
  });

  it('withholds no approval that is not asked for any more', () => {
    const item = mailboxItem('queue', 'Support', { approved: true, ignore: ['approved'] });
    const desired = resolved({ mailboxes: [item] }, [queue('Support', { fields: { approved: 'pending' } })]);
    expect([desired.withheldApprovals, desired.diagnostics]).toEqual([[], []]);
  });
});

describe('absent', () => {
  const gone = profileItem('Gmail', { absent: true });

  it.each<[string, Partial<Config>, readonly Observed[], readonly unknown[]]>([
    ['a profile', { profiles: [gone] }, [profile('Gmail')], [['profile:Gmail', true, []]]],
    ['a profile that is not there', { profiles: [gone] }, [], []],
    [
      'a forward mailbox',
      { mailboxes: [mailboxItem('forward', 'Inbound', { absent: true })] },
      [forward('Inbound')],
      [['mailbox:forward/Inbound', true, []]],
    ],
    [
      'a forward mailbox that is not there',
      { mailboxes: [mailboxItem('forward', 'Inbound', { absent: true })] },
      [],
      [],
    ],
  ])('%s', (_name, parts, resources, expected) => {
    const desired = resolved(parts, resources);
    expect(
      desired.resources.map(({ address, absent, fields }) => [address, absent, [...fields.keys()]]),
    ).toEqual(expected);
    expect([desired.findings, desired.diagnostics, desired.unmanaged]).toEqual([[], [], []]);
  });

  it('is asked for by the line that says so, wherever the item begins', () => {
    const overlay = (item: typeof gone) => ({
      ...item,
      fields: new Map([['absent', { value: true, source: at(7, 'prod.yaml') }]]),
    });
    const parts = { profiles: [overlay(gone)], mailboxes: [overlay(mailboxItem('forward', 'Inbound'))] };
    const desired = resolved(parts, [profile('Gmail'), forward('Inbound')]);
    expect(desired.resources.map(({ source }) => source)).toEqual([at(7, 'prod.yaml'), at(7, 'prod.yaml')]);
  });

  it('two records of the name are a finding', () => {
    const desired = resolved({ profiles: [gone] }, [
      profile('Gmail', { id: '1' }),
      profile('Gmail', { id: '2' }),
    ]);
    expect(desired.resources).toEqual([]);
    expect(desired.findings.map(({ kind, candidates }) => [kind, candidates])).toEqual([
      ['ambiguous', ['1', '2']],
    ]);
  });

  it('is not claimed to be done where not everything could be seen', () => {
    const notSeen = [{ kind: 'profile', sort: null, reason: 'read-depth', depth: 'basic' }] as const;
    const desired = resolved({ profiles: [gone] }, [], { notSeen });
    expect(desired.diagnostics.map(({ code }) => code)).toEqual(['read-incomplete']);
  });

  it.each<[string, Partial<Config>, string | null, number]>([
    [
      'an item',
      {
        mailboxes: [
          mailboxItem('user', ALICE, { serverProfile: { ref: 'profile:gmail' } }, { source: at(70) }),
        ],
      },
      MAILBOX,
      70,
    ],
    [
      'the settings',
      { settings: settingsItem({ 'newMailboxes.serverProfile': { ref: 'profile:Gmail' } }) },
      'settings:email',
      30,
    ],
    [
      'a rule, told once for all that it covers',
      { rules: [rule('all', { serverProfile: { ref: 'profile:Gmail' } })] },
      null,
      40,
    ],
  ])('is an error while referred to by %s', (_name, parts, address, line) => {
    const world = [settings(), profile('Gmail'), user(ALICE), user('bob@contoso.com')];
    const { diagnostics } = resolved({ ...parts, profiles: [gone] }, world);
    expect(
      diagnostics.map(({ code, severity, address: about, source, message }) => [
        code,
        severity,
        about,
        source?.line,
        message,
      ]),
    ).toEqual([
      [
        'absent-not-possible',
        'error',
        address,
        line,
        'the server profile "Gmail" is to be deleted (mailboxctl.yaml:20), but this still refers to it',
      ],
    ]);
  });
});

describe('renamedFrom', () => {
  const renamed = profileItem('Mail', { renamedFrom: 'Gmail', description: 'x' });

  it.each<[string, Partial<Config>, readonly Observed[], unknown]>([
    [
      'the old name alone',
      { profiles: [renamed] },
      [profile('Gmail')],
      { 'profile:Gmail': { name: 'Mail', description: 'x' } },
    ],
    [
      'the new name alone',
      { profiles: [renamed] },
      [profile('Mail')],
      { 'profile:Mail': { name: 'Mail', description: 'x' } },
    ],
    ['neither', { profiles: [renamed] }, [], { 'profile:Mail': { name: 'Mail', description: 'x' } }],
    [
      'a forward mailbox',
      { mailboxes: [mailboxItem('forward', 'Post', { renamedFrom: 'Inbound' })] },
      [forward('Inbound')],
      { 'mailbox:forward/Inbound': { name: 'Post' } },
    ],
    [
      'another spelling is no other name',
      { profiles: [profileItem('GMAIL', { renamedFrom: 'Gmail' })] },
      [profile('Gmail')],
      { 'profile:Gmail': { name: 'GMAIL' } },
    ],
    [
      'references use the new name',
      {
        profiles: [renamed],
        mailboxes: [mailboxItem('user', ALICE, { serverProfile: { ref: 'profile:Mail' } })],
      },
      [profile('Gmail'), user(ALICE)],
      {
        'profile:Gmail': { name: 'Mail', description: 'x' },
        [MAILBOX]: { serverProfile: { ref: 'profile:Gmail' } },
      },
    ],
    [
      'what the environment refers to is the same record',
      { profiles: [renamed], mailboxes: [mailboxItem('user', ALICE, { applyDefaultEmailSettings: true })] },
      [settings({ 'newMailboxes.serverProfile': { ref: 'profile:Gmail' } }), profile('Gmail'), user(ALICE)],
      {
        'profile:Gmail': { name: 'Mail', description: 'x' },
        [MAILBOX]: { serverProfile: { ref: 'profile:Gmail' } },
      },
    ],
  ])('%s', (_name, parts, resources, expected) => {
    const desired = resolved(parts, resources);
    expect(fieldsOf(desired)).toEqual(expected);
    expect([desired.findings, desired.diagnostics]).toEqual([[], []]);
  });

  it('both names exist: ambiguous, with both ids, and hands off both', () => {
    const desired = resolved({ profiles: [renamed] }, [
      profile('Gmail', { id: '1' }),
      profile('Mail', { id: '2' }),
    ]);
    expect(desired.findings).toEqual([
      {
        kind: 'ambiguous',
        address: 'profile:Mail',
        source: at(20),
        message: 'There are records of the name "Mail" and of the former name "Gmail": 1, 2',
        hint: 'Write the id of the one that is meant ("id: …" in the item), or remove renamedFrom.',
        candidates: ['1', '2'],
      },
    ]);
    expect([desired.resources, desired.unmanaged]).toEqual([[], []]);
  });

  it('an id settles which record is meant', () => {
    const item = profileItem('Mail', { renamedFrom: 'Gmail' }, { id: '2' });
    const desired = resolved({ profiles: [item] }, [
      profile('Gmail', { id: '1' }),
      profile('Mail', { id: '2' }),
    ]);
    expect(fieldsOf(desired)).toEqual({ 'profile:Mail': { name: 'Mail' } });
    expect(desired.unmanaged.map(({ address }) => address)).toEqual(['profile:Gmail']);
  });

  it('a reference to the name that is going is a finding now, not at the next run', () => {
    const parts = {
      profiles: [renamed],
      mailboxes: [mailboxItem('user', ALICE, { serverProfile: { ref: 'profile:Gmail' } })],
    };
    const desired = resolved(parts, [profile('Gmail'), user(ALICE)]);
    expect(
      desired.findings.map(({ kind, address, message, hint }) => [kind, address, message, hint]),
    ).toEqual([
      [
        'missing',
        MAILBOX,
        'Refers to the server profile "Gmail", which is called "Mail" from now on (mailboxctl.yaml:20)',
        'Write "Mail" here too.',
      ],
    ]);
  });
});

describe('profiles of one name', () => {
  const one = { ...profile('Gmail', { id: '1' }), address: 'profile:Gmail (1)' };
  const two = { ...profile('Gmail', { id: '2' }), address: 'profile:Gmail (2)' };
  const refers = mailboxItem('user', ALICE, { serverProfile: { ref: 'profile:Gmail' } });
  const on = (address: string) => user(ALICE, { fields: { serverProfile: { ref: address } } });

  it('are ambiguous, with both ids', () => {
    const desired = resolved({ profiles: [profileItem('Gmail')] }, [one, two]);
    expect(desired.findings.map(({ address, message }) => [address, message])).toEqual([
      ['profile:Gmail', '2 records are named "Gmail": 1, 2'],
    ]);
    expect([desired.resources, desired.unmanaged]).toEqual([[], []]);
  });

  it('an id settles it, and what refers to the name means that one', () => {
    const desired = resolved({ profiles: [profileItem('Gmail', {}, { id: '2' })], mailboxes: [refers] }, [
      one,
      two,
      on('profile:Gmail (2)'),
    ]);
    expect(fieldsOf(desired)).toEqual({
      'profile:Gmail (2)': { name: 'Gmail' },
      [MAILBOX]: { serverProfile: { ref: 'profile:Gmail (2)' } },
    });
    expect(desired.unmanaged.map(({ address }) => address)).toEqual(['profile:Gmail (1)']);
  });

  it('two ids manage both', () => {
    const parts = {
      profiles: [
        profileItem('Gmail', { description: 'a' }, { id: '1' }),
        profileItem('Mail', {}, { id: '2' }),
      ],
    };
    expect(fieldsOf(resolved(parts, [one, two]))).toEqual({
      'profile:Gmail (1)': { name: 'Gmail', description: 'a' },
      'profile:Gmail (2)': { name: 'Mail' },
    });
  });

  it('what only refers to the name is ambiguous', () => {
    const desired = resolved({ mailboxes: [refers] }, [one, two, on('profile:Gmail (2)')]);
    expect(desired.findings.map(({ kind, candidates }) => [kind, candidates])).toEqual([
      ['ambiguous', ['1', '2']],
    ]);
  });

  it('the environment says which of them is its default', () => {
    const world = [
      settings({ 'newMailboxes.serverProfile': { ref: 'profile:Gmail (1)' } }),
      one,
      two,
      user(ALICE),
    ];
    const item = mailboxItem('user', ALICE, { applyDefaultEmailSettings: true });
    expect(fieldsOf(resolved({ mailboxes: [item] }, world))).toEqual({
      [MAILBOX]: { serverProfile: { ref: 'profile:Gmail (1)' } },
    });
  });
});

it('accept is kept with its reasons, and is no field', () => {
  const item = mailboxItem('user', ALICE, {
    accept: [['outlook-method', 'Leaves in May']],
    incoming: 'outlook',
  });
  const [resource] = resolved({ mailboxes: [item] }, [user(ALICE)]).resources;
  expect([...(resource?.accepted ?? [])]).toEqual([['outlook-method', 'Leaves in May']]);
  expect([...(resource?.fields.keys() ?? [])]).toEqual(['incoming']);
});
