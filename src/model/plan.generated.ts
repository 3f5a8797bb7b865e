/** Made by `npm run generate` from schemas/plan.schema.json; edit that file. */

import type {Value} from './value.ts';

/**
 * A plan of mailboxctl: ordered steps with what they replace, who must do what, what is held back, and the risks.
 */
export interface Plan {
  /**
   * Another major version is refused.
   */
  readonly format_version: '1.0';
  /**
   * Version of mailboxctl that made the plan.
   */
  readonly tool_version: string;
  /**
   * When the plan was made, by the local clock.
   */
  readonly timestamp: string;
  /**
   * Service time of the read that the plan is based on.
   */
  readonly as_of: string;
  readonly environment: PlanEnvironment;
  /**
   * Of the canonical configuration of this environment.
   */
  readonly config_digest: string;
  /**
   * Of the plan's core; pass it to apply --expect.
   */
  readonly plan_digest: string;
  readonly applyable: boolean;
  /**
   * The records behind each address of the steps.
   */
  readonly records: {
    readonly [k: string]: readonly PlanRecord[];
  };
  readonly steps: readonly PlanStep[];
  readonly resource_changes: readonly PlanResourceChange[];
  readonly handoffs: readonly PlanHandoff[];
  readonly held_back: readonly PlanHeldBack[];
  readonly deferred: readonly PlanDeferred[];
  readonly findings: readonly PlanFinding[];
  readonly not_seen: readonly PlanNotSeen[];
  readonly risks: readonly PlanRisk[];
  /**
   * What the steps that are handed off give rise to by themselves: apply --only approvals answers for these alone. There where steps are handed off.
   */
  readonly handoff_risks?: readonly PlanRisk[];
  readonly diagnostics: readonly PlanDiagnostic[];
  readonly base?: PlanBase;
  /**
   * What the configuration decides here and how much of it is not yet so: for report --merge, which tells from it who lags behind whom. Absent where only a part was planned (--target). Not part of the core.
   */
  readonly declared?: readonly PlanDeclared[];
  readonly summary: PlanSummary;
  readonly forecast: PlanForecast;
}
export interface PlanEnvironment {
  readonly name: string;
  readonly url: string;
  /**
   * Apply refuses another organization.
   */
  readonly organization_id: string;
}
export interface PlanRecord {
  readonly role: 'self' | 'owner';
  readonly table: string;
  readonly id: string;
  /**
   * Will be created with this id.
   */
  readonly new?: boolean;
}
export interface PlanStep {
  /**
   * address#verb
   */
  readonly id: string;
  readonly verb:
    | 'create'
    | 'readdress'
    | 'edit'
    | 'approval-policy'
    | 'approve'
    | 'reject'
    | 'test'
    | 'activate'
    | 'deactivate'
    | 'delete';
  readonly address: string;
  /**
   * A person with the right roles carries it out: apply --only approvals.
   */
  readonly hand_off?: boolean;
  /**
   * Needed only if the service drops the results because of an earlier step; ends 'already so' when it does not.
   */
  readonly only_if_lost?: boolean;
  /**
   * The test was requested before this plan was made: it is awaited, and no further message is sent.
   */
  readonly under_way?: boolean;
  /**
   * A test with Exchange Online, where an administrator of the tenant approves addresses too: none had approved this one when the plan was made.
   */
  readonly tenant_approval_missing?: boolean;
  readonly set: readonly PlanFieldChange[];
  /**
   * Ids of steps that have to be applied before.
   */
  readonly after: readonly string[];
  readonly because: readonly PlanReason[];
}
export interface PlanFieldChange {
  /**
   * YAML path of the field.
   */
  readonly field: string;
  readonly from: Value;
  readonly to: Value;
  /**
   * Not declared: the type's default, written on creation only.
   */
  readonly default?: boolean;
  /**
   * The e-mail address that an approval vouches for.
   */
  readonly for?: string;
}
export interface PlanReason {
  readonly kind: 'config' | 'ceiling' | 'consequence' | 'health' | 'request';
  readonly source?: PlanSource;
  /**
   * The step that this one is a consequence of.
   */
  readonly of?: string;
  readonly field?: string;
  readonly why?: string;
}
export interface PlanSource {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /**
   * Name of the rule that set the value.
   */
  readonly rule?: string;
}
export interface PlanResourceChange {
  readonly address: string;
  readonly mode: 'managed';
  readonly type: 'profile' | 'settings' | 'mailbox';
  readonly name: string;
  readonly provider_name: 'mailboxctl';
  readonly change: PlanTerraformChange;
  readonly sources: {
    readonly [k: string]: PlanSource;
  };
}
export interface PlanTerraformChange {
  readonly actions: readonly ('create' | 'update' | 'delete')[];
  readonly before: {
    readonly [k: string]: unknown;
  } | null;
  readonly after: {
    readonly [k: string]: unknown;
  } | null;
  readonly after_unknown: {
    readonly [k: string]: boolean;
  };
  readonly before_sensitive:
    | {
        readonly [k: string]: boolean;
      }
    | boolean;
  readonly after_sensitive:
    | {
        readonly [k: string]: boolean;
      }
    | boolean;
}
export interface PlanHandoff {
  /**
   * The step that is handed off; of a sign-in the test that is held back until then.
   */
  readonly step: string;
  /**
   * Whose it is.
   */
  readonly address?: string;
  /**
   * The e-mail address that is approved or signed in with.
   */
  readonly email_address?: string | null;
  /**
   * What the person does.
   */
  readonly what?: 'approve' | 'reject' | 'approval-policy' | 'sign-in';
  /**
   * Roles, any of which may do it; of a sign-in the user of the mailbox.
   */
  readonly who: readonly string[];
  readonly why: 'no-privilege' | 'no-role' | 'by-configuration' | 'owner-approved-mailbox-not' | 'own-sign-in';
  /**
   * Page where it is done by hand.
   */
  readonly where: string;
  /**
   * What carries it out, or goes on when it is done by hand.
   */
  readonly command: string;
}
export interface PlanHeldBack {
  readonly address: string;
  readonly verb:
    | 'create'
    | 'readdress'
    | 'edit'
    | 'approval-policy'
    | 'approve'
    | 'reject'
    | 'test'
    | 'activate'
    | 'deactivate'
    | 'delete';
  readonly reason:
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
  readonly until?: string;
  readonly detail?: string;
}
export interface PlanDeferred {
  readonly address: string;
  readonly verb: string;
  readonly reason: 'tests-per-run';
}
export interface PlanFinding {
  readonly kind: 'missing' | 'ambiguous';
  readonly address: string;
  readonly source: PlanSource;
  readonly message: string;
  readonly hint: string | null;
  readonly candidates: readonly string[];
}
export interface PlanNotSeen {
  readonly kind: 'profile' | 'settings' | 'mailbox';
  readonly sort: 'user' | 'queue' | 'forward' | null;
  readonly reason: 'read-depth' | 'no-privilege' | 'unknown-depth';
  readonly depth: 'none' | 'basic' | 'local' | 'deep' | 'business-unit' | 'global';
}
export interface PlanRisk {
  readonly guard: string;
  readonly severity: 'refuse' | 'notice';
  readonly message: string;
  readonly addresses: readonly string[];
  /**
   * What accepted it, such as '--allow delete'.
   */
  readonly allowed_by: string | null;
}
export interface PlanDiagnostic {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly address: string | null;
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly message: string;
  readonly hint: string | null;
}
/**
 * What this configuration does that the one it was compared with does not (plan --base). Not part of the core.
 */
