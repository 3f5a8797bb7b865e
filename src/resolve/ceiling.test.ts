/** The mail ceiling of an environment, over everything else. */

import { describe, expect, it } from 'vitest';
import type { Config, MailCeiling } from '../model/config.ts';
import type { Desired } from '../model/desired.ts';
import type { Observed } from '../model/snapshot.ts';
import {
  at,
  config,
  environment,
  forward,
  mailboxItem,
  namesake,
  queue,
  rule,
  settings,
  snapshot,
  user,
} from '../model/world.test-support.ts';
import { resolve } from './resolve.ts';

const INSIDE = 'alice@test.contoso.com';
const OUTSIDE = 'bob@contoso.com';
const MAIL: MailCeiling = { allow: ['*@test.contoso.com'], others: 'leave', source: at(3) };
const NONE = { incoming: 'none', outgoing: 'none', appointmentsContactsTasks: 'none' };

function resolved(
  parts: Partial<Config>,
  resources: readonly Observed[],
  mail: Partial<MailCeiling> = {},
): Desired {
  return resolve(
    config({ environment: environment({ mail: { ...MAIL, ...mail } }), ...parts }),
    snapshot(resources),
  );
}

/** Address → what is asked of it, and how the ceiling has to do with it. */
function asked({ resources }: Desired): unknown {
  return Object.fromEntries(
    resources.map(({ address, fields, ceiling }) => [
      address,
      [Object.fromEntries([...fields].map(([key, { value }]) => [key, value])), ceiling?.covers ?? null],
    ]),
  );
}

const working = {
  incoming: 'server-side-sync',
  outgoing: 'server-side-sync',
  approved: true,
  testAndEnable: true,
};
const covering = rule('all', working, { match: { emailAddress: ['*'] } });

describe('what the configuration covers', () => {
  it('moves no mail outside, is not approved and not tested, without a word', () => {
    const pending = { fields: { approved: 'pending' } } as const;
    const desired = resolved({ rules: [covering] }, [
      user(INSIDE, pending),
      user(OUTSIDE, pending),
      queue('Support', pending),
    ]);
    expect(asked(desired)).toEqual({
      [`mailbox:user/${INSIDE}`]: [working, null],
      [`mailbox:user/${OUTSIDE}`]: [NONE, false],
      'mailbox:queue/Support': [NONE, false],
    });
    expect([desired.withheldApprovals, desired.diagnostics, desired.unmanaged]).toEqual([[], [], []]);
  });

  it('says that the ceiling set the methods, and keeps the place of the rest', () => {
    const item = mailboxItem('user', OUTSIDE, { ...working, approved: false, processEmailsFrom: null });
    const [resource] = resolved({ mailboxes: [item] }, [user(OUTSIDE)]).resources;
    expect(resource?.source).toEqual(at(50));
    expect(resource?.ceiling).toEqual({ source: at(3), covers: false });
    expect([...(resource?.fields ?? [])].map(([key, { source }]) => [key, source.line]).sort()).toEqual([
      ['appointmentsContactsTasks', 3],
      ['approved', 50],
      ['incoming', 3],
      ['outgoing', 3],
      ['processEmailsFrom', 50],
    ]);
  });

  it.each<[string, Partial<Config>, Observed, Partial<MailCeiling>, boolean]>([
    [
      'the declared address counts, inside',
      { mailboxes: [mailboxItem('user', OUTSIDE, { emailAddress: 'bob@test.contoso.com' })] },
      user(OUTSIDE),
      {},
      false,
    ],
    [
      'the declared address counts, outside',
      { mailboxes: [mailboxItem('user', INSIDE, { emailAddress: OUTSIDE })] },
      user(INSIDE),
      {},
      true,
    ],
    [
      'a declared address that is ignored does not count',
      { mailboxes: [mailboxItem('user', INSIDE, { emailAddress: OUTSIDE, ignore: ['emailAddress'] })] },
      user(INSIDE),
      {},
      false,
    ],
    [
      'no address is outside',
      { rules: [rule('all')] },
      user(INSIDE, { facts: { emailAddress: null } }),
      {},
      true,
    ],
    [
      'spelling does not count',
      { rules: [rule('all')] },
      user(OUTSIDE),
      { allow: ['BOB@Contoso.com'] },
      false,
    ],
    ['nothing is allowed', { rules: [rule('all')] }, user(INSIDE), { allow: [] }, true],
    [
      'methods that an item ignores are capped all the same',
      { mailboxes: [mailboxItem('user', OUTSIDE, { ignore: ['incoming'] })] },
      user(OUTSIDE),
      {},
      true,
    ],
  ])('%s', (_name, parts, mailbox, mail, expected) => {
    const [resource] = resolved(parts, [mailbox], mail).resources;
    expect([resource?.ceiling !== null, resource?.fields.get('incoming')?.value === 'none']).toEqual([
      expected,
      expected,
    ]);
  });

  it('reaches a forward mailbox that is created', () => {
    const item = mailboxItem('forward', 'Inbound', { emailAddress: OUTSIDE, incoming: 'server-side-sync' });
    expect(asked(resolved({ mailboxes: [item] }, []))).toEqual({
      'mailbox:forward/Inbound': [{ name: 'Inbound', emailAddress: OUTSIDE, ...NONE }, false],
    });
  });

  it('leaves alone what is to be deleted', () => {
    const item = mailboxItem('forward', 'Inbound', { absent: true });
    expect(asked(resolved({ mailboxes: [item] }, [forward('Inbound')]))).toEqual({
      'mailbox:forward/Inbound': [{}, null],
    });
  });
});

