/** E-mail addresses and patterns of them have to look like some. */

import type { Diagnostic } from '../model/diagnostic.ts';
import { checkedMailboxes } from './checked.ts';
import { type Declarations, found } from './rule.ts';

/**
 * One `@`, a domain with a dot, none of the characters that need quoting. `recent:` before an address is how Gmail's
 * POP3 is asked for the mail of the last days (Microsoft support, "Mailbox fails to be tested and enabled").
 */
const EMAIL_ADDRESS =
  /^(recent:)?[^\s@"(),:;<>[\\\]]+@[^\s@"(),:;<>[\\\]._-][^\s@"(),:;<>[\\\]]*\.[\p{L}\p{N}-]{2,}$/u;

/** Sign-in names of Microsoft Entra ID look like e-mail addresses. */
const PATTERNS = [
  { key: 'emailAddress', what: 'e-mail address' },
  { key: 'signIn', what: 'sign-in name' },
] as const;

export function isEmailAddress(text: string): boolean {
  return EMAIL_ADDRESS.test(text) && !/\.\.|\.@|@\./u.test(text);
}

/** 0x8005E221 InvalidEmailAddressInMailbox is what a test of such a mailbox ends with. */
export function emailAddressesAreRecognized(declared: Declarations): readonly Diagnostic[] {
  return checkedMailboxes(declared).flatMap(({ address, fields }) => {
    const field = fields.get('emailAddress');
    if (field === undefined || isEmailAddress(String(field.value))) return [];
    return [
      found('error', 'address-unrecognized', {
        address,
        source: field.source,
        message: `emailAddress "${String(field.value)}" is no e-mail address`,
        hint: 'For example: emailAddress: support@contoso.com',
      }),
    ];
  });
}

/** No service code: a pattern that nothing can fit covers nobody, silently. */
export function patternsCanMatch({ rules }: Declarations): readonly Diagnostic[] {
  return rules.flatMap(({ name, match, source }) =>
    PATTERNS.flatMap(({ key, what }) =>
      (match[key] ?? [])
        .filter((pattern) => !canMatch(pattern))
        .map((pattern) =>
          found('error', 'address-unrecognized', {
            source,
            message: `rule "${name}": match.${key} "${pattern}" fits no ${what}`,
            hint: 'Write an address, or a pattern such as "*@contoso.com".',
          }),
        ),
    ),
  );
}

function canMatch(pattern: string): boolean {
  return !/\s|@.*@/u.test(pattern) && (pattern.includes('*') || isEmailAddress(pattern));
}
