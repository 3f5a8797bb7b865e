/** How the type of a server profile is told from its row, and what a new one is written with. */

import { describe, expect, it } from 'vitest';
import type { Value } from '../model/value.ts';
import { CATALOGUE } from './catalogue.ts';
import type { RawRow } from './field.ts';
import type { FieldFit, FieldFits } from './field-fit.ts';
import {
  AUTHENTICATION,
  AUTHENTICATION_FACTS,
  decodeProfileType,
  isProfileType,
  PROFILE_TYPE_FACTS,
  PROFILE_TYPES,
  type ProfileType,
  signsInForOutgoing,
} from './profile-types.ts';

describe('decodeProfileType', () => {
  it.each<[string, RawRow, Value]>([
    ['server to server', { servertype: 0, incomingcredentialretrieval: 2 }, 'exchange-online'],
    ['an Entra application', { servertype: 0, incomingcredentialretrieval: 7 }, 'exchange-online'],
    ['number 3', { servertype: 3, incomingcredentialretrieval: null }, 'exchange-online'],
    ['Gmail OAuth, whatever the number', { servertype: 1, incomingcredentialretrieval: 5 }, 'gmail'],
    [
      'Exchange with credentials of a profile',
      { servertype: 0, incomingcredentialretrieval: 1 },
      'exchange-server',
    ],
    ['POP3', { servertype: 1, incomingcredentialretrieval: 0 }, 'pop3-smtp'],
    ['hybrid', { servertype: 2, incomingcredentialretrieval: 6 }, 'exchange-hybrid'],
    ['IMAP', { servertype: 4, incomingcredentialretrieval: 0 }, 'imap-smtp'],
    ['a number of a later version', { servertype: 9 }, { unknown: 'server type 9' }],
    ['text for a number', { servertype: 'a' }, { unknown: 'server type "a"' }],
    ['no number', { servertype: null }, null],
    ['nothing at all', {}, null],
  ])('%s', (_name, row, expected) => expect(decodeProfileType(row)).toEqual(expected));
});

describe('a new profile', () => {
  const encode = (type: Value, self: RawRow = {}): unknown =>
    CATALOGUE.row('profile', 'type')?.codec?.encode?.(type, { self, owner: null, ownerTable: null });

  it.each<[string, unknown]>([
    ['exchange-online', { servertype: 0, useautodiscover: true }],
    ['exchange-server', { servertype: 0 }],
    ['exchange-hybrid', { servertype: 2 }],
    ['pop3-smtp', { servertype: 1, useautodiscover: false, usesamesettingsforoutgoingconnections: false }],
    ['imap-smtp', { servertype: 4, useautodiscover: false, usesamesettingsforoutgoingconnections: false }],
    [
      'gmail',
      {
        servertype: 1,
        useautodiscover: false,
        usesamesettingsforoutgoingconnections: false,
        incomingserverlocation: 'pop.gmail.com',
        outgoingserverlocation: 'smtp.gmail.com',
      },
    ],
  ])('%s', (type, columns) => expect(encode(type)).toEqual({ on: 'self', columns }));

  it('takes after a record of the same type', () => {
    expect(encode('exchange-online', { servertype: 3 })).toEqual({
      on: 'self',
      columns: { servertype: 3, useautodiscover: true },
    });
  });

  it('has a type', () => {
    expect(() => encode('smtp')).toThrow(new TypeError('servertype takes no "smtp"'));
  });
});

describe('what types and ways of authenticating ask of fields', () => {
  const ofTypes = PROFILE_TYPES.flatMap((type) => fits(type, PROFILE_TYPE_FACTS[type].fields));
  const ofAuthentication = Object.entries(AUTHENTICATION_FACTS).flatMap(([way, facts]) => [
    ...fits(way, facts.ofProfile),
    ...(['incoming', 'outgoing'] as const).flatMap((direction) =>
      fits(way, facts.ofDirection[direction], `${direction}.`),
    ),
  ]);

  function fits(name: string, of: FieldFits, prefix = ''): readonly (readonly [string, string, FieldFit])[] {
    return Object.entries(of).map(([key, fit]) => [name, `${prefix}${key}`, fit]);
  }

  it.each([...ofTypes, ...ofAuthentication])('%s: %s is a field that takes the values', (_name, key, fit) => {
    const schema = CATALOGUE.row('profile', key)?.yaml?.schema;
    expect(schema).toBeDefined();
    const known = Array.isArray(schema?.enum) ? schema.enum : [true, false];
    expect((fit.only ?? []).filter((value) => !known.includes(value))).toEqual([]);
    expect(fit.only !== undefined).toBe(fit.use === 'limited');
    expect(fit.code ?? '0x8005E200').toMatch(/^0x8005E2[0-9A-F]{2}$/u);
  });

  it.each(PROFILE_TYPES.map((type) => [type]))('%s: what it implies fits it', (type) => {
    const { implied, fields, autoDiscover } = PROFILE_TYPE_FACTS[type];
    const needed = { always: true, never: false, choice: undefined }[autoDiscover];
    expect(implied.useautodiscover).toBe(needed);
    expect(fields.autoDiscover?.only).toEqual(needed === undefined ? undefined : [needed]);
  });

  it('has facts for every way of authenticating', () => {
    expect(Object.keys(AUTHENTICATION_FACTS)).toEqual(Object.keys(AUTHENTICATION));
  });
});

describe('what types allow', () => {
  it.each(PROFILE_TYPES.map((type) => [type]))('%s: the default authentication is an allowed one', (type) => {
    const { authentication, defaultAuthentication } = PROFILE_TYPE_FACTS[type];
    expect(authentication.length).toBeGreaterThan(0);
    expect([null, ...authentication]).toContain(defaultAuthentication);
  });

  it('knows a type when it sees one', () => {
    expect(isProfileType('gmail')).toBe(true);
    expect(isProfileType('smtp')).toBe(false);
    expect(isProfileType(null)).toBe(false);
  });
});

it.each([
  ['nothing', 'exchange-server', {}, false],
  ['a user name', 'exchange-server', { 'outgoing.username': 'crm' }, true],
  ['a password', 'exchange-hybrid', { 'outgoing.password': { secret: 'env:A' } }, true],
  [
    'the same way of both directions',
    'exchange-server',
    { 'incoming.authentication': 'profile', 'outgoing.authentication': 'profile' },
    false,
  ],
  [
    'another way',
    'exchange-server',
    { 'incoming.authentication': 'user-or-queue', 'outgoing.authentication': 'profile' },
    true,
  ],
  ['the way of its type', 'exchange-online', { 'outgoing.authentication': 'server-to-server' }, false],
] satisfies [string, ProfileType, Readonly<Record<string, unknown>>, boolean][])(
  'with %s declared, outgoing mail of %s %j signs in by itself: %s',
  (_name, type, declared, isOwn) => {
    const fields = new Map(Object.entries(declared));
    expect(signsInForOutgoing(type, (field) => fields.get(field))).toBe(isOwn);
  },
);
