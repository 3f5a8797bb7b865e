/**
 * The keys of a match, each compiled to a test of its own. A key that asks for a membership which could not be read
 * answers "unknown": nobody is known to be a member, or to be none.
 */

import { foldedPattern } from '../model/address.ts';
import type { Match } from '../model/config.ts';
import type { Memberships } from '../model/snapshot.ts';
import { foldText } from '../model/value.ts';
import { type Identity, namesOf } from './identity.ts';

export type Coverage = 'yes' | 'no' | 'unknown';
export type Test = (identity: Identity) => Coverage;
export type Unseen = ReadonlySet<keyof Memberships>;

export interface KeyTest {
  readonly key: keyof Match;
  /** What is asked for, as it is written. */
  readonly wanted: readonly string[];
  readonly test: Test;
}

export function keyTests(match: Match, unseen: Unseen): readonly KeyTest[] {
  const { mailboxOf, emailAddress, signIn, businessUnit, below, team, securityRole, licensed, queue } = match;
  const tests: KeyTest[] = [];
  const add = (key: keyof Match, wanted: readonly string[] | undefined, make: () => Test): void => {
    if (wanted !== undefined) tests.push({ key, wanted, test: make() });
  };
  const members = (membership: keyof Memberships, test: Test): Test =>
    unseen.has(membership) ? () => 'unknown' : test;
  add('mailboxOf', mailboxOf, () => known(({ facts }) => mailboxOf?.some((sort) => sort === facts.sort)));
  add('licensed', licensed === undefined ? undefined : [String(licensed)], () =>
    known(({ facts }) => facts.licensed === licensed),
  );
  add('emailAddress', emailAddress, () => fitting(emailAddress, (identity) => identity.emailAddress));
  add('signIn', signIn, () => fitting(signIn, (identity) => identity.signIn));
  add('queue', queue, () =>
    fitting(queue, (identity) => (identity.facts.sort === 'queue' ? identity.name : null)),
  );
  add(
    'in',
    match.in?.map(({ text }) => text),
    () => listed(match),
  );
  add('businessUnit', businessUnit, () =>
    members(
      'businessUnits',
      oneOf(businessUnit, ({ businessUnits }) =>
        below === true ? businessUnits : businessUnits.slice(0, 1),
      ),
    ),
  );
  add('team', team, () =>
    members(
      'teams',
      oneOf(team, ({ teams }) => teams),
    ),
  );
  add('securityRole', securityRole, () =>
    members(
      'securityRoles',
      oneOf(securityRole, ({ securityRoles }) => securityRoles),
    ),
  );
  return tests;
}

/** A text that fits one of the patterns; names without a star are looked up, not tried one by one. */
export function textTest(patterns: readonly string[]): (folded: string) => boolean {
  const exact = new Set(patterns.filter((pattern) => !pattern.includes('*')).map(foldText));
  const wild = patterns.filter((pattern) => pattern.includes('*')).map(foldedPattern);
  return (folded) => exact.has(folded) || wild.some((fits) => fits(folded));
}

/** Keys are joined by AND: one that does not fit settles it, whatever is unknown of the others. */
export function all(tests: readonly KeyTest[]): Test {
  return (identity) => {
    let found: Coverage = 'yes';
    for (const { test } of tests) {
      const answer = test(identity);
      if (answer === 'no') return 'no';
      if (answer === 'unknown') found = 'unknown';
    }
    return found;
  };
}

function known(fits: (identity: Identity) => boolean | undefined): Test {
  return (identity) => (fits(identity) === true ? 'yes' : 'no');
}

function fitting(
  patterns: readonly string[] | undefined,
  textOf: (identity: Identity) => string | null,
): Test {
  const fits = textTest(patterns ?? []);
  return known((identity) => {
    const text = textOf(identity);
    return text !== null && fits(text);
  });
}

function oneOf(
  patterns: readonly string[] | undefined,
  textsOf: (identity: Identity) => readonly string[],
): Test {
  const fits = textTest(patterns ?? []);
  return known((identity) => textsOf(identity).some(fits));
}

/** Entries of a list file are names, never patterns. */
function listed(match: Match): Test {
  const entries = new Set((match.in ?? []).map(({ text }) => foldText(text)));
  return known((identity) => namesOf(identity).some((name) => entries.has(name)));
}
