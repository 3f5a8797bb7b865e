/** E-mail addresses and patterns of them have to look like some. */

import type { Diagnostic } from '../model/diagnostic.ts';
import { type Declarations, found } from './rule.ts';

/**
 * One `@`, a domain with a dot, none of the characters that need quoting. `recent:` before an address is how Gmail's
 * POP3 is asked for the mail of the last days (Microsoft support, "Mailbox fails to be tested and enabled").
 */
const EMAIL_ADDRESS =
  /^(recent:)?[^\s@"(),:;<>[\\\]]+@[^\s@"(),:;<>[\\\]._-][^\s@"(),:;<>[\\\]]*\.[\p{L}\p{N}-]{2,}$/u;

export function isEmailAddress(text: string): boolean {
  return EMAIL_ADDRESS.test(text) && !/\.\.|\.@|@\./u.test(text);
}

export function emailAddressesAreRecognized({ mailboxes }: Declarations): readonly Diagnostic[] {
  return mailboxes.flatMap(({ address, fields }) => {
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

/** A pattern that no address can fit covers nobody, silently. */
export function patternsCanMatch({ rules }: Declarations): readonly Diagnostic[] {
  return rules.flatMap(({ name, match, source }) =>
    (match.emailAddress ?? [])
      .filter((pattern) => !canMatch(pattern))
      .map((pattern) =>
        found('error', 'address-unrecognized', {
          source,
          message: `rule "${name}": match.emailAddress "${pattern}" fits no e-mail address`,
          hint: 'Write an address, or a pattern such as "*@contoso.com".',
        }),
      ),
  );
}

function canMatch(pattern: string): boolean {
  return !/\s|@.*@/u.test(pattern) && (pattern.includes('*') || isEmailAddress(pattern));
}
