/** Made by `npm run generate` from schemas/status.schema.json; edit that file. */

import type {Value} from './value.ts';

/**
 * The state of the mailboxes of an environment: methods, approval, test results and alerts.
 */
export interface Status {
  /**
   * Another major version is refused.
   */
  readonly format_version: '1.0';
  /**
   * Service time of the read that the report is based on.
   */
  readonly as_of: string;
  readonly environment: StatusEnvironment;
  /**
   * Which mailboxes are listed; the summary counts all of them. test-and-enable-failed: active mailboxes with a direction that uses server-side sync and whose last test failed.
   */
  readonly view: 'all' | 'test-and-enable-failed';
  readonly summary: StatusSummary;
  readonly alerts: StatusAlerts;
  readonly mailboxes: readonly StatusMailbox[];
  readonly not_seen: readonly StatusNotSeen[];
}
export interface StatusEnvironment {
  readonly name: string;
  readonly url: string;
  readonly organization_id: string;
}
/**
 * Every mailbox of the environment counts once, in the first of these that is true of it.
 */
export interface StatusSummary {
  /**
   * All of them.
   */
  readonly mailboxes: number;
  readonly inactive: number;
  /**
   * The last test of a direction with server-side sync failed.
   */
  readonly failed: number;
  /**
   * A test is under way.
   */
  readonly testing: number;
  /**
   * A direction uses server-side sync, the e-mail address is not approved.
   */
  readonly not_approved: number;
  /**
   * A direction with server-side sync has no test result.
   */
  readonly not_tested: number;
  /**
   * Tested with success, and every direction with server-side sync is off: another environment has taken the Exchange mailbox over.
   */
  readonly stolen: number;
  /**
   * Tested with success, but some of the directions with server-side sync are not enabled.
   */
  readonly disabled: number;
  readonly working: number;
  /**
   * No direction uses server-side sync, or there is no e-mail address to use it with.
   */
  readonly not_synchronized: number;
}
/**
 * Whether there can be alerts in this report at all.
 */
export interface StatusAlerts {
  /**
   * Whether the caller may read alerts; null where they were not asked for.
   */
  readonly readable: boolean | null;
  readonly written: StatusAlertsWritten;
}
/**
 * Levels of which the environment writes alerts; null where the settings could not be read. Without errors a failed test leaves no alert.
 */
export interface StatusAlertsWritten {
  readonly errors: boolean | null;
  readonly warnings: boolean | null;
  readonly information: boolean | null;
}
export interface StatusMailbox {
  readonly address: string;
  readonly email_address: string | null;
  /**
   * Of the user or queue; there only where it was read, which it is where a rule of the configuration matches on business units.
   */
  readonly business_unit?: string;
  /**
   * Name of the profile.
   */
  readonly server_profile: string | null;
  readonly incoming: Value;
  readonly outgoing: Value;
  readonly appointments_contacts_tasks: Value;
  readonly state: Value;
  readonly approval: Value;
  readonly tests: StatusTests;
  readonly enabled: StatusEnabled;
  readonly managed: boolean;
  readonly alerts: readonly StatusAlert[];
}
export interface StatusTests {
  readonly incoming: Value;
  readonly outgoing: Value;
  readonly appointments_contacts_tasks: Value;
  readonly completed_on: string | null;
  /**
   * A test is under way.
   */
  readonly scheduled: boolean;
}
export interface StatusEnabled {
  readonly incoming: boolean;
  readonly outgoing: boolean;
  readonly appointments_contacts_tasks: boolean;
}
export interface StatusAlert {
  readonly level: 'information' | 'warning' | 'error';
  readonly time: string;
  readonly text: string;
  /**
   * E-mail server error code of the text.
   */
  readonly code: string | null;
  /**
   * What the code means and what to do.
   */
  readonly hint: string | null;
  /**
   * Why it comes.
   */
  readonly cause: string | null;
  /**
   * What the service does by itself: it tries again, or it has turned the direction off. Null where it is not known.
   */
  readonly effect: 'retried' | 'disabled' | null;
  /**
   * Address of Microsoft's article.
   */
  readonly article: string | null;
}
export interface StatusNotSeen {
  readonly kind: 'profile' | 'settings' | 'mailbox';
  readonly sort: 'user' | 'queue' | 'forward' | null;
  readonly reason: 'read-depth' | 'no-privilege' | 'unknown-depth';
  readonly depth: 'none' | 'basic' | 'local' | 'deep' | 'business-unit' | 'global';
}
