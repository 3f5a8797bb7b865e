/** Which mailboxes a rule covers. */

import { describe, expect, it } from 'vitest';
import type { DeclaredRule } from '../model/config.ts';
import type { MailboxFacts, Observed } from '../model/snapshot.ts';
import { at, forward, queue, rule, user } from '../model/world.test-support.ts';
import { Identity } from './identity.ts';
import type { Coverage, Unseen } from './match-keys.ts';
import { compileRule, isReachable } from './match-rule.ts';

function facts({ mailbox }: Observed, parts: Partial<MailboxFacts> = {}): MailboxFacts {
  if (mailbox === null) throw new TypeError('A mailbox has facts');
  return { ...mailbox, ...parts };
}

const ALICE = facts(user('alice@contoso.com'));
const SUPPORT = facts(queue('Support'));

function covers(parts: Partial<DeclaredRule>, mailbox: MailboxFacts, unseen?: Unseen): Coverage {
  return compileRule(rule('r', {}, parts), unseen).covers(new Identity(mailbox));
}

describe('compileRule', () => {
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
  ])('%s', (_name, parts, mailbox, expected) => expect(covers(parts, mailbox)).toBe(expected ? 'yes' : 'no'));
});

describe('keys of a match', () => {
  const carla = facts(user('carla@contoso.com'), {
    emailAddress: 'carla.mail@contoso.com',
    businessUnits: ['Sales Europe', 'Sales', 'Contoso'],
    teams: ['Mail pilots', 'Contoso'],
    securityRoles: ['Salesperson'],
  });
  const sales = facts(queue('Sales (EU)'), { businessUnits: ['Sales', 'Contoso'] });
  const entries = (...texts: readonly string[]) =>
    texts.map((text, index) => ({ text, source: at(index + 1, 'pilots.txt') }));

  it.each<[string, DeclaredRule['match'], MailboxFacts, boolean]>([
    ['the sign-in name', { signIn: ['CARLA@contoso.com'] }, carla, true],
    ['a pattern of sign-in names', { signIn: ['*@contoso.com'] }, carla, true],
    ['the e-mail address is no sign-in name', { signIn: ['carla.mail@contoso.com'] }, carla, false],
    ['a queue has no sign-in name', { signIn: ['*'] }, sales, false],
    ['the business unit', { businessUnit: ['sales europe'] }, carla, true],
    ['a business unit above', { businessUnit: ['Sales'] }, carla, false],
    ['a business unit above, with below', { businessUnit: ['Sales'], below: true }, carla, true],
    ['the unit itself, with below', { businessUnit: ['Sales'], below: true }, sales, true],
    ['a unit below, with below', { businessUnit: ['Sales Europe'], below: true }, sales, false],
    ['a pattern of business units', { businessUnit: ['Sales*'] }, carla, true],
    ['the business unit of a queue', { businessUnit: ['Sales'] }, sales, true],
    ['a team', { team: ['mail PILOTS'] }, carla, true],
    ['another team', { team: ['Mail'] }, carla, false],
    ['a queue is in no team', { team: ['*'] }, sales, false],
    ['a security role', { securityRole: ['Service desk', 'Sales*'] }, carla, true],
    ['another security role', { securityRole: ['System Administrator'] }, carla, false],
    ['a licence', { licensed: true }, carla, true],
    ['no licence', { licensed: false }, carla, false],
    ['somebody without a licence', { licensed: false }, { ...carla, licensed: false }, true],
    ['a queue neither has a licence nor lacks one', { licensed: false }, sales, false],
    ['the name of a queue', { queue: ['sales (eu)'] }, sales, true],
    ['a pattern of queue names', { queue: ['Sales (*'] }, sales, true],
    ['a star in a pattern is a star', { queue: ['Sales \\*'] }, facts(queue('Sales *')), true],
    ['a user is no queue of its name', { queue: ['carla*'] }, carla, false],
    ['a list, by sign-in name', { in: entries('bob@contoso.com', 'Carla@Contoso.com') }, carla, true],
    ['a list, by e-mail address', { in: entries('carla.mail@contoso.com') }, carla, true],
    ['a list, by the name of a queue', { in: entries('SALES (EU)') }, sales, true],
    ['a list holds no patterns', { in: entries('*@contoso.com', 'carla') }, carla, false],
    ['an empty list', { in: [] }, carla, false],
    ['another way to write a letter', { queue: ['BU\u0308RO'] }, facts(queue('B\u00fcro')), true],
    ['all keys', { team: ['Mail pilots'], licensed: true, signIn: ['carla*'] }, carla, true],
    ['all keys but one', { team: ['Mail pilots'], licensed: true, signIn: ['bob*'] }, carla, false],
  ])('%s', (_name, match, mailbox, expected) =>
    expect(covers({ match }, mailbox)).toBe(expected ? 'yes' : 'no'),
  );

  it.each<[string, Partial<DeclaredRule>, Coverage]>([
    ['nobody is known to be a member', { match: { team: ['Mail pilots'] } }, 'unknown'],
    ['another key settles it', { match: { team: ['Mail pilots'], signIn: ['bob*'] } }, 'no'],
    ['nobody is known not to be excepted', { except: [{ team: ['Board'] }] }, 'unknown'],
    ['an exception by name settles it', { except: [{ team: ['Board'] }, 'carla@*'] }, 'no'],
    ['other memberships are known', { match: { businessUnit: ['Sales Europe'] } }, 'yes'],
  ])('where teams could not be read: %s', (_name, parts, expected) =>
    expect(covers(parts, carla, new Set(['teams']))).toBe(expected),
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
    [
      'an application user whose mailbox is inactive, included',
      { ...application, active: false },
      ['application-users'],
      false,
    ],
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
