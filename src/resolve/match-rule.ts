/** Whether a rule covers a mailbox. Rules look at identity alone: matching on what they set would never converge. */

import { textPattern } from '../model/address.ts';
import type { DeclaredRule, Match } from '../model/config.ts';
import type { MailboxFacts } from '../model/snapshot.ts';
import { sameText } from '../model/value.ts';

export type Matcher = (mailbox: MailboxFacts) => boolean;

/** Compiles a rule once; the matcher is asked for every mailbox of the environment. */
export function ruleMatcher(rule: DeclaredRule): Matcher {
  const matches = matchMatcher(rule.match);
  const exceptions = rule.except.map((entry) =>
    typeof entry === 'string' ? nameMatcher(entry) : matchMatcher(entry),
  );
  const included = new Set(rule.include);
  return (mailbox) => {
    if (mailbox.sort === 'forward' || !isReachable(mailbox, included)) return false;
    return matches(mailbox) && !exceptions.some((excepted) => excepted(mailbox));
  };
}

/** Whether a rule's e-mail address pattern proves an address; a rule without a pattern proves none. */
export function rulePatternMatches(rule: DeclaredRule, emailAddress: string): boolean {
  const patterns = rule.match.emailAddress ?? [];
  return patterns.some((pattern) => textPattern(pattern)(emailAddress));
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

function matchMatcher(match: Match): Matcher {
  const sorts = match.mailboxOf;
  const patterns = match.emailAddress?.map(textPattern);
  return ({ sort, emailAddress }) => {
    if (sorts !== undefined && !sorts.some((wanted) => wanted === sort)) return false;
    if (patterns === undefined) return true;
    return emailAddress !== null && patterns.some((matches) => matches(emailAddress));
  };
}

/** An exception names a sign-in name, an e-mail address or a queue; with `*` it is a pattern. */
function nameMatcher(entry: string): Matcher {
  const matches = entry.includes('*') ? textPattern(entry) : (text: string) => sameText(text, entry);
  return ({ name, signIn, emailAddress }) =>
    [name, signIn, emailAddress].some((text) => text !== null && matches(text));
}
