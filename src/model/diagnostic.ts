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
  // rules
  'duplicate-item',
  'duplicate-environment',
  'unknown-reference',
  'rule-sets-identity',
  'rule-matches-managed-field',
  'rule-cannot-approve',
  'rule-matches-nothing',
  'rule-conflict',
  'address-unrecognized',
  'credentials-incomplete',
  'credentials-not-used',
  'credentials-missing',
  'method-not-for-queue',
  'method-not-for-forward',
  'method-deprecated',
  'methods-need-profile',
  'type-forbids-field',
  'type-requires-field',
  'type-forbids-authentication',
  'authentication-ended',
  'type-forbids-appointments',
  'ssl-required',
  'location-ssl-disagree',
  'approval-needs-address',
  'approval-not-required',
  'nothing-to-test',
  'forward-discouraged',
  'field-not-for-sort',
  'secret-unresolvable',
  'secret-too-short',
  'insecure-url',
  'organization-id-missing',
  'purpose-missing',
  // the environment
  'item-missing',
  'item-ambiguous',
  'address-owned-by-directory',
  'owner-disabled',
  'read-incomplete',
  'optional-column-missing',
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
