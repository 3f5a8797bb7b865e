/** What an environment's mail ceiling lets through, as far as the files say. */

import { textPattern } from '../model/address.ts';
import type { DeclaredResource, DeclaredRule, MailCeiling } from '../model/config.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { isEmailAddress } from './addresses.ts';
import { checkedMailboxes, isLeftAlone } from './checked.ts';
import { haveCommonText } from './patterns.ts';
import { type Declarations, found } from './rule.ts';

/** The e-mail address that an item is known by: the declared one, else the sign-in name, which is the usual one. */
export function knownEmailAddress({ sort, name, fields }: DeclaredResource): string | null {
  const declared = fields.get('emailAddress')?.value;
  if (typeof declared === 'string') return declared;
  return sort === 'user' && isEmailAddress(name) ? name : null;
}

/** Patterns of the e-mail addresses that a rule can reach. */
export function reachedPatterns({ match }: DeclaredRule): readonly string[] {
  return match.emailAddress ?? match.signIn ?? ['*'];
}

/** Compiled once, since thousands of addresses are asked. */
export function allowedBy(ceiling: MailCeiling | null): (emailAddress: string) => boolean {
  const patterns = ceiling?.allow.map(textPattern) ?? null;
  return (emailAddress) => patterns?.some((matches) => matches(emailAddress)) ?? true;
}

/** No service code: nothing is sent where nothing may move. An empty list is meant, one that fits nothing is a slip. */
export function ceilingLetsThrough(declared: Declarations): readonly Diagnostic[] {
  const ceiling = declared.environment?.mail ?? null;
  if (declared.environment === null || ceiling === null || ceiling.allow.length === 0) return [];
  const addresses = checkedMailboxes(declared).flatMap((item) => knownEmailAddress(item) ?? []);
  const patterns = declared.rules.flatMap(reachedPatterns);
  const meets = (pattern: string): boolean =>
    ceiling.allow.some((allowed) => haveCommonText([allowed, pattern]));
  if (addresses.length + patterns.length === 0) return [];
  if (addresses.some(allowedBy(ceiling)) || patterns.some(meets)) return [];
  const allowed = ceiling.allow.map((pattern) => `"${pattern}"`).join(', ');
  return [
    found('warning', 'ceiling-silences-everything', {
      source: ceiling.source,
      message: `mail.allow of environment "${declared.environment.name}" fits no address and no pattern of the configuration; nothing moves mail there`,
      hint: `It allows ${allowed}. Write a pattern that fits, or allow: [] if silence is meant.`,
    }),
  ];
}

/** No service code: the word is allowed. Whether such a mailbox moves mail, only its environment knows. */
export function ceilingIsNotPassedOver({ environment, mailboxes }: Declarations): readonly Diagnostic[] {
  const ceiling = environment?.mail ?? null;
  if (environment === null || ceiling?.others !== 'none') return [];
  const isAllowed = allowedBy(ceiling);
  return mailboxes.flatMap((item) => {
    const emailAddress = knownEmailAddress(item);
    if (!isLeftAlone(item) || emailAddress === null || isAllowed(emailAddress)) return [];
    return [
      found('warning', 'ceiling-passed-over', {
        address: item.address,
        source: item.fields.get('managed')?.source ?? item.source,
        message: `"${emailAddress}" is outside the mail ceiling of environment "${environment.name}", but "managed: false" goes before the ceiling: if the mailbox moves mail, it goes on`,
        hint: 'Remove "managed: false" if it is not meant to move mail there; the ceiling then silences it.',
      }),
    ];
  });
}
