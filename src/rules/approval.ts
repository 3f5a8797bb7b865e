/** An approval vouches for an e-mail address: what the files can say about that before anything is read. */

import type { Diagnostic } from '../model/diagnostic.ts';
import { checkedMailboxes } from './checked.ts';
import { sortsOf } from './coverage.ts';
import { type Declarations, found } from './rule.ts';

/** No service code: without the address in the same item, whoever edits a queue's address would be approved next. */
export function approvalNeedsAddress(declared: Declarations): readonly Diagnostic[] {
  return checkedMailboxes(declared).flatMap(({ address, sort, fields }) => {
    const approved = fields.get('approved');
    if (sort === 'user' || approved?.value !== true || fields.has('emailAddress')) return [];
    return [
      found('warning', 'approval-needs-address', {
        address,
        source: approved.source,
        message:
          'approved is true, but the item does not say for which e-mail address; no approval will be given',
        hint: 'Write emailAddress in the same item.',
      }),
    ];
  });
}

/** No service code: the service would approve whatever address it is asked to. */
export function rulesCanApprove({ rules }: Declarations): readonly Diagnostic[] {
  return rules.flatMap(({ name, match, fields }) => {
    const approved = fields.get('approved');
    if (approved?.value !== true) return [];
    const sorts = sortsOf(match);
    const onlyQueues = !sorts.has('user');
    // That a match fits nobody at all, a rule of its own says.
    if (sorts.size === 0 || (match.emailAddress !== undefined && !onlyQueues)) return [];
    return [
      found('warning', 'rule-cannot-approve', {
        source: approved.source,
        message: onlyQueues
          ? `rule "${name}" covers queues alone, and queues are never approved by a rule`
          : `rule "${name}" approves, but its match names no e-mail addresses; it will approve nobody`,
        hint: onlyQueues
          ? 'Approve each queue in its own item, beside its emailAddress.'
          : 'Write match: { emailAddress: "*@contoso.com" } with the addresses that it may approve.',
      }),
    ];
  });
}
