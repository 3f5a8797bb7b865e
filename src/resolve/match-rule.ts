/** Whether a rule covers a mailbox. Rules look at identity alone: matching on what they set would never converge. */

import type { DeclaredRule, Match } from '../model/config.ts';
import type { MailboxFacts } from '../model/snapshot.ts';
import { foldText } from '../model/value.ts';
import type { Identity } from './identity.ts';
import {
  all,
  type Coverage,
  type KeyTest,
  keyTests,
  type Test,
  textTest,
  type Unseen,
} from './match-keys.ts';

/** A rule compiled once; it is asked about every mailbox of the environment. */
export interface CompiledRule {
  readonly rule: DeclaredRule;
  readonly keys: readonly KeyTest[];
  /** The match alone, whoever is excepted or out of reach. */
  readonly matches: Test;
  readonly covers: Test;
  /** Whether the rule's e-mail address pattern proves an address; a rule without a pattern proves none. */
  readonly vouchesFor: (emailAddress: string) => boolean;
}

const NOTHING_UNSEEN: Unseen = new Set();

export function compileRule(rule: DeclaredRule, unseen: Unseen = NOTHING_UNSEEN): CompiledRule {
  const keys = keyTests(rule.match, unseen);
  const matches = all(keys);
  const excepted = exceptions(rule, unseen);
  const included = new Set<string>(rule.include);
  const patterns = textTest(rule.match.emailAddress ?? []);
  return {
    rule,
    keys,
    matches,
    covers: (identity) => {
      if (identity.facts.sort === 'forward' || !isReachable(identity.facts, included)) return 'no';
      const found = matches(identity);
      if (found === 'no') return 'no';
      const except = excepted(identity);
      if (except === 'yes') return 'no';
      return except === 'unknown' ? 'unknown' : found;
    },
    vouchesFor: (emailAddress) => patterns(foldText(emailAddress)),
  };
}

/**
 * Rules reach active rows of enabled people and of queues that are nobody's personal queue; others only by
 * `include`. Mailboxes outside are left out of `unmanaged` too.
 */
export function isReachable(mailbox: MailboxFacts, included: ReadonlySet<string>): boolean {
  if (mailbox.sort === 'forward') return mailbox.active;
  if (mailbox.sort === 'queue') {
    if (mailbox.personalQueue && !included.has('personal-queues')) return false;
    return mailbox.active && mailbox.ownerEnabled;
  }
  if (mailbox.applicationUser) return included.has('application-users') && mailbox.active;
  if (!mailbox.ownerEnabled) return included.has('disabled-users');
  return mailbox.person && mailbox.active;
}

/** One exception that fits is enough. */
function exceptions({ except }: DeclaredRule, unseen: Unseen): Test {
  if (except.length === 0) return () => 'no';
  const isNamed = nameTest(except.filter((entry) => typeof entry === 'string'));
  const tests = except
    .filter((entry): entry is Match => typeof entry !== 'string')
    .map((match) => all(keyTests(match, unseen)));
  return (identity) => {
    if (isNamed(identity)) return 'yes';
    let found: Coverage = 'no';
    for (const test of tests) {
      const answer = test(identity);
      if (answer === 'yes') return 'yes';
      if (answer === 'unknown') found = 'unknown';
    }
    return found;
  };
}

/** An exception names a sign-in name, an e-mail address or a queue; with `*` it is a pattern. */
function nameTest(entries: readonly string[]): (identity: Identity) => boolean {
  if (entries.length === 0) return () => false;
  const fits = textTest(entries);
  return ({ name, signIn, emailAddress }) =>
    fits(name) || (signIn !== null && fits(signIn)) || (emailAddress !== null && fits(emailAddress));
}