export interface PlanBase {
  /**
   * Of the base configuration of this environment.
   */
  readonly config_digest: string;
  /**
   * Ids of the steps that the base configuration gives rise to in the same way: due before this request. All other steps are its effect.
   */
  readonly pending: readonly string[];
  /**
   * Of the other steps, the fields that the base configuration would set just so. There where there are any.
   */
  readonly partly_pending?: readonly PlanPartlyPending[];
  /**
   * What the base configuration alone would do and this one does not.
   */
  readonly withdrawn: readonly PlanWithdrawn[];
  /**
   * What decided in the base configuration (was) decides no longer.
   */
  readonly no_longer_managed: readonly PlanNoLongerManaged[];
  /**
   * References to secrets that are others than in the base configuration.
   */
  readonly secret_references: readonly PlanSecretReference[];
}
export interface PlanPartlyPending {
  /**
   * Of the step.
   */
  readonly id: string;
  readonly fields: readonly string[];
}
export interface PlanWithdrawn {
  /**
   * address#verb of the step of the base configuration.
   */
  readonly id: string;
  readonly verb:
    | 'create'
    | 'readdress'
    | 'edit'
    | 'approval-policy'
    | 'approve'
    | 'reject'
    | 'test'
    | 'activate'
    | 'deactivate'
    | 'delete';
  readonly address: string;
  /**
   * What it would have set; of a step that is planned all the same, only what is taken out of it.
   */
  readonly set: readonly PlanFieldChange[];
}
export interface PlanNoLongerManaged {
  readonly address: string;
  /**
   * YAML path of the field; null: the whole resource.
   */
  readonly field: string | null;
  readonly was: PlanSource;
  /**
   * What decides now; null: nobody.
   */
  readonly now: PlanSource | null;
  /**
   * What it stays at; where something decides now, what that says.
   */
  readonly value: Value;
}
export interface PlanSecretReference {
  readonly address: string;
  /**
   * YAML path of the secret.
   */
  readonly field: string;
  /**
   * The reference of the base configuration; null: there is none.
   */
  readonly from: string | null;
  /**
   * The reference now; null: there is none any more.
   */
  readonly to: string | null;
  /**
   * Where the reference stands now.
   */
  readonly source: PlanSource | null;
}
export interface PlanDeclared {
  /**
   * rule:NAME, or the address of the item. Single mailboxes are left out where they are many.
   */
  readonly item: string;
  /**
   * YAML path of the field.
   */
  readonly field: string;
  readonly value: Value;
  /**
   * For which it decides this.
   */
  readonly resources: number;
  /**
   * Of those, how many have not got it: a step sets it, or something is held back or deferred.
   */
  readonly left: number;
}
export interface PlanSummary {
  readonly add: number;
  /**
   * Resources with an edit, readdress or state step.
   */
  readonly change: number;
  readonly destroy: number;
  /**
   * Approvals and rejections, hand-offs included.
   */
  readonly approve: number;
  readonly test: number;
  /**
   * Mailboxes whose test, with the edits that need it, is left for the next run.
   */
  readonly left?: number;
}
export interface PlanForecast {
  readonly requests: number;
  /**
   * Test messages that will be sent: one for each tested outgoing direction.
   */
  readonly messages: number;
  readonly seconds: number;
}
