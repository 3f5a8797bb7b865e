/** What the digest of a configuration covers, and what it does not. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Config, DeclaredRule } from '../model/config.ts';
import {
  at,
  config,
  environment,
  mailboxItem,
  profileItem,
  rule,
  settingsItem,
} from '../model/world.test-support.ts';
import { configDigest, sha256 } from './digest.ts';

const outgoing = (name: string, value: string, file = 'a.yaml'): DeclaredRule =>
  rule(name, { outgoing: value, incoming: 'none' }, { source: at(1, file, name) });

const base: Config = config({
  profiles: [profileItem('A'), profileItem('B', { 'incoming.port': 1 })],
  settings: settingsItem({ 'onlyApproved.users': true }),
  rules: [outgoing('1', 'none'), outgoing('2', 'outlook'), outgoing('3', 'none', 'b.yaml')],
  mailboxes: [
    mailboxItem('user', 'a@contoso.com', { incoming: 'none' }),
    mailboxItem('queue', 'Support', { approved: true }),
  ],
});

it('is a SHA-256', () => {
  expect(sha256('')).toBe('sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(configDigest(base)).toMatch(/^sha256:[0-9a-f]{64}$/u);
});

describe('the same', () => {
  const shuffled = <Item>(items: readonly Item[]): fc.Arbitrary<Item[]> =>
    fc.shuffledSubarray([...items], { minLength: items.length });
  const reversed = <Item extends { readonly fields: Config['mailboxes'][number]['fields'] }>(
    item: Item,
  ): Item => ({ ...item, fields: new Map([...item.fields].reverse()) });

  it('in whatever order items and fields stand', () => {
    fc.assert(
      fc.property(
        shuffled(base.profiles),
        shuffled(base.mailboxes),
        fc.boolean(),
        (profiles, mailboxes, reverse) => {
          const rules = reverse ? base.rules.map(reversed) : base.rules;
          const items = reverse ? mailboxes.map(reversed) : mailboxes;
          expect(configDigest({ ...base, profiles, mailboxes: items, rules })).toBe(configDigest(base));
        },
      ),
    );
  });

  it.each<[string, Partial<Config>]>([
    ['in whatever order files are read', { rules: [...base.rules.slice(2), ...base.rules.slice(0, 2)] }],
    [
      'wherever it stands',
      { mailboxes: base.mailboxes.map((item) => ({ ...item, source: at(99, 'z.yaml') })) },
    ],
    [
      'under whichever address the environment is reached',
      { environment: environment({ data: '/elsewhere.yaml', url: 'http://127.0.0.1:5' }) },
    ],
  ])('%s', (_name, parts) => expect(configDigest({ ...base, ...parts })).toBe(configDigest(base)));
});

describe('another', () => {
  const [first, second, third] = base.rules;
  it.each<[string, Partial<Config>]>([
    [
      'the order of rules within a file',
      { rules: [second, first, third].filter((each) => each !== undefined) },
    ],
    ['a rule moves to another file', { rules: [outgoing('1', 'none', 'b.yaml'), ...base.rules.slice(1)] }],
    [
      'the match of a rule',
      { rules: base.rules.map((each) => ({ ...each, match: { mailboxOf: ['user' as const] } })) },
    ],
    [
      'an exception of a rule',
      { rules: base.rules.map((each) => ({ ...each, except: ['ceo@contoso.com'] })) },
    ],
    ['a value', { settings: settingsItem({ 'onlyApproved.users': false }) }],
    ['no settings', { settings: null }],
    ['an item less', { profiles: base.profiles.slice(1) }],
    [
      'an id',
      {
        mailboxes: [
          ...base.mailboxes.slice(1),
          mailboxItem('user', 'a@contoso.com', { incoming: 'none' }, { id: 'x' }),
        ],
      },
    ],
    [
      'another sort of mailbox',
      {
        mailboxes: [...base.mailboxes.slice(1), mailboxItem('queue', 'a@contoso.com', { incoming: 'none' })],
      },
    ],
    ['another environment', { environment: environment({ name: 'test' }) }],
    [
      'another limit of tests',
      { environment: environment({ tests: { ...environment().tests, perRun: 1 } }) },
    ],
    ['another mode of approvals', { environment: environment({ approvals: 'fail' }) }],
  ])('%s', (_name, parts) => expect(configDigest({ ...base, ...parts })).not.toBe(configDigest(base)));
});