describe('others: none', () => {
  const none = { others: 'none' } as const;

  it('reaches every mailbox outside whose row is active, and no more', () => {
    const desired = resolved(
      {},
      [
        settings(),
        user(INSIDE),
        user(OUTSIDE),
        user('left@contoso.com', { facts: { ownerEnabled: false } }),
        user('app', { facts: { applicationUser: true, person: false, emailAddress: null } }),
        user('inactive@contoso.com', { facts: { active: false } }),
        queue('<Alice>', { facts: { personalQueue: true, emailAddress: null } }),
        forward('Inbound'),
      ],
      none,
    );
    expect(asked(desired)).toEqual({
      [`mailbox:user/${OUTSIDE}`]: [NONE, true],
      'mailbox:user/left@contoso.com': [NONE, true],
      'mailbox:user/app': [NONE, true],
      'mailbox:queue/<Alice>': [NONE, true],
      'mailbox:forward/Inbound': [NONE, true],
    });
    expect(desired.resources.map(({ source }) => source)).toEqual(desired.resources.map(() => at(3)));
    expect(desired.unmanaged.map(({ address }) => address)).toEqual([`mailbox:user/${INSIDE}`]);
  });

  it('reaches nothing else with others: leave', () => {
    expect(asked(resolved({}, [user(OUTSIDE)]))).toEqual({});
  });

  it('hands off what an item takes out', () => {
    const desired = resolved(
      { mailboxes: [mailboxItem('user', OUTSIDE, { managed: false })] },
      [user(OUTSIDE)],
      none,
    );
    expect([desired.resources, desired.unmanaged]).toEqual([[], []]);
  });

  it('reaches what a rule may cover or not', () => {
    const pilots = rule('pilots', working, { match: { team: ['Pilots'] } });
    const { resources } = resolve(
      config({ environment: environment({ mail: { ...MAIL, ...none } }), rules: [pilots] }),
      snapshot([user(OUTSIDE)], {
        unseenMemberships: [{ membership: 'teams', reason: 'no-privilege', depth: 'none' }],
      }),
    );
    expect(resources.map(({ address, ceiling }) => [address, ceiling?.covers])).toEqual([
      [`mailbox:user/${OUTSIDE}`, true],
    ]);
  });

  it('reaches records of one name, except what an item manages otherwise', () => {
    const both = [namesake(queue('Support', { id: '1' })), namesake(queue('Support', { id: '2' }))];
    const item = mailboxItem('queue', 'Support', { managed: false }, { id: '1' });
    const desired = resolved({ mailboxes: [item] }, both, none);
    expect(desired.resources.map(({ address }) => address)).toEqual(['mailbox:queue/Support (owner 2)']);
    expect([desired.findings, desired.diagnostics.map(({ code }) => code)]).toEqual([
      [],
      ['ceiling-passed-over'],
    ]);
  });

  it('leaves alone what an item cannot tell apart', () => {
    const both = [namesake(queue('Support', { id: '1' })), namesake(queue('Support', { id: '2' }))];
    const desired = resolved({ mailboxes: [mailboxItem('queue', 'Support')] }, both, none);
    expect([desired.resources, desired.findings.map(({ kind }) => kind)]).toEqual([[], ['ambiguous']]);
  });
});

