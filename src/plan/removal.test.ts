/** Deletions and renames: what is lost, what goes before, and what policy tools see. */

import { describe, expect, it } from 'vitest';
import type { Observed } from '../model/snapshot.ts';
import type { Value } from '../model/value.ts';
import {
  forward,
  mailboxItem,
  ONLINE,
  profile,
  profileItem,
  settings,
  settingsItem,
  user,
} from '../model/world.test-support.ts';
import { type Case, heldOf, linesOf, planOf } from './planned.test-support.ts';

const F = 'mailbox:forward/Inbound';
const A = 'mailbox:user/a@contoso.com';
const GMAIL = { serverProfile: { ref: 'profile:Gmail' } };
const TO_ONLINE = { serverProfile: { ref: `profile:${ONLINE}` } };
const TESTED = { testAndEnable: true };
const GONE = { absent: true };

type Fields = Readonly<Record<string, Value>>;

const world: readonly Observed[] = [settings(), profile(), profile('Gmail')];

function gmailGone(declared: Fields, more: readonly Observed[] = []): Case {
  return {
    config: {
      profiles: [profileItem('Gmail', GONE)],
      mailboxes: [mailboxItem('user', 'a@contoso.com', declared)],
    },
    resources: [...world, user('a@contoso.com', { fields: GMAIL }), ...more],
  };
}

describe('a deletion', () => {
  const inbound: Case = {
    config: { mailboxes: [mailboxItem('forward', 'Inbound', GONE)] },
    resources: [
      settings(),
      profile(),
      forward('Inbound', { fields: { 'credentials.password': { is_set: true } } }),
    ],
  };

  it('names what is lost: what can be set, and is', () => {
    expect(planOf(inbound).steps).toEqual([
      {
        id: `${F}#delete`,
        verb: 'delete',
        address: F,
        set: [
          { field: 'name', from: 'Inbound', to: null },
          { field: 'emailAddress', from: 'inbound@contoso.com', to: null },
          { field: 'serverProfile', from: { ref: `profile:${ONLINE}` }, to: null },
          { field: 'incoming', from: 'server-side-sync', to: null },
          { field: 'outgoing', from: 'server-side-sync', to: null },
          { field: 'appointmentsContactsTasks', from: 'none', to: null },
          { field: 'credentials', from: 'none', to: null },
          { field: 'credentials.password', from: { is_set: true }, to: null },
          { field: 'state', from: 'active', to: null },
        ],
        after: [],
        because: [{ kind: 'config', source: { file: 'mailboxctl.yaml', line: 50, column: 5 } }],
      },
    ]);
  });

  it('is a deletion to policy tools, with what was there', () => {
    const { resource_changes: changes, records, summary } = planOf(inbound);
    expect(changes.map(({ address, change }) => [address, change])).toEqual([
      [
        F,
        {
          actions: ['delete'],
          before: {
            name: 'Inbound',
            emailAddress: 'inbound@contoso.com',
            serverProfile: ONLINE,
            incoming: 'server-side-sync',
            outgoing: 'server-side-sync',
            appointmentsContactsTasks: 'none',
            credentials: 'none',
            state: 'active',
          },
          after: null,
          after_unknown: {},
          before_sensitive: { 'credentials.password': true },
          after_sensitive: false,
        },
      ],
    ]);
    expect(Object.keys(records)).toEqual([F]);
    expect(summary.destroy).toBe(1);
  });

  it.each<[string, Case, readonly string[], readonly string[]]>([
    [
      'of what is not there',
      { config: { profiles: [profileItem('Old', GONE)], mailboxes: [mailboxItem('forward', 'Old', GONE)] } },
      [],
      [],
    ],
    [
      'waits for those that leave',
      gmailGone({ ...TO_ONLINE, ...TESTED }),
      [`${A}#edit`, `${A}#test < ${A}#edit`, `profile:Gmail#delete < ${A}#edit`],
      [],
    ],
    [
      'waits for the settings that name it, and for a mailbox that is deleted as well',
      {
        config: {
          profiles: [profileItem('Gmail', GONE)],
          settings: settingsItem({ 'newMailboxes.serverProfile': { ref: `profile:${ONLINE}` } }),
          mailboxes: [mailboxItem('forward', 'Inbound', GONE)],
        },
        resources: [
          settings({ 'newMailboxes.serverProfile': { ref: 'profile:Gmail' } }),
          profile(),
          profile('Gmail'),
          forward('Inbound', { fields: GMAIL }),
        ],
      },
      ['settings:email#edit', `${F}#delete`, `profile:Gmail#delete < settings:email#edit, ${F}#delete`],
      [],
    ],
    [
      'of a profile that its mailbox keeps: a test would be for nothing',
      {
        ...gmailGone(TESTED),
        resources: [...world, user('a@contoso.com', { fields: { ...GMAIL, 'tests.incoming': 'not-run' } })],
      },
      ['profile:Gmail#delete'],
      [`${A}#test profile-missing`],
    ],
    [
      'of a profile that a disabled person was to leave: it does not wait for ever',
      {
        ...gmailGone(TO_ONLINE),
        resources: [...world, user('a@contoso.com', { fields: GMAIL, facts: { ownerEnabled: false } })],
      },
      ['profile:Gmail#delete'],
      [`${A}#edit owner-disabled`],
    ],
    [
      'while a test of the mailbox hangs',
      {
        ...inbound,
        resources: [
          settings(),
          forward('Inbound', {
            fields: { 'tests.scheduled': true, 'tests.requestedOn': '2026-11-21T08:00:00Z' },
          }),
        ],
      },
      [],
      [`${F}#delete stuck`],
    ],
  ])('%s', (_name, given, steps, held) => {
    const plan = planOf(given);
    expect([linesOf(plan), heldOf(plan)]).toEqual([steps, held]);
  });

  it('brings the steps that it waits for along when it is targeted', () => {
    const given = gmailGone({ ...TO_ONLINE, ...TESTED });
    const plan = planOf({ ...given, options: { targets: [(address) => address === 'profile:Gmail'] } });
    expect(linesOf(plan)).toEqual([`${A}#edit`, `profile:Gmail#delete < ${A}#edit`]);
  });
});

describe('a rename', () => {
  it('is an edit of the record under its old address, and resets no test', () => {
    const given: Case = {
      config: {
        profiles: [profileItem('Google', { renamedFrom: 'Gmail' })],
        mailboxes: [
          mailboxItem('user', 'a@contoso.com', { serverProfile: { ref: 'profile:Google' }, ...TESTED }),
          mailboxItem('forward', 'Post', { renamedFrom: 'Inbound', ...TESTED }),
        ],
      },
      resources: [...world, user('a@contoso.com', { fields: GMAIL }), forward('Inbound')],
    };
    const { steps, records } = planOf(given);
    expect(steps.map(({ id, set }) => [id, set])).toEqual([
      ['profile:Gmail#edit', [{ field: 'name', from: 'Gmail', to: 'Google' }]],
      [`${F}#edit`, [{ field: 'name', from: 'Inbound', to: 'Post' }]],
    ]);
    expect(Object.keys(records)).toEqual([F, 'profile:Gmail']);
  });

  it('leaves the id of its first name to the record: another one of that name gets another id', () => {
    const plan = planOf({
      config: { profiles: [profileItem('Gmail', { type: 'gmail' })] },
      resources: [settings(), profile('Google', { id: 'new profile:Gmail' })],
    });
    expect(plan.records).toEqual({
      'profile:Gmail': [{ role: 'self', table: 'made', id: 'new profile:Gmail#2', new: true }],
    });
  });
});
