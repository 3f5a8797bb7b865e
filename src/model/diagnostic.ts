/** A finding about the configuration or the environment, and where in the files it stands. */

import type { Address } from './address.ts';

/** A place in a configuration file; line and column count from 1. */
export interface Source {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The rule that set the value, where it was one. */
  readonly rule?: string;
}

export type Severity = 'error' | 'warning' | 'info';

export const DIAGNOSTIC_CODES = [
  // reading files
  'file-unreadable',
  'file-not-found',
  'not-utf8',
  'include-empty',
  // YAML
  'yaml-syntax',
  'yaml-tab',
  'yaml-several-documents',
  'yaml-duplicate-key',
  'yaml-alias',
  'yaml-unquoted-star',
  'yaml-tag',
  'yaml-merge-key',
  // schema
  'unknown-key',
  'missing-key',
  'wrong-type',
  'wrong-value',
  'empty-value',
  'name-not-text',
  'secret-in-text',
  'out-of-range',
  'overlay-hits-nothing',
  'list-entry-unrecognized',
  // rules
  'duplicate-item',
  'duplicate-environment',
  'unknown-reference',
  'rule-sets-identity',
  'rule-matches-managed-field',
  'rule-cannot-approve',
  'rule-matches-nothing',
  'rule-conflict',
  'rule-without-effect',
  'address-unrecognized',
  'credentials-incomplete',
  'credentials-not-used',
  'credentials-missing',
  'method-not-for-queue',
  'method-not-for-forward',
  'type-forbids-field',
  'type-requires-field',
  'type-forbids-authentication',
  'authentication-ended',
  'type-forbids-appointments',
  'ssl-required',
  'location-ssl-disagree',
  'approval-needs-address',
  'nothing-to-test',
  'test-needs-approval',
  'profile-inactive',
  'field-not-for-sort',
  'secret-unresolvable',
  'secret-too-short',
  'insecure-url',
  'purpose-missing',
  'ceiling-silences-everything',
  'ceiling-passed-over',
  'address-in-two-environments',
  'list-entry-matches-nothing',
  'item-covered-by-rule',
  'absent-with-fields',
  'absent-not-possible',
  'rename-unclear',
  'port-not-in-cloud',
  'server-unrecognized',
  'protocol-not-possible',
  'date-without-effect',
  'primary-org-not-production',
  'primary-org-needs-test',
  'deletes-mail',
  'upload-limit-doubtful',
  'gmail-user-limit',
  'forward-mailbox-missing',
  // best practices
  'practice-server-side-sync',
  'practice-exchange-online',
  'practice-folder-level-tracking',
  'practice-queue-approved-and-tested',
  'practice-forward-mailbox',
  'practice-outlook-method',
  'practice-approval-required',
  'practice-personal-queue-address',
  'practice-queue-address-of-person',
  'practice-queue-owner-disabled',
  'practice-test-older-than-profile',
  'practice-duplicate-address',
  'check-unknown',
  // the environment
  'item-missing',
  'item-ambiguous',
  'address-owned-by-directory',
  'connections-counted',
  'date-in-future',
  'owner-disabled',
  'read-incomplete',
  // what it is compared with
  'base-invalid',
  'base-not-declared',
  'planned-from-snapshot',
] as const;

/** A closed union: scripts may switch over it. */
export type DiagnosticCode = (typeof DIAGNOSTIC_CODES)[number];

export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** The resource it is about, if it is about one. */
  readonly address: Address | null;
  readonly source: Source | null;
  /** Where, what was found, what is allowed. */
  readonly message: string;
  /** What to do. */
  readonly hint: string | null;
  /** The lines around the place with a caret, ready to print. */
  readonly frame?: string;
}
