/**
 * Takes in mailboxes, users and queues page by page, in any order, and joins them in the end. No row outlives its
 * page: each is decoded to what the join needs. Reads nothing itself.
 */

import type { Catalogue } from '../catalogue/catalogue.ts';
import type { NameRecord, RawRow } from '../catalogue/field.ts';
import { mailboxAddress } from '../model/address.ts';
import type { Alert, MailboxFacts, Observed, RecordRef } from '../model/snapshot.ts';
import type { FieldValues } from '../model/value.ts';
import { textIn } from './caller.ts';
import { fieldDecoder, ownedColumns, ownedFieldDecoder } from './field-decoder.ts';
import { addressMailboxes, type NamedMailbox } from './mailbox-addresses.ts';
import { forwardFacts, mailboxFacts, type OwnerIndex } from './mailbox-facts.ts';
import { cellReader, idIn, type MailboxOwner, queueReader, userReader } from './mailbox-owners.ts';
import type { MembershipIndex } from './memberships.ts';
import { remembered } from './shared-values.ts';

export interface MailboxList {
  readonly addMailboxes: (rows: readonly RawRow[]) => void;
  readonly addUsers: (rows: readonly RawRow[]) => void;
  readonly addQueues: (rows: readonly RawRow[]) => void;
  /** Display name of a user that was read. */
  readonly nameUser: (id: string) => string | null;
  /** Sorted by address. */
  readonly join: (beside: Beside) => ObservedMailboxes;
}

/** What is known beside the rows. */
export interface Beside {
  /** Ids of queues that are a team's default queue. */
  readonly teamQueues: readonly string[];
  readonly memberships: MembershipIndex;
  /** By record id of the mailbox, in lower case. */
  readonly alertsOf: (mailbox: string) => readonly Alert[];
}

export interface ObservedMailboxes {
  readonly resources: readonly Observed[];
  /** A mailbox was read without its owner, so that it has no address. */
  readonly ownerless: boolean;
}

/** A mailbox before its owner is known. */
interface HalfMailbox {
  readonly id: string;
  /** Id of the owner, in lower case. */
  readonly regarding: string | null;
  /** A row that is nobody's is a forward mailbox only where it says so. */
  readonly isForward: boolean;
  readonly name: string;
  readonly emailAddress: string | null;
  readonly active: boolean;
  readonly fields: FieldValues;
  /** Columns that its fields are decoded from together with those of its owner. */
  readonly cells: RawRow;
  readonly modifiedOn: string | null;
  readonly modifiedBy: string | null;
}

export function mailboxList(catalogue: Catalogue, name: NameRecord): MailboxList {
  const mailboxes: HalfMailbox[] = [];
  /** Users and queues by id in lower case. */
  const owners = new Map<string, MailboxOwner>();
  const defaultQueues = new Set<string>();
  const readMailbox = mailboxReader(catalogue, name);
  const readUser = userReader(ownedColumns(catalogue, 'systemuser'));
  const readQueue = queueReader(ownedColumns(catalogue, 'queue'));
  const nameUser = (id: string): string | null => nameOf(userIn(owners, id.toLowerCase()));
  return {
    addMailboxes: (rows) => {
      for (const row of rows) {
        const mailbox = readMailbox(row);
        if (mailbox !== null) mailboxes.push(mailbox);
      }
    },
    addUsers: (rows) => {
      for (const row of rows) {
        const user = readUser(row);
        if (user !== null) owners.set(user.id.toLowerCase(), user);
        const queue = idIn(row, '_queueid_value');
        if (queue !== null) defaultQueues.add(queue);
      }
    },
    addQueues: (rows) => {
      for (const row of rows) {
        const queue = readQueue(row);
        if (queue !== null) owners.set(queue.id.toLowerCase(), queue);
      }
    },
    nameUser,
    join: ({ teamQueues, memberships, alertsOf }) => {
      for (const id of teamQueues) defaultQueues.add(id.toLowerCase());
      const index = { defaultQueues, membershipsOf: memberships, queueOwner: queueOwners(owners) };
      const complete = completer(ownedFieldDecoder(catalogue, name), index, nameUser);
      let ownerless = false;
      const found: NamedMailbox[] = [];
      for (const half of mailboxes) {
        const { id, regarding } = half;
        const owner = regarding === null ? null : owners.get(regarding);
        if (owner === undefined) ownerless = true;
        else if (owner !== null || half.isForward)
          found.push(complete(half, owner, alertsOf(id.toLowerCase())));
      }
      return { resources: addressMailboxes(found), ownerless };
    },
  };
}

/** `null`: the row has no id. */
function mailboxReader(catalogue: Catalogue, name: NameRecord): (row: RawRow) => HalfMailbox | null {
  const decode = fieldDecoder(catalogue, 'mailbox', name);
  const cellsOf = cellReader(ownedColumns(catalogue, 'mailbox'));
  // A few users change most rows: their ids are texts of their own in each.
  const once = remembered((id) => id);
  return (row) => {
    const id = textIn(row, 'mailboxid');
    if (id === null) return null;
    const regarding = idIn(row, '_regardingobjectid_value');
    const modifiedBy = textIn(row, '_modifiedby_value');
    return {
      id,
      regarding,
      isForward: row.isforwardmailbox === true,
      name: regarding === null ? (textIn(row, 'name') ?? id) : '',
      emailAddress: textIn(row, 'emailaddress'),
      active: row.statecode === 0,
      fields: decode({ self: row, owner: null, ownerTable: null }),
      cells: cellsOf(row),
      modifiedOn: textIn(row, 'modifiedon'),
      modifiedBy: modifiedBy === null ? null : once(modifiedBy),
    };
  };
}

function completer(
  ownedFields: ReturnType<typeof ownedFieldDecoder>,
  index: OwnerIndex,
  nameUser: (id: string) => string | null,
): (half: HalfMailbox, owner: MailboxOwner | null, alerts: readonly Alert[]) => NamedMailbox {
  const nameOfChanger = remembered(nameUser);
  return (half, owner, alerts) => {
    const self: RecordRef = { role: 'self', table: 'mailbox', id: half.id };
    const mailbox: MailboxFacts = owner === null ? forwardFacts(half) : mailboxFacts(owner, half, index);
    const by = half.modifiedBy === null ? null : nameOfChanger(half.modifiedBy);
    return {
      address: mailboxAddress(mailbox.sort, mailbox.name),
      kind: 'mailbox',
      fields: owner === null ? half.fields : ownedFields(half.fields, half.cells, owner.cells, owner.table),
      records: owner === null ? [self] : [self, { role: 'owner', table: owner.table, id: owner.id }],
      mailbox,
      modified: { on: half.modifiedOn, by },
      alerts,
    };
  };
}

function userIn(owners: ReadonlyMap<string, MailboxOwner>, id: string): MailboxOwner | undefined {
  const owner = owners.get(id);
  return owner?.table === 'systemuser' ? owner : undefined;
}

function queueOwners(owners: ReadonlyMap<string, MailboxOwner>): OwnerIndex['queueOwner'] {
  return (id) => {
    const user = userIn(owners, id);
    return user === undefined ? null : { name: nameOf(user) ?? '', enabled: user.enabled };
  };
}

function nameOf(user: MailboxOwner | undefined): string | null {
  return user === undefined || user.displayName === user.id ? null : user.displayName;
}
