/** Which mailboxes a rule covers. */

import { describe, expect, it } from 'vitest';
import type { DeclaredRule } from '../model/config.ts';
import type { MailboxFacts, Observed } from '../model/snapshot.ts';
import { forward, queue, rule, user } from '../model/world.test-support.ts';
import { isReachable, ruleMatcher } from './match-rule.ts';

function facts({ mailbox }: Observed, parts: Partial<MailboxFacts> = {}): MailboxFacts {
  if (mailbox === null) throw new TypeError('A mailbox has facts');
  return { ...mailbox, ...parts };
}

const ALICE = facts(user('alice@contoso.com'));
const SUPPORT = facts(queue('Support'));

describe('ruleMatcher', () => {
  it.each<[string, Partial<DeclaredRule>, MailboxFacts, boolean]>([
    ['an empty match covers a user', {}, ALICE, true],
    ['an empty match covers a queue', {}, SUPPORT, true],
    ['never a forward mailbox', {}, facts(forward('Inbound')), false],
    ['the sort', { match: { mailboxOf: ['user'] } }, SUPPORT, false],
    ['one of several sorts', { match: { mailboxOf: ['user', 'queue'] } }, SUPPORT, true],
    ['the pattern', { match: { emailAddress: ['*@contoso.com'] } }, ALICE, true],
    ['the pattern in another case', { match: { emailAddress: ['ALICE@*'] } }, ALICE, true],
    ['one of several patterns', { match: { emailAddress: ['*@a.org', '*@contoso.com'] } }, ALICE, true],
    ['another pattern', { match: { emailAddress: ['*@fabrikam.com'] } }, ALICE, false],
    [
      'no address, a pattern for anything',
      { match: { emailAddress: ['*'] } },
      { ...ALICE, emailAddress: null },
      false,
    ],
    ['no address, no pattern', {}, { ...ALICE, emailAddress: null }, true],
    [
      'sort and pattern are both asked for',
      { match: { mailboxOf: ['queue'], emailAddress: ['*'] } },
      ALICE,
      false,
    ],
    ['except the sign-in name', { except: ['ALICE@contoso.com'] }, ALICE, false],
    ['except the e-mail address', { except: ['support@contoso.com'] }, SUPPORT, false],
    ['except the name of a queue', { except: ['support'] }, SUPPORT, false],
    ['except by pattern', { except: ['sup*'] }, SUPPORT, false],
    ['except a part of the name is no exception', { except: ['supp'] }, SUPPORT, true],
    ['except by a match', { except: [{ mailboxOf: ['queue'] }] }, SUPPORT, false],
    ['except others', { except: ['bob@contoso.com', { mailboxOf: ['user'] }] }, SUPPORT, true],
  ])('%s', (_name, parts, mailbox, expected) =>
    expect(ruleMatcher(rule('r', {}, parts))(mailbox)).toBe(expected),
  );
});

describe('isReachable', () => {
  const personal = { ...SUPPORT, personalQueue: true };
  const disabled = { ...ALICE, ownerEnabled: false };
  const application = { ...ALICE, applicationUser: true, person: false };
  it.each<[string, MailboxFacts, readonly string[], boolean]>([
    ['a person', ALICE, [], true],
    ['a person whose mailbox is inactive', { ...ALICE, active: false }, [], false],
    ['an identity of the platform', { ...ALICE, person: false }, [], false],
    ['a disabled person', disabled, [], false],
    ['a disabled person, included', disabled, ['disabled-users'], true],
    ['an application user', application, [], false],
    ['an application user, included', application, ['application-users'], true],
    ['an application user, others included', application, ['disabled-users', 'personal-queues'], false],
    ['a queue', SUPPORT, [], true],
    ['a queue that is inactive', { ...SUPPORT, ownerEnabled: false }, [], false],
    ['a queue whose mailbox is inactive', { ...SUPPORT, active: false }, [], false],
    ['a personal queue', personal, [], false],
    ['a personal queue, included', personal, ['personal-queues'], true],
    ['an inactive personal queue, included', { ...personal, active: false }, ['personal-queues'], false],
    ['a forward mailbox', facts(forward('Inbound')), [], true],
    ['an inactive forward mailbox', facts(forward('Inbound'), { active: false }), [], false],
  ])('%s', (_name, mailbox, included, expected) =>
    expect(isReachable(mailbox, new Set(included))).toBe(expected),
  );
});
