/** The codec of resource addresses, and the patterns that select by text. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addressKey,
  kindOf,
  mailboxAddress,
  type ParsedAddress,
  parseAddress,
  profileAddress,
  SORTS,
  textPattern,
} from './address.ts';

const anyName = fc
  .oneof(
    fc.string({ unit: 'grapheme', minLength: 1 }),
    fc.string({
      unit: fc.constantFrom(':', '/', '*', '\\', ' ', 'a', '\u{1f4ec}', 'u\u0308') as fc.Arbitrary<string>,
      minLength: 1,
    }),
  )
  .filter((name) => name !== '');

describe('parseAddress', () => {
  it.each<[string, ParsedAddress | null]>([
    ['profile:Exchange Online', { kind: 'profile', sort: null, name: 'Exchange Online' }],
    ['profile:a:b/c', { kind: 'profile', sort: null, name: 'a:b/c' }],
    ['PROFILE:A', { kind: 'profile', sort: null, name: 'A' }],
    ['settings:email', { kind: 'settings', sort: null, name: 'email' }],
    ['mailbox:user/alice@contoso.com', { kind: 'mailbox', sort: 'user', name: 'alice@contoso.com' }],
    ['mailbox:Queue/A/B: C', { kind: 'mailbox', sort: 'queue', name: 'A/B: C' }],
    ['mailbox:forward/*', { kind: 'mailbox', sort: 'forward', name: '*' }],
    ['mailbox:alice@contoso.com', null],
    ['mailbox:team/Sales', null],
    ['mailbox:queue/', null],
    ['mailbox:queue', null],
    ['profile:', null],
    ['profile', null],
    [':a', null],
    ['record:a', null],
    ['', null],
  ])('%s', (address, expected) => expect(parseAddress(address)).toEqual(expected));

  it('gives back every name of every kind and sort', () => {
    fc.assert(
      fc.property(anyName, fc.constantFrom(...SORTS), (name, sort) => {
        expect(parseAddress(profileAddress(name))).toEqual({ kind: 'profile', sort: null, name });
        expect(parseAddress(mailboxAddress(sort, name))).toEqual({ kind: 'mailbox', sort, name });
      }),
    );
  });

  it('looks addresses up whatever their case and normal form', () => {
    expect(addressKey('Mailbox:Queue/Bu\u0308ro')).toBe(addressKey('mailbox:queue/B\u00dcRO'));
  });

  it('names what is no address', () => {
    expect(kindOf('mailbox:queue/Support')).toBe('mailbox');
    expect(() => kindOf('Support')).toThrow(new TypeError('"Support" is no resource address'));
  });
});

describe('textPattern', () => {
  it.each([
    ['*@contoso.com', 'alice@contoso.com', true],
    ['*@contoso.com', 'alice@contoso.com.evil.com', false],
    ['*@contoso.com', 'alice@contosoxcom', false],
    ['*@contoso-test.com', 'alice@contoso-test.com', true],
    ['anna-maria@contoso.com', 'Anna-Maria@contoso.com', true],
    ['a*b*c', 'a-b-c', true],
    ['a*b*c', 'a-c-b', false],
    ['ab*ba', 'aba', false],
    ['ab*ba', 'abba', true],
    ['*b*', 'abc', true],
    ['a**c', 'ac', true],
    ['*ab*b', 'aab', false],
    ['*', '', true],
    ['', '', true],
    ['', 'a', false],
    ['\\*', '*', true],
    ['\\*', 'a', false],
    ['a\\b', 'a\\b', true],
    ['\\\\*', '\\anything', false],
    ['mailbox:queue/*', 'mailbox:queue/Support', true],
    ['MAILBOX:QUEUE/*', 'mailbox:queue/support', true],
    ['B\u00fcro*', 'Bu\u0308ro 1', true],
    ['*', 'two\nlines', true],
    ['a?c', 'abc', false],
  ])('"%s" on "%s": %s', (pattern, text, expected) => expect(textPattern(pattern)(text)).toBe(expected));

  it.each([...'.*+?^$()[]{}|/-#&~!,<>=@ \\'].filter((sign) => sign !== '*').map((sign) => [sign]))(
    'takes "%s" as it is',
    (sign) => {
      expect(textPattern(`a${sign}b`)(`a${sign}b`)).toBe(true);
      expect(textPattern(`a${sign}b`)('ab')).toBe(false);
      expect(textPattern(`a${sign}b`)('aXb')).toBe(false);
    },
  );

  it('matches every text that it spells out, and every text around it', () => {
    fc.assert(
      fc.property(anyName, (text) => {
        const literal = text.replaceAll('\\', '').replaceAll('*', '\\*');
        const meant = text.replaceAll('\\', '');
        expect(textPattern(literal)(meant)).toBe(true);
        expect(textPattern(`*${literal}*`)(`<${meant}>`)).toBe(true);
        expect(textPattern(literal)(`${meant}-`)).toBe(false);
      }),
    );
  });
});
