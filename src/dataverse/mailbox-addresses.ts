/** Addresses of mailboxes: by the name of their owner, with its record id where others have that name too. */

import { type Address, addressKey, mailboxAddress } from '../model/address.ts';
import type { MailboxFacts, Observed, RecordRef } from '../model/snapshot.ts';

/** A mailbox before it is known who else has its name. */
export interface NotAddressed extends Omit<Observed, 'address'> {
  readonly mailbox: MailboxFacts;
}

/** The service lets queues and forward mailboxes have one name, and keeps a leaver's sign-in name. */
export function addressMailboxes(mailboxes: readonly NotAddressed[]): readonly Observed[] {
  const holders = new Map<string, number>();
  for (const { mailbox } of mailboxes) {
    const key = addressKey(namedAfter(mailbox));
    holders.set(key, (holders.get(key) ?? 0) + 1);
  }
  return mailboxes.map((mailbox) => {
    const address = namedAfter(mailbox.mailbox);
    const isAlone = holders.get(addressKey(address)) === 1;
    return { ...mailbox, address: isAlone ? address : `${address} (${idOf(mailbox.records)})` };
  });
}

function namedAfter({ sort, name }: MailboxFacts): Address {
  return mailboxAddress(sort, name);
}

/** The id that an item of the configuration gives: of the user or queue, or of the forward mailbox itself. */
function idOf(records: readonly RecordRef[]): string {
  const record = records.find(({ role }) => role === 'owner') ?? records[0];
  return record?.id.toLowerCase() ?? '';
}
