/** Some fields exist for some sorts of mailbox only; the catalogue says which. */

import { CATALOGUE } from '../catalogue/catalogue.ts';
import type { Sort } from '../model/address.ts';
import type { DeclaredRule } from '../model/config.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { checkedMailboxes } from './checked.ts';
import { sortsOf } from './coverage.ts';
import { type Declarations, found } from './rule.ts';

const HINTS: Readonly<Record<string, string>> = {
  deleteEmailsAfterProcessing: 'Remove it. With it the service answers 0x8005E233.',
  name: 'Remove it: the platform names mailboxes of users and queues itself.',
  renamedFrom:
    'Rename the user or queue in Dynamics 365, write the new name here, and remove the key; it cannot be renamed from here.',
};

/** 0x8005E233 MailboxCannotDeleteEmails. What is to be deleted, and is not possible, a rule of its own says. */
export function fieldsFitSort(declared: Declarations): readonly Diagnostic[] {
  return checkedMailboxes(declared).flatMap(({ address, sort, fields }) =>
    [...fields].flatMap(([key, { source }]) => {
      const sorts = sortsWith(key);
      if (sorts === null || sort === null || sorts.includes(sort)) return [];
      return [
        found('error', 'field-not-for-sort', {
          address,
          source,
          message: `${key} is not possible for the mailbox of a ${sort}; it exists for: ${sorts.join(', ')}`,
          hint: HINTS[key] ?? 'Remove it.',
        }),
      ];
    }),
  );
}

/** 0x8005E233 MailboxCannotDeleteEmails: a rule sets its fields on all that it covers. */
export function fieldsFitRule({ rules }: Declarations): readonly Diagnostic[] {
  return rules.flatMap(({ name, match, fields }) =>
    [...fields].flatMap(([key, { source }]) => {
      const sorts = sortsWith(key);
      const unfit = [...sortsOf(match)].filter((sort) => sorts !== null && !sorts.includes(sort));
      if (sorts === null || unfit.length === 0) return [];
      return [
        found('error', 'field-not-for-sort', {
          source,
          message: `rule "${name}": ${key} is not possible for mailboxes of ${unfit.map((sort) => `${sort}s`).join(', ')}, which the rule covers; it exists for: ${sorts.join(', ')}`,
          hint: ruleHint(key, sorts, match),
        }),
      ];
    }),
  );
}

/** A rule that covers nobody who can have the field loses nothing with it. */
function ruleHint(key: string, sorts: readonly Sort[], match: DeclaredRule['match']): string {
  const fitting = sorts.filter((sort) => sort !== 'forward');
  if (!fitting.some((sort) => sortsOf(match).has(sort))) return HINTS[key] ?? 'Remove it.';
  const without = HINTS[key]?.replace('Remove it. With it', 'As it is') ?? '';
  return `Write match: { mailboxOf: ${fitting.join()} }. ${without}`.trimEnd();
}

function sortsWith(key: string): readonly Sort[] | null {
  return CATALOGUE.row('mailbox', key)?.yaml?.sorts ?? null;
}
