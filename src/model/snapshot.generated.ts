/** Made by `npm run generate` from schemas/snapshot.schema.json; edit that file. */

import type {Value} from './value.ts';

export type Reason = 'read-depth' | 'no-privilege' | 'unknown-depth';
export type Depth = 'none' | 'basic' | 'local' | 'deep' | 'global';
export type SnapshotQueueOwner = {
  readonly name: string;
  readonly enabled: boolean;
} | null;

/**
 * What an environment held at one time, as far as a plan needs it: written by mailboxctl export --snapshot, read by plan --against. Holds names and e-mail addresses, and no secret.
 */
export interface SnapshotDocument {
  /**
   * Another version is refused.
   */
  readonly format_version: '1.0';
  /**
   * Version of mailboxctl that wrote the snapshot.
   */
  readonly tool_version: string;
  /**
   * Service time of the read.
   */
  readonly as_of: string;
  /**
   * A plan for another organization is refused.
   */
  readonly organization_id: string;
  readonly caller: SnapshotCaller;
  readonly capabilities: SnapshotCapabilities;
  readonly not_seen: readonly SnapshotNotSeen[];
  readonly unseen_memberships: readonly SnapshotUnseenMembership[];
  /**
   * By kind, address and record.
   */
  readonly resources: readonly SnapshotResource[];
}
/**
 * What the account that read may do: it decides which approvals are handed off.
 */
export interface SnapshotCaller {
  readonly sign_in: string | null;
  readonly application_user: boolean;
  /**
   * Those that a plan asks after.
   */
  readonly privileges: readonly string[];
  readonly system_administrator: boolean;
  readonly mailbox_approver: boolean;
}
export interface SnapshotCapabilities {
  /**
   * Rows tell when an address was approved.
   */
  readonly approved_on: boolean;
  /**
   * Rows tell when a test was last requested.
   */
  readonly test_requested_on: boolean;
}
export interface SnapshotNotSeen {
  readonly kind: 'profile' | 'settings' | 'mailbox';
  readonly sort: 'user' | 'queue' | 'forward' | null;
  readonly reason: Reason;
  readonly depth: Depth;
}
export interface SnapshotUnseenMembership {
  readonly membership: 'businessUnits' | 'teams' | 'securityRoles';
  readonly reason: Reason;
  readonly depth: Depth;
}
export interface SnapshotResource {
  readonly address: string;
  readonly kind: 'profile' | 'settings' | 'mailbox';
  /**
   * By YAML path; one that is absent was not read.
   */
  readonly fields: {
    readonly [k: string]: Value;
  };
  readonly records: readonly SnapshotRecord[];
  readonly mailbox?: SnapshotMailbox;
  readonly modified?: SnapshotModified;
}
export interface SnapshotRecord {
  readonly role: 'self' | 'owner';
  readonly table: string;
  readonly id: string;
}
/**
 * Whose mailbox it is, and what rules match on.
 */
export interface SnapshotMailbox {
  readonly sort: 'user' | 'queue' | 'forward';
  readonly name: string;
  readonly display_name: string;
  readonly sign_in: string | null;
  readonly email_address: string | null;
  readonly owner_enabled: boolean;
  readonly person: boolean;
  readonly application_user: boolean;
  readonly personal_queue: boolean;
  readonly queue_owner: SnapshotQueueOwner;
  readonly active: boolean;
  readonly licensed: boolean | null;
  /**
   * The owner's, and those above it, nearest first.
   */
  readonly business_units: readonly string[];
  readonly teams: readonly string[];
  readonly security_roles: readonly string[];
  readonly ids: readonly string[];
}
/**
 * Of profiles: checks compare it with tests.
 */
export interface SnapshotModified {
  readonly on: string | null;
  readonly by: string | null;
}
