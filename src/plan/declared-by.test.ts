/** What a plan says about the configuration behind it: what is decided, for how many, and how much of it is left. */

import { describe, expect, it } from 'vitest';
import {
  mailboxItem,
  ONLINE,
  profile,
  profileItem,
  queue,
  rule,
  settings,
  user,
} from '../model/world.test-support.ts';
import { type Case, planOf } from './planned.test-support.ts';

const works = { incoming: 'server-side-sync', outgoing: 'server-side-sync' };
const people = ['a', 'b', 'c'].map((name) => `${name}@contoso.com`);

function declared(given: Case): readonly string[] {
  return (planOf(given).declared ?? []).map(
    ({ item, field, value, resources, left }) =>
      `${item} ${field}=${JSON.stringify(value)} ${left} of ${resources}`,
  );
}

describe('a plan tells', () => {
  it('nothing of a configuration that decides nothing', () => {
    expect(declared({ resources: [profile(), settings()] })).toEqual([]);
  });

  it('for how many a rule decides, and how many have not got it', () => {
    const [a = '', b = '', c = ''] = people;
    const resources = [
      ...[profile(), settings()],
      user(a, { fields: { outgoing: 'none' } }),
      user(b, { fields: works }),
      user(c, { fields: works }),
    ];
    const rules = [rule('wave', { outgoing: 'server-side-sync' })];
    expect(declared({ config: { rules }, resources })).toEqual([
      'rule:wave outgoing="server-side-sync" 1 of 3',
    ]);
  });

  it('what an item decides, apart from the rule that it overrules', () => {
    const [a = '', b = ''] = people;
    const resources = [profile(), settings(), user(a, { fields: works }), user(b, { fields: works })];
    const config = {
      rules: [rule('wave', { outgoing: 'server-side-sync' })],
      mailboxes: [mailboxItem('user', a, { outgoing: 'none' })],
    };
    expect(declared({ config, resources })).toEqual([
      'mailbox:user/a@contoso.com outgoing="none" 1 of 1',
      'rule:wave outgoing="server-side-sync" 0 of 1',
    ]);
  });

  it('of what is new that all of it is left', () => {
    const profiles = [profileItem('New', { type: 'exchange-online' })];
    const texts = declared({ config: { profiles }, resources: [profile(), settings()] });
    expect(texts.length).toBeGreaterThan(0);
    expect(texts.filter((text) => !text.endsWith(' 1 of 1'))).toEqual([]);
  });

  it('nothing where only a part is planned', () => {
    const given = {
      config: { profiles: [profileItem(ONLINE, { description: 'x' })] },
      resources: [profile(), settings()],
    };
    expect(planOf(given).declared).toHaveLength(2);
    expect(planOf({ ...given, options: { targets: [() => true] } }).declared).toBeUndefined();
  });

  it('an approval that nothing vouches for as left, of the rule or the item that asks for it', () => {
    const [a = '', b = ''] = people;
    const resources = [
      ...[profile(), settings()],
      user(a, { fields: { approved: 'pending' }, facts: { emailAddress: 'other@contoso.com' } }),
      user(b, { fields: { approved: 'approved' } }),
      queue('Support', { fields: { approved: 'pending' } }),
    ];
    const config = {
      rules: [rule('wave', { approved: true }, { match: { mailboxOf: ['user'] } })],
      mailboxes: [mailboxItem('queue', 'Support', { approved: true })],
    };
    expect(declared({ config, resources })).toEqual([
      'mailbox:queue/Support approved=true 1 of 1',
      'rule:wave approved=true 1 of 2',
    ]);
  });

  it('what is held back as left, of its field alone', () => {
    const support = queue('Support', { fields: { approved: 'pending' }, facts: { ownerEnabled: false } });
    const item = { emailAddress: 'support@contoso.com', outgoing: 'server-side-sync', approved: true };
    const given = {
      config: { mailboxes: [mailboxItem('queue', 'Support', item)] },
      resources: [profile(), settings(), support],
    };
    expect(planOf(given).held_back.map(({ verb, reason }) => `${verb} ${reason}`)).toEqual([
      'approve owner-disabled',
    ]);
    expect(declared(given)).toEqual([
      'mailbox:queue/Support approved=true 1 of 1',
      'mailbox:queue/Support emailAddress="support@contoso.com" 0 of 1',
      'mailbox:queue/Support outgoing="server-side-sync" 0 of 1',
    ]);
  });

  it('the same whatever the order of the items', () => {
    const items = people.map((name) => mailboxItem('user', name, { outgoing: 'none' }));
    const resources = [profile(), settings(), ...people.map((name) => user(name, { fields: works }))];
    const one = planOf({ config: { mailboxes: items }, resources });
    expect(
      planOf({ config: { mailboxes: items.toReversed() }, resources: resources.toReversed() }).declared,
    ).toEqual(one.declared);
  });

  it('no single mailboxes where they are many, and everything else all the same', () => {
    const names = Array.from({ length: 1_001 }, (_, index) => `p${index}@contoso.com`);
    const mailboxes = names.map((name) => mailboxItem('user', name, { outgoing: 'none' }));
    const profiles = [profileItem(ONLINE, { description: 'x' })];
    const resources = [profile(), settings(), ...names.map((name) => user(name, { fields: works }))];
    expect(declared({ config: { mailboxes, profiles }, resources })).toEqual([
      `profile:${ONLINE} description="x" 1 of 1`,
      `profile:${ONLINE} name="${ONLINE}" 0 of 1`,
    ]);
  });
});
