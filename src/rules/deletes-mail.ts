/** Deleting e-mails after processing destroys mail; by rule also that of queues which come later. */

import type { Diagnostic } from '../model/diagnostic.ts';
import { sortsOf } from './coverage.ts';
import { type Declarations, found } from './rule.ts';

/** No service code: the service obeys (Microsoft Learn, "Create forward mailboxes or edit mailboxes"). */
export function rulesKeepMail({ rules }: Declarations): readonly Diagnostic[] {
  return rules.flatMap(({ name, match, fields }) => {
    const field = fields.get('deleteEmailsAfterProcessing');
    // That other mailboxes cannot have the field, a rule of its own says.
    if (field?.value !== true || sortsOf(match).has('user')) return [];
    return [
      found('warning', 'deletes-mail', {
        source: field.source,
        message: `rule "${name}" deletes the e-mails of every queue that it covers once they are processed, also of queues that come later`,
        hint: 'Write deleteEmailsAfterProcessing in the items of the queues that are meant.',
      }),
    ];
  });
}
