/** Made by `npm run generate` from schemas/drift.schema.json; edit that file. */

import type {Value} from './value.ts';

/**
 * Where the desired value is declared; null where nothing declares it.
 */
export type DriftSource = {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /**
   * Name of the rule that set the value.
   */
  readonly rule?: string;
} | null;

/**
 * A drift report of mailboxctl: where the environment differs from the configuration, by class.
 */
export interface Drift {
  /**
   * Another major version is refused.
   */
  readonly format_version: '1.0';
  /**
   * Service time of the read that the report is based on.
   */
  readonly as_of: string;
  readonly environment: DriftEnvironment;
  /**
   * No finding of a class that counts (drift --fail-on).
   */
  readonly clean: boolean;
  readonly summary: DriftSummary;
  readonly findings: readonly DriftFinding[];
  readonly not_seen: readonly DriftNotSeen[];
}
export interface DriftEnvironment {
  readonly name: string;
  readonly url: string;
  readonly organization_id: string;
}
/**
 * Findings by class.
 */
export interface DriftSummary {
  readonly configuration: number;
  readonly approval: number;
  readonly health: number;
  readonly missing: number;
  readonly new: number;
  readonly unmanaged: number;
}
export interface DriftFinding {
  /**
   * missing: declared, not there. new: covered by a rule, never approved nor tested. unmanaged: there, not covered.
   */
  readonly class: 'configuration' | 'approval' | 'health' | 'missing' | 'new' | 'unmanaged';
  /**
   * Of class health. failed: the last test failed. disabled: turned off, or the mailbox is deactivated. stuck: a test that does not end. stolen: another environment synchronizes the mailbox. held: a known reason keeps what is declared from being done.
   */
  readonly subclass: 'failed' | 'disabled' | 'stuck' | 'stolen' | 'held' | null;
  readonly address: string;
  /**
   * YAML path of the field; null where the whole resource is meant.
   */
  readonly field: string | null;
  readonly desired: Value;
  readonly actual: Value;
  /**
   * Where the service tells; else, with --previous, the time of the report that saw it first. Of class configuration: when the record was changed last, by a person.
   */
  readonly since: string | null;
  /**
   * Who changed the record last; null where it was the service's own engine or where it does not tell.
   */
  readonly by: string | null;
  readonly source: DriftSource;
  readonly severity: 'high' | 'medium' | 'low';
  /**
   * For people, what the other members do not say.
   */
  readonly message: string | null;
  /**
   * Not in the report given by --previous; false without one.
   */
  readonly is_new: boolean;
  /**
   * Why no run does anything about it as things are, as in held_back of a plan; absent where none does, or where nothing is to be done.
   */
  readonly held?:
    | 'owner-disabled'
    | 'no-address'
    | 'waits-for-approval'
    | 'not-approved'
    | 'failed-recently'
    | 'stuck'
    | 'type-cannot-change'
    | 'approval-needs-address'
    | 'profile-missing'
    | 'profile-inactive'
    | 'mailbox-inactive'
    | 'stolen'
    | 'waits-for-sign-in'
    | 'in-use';
}
export interface DriftNotSeen {
  readonly kind: 'profile' | 'settings' | 'mailbox';
  readonly sort: 'user' | 'queue' | 'forward' | null;
  readonly reason: 'read-depth' | 'no-privilege' | 'unknown-depth';
  readonly depth: 'none' | 'basic' | 'local' | 'deep' | 'business-unit' | 'global';
}
