/** Some fields exist for some sorts of mailbox only; the catalogue says which. */

import { CATALOGUE } from '../catalogue/catalogue.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { type Declarations, found } from './rule.ts';

export function fieldsFitSort({ mailboxes }: Declarations): readonly Diagnostic[] {
  return mailboxes.flatMap(({ address, sort, fields }) =>
    [...fields].flatMap(([key, { source }]) => {
      const sorts = CATALOGUE.row('mailbox', key)?.yaml?.sorts;
      if (sorts === undefined || sort === null || sorts.includes(sort)) return [];
      return [
        found('error', 'field-not-for-sort', {
          address,
          source,
          message: `${key} is not possible for a ${sort} mailbox; it exists for: ${sorts.join(', ')}`,
          hint: 'Remove it.',
        }),
      ];
    }),
  );
}
