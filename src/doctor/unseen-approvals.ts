/** Approvals that the configuration asks for and of which nothing can be judged: their mailboxes cannot be seen. */

import { type Address, addressKey, type Sort } from '../model/address.ts';
import type { Config, DeclaredFields, DeclaredResource, DeclaredRule } from '../model/config.ts';
import type { Desired } from '../model/desired.ts';
import type { Snapshot } from '../model/snapshot.ts';

export interface AskedApprovals {
  readonly items: readonly DeclaredResource[];
  readonly rules: readonly DeclaredRule[];
}

/** What asks for approvals at all, whether or not it reaches a mailbox. */
export function askedApprovals({ mailboxes, rules }: Config): AskedApprovals {
  return {
    items: mailboxes.filter(({ fields }) => isTrue(fields, 'approved') && !isLeftAlone(fields)),
    rules: rules.filter(({ fields }) => isTrue(fields, 'approved')),
  };
}

export function unseenApprovals(
  { items, rules }: AskedApprovals,
  { desired, snapshot }: { readonly desired: Desired; readonly snapshot: Snapshot },
): AskedApprovals {
  const notFound = addressesNotFound(desired);
  return {
    items: items.filter(({ sort, address }) => isUnseen(sort, snapshot) && notFound.has(addressKey(address))),
    rules: rules.filter((rule) => sortsOf(rule).some((sort) => isUnseen(sort, snapshot))),
  };
}

/** Items that may be there all the same. */
function addressesNotFound({ diagnostics }: Desired): ReadonlySet<Address> {
  const unread = diagnostics.filter(({ code }) => code === 'read-incomplete');
  return new Set(unread.flatMap(({ address }) => (address === null ? [] : addressKey(address))));
}

function isUnseen(sort: Sort | null, { notSeen }: Snapshot): boolean {
  return notSeen.some(
    (unseen) => unseen.kind === 'mailbox' && (unseen.sort === null || unseen.sort === sort),
  );
}

function sortsOf({ match }: DeclaredRule): readonly Sort[] {
  return match.mailboxOf ?? (match.queue === undefined ? ['user', 'queue'] : ['queue']);
}

function isLeftAlone(fields: DeclaredFields): boolean {
  return fields.get('managed')?.value === false || isTrue(fields, 'absent');
}

function isTrue(fields: DeclaredFields, key: string): boolean {
  return fields.get(key)?.value === true;
}