describe('managed: false goes before the ceiling', () => {
  const out = mailboxItem('user', OUTSIDE, { managed: false });
  const bothWays = { incoming: 'server-side-sync', outgoing: 'server-side-sync', managed: false };
  const passed = ({ diagnostics }: Desired) =>
    diagnostics.map(({ code, severity, address, source, message }) => [
      `${severity} ${code}`,
      address,
      source,
      message,
    ]);

  it('an item, with a word at its line', () => {
    const desired = resolved({ mailboxes: [out] }, [user(OUTSIDE)], { others: 'none' });
    expect(passed(desired)).toEqual([
      [
        'warning ceiling-passed-over',
        `mailbox:user/${OUTSIDE}`,
        at(50),
        `mailbox:user/${OUTSIDE} is outside the mail ceiling and moves mail all the same: "managed: false" goes before the ceiling`,
      ],
    ]);
  });

  it('a rule, once, with how many and whom', () => {
    const rules = [rule('all', { managed: false })];
    const people = Array.from({ length: 7 }, (_, index) => user(`u${index}@contoso.com`));
    expect(passed(resolved({ rules }, [user(INSIDE), ...people], { others: 'none' }))).toEqual([
      [
        'warning ceiling-passed-over',
        null,
        at(40, 'mailboxctl.yaml', 'all'),
        `7 mailboxes are outside the mail ceiling and move mail all the same: ${[0, 1, 2, 3, 4].map((index) => `mailbox:user/u${index}@contoso.com`).join(', ')} and 2 more; "managed: false" goes before the ceiling`,
      ],
    ]);
  });

  const none = { others: 'none' } as const;
  const quiet = { incoming: 'none', outgoing: 'none' };
  it.each<[string, Partial<Config>, readonly Observed[], Partial<MailCeiling>, number]>([
    ['inside', { mailboxes: [mailboxItem('user', INSIDE, { managed: false })] }, [user(INSIDE)], none, 0],
    ['no mail moves', { mailboxes: [out] }, [user(OUTSIDE, { fields: quiet })], none, 0],
    [
      'nothing is enabled',
      { mailboxes: [out] },
      [user(OUTSIDE, { fields: { 'enabled.incoming': null, 'enabled.outgoing': false } })],
      none,
      0,
    ],
    [
      'Outlook moves it',
      { mailboxes: [out] },
      [user(OUTSIDE, { fields: { ...quiet, outgoing: 'outlook' } })],
      none,
      1,
    ],
    ['the mailbox is inactive', { mailboxes: [out] }, [user(OUTSIDE, { facts: { active: false } })], none, 0],
    ['the ceiling would not reach it', { mailboxes: [out] }, [user(OUTSIDE)], {}, 0],
    [
      'the item would let the ceiling reach it',
      { mailboxes: [mailboxItem('user', OUTSIDE, bothWays)] },
      [user(OUTSIDE)],
      {},
      1,
    ],
    [
      'a rule would let the ceiling reach it',
      { mailboxes: [out], rules: [rule('all', quiet)] },
      [user(OUTSIDE)],
      {},
      1,
    ],
    [
      'records of one name',
      { mailboxes: [mailboxItem('queue', 'Support', { managed: false })] },
      [namesake(queue('Support', { id: '1' })), namesake(queue('Support', { id: '2' }))],
      none,
      1,
    ],
  ])('%s', (_name, parts, resources, mail, expected) =>
    expect(passed(resolved(parts, resources, mail)).map(([code]) => code)).toEqual(
      Array.from({ length: expected }, () => 'warning ceiling-passed-over'),
    ),
  );
});
