import { describe, expect, it } from 'vitest';
import type { DeclaredResource, DeclaredRule, Match } from '../model/config.ts';
import { coversRule, itemCoverage, sortsOf } from './coverage.ts';

const SOURCE = { file: 'a.yaml', line: 1, column: 1 };

function rule(match: Match, more: Partial<DeclaredRule> = {}): DeclaredRule {
  return { name: 'some', match, except: [], include: [], fields: new Map(), source: SOURCE, ...more };
}

function entries(...texts: readonly string[]): NonNullable<Match['in']> {
  return texts.map((text) => ({ text, source: SOURCE }));
}

describe('sortsOf', () => {
  it.each<[Match, readonly string[]]>([
    [{}, ['user', 'queue']],
    [{ mailboxOf: ['queue'] }, ['queue']],
    [{ signIn: ['*'] }, ['user']],
    [{ licensed: false }, ['user']],
    [{ queue: ['Support'] }, ['queue']],
    [{ businessUnit: ['Sales'] }, ['user', 'queue']],
    [{ queue: ['Support'], team: ['Sales'] }, []],
    [{ mailboxOf: ['user'], queue: ['Support'] }, []],
  ])('%j reaches %j', (match, sorts) => {
    expect([...sortsOf(match)]).toEqual(sorts);
  });
});

describe('coversRule', () => {
  it.each<[string, Match, Match, boolean]>([
    ['everything covers all', {}, { team: ['Sales'] }, true],
    ['one sort does not cover both', { mailboxOf: ['user'] }, { emailAddress: ['*@x.org'] }, false],
    ['sign-in names are users', { mailboxOf: ['user'] }, { signIn: ['*@x.org'] }, true],
    ['a pattern covers a narrower one', { signIn: ['*@x.org'] }, { signIn: ['a*@X.org', 'b@x.org'] }, true],
    ['not one that goes beyond', { signIn: ['*@x.org'] }, { signIn: ['a@x.org', 'a@y.org'] }, false],
    ['another key proves nothing', { signIn: ['*@x.org'] }, { emailAddress: ['a@x.org'] }, false],
    ['but a star takes all', { signIn: ['*'] }, { mailboxOf: ['user'] }, true],
    ['an escaped star is a letter', { queue: ['a\\*'] }, { queue: ['ab'] }, false],
    ['licensed', { licensed: true }, { licensed: true, team: ['A'] }, true],
    ['not licensed', { licensed: true }, { licensed: false }, false],
    ['units below', { businessUnit: ['A'] }, { businessUnit: ['A'], below: true }, false],
    ['lists', { in: entries('A@x.org', 'b@x.org') }, { in: entries('a@x.org') }, true],
    ['longer lists', { in: entries('a@x.org') }, { in: entries('a@x.org', 'b@x.org') }, false],
  ])('%s', (_, wide, narrow, expected) => {
    expect(coversRule(rule(wide), rule(narrow))).toBe(expected);
  });

  it('looks at exceptions and inclusions', () => {
    const excepting = rule({}, { except: ['a@x.org', { team: ['Sales'] }] });
    expect(coversRule(excepting, rule({}))).toBe(false);
    expect(coversRule(excepting, excepting)).toBe(true);
    expect(coversRule(rule({}), excepting)).toBe(true);
    expect(coversRule(rule({}), rule({}, { include: ['disabled-users'] }))).toBe(false);
  });
});

describe('itemCoverage', () => {
  const item = (sort: DeclaredResource['sort'], name: string): DeclaredResource => ({
    kind: 'mailbox',
    sort,
    name,
    address: `mailbox:${sort}/${name}`,
    id: null,
    fields: new Map(),
    source: SOURCE,
  });

  it.each<[Match, string, string, boolean]>([
    [{ signIn: ['*@x.org'] }, 'user', 'a@x.org', true],
    [{ signIn: ['*@x.org'] }, 'user', 'a@y.org', false],
    [{ queue: ['Support *'] }, 'queue', 'Support West', true],
    [{ mailboxOf: ['queue'] }, 'user', 'a@x.org', false],
    [{ mailboxOf: ['user'] }, 'user', 'a@x.org', true],
    [{ in: entries('A@X.org') }, 'user', 'a@x.org', true],
    [{ in: entries('b@x.org') }, 'user', 'a@x.org', false],
    [{ emailAddress: ['*@x.org'] }, 'user', 'a@x.org', false],
    [{ mailboxOf: ['user'], team: ['Sales'] }, 'user', 'a@x.org', false],
    [{}, 'forward', 'Inbound', false],
  ])('%j covers %s %s: %s', (match, sort, name, expected) => {
    expect(itemCoverage(rule(match))(item(sort as DeclaredResource['sort'], name))).toBe(expected);
  });

  it('proves nothing where there are exceptions', () => {
    expect(itemCoverage(rule({}, { except: ['b@x.org'] }))(item('user', 'a@x.org'))).toBe(false);
  });
});
