/** Made by `npm run generate` from schemas/report.schema.json; edit that file. */

import type {Value} from './value.ts';

/**
 * Plans, applied plans, drift and status reports of several environments as one document of mailboxctl report --merge: what each came to, what is equal put together, and who lags behind whom.
 */
export interface Merged {
  /**
   * Another major version is refused.
   */
  readonly format_version: '1.0';
  /**
   * Service time of the oldest result; null where there is none.
   */
  readonly as_of: string | null;
  readonly summary: MergedSummary;
  /**
   * Files that hold no result that can be merged; the others are merged all the same.
   */
  readonly problems: readonly MergedProblem[];
  /**
   * Environments of the file given by --environments that no result is of.
   */
  readonly without_result: readonly MergedAbsent[];
  /**
   * The worst first.
   */
  readonly results: readonly MergedResult[];
  /**
   * Equal changes, failures, findings and alerts over all environments: each step of each plan is in exactly one, and in two where only a part of it was due before the request.
   */
  readonly groups: readonly MergedGroup[];
  /**
   * Each environment of behind lags behind each of ahead: both declare these values by the same rule or item, ahead has all of them, behind has still to set some. From plans that hold declared; nothing is said of others.
   */
  readonly lags: readonly MergedLag[];
}
export interface MergedSummary {
  /**
   * That have a result.
   */
  readonly environments: number;
  /**
   * An environment may have one of each kind. Each counts once below.
   */
  readonly results: number;
  /**
   * Files that hold no result, and older results.
   */
  readonly problems: number;
  /**
   * Declared environments that have no result.
   */
  readonly without_result: number;
  readonly refused: number;
  readonly incomplete: number;
  readonly failing: number;
  readonly drift: number;
  readonly changes: number;
  readonly waiting: number;
  readonly clean: number;
}
export interface MergedProblem {
  /**
   * As it was named.
   */
  readonly file: string;
  /**
   * error: the message of a command that failed. older: another file has a newer result of that kind and environment. duplicate: another file has the same result; that is no failure.
   */
  readonly reason:
    | 'unreadable'
    | 'empty'
    | 'cut'
    | 'no-json'
    | 'error'
    | 'other-kind'
    | 'other-version'
    | 'wrong-shape'
    | 'older'
    | 'duplicate';
  readonly message: string;
}
export interface MergedAbsent {
  readonly environment: string;
  readonly purpose: 'production' | 'non-production';
  readonly url: string;
}
export interface MergedResult {
  /**
   * What the environment is called in this document: its name, with its organization where two have one name.
   */
  readonly label: string;
  readonly environment: MergedEnvironment;
  readonly kind: 'plan' | 'apply' | 'drift' | 'status';
  readonly file: string;
  readonly as_of: string;
  /**
   * refused: a guard refuses the plan, or it cannot be applied. incomplete: applied in part, or items are missing or ambiguous. failing: tests failed, or mailboxes do not work as they should. drift: findings of classes that count. changes: steps to carry out. waiting: for a person, or held back. clean: none of it.
   */
  readonly state: 'refused' | 'incomplete' | 'failing' | 'drift' | 'changes' | 'waiting' | 'clean';
  /**
   * That refuse the plan.
   */
  readonly guards: readonly string[];
  /**
   * What the result counts, by the names of its own document; approve of a plan without what is handed off.
   */
  readonly numbers: {
    readonly [k: string]: number;
  };
  /**
   * Of a plan, or of the plan that was applied.
   */
  readonly plan_digest: string | null;
  /**
   * Of a plan; null of other results.
   */
  readonly review: MergedReview | null;
}
export interface MergedEnvironment {
  readonly name: string;
  readonly url: string;
  readonly organization_id: string;
}
/**
 * What who approves a plan has to know of it beside its steps.
 */
export interface MergedReview {
  /**
   * Steps seen against the base configuration; null where the plan was made without --base.
   */
  readonly request: MergedRequest | null;
  /**
   * Each e-mail address that is approved; what this request approves first.
   */
  readonly access: readonly MergedAccess[];
  /**
   * What guards found: what is refused first, what is only shown last.
   */
  readonly risks: readonly MergedRisk[];
  /**
   * What was decided by the base configuration and is no longer, equal things together.
   */
  readonly no_longer_managed: readonly MergedLost[];
  readonly secret_references: readonly MergedSecretReference[];
  /**
   * Errors and warnings by their code.
   */
  readonly warnings: {
    readonly [k: string]: number;
  };
}
export interface MergedRequest {
  /**
   * That are its effect.
   */
  readonly steps: number;
  /**
   * That the base configuration gives rise to in the same way.
   */
  readonly due_before: number;
  /**
   * That it takes back.
   */
  readonly withdrawn: number;
}
export interface MergedAccess {
  /**
   * Of the mailbox.
   */
  readonly address: string;
  /**
   * null where the plan does not say.
   */
  readonly email_address: string | null;
  readonly by_person: boolean;
  /**
   * As of groups.
   */
  readonly due_before: boolean;
}
export interface MergedRisk {
  readonly guard: string;
  readonly severity: 'refuse' | 'notice';
  readonly message: string;
  readonly addresses: readonly string[];
  readonly allowed_by: string | null;
}
export interface MergedLost {
  readonly addresses: readonly string[];
  /**
   * null: the whole resource.
   */
  readonly field: string | null;
  readonly value: Value;
  readonly was: readonly MergedSource[];
  /**
   * What decides now; empty: nobody.
   */
  readonly now: readonly MergedSource[];
}
export interface MergedSource {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /**
   * Name of the rule.
   */
  readonly rule?: string;
}
export interface MergedSecretReference {
  readonly address: string;
  readonly field: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly source: MergedSource | null;
}
export interface MergedGroup {
  /**
   * Of the results that it is from.
   */
  readonly kind: 'plan' | 'apply' | 'drift' | 'status';
  /**
   * Of a plan the verb of the step; of an applied plan failed, unknown, skipped, not-begun, handed-off or test-failed; of drift the class; of a status alert.
   */
  readonly what: string;
  /**
   * Of an applied plan the reason, of drift the subclass, of a status the code of the alert.
   */
  readonly detail: string | null;
  /**
   * Of drift.
   */
  readonly severity: 'high' | 'medium' | 'low' | null;
  /**
   * A person carries it out.
   */
  readonly hand_off: boolean;
  /**
   * The base configuration alone gives rise to it: not what this request does. Only of plans made with --base.
   */
  readonly due_before: boolean;
  readonly set: readonly MergedFieldChange[];
  /**
   * Of a failure, an alert, or drift of class approval.
   */
  readonly message: string | null;
  /**
   * Labels of all that have it.
   */
  readonly environments: readonly string[];
  /**
   * Resources by the environments that have it for them.
   */
  readonly parts: readonly MergedPart[];
  /**
   * Where the steps of plans are declared, each place once.
   */
  readonly sources: readonly MergedSource[];
}
export interface MergedFieldChange {
  readonly field: string;
  readonly from: Value;
  readonly to: Value;
  /**
   * The e-mail address that an approval vouches for.
   */
  readonly for?: string;
}
export interface MergedPart {
  readonly environments: readonly string[];
  readonly addresses: readonly string[];
}
export interface MergedLag {
  readonly behind: readonly string[];
  readonly ahead: readonly string[];
  readonly changes: readonly MergedLagChange[];
}
export interface MergedLagChange {
  /**
   * rule:NAME, or the address of the item.
   */
  readonly item: string;
  readonly field: string;
  readonly value: Value;
  /**
   * Resources that have not got it, in all environments of behind together.
   */
  readonly left: number;
}
