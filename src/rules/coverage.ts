/**
 * What the files alone prove about which mailboxes a rule covers: that one rule reaches everything another one does,
 * or that it surely covers an item. Silence means "not proven", never "no".
 */

import { textPattern } from '../model/address.ts';
import type { DeclaredResource, DeclaredRule, Match } from '../model/config.ts';
import { canonical, foldText, sameText } from '../model/value.ts';

const PATTERN_KEYS = ['emailAddress', 'signIn', 'businessUnit', 'team', 'securityRole', 'queue'] as const;
/** Only users have these; a match on one of them leaves queues out. */
export const USER_KEYS = ['signIn', 'team', 'securityRole', 'licensed'] as const;

/** The sorts of mailbox that a match can reach at all. */
export function sortsOf(match: Match): ReadonlySet<'user' | 'queue'> {
  const named = match.mailboxOf ?? ['user', 'queue'];
  const users = USER_KEYS.some((key) => match[key] !== undefined);
  return new Set(named.filter((sort) => (sort === 'user' ? match.queue === undefined : !users)));
}

/** Whether everything that `narrow` covers is covered by `wide` too. */
export function coversRule(wide: DeclaredRule, narrow: DeclaredRule): boolean {
  const exceptions = new Set(narrow.except.map(canonical));
  return (
    wide.except.every((entry) => exceptions.has(canonical(entry))) &&
    narrow.include.every((sort) => wide.include.includes(sort)) &&
    coversMatch(wide.match, narrow.match)
  );
}

function coversMatch(wide: Match, narrow: Match): boolean {
  const sorts = sortsOf(wide);
  if (![...sortsOf(narrow)].every((sort) => sorts.has(sort))) return false;
  if (wide.licensed !== undefined && wide.licensed !== narrow.licensed) return false;
  if (wide.in !== undefined && !coversEntries(wide.in, narrow.in)) return false;
  // Units below those that the narrower one names are not named by the wider one.
  if (wide.businessUnit !== undefined && narrow.below === true && wide.below !== true) return false;
  return PATTERN_KEYS.every((key) => wide[key] === undefined || coversPatterns(wide[key], narrow[key]));
}

function coversPatterns(wide: readonly string[], narrow: readonly string[] | undefined): boolean {
  if (narrow === undefined) return wide.includes('*');
  return narrow.every((pattern) => wide.some((each) => coversPattern(each, pattern)));
}

/** A star of the wider pattern takes in a star of the narrower one as it would any text. */
function coversPattern(wide: string, narrow: string): boolean {
  if (wide.includes('\\') || narrow.includes('\\')) return sameText(wide, narrow);
  return textPattern(wide)(narrow);
}

function coversEntries(wide: NonNullable<Match['in']>, narrow: Match['in']): boolean {
  const texts = new Set(wide.map(({ text }) => foldText(text)));
  return narrow?.every(({ text }) => texts.has(foldText(text))) ?? false;
}

/**
 * Whether a rule surely covers an item, provided that rules reach its owner at all; compiled once, since thousands of
 * items are asked. Only names prove it: business unit, team, licence and address are for the environment to say.
 */
export function itemCoverage({ match, except, include }: DeclaredRule): (item: DeclaredResource) => boolean {
  const { mailboxOf: _, signIn, queue, in: list, ...rest } = match;
  if (except.length > 0 || include.length > 0 || Object.keys(rest).length > 0) return () => false;
  const sorts = sortsOf(match);
  const names = list === undefined ? null : new Set(list.map(({ text }) => foldText(text)));
  const patterns = [signIn, queue].filter((each) => each !== undefined).map((each) => each.map(textPattern));
  return ({ sort, name }) =>
    (sort === 'user' || sort === 'queue') &&
    sorts.has(sort) &&
    names?.has(foldText(name)) !== false &&
    patterns.every((alternatives) => alternatives.some((matches) => matches(name)));
}
