/** Addresses of mailboxes: by the name of their owner, with its record id where others have that name too. */

import { type Address, addressKey, mailboxAddress } from '../model/address.ts';
import type { MailboxFacts, Observed, RecordRef } from '../model/snapshot.ts';
import { compareText } from '../model/value.ts';

/** A mailbox before it is known who else has its name. */
export interface NamedMailbox extends Omit<Observed, 'address' | 'kind' | 'mailbox'> {
  /** Its name in the form in which names are compared. */
  readonly key: string;
  readonly mailbox: MailboxFacts;
}

const SORTS = ['forward', 'queue', 'user'] as const;

/**
 * The service lets queues and forward mailboxes have one name, and keeps a leaver's sign-in name. A mailbox that
 * changed while pages were read can come twice: the later one counts. Sorted by address, in which the sort comes first.
 */
export function addressMailboxes(mailboxes: readonly NamedMailbox[]): readonly Observed[] {
  return SORTS.flatMap((sort) => addressSort(mailboxes.filter(({ mailbox }) => mailbox.sort === sort)));
}

function addressSort(mailboxes: readonly NamedMailbox[]): readonly Observed[] {
  const sorted = mailboxes.toSorted(byName);
  // An owner has one name, whenever its mailbox was read; a forward mailbox may have been renamed in between.
  const isPlain =
    mailboxes[0]?.mailbox.sort !== 'forward' &&
    !sorted.some((mailbox, place) => mailbox.key === sorted[place + 1]?.key);
  if (isPlain) return sorted.map((mailbox) => withAddress(mailbox, true));
  const latest = [
    ...new Map(mailboxes.map((mailbox) => [mailbox.records[0]?.id.toLowerCase(), mailbox])).values(),
  ];
  const counts = new Map<string, number>();
  for (const { key } of latest) counts.set(key, (counts.get(key) ?? 0) + 1);
  return latest.map((mailbox) => withAddress(mailbox, counts.get(mailbox.key) === 1)).sort(byAddress);
}

function byName(a: NamedMailbox, b: NamedMailbox): number {
  return compareText(a.key, b.key);
}

function withAddress(named: NamedMailbox, isAlone: boolean): Observed {
  const { fields, records, mailbox, modified, alerts } = named;
  const address = mailboxAddress(mailbox.sort, mailbox.name);
  return {
    address: isAlone ? address : `${address} (${idOf(records)})`,
    kind: 'mailbox',
    fields,
    records,
    mailbox,
    modified,
    alerts,
  };
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
