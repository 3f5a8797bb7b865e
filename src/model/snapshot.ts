/**
 * What a read is asked for and what it saw. A snapshot is complete by itself: no later stage asks the service
 * again, and what could not be seen is part of it.
 */

import type { Address, Kind, Sort } from './address.ts';
import type { FieldValues } from './value.ts';

/** What has to be read; made from the configuration alone. */
export interface Query {
  readonly kinds: readonly Kind[];
  /** Alerts of mailboxes: none, or the newest for each mailbox. */
  readonly alerts: boolean;
  /** What rules match on besides the rows of mailboxes and their owners. */
  readonly memberships: Memberships;
  /**
   * Besides forward mailboxes, only these are wanted. A reader may see more: all of them, where that costs less or
   * where it cannot be sure to see everything that bears on these.
   */
  readonly only?: readonly NamedMailbox[];
}

/** A mailbox as the configuration names it; of forward mailboxes only those that are to have an e-mail address. */
export interface NamedMailbox {
  readonly sort: 'user' | 'queue' | 'forward';
  readonly name: string;
  readonly id: string | null;
  /** The e-mail address that it is to have, where that is declared. */
  readonly emailAddress: string | null;
}

/** Each costs requests of its own, so that it is read only where a rule asks. */
export interface Memberships {
  readonly businessUnits: boolean;
  readonly teams: boolean;
  readonly securityRoles: boolean;
}

export const NO_MEMBERSHIPS: Memberships = { businessUnits: false, teams: false, securityRoles: false };

export type ReadDepth = 'none' | 'basic' | 'local' | 'deep' | 'global';

/** A table of the service by its logical name, opaque outside `dataverse/`. */
export interface RecordRef {
  readonly role: 'self' | 'owner';
  readonly table: string;
  /** Opaque: carried, never made or parsed outside `dataverse/`. */
  readonly id: string;
  /** The record does not exist yet; the id is the one it will be created with. */
  readonly new?: boolean;
}

/** What is known of a mailbox besides its fields: who it belongs to. Rules match on it. */
export interface MailboxFacts {
  readonly sort: Sort;
  /** Sign-in name of a user, name of a queue or of a forward mailbox. */
  readonly name: string;
  readonly displayName: string;
  readonly signIn: string | null;
  readonly emailAddress: string | null;
  /** Owner enabled (users) or active (queues); `true` for forward mailboxes. */
  readonly ownerEnabled: boolean;
  /** A user who is a person: interactive, no application user, not one of the platform's own users. */
  readonly person: boolean;
  readonly applicationUser: boolean;
  readonly personalQueue: boolean;
  /** The user that a queue belongs to; `null` where a team owns it, and for the others. */
  readonly queueOwner: { readonly name: string; readonly enabled: boolean } | null;
  readonly active: boolean;
  /** Of users: whether a licence is assigned; `null` for the others. */
  readonly licensed: boolean | null;
  /** Names of the owner's business unit and of those above it, nearest first; empty where they were not read. */
  readonly businessUnits: readonly string[];
  /** Names of the user's teams; empty where they were not read. */
  readonly teams: readonly string[];
  /** Names of the user's security roles, those of its teams too; empty where they were not read. */
  readonly securityRoles: readonly string[];
  /** Other keys by which the configuration may name it: Entra object id, record ids of the user or queue. */
  readonly ids: readonly string[];
}

export interface Alert {
  readonly level: 'information' | 'warning' | 'error';
  readonly time: string;
  /** Text with record tokens replaced by names; never an internal detail. */
  readonly text: string;
  /** The e-mail server error code of the text, where there is one. */
  readonly code: string | null;
}

/** One resource as it is: `actual`. */
export interface Observed {
  readonly address: Address;
  readonly kind: Kind;
  readonly fields: FieldValues;
  readonly records: readonly RecordRef[];
  /** Only for mailboxes. */
  readonly mailbox: MailboxFacts | null;
  readonly modified: { readonly on: string | null; readonly by: string | null };
  readonly alerts: readonly Alert[];
}

/** Something that this caller cannot see all of, so that absence may not be claimed. */
export interface NotSeen {
  readonly kind: Kind;
  readonly sort: Sort | null;
  readonly reason: 'read-depth' | 'no-privilege' | 'unknown-depth';
  readonly depth: ReadDepth;
}

/**
 * Memberships that were asked for and that this caller cannot see all of. Nobody is known to be, or not to be, a
 * member then.
 */
export interface UnseenMembership {
  readonly membership: keyof Memberships;
  readonly reason: NotSeen['reason'];
  readonly depth: ReadDepth;
}

export interface Caller {
  readonly name: string;
  readonly applicationUser: boolean;
  readonly roles: readonly string[];
  /** Names of privileges held, of those that matter here. */
  readonly privileges: readonly string[];
  readonly systemAdministrator: boolean;
  readonly mailboxApprover: boolean;
  readonly signIn: string | null;
  /** Depth of each privilege that matters here, by its name; `null`: not known. */
  readonly depths: Readonly<Record<string, ReadDepth | null>>;
}

export interface Capabilities {
  /** The row tells when the address was approved. */
  readonly approvedOn: boolean;
  /** The row tells when a test was last requested. */
  readonly testRequestedOn: boolean;
  /** Requests that the service recommends to have under way at once. */
  readonly parallelism: number | null;
  /** Optional columns that the environment does not have, as `table.column`. */
  readonly absentColumns: readonly string[];
  /** Whether the caller may read alerts; `null` where they were not asked for. */
  readonly alerts: boolean | null;
}

export interface Snapshot {
  /** Service time of the read (its `Date` header), ISO 8601. */
  readonly asOf: string;
  readonly organizationId: string;
  readonly caller: Caller;
  readonly capabilities: Capabilities;
  readonly resources: readonly Observed[];
  /** Of the mailboxes of users and queues, `resources` holds only those that the query named. */
  readonly onlyNamed?: true;
  readonly notSeen: readonly NotSeen[];
  readonly unseenMemberships: readonly UnseenMembership[];
  /** Requests that the read took. */
  readonly requests: number;
}

/** A fresh look at one resource right before and after a step is sent. */
export interface Reading {
  readonly address: Address;
  readonly exists: boolean;
  readonly fields: FieldValues;
  /** Whether the user or queue that a mailbox belongs to is enabled; `true` for what belongs to nobody. */
  readonly ownerEnabled: boolean;
  /** Service time of the reading. */
  readonly at: string;
  /** For the writer alone: rows and versions that the write refers to. */
  readonly proof: unknown;
}
