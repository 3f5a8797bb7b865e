/** Addresses of mailboxes: by the name of their owner, with its record id where others have that name too. */

import { type Address, addressKey, type Sort } from '../model/address.ts';
import type { MailboxFacts, Observed, RecordRef } from '../model/snapshot.ts';
import { compareText, foldText } from '../model/value.ts';

/** With the address that it has where no other has its name. */
export interface NamedMailbox extends Observed {
  readonly mailbox: MailboxFacts;
}

/**
 * The service lets queues and forward mailboxes have one name, and keeps a leaver's sign-in name. A mailbox that
 * changed while pages were read can come twice: the later one counts. Sorted by address, in which the sort comes first.
 */
export function addressMailboxes(mailboxes: readonly NamedMailbox[]): readonly Observed[] {
  const bySort: Readonly<Record<Sort, NamedMailbox[]>> = { forward: [], queue: [], user: [] };
  for (const mailbox of mailboxes) bySort[mailbox.mailbox.sort].push(mailbox);
  return [...addressSort(bySort.forward), ...addressSort(bySort.queue), ...addressSort(bySort.user)];
}

function addressSort(mailboxes: readonly NamedMailbox[]): readonly Observed[] {
  const byName = new Map<string, NamedMailbox>();
  for (const mailbox of mailboxes) byName.set(nameKey(mailbox), mailbox);
  // An owner has one name, whenever its mailbox was read; a forward mailbox may have been renamed in between.
  const isPlain = mailboxes[0]?.mailbox.sort !== 'forward' && byName.size === mailboxes.length;
  if (isPlain) return [...byName.keys()].sort().flatMap((key) => byName.get(key) ?? []);
  const latest = [
    ...new Map(mailboxes.map((mailbox) => [mailbox.records[0]?.id.toLowerCase(), mailbox])).values(),
  ];
  const counts = new Map<string, number>();
  for (const mailbox of latest) counts.set(nameKey(mailbox), (counts.get(nameKey(mailbox)) ?? 0) + 1);
  return latest
    .map((mailbox) => (counts.get(nameKey(mailbox)) === 1 ? mailbox : withId(mailbox)))
    .sort(byAddress);
}

/** Names are compared in this form; as texts they have the order of `compareText`. */
function nameKey({ mailbox }: NamedMailbox): string {
  return foldText(mailbox.name);
}

function withId(named: NamedMailbox): Observed {
  return { ...named, address: `${named.address} (${idOf(named.records)})` };
}

/** An id in the address of a namesake sorts differently than the name alone. */
function byAddress(a: Observed, b: Observed): number {
  return compareText(keyOf(a), keyOf(b));
}

function keyOf({ address, records }: Observed): Address {
  return `${addressKey(address)}\n${records[0]?.id ?? ''}`;
}

/** The id that an item of the configuration gives: of the user or queue, or of the forward mailbox itself. */
function idOf(records: readonly RecordRef[]): string {
  const record = records.find(({ role }) => role === 'owner') ?? records[0];
  return record?.id.toLowerCase() ?? '';
}
