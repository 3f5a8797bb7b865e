/** The schemas of rules and matches, and of best-practice checks that are switched off; written by hand. */

import type { JsonSchema } from '../catalogue/field.ts';
import { DIAGNOSTIC_CODES } from '../model/diagnostic.ts';
import { closed, text, texts, words } from './schema-parts.ts';

const WHO: Readonly<Record<string, JsonSchema>> = {
  mailboxOf: words(['user', 'queue'], 'Sorts of mailbox that the rule covers.'),
  emailAddress: texts(
    'E-mail addresses that the rule covers; "*" stands for any text, case does not matter.',
    '*@contoso.com',
  ),
  signIn: texts('Sign-in names of users; "*" stands for any text.', '*@contoso.com'),
  businessUnit: texts('Business units that the user or queue belongs to; "*" stands for any text.', 'Sales'),
  below: {
    type: 'boolean',
    default: false,
    description: 'Together with businessUnit: the units below those that it names count too.',
    examples: [true],
  },
  team: texts('Teams that the user is a member of; "*" stands for any text.', 'Pilot users'),
  securityRole: texts(
    'Security roles that the user has, directly or through a team; "*" stands for any text.',
    'Salesperson',
  ),
  licensed: {
    type: 'boolean',
    description: 'Whether the user has a licence.',
    examples: [true],
  },
  queue: texts('Names of queues; "*" stands for any text.', 'Support *'),
  in: texts(
    'List file, relative to the project folder: one sign-in name, e-mail address or queue name a line; a line that begins with "#" is a comment.',
    'lists/pilot.txt',
  ),
};

const include = words(
  ['disabled-users', 'application-users', 'personal-queues'],
  'Mailboxes that rules leave out unless they are named here.',
);

export const MATCH_KEYS: readonly string[] = [...Object.keys(WHO), 'include'];

export const RULE_KEYS: Readonly<Record<string, JsonSchema>> = {
  name: text('Name of the rule, which plans show beside every value that it sets.', 'everyone-in-sales'),
  match: {
    ...closed(
      'Which mailboxes the rule covers. Keys are joined by AND, a list by OR. In an overlay "null" takes the rule out.',
      { ...WHO, include },
    ),
    minProperties: 1,
    examples: [{ mailboxOf: 'user', emailAddress: '*@contoso.com' }],
  },
  except: {
    type: 'array',
    description: 'Sign-in names, e-mail addresses, queue names, or matches, that the rule leaves out.',
    items: { type: ['string', 'object'], minLength: 1, additionalProperties: false, properties: WHO },
    examples: [['ceo@contoso.com']],
  },
};

const PRACTICE = /^practice-/u;

/** Ids of the best-practice checks. */
export const CHECK_IDS: readonly string[] = DIAGNOSTIC_CODES.filter((code) => PRACTICE.test(code)).map(
  (code) => code.replace(PRACTICE, ''),
);

export const CHECKS: JsonSchema = closed(
  'Best-practice checks that are switched off here, each with the reason.',
  Object.fromEntries(
    CHECK_IDS.map((id) => [
      id,
      {
        ...closed(`The check "${id}".`, {
          off: text('Switches the check off, and says why.', 'the mail server is not ours'),
        }),
        required: ['off'],
        examples: [{ off: 'the mail server is not ours' }],
      },
    ]),
  ),
);
