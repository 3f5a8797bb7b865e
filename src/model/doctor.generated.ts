/** Made by `npm run generate` from schemas/doctor.schema.json; edit that file. */

/**
 * Who the caller is in an environment, what it may do and see there, what will not work, and how to mend it.
 */
export interface Doctor {
  /**
   * Another major version is refused.
   */
  readonly format_version: '1.0';
  /**
   * Service time of the read that the report is based on.
   */
  readonly as_of: string;
  readonly environment: DoctorEnvironment;
  readonly caller: DoctorCaller;
  readonly clock: DoctorClock;
  readonly rights: readonly DoctorRight[];
  /**
   * Who could give the approvals that the configuration asks for, were none of them given yet.
   */
  readonly approvals: readonly DoctorApproval[];
  readonly service: DoctorService;
  readonly not_seen: readonly DoctorNotSeen[];
  readonly findings: readonly DoctorFinding[];
  readonly summary: DoctorSummary;
}
export interface DoctorEnvironment {
  readonly name: string;
  readonly url: string;
  readonly organization_id: string;
  /**
   * The configuration names it, so that another organization is refused.
   */
  readonly organization_id_declared: boolean;
  readonly purpose: 'production' | 'non-production';
  readonly approvals: 'apply' | 'hand-off' | 'fail';
}
export interface DoctorCaller {
  readonly name: string;
  readonly kind: 'person' | 'application-user';
  /**
   * Sign-in name.
   */
  readonly sign_in: string | null;
  /**
   * How it signed in: the method of the environment, MAILBOXCTL_TOKEN, or none.
   */
  readonly authentication: string;
  /**
   * Security roles, those that come through teams too.
   */
  readonly roles: readonly string[];
  readonly system_administrator: boolean;
  readonly delegated_mailbox_approver: boolean;
}
export interface DoctorClock {
  /**
   * Local time when the service had answered.
   */
  readonly local: string;
  /**
   * So far is the local clock ahead of the service; 0 where they agree as far as one can tell.
   */
  readonly skew_seconds: number;
}
export interface DoctorRight {
  readonly on: 'mailbox' | 'profile' | 'user' | 'queue' | 'settings' | 'alert' | 'approval';
  readonly right: 'read' | 'write' | 'create' | 'delete' | 'append' | 'append-to' | 'approve';
  /**
   * Its name in the service.
   */
  readonly privilege: string;
  /**
   * Of how much of the organization the caller holds it.
   */
  readonly depth: 'none' | 'basic' | 'local' | 'deep' | 'global' | 'unknown';
  /**
   * This configuration asks for something that takes it.
   */
  readonly needed: boolean;
}
export interface DoctorApproval {
  /**
   * Name of the profile that the mailboxes are to have; null where they have none.
   */
  readonly server_profile: string | null;
  readonly approvals: number;
  /**
   * Of these, how many this caller would hand off to a person.
   */
  readonly handed_off: number;
  readonly why: readonly ('no-privilege' | 'no-role' | 'by-configuration' | 'owner-approved-mailbox-not' | 'own-sign-in')[];
  /**
   * Roles, any of which may give those.
   */
  readonly who: readonly string[];
}
export interface DoctorService {
  /**
   * Requests under way at once; null where the service recommends nothing.
   */
  readonly recommended_parallelism: number | null;
  /**
   * Optional columns that this environment does not have.
   */
  readonly columns_absent: readonly string[];
  readonly alerts_readable: boolean | null;
  /**
   * Whether the environment writes alerts about errors; null where that is not known.
   */
  readonly error_alerts_written: boolean | null;
  /**
   * Active mailboxes with a direction that the service is to synchronize and has enabled.
   */
  readonly mailboxes_processed: number;
  /**
   * When the service last looked at any of them.
   */
  readonly last_processed_on: string | null;
  readonly tests_running: number;
  /**
   * Tests under way for longer than one is awaited.
   */
  readonly tests_stuck: number;
}
export interface DoctorNotSeen {
  readonly kind: 'profile' | 'settings' | 'mailbox';
  readonly sort: 'user' | 'queue' | 'forward' | null;
  readonly reason: 'read-depth' | 'no-privilege' | 'unknown-depth';
  readonly depth: 'none' | 'basic' | 'local' | 'deep' | 'global';
}
export interface DoctorFinding {
  readonly id:
    | 'organization'
    | 'clock'
    | 'visibility'
    | 'rights'
    | 'approvals'
    | 'approver'
    | 'columns'
    | 'alerts'
    | 'error-alerts'
    | 'background'
    | 'parallelism';
  readonly level: 'ok' | 'warning' | 'problem';
  readonly what: string;
  /**
   * What follows from it.
   */
  readonly so_what: string | null;
  /**
   * How to mend it.
   */
  readonly mend: string | null;
}
export interface DoctorSummary {
  readonly problem: number;
  readonly warning: number;
  readonly ok: number;
}
