/** Made by `npm run generate` from schemas/apply.schema.json; edit that file. */

import type {Outcome} from './outcome.ts';
import type {Plan} from './plan.generated.ts';

/**
 * What became of a plan that mailboxctl apply carried out: an outcome for each step, counts, and the alerts of failed tests.
 */
export interface Apply {
  /**
   * Another major version is refused.
   */
  readonly format_version: '1.0';
  readonly plan: Plan;
  /**
   * When its steps began to be carried out; as_of is the plan's.
   */
  readonly applied_at?: string;
  /**
   * A step without one was not begun.
   */
  readonly outcomes: readonly Outcome[];
  readonly counts: ApplyCounts;
  /**
   * Alerts newer than the tests, by address of the mailbox.
   */
  readonly alerts: {
    readonly [k: string]: readonly ApplyAlert[];
  };
  /**
   * What ended the run before its end.
   */
  readonly stopped: 'interrupted' | 'time-out' | null;
}
export interface ApplyCounts {
  readonly added: number;
  readonly changed: number;
  readonly destroyed: number;
  readonly approved: number;
  /**
   * Tests that finished, whatever the result.
   */
  readonly tested: number;
  readonly failed: number;
  readonly skipped: number;
  readonly unknown: number;
  readonly handed_off: number;
}
export interface ApplyAlert {
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
  readonly hint?: string | null;
  /**
   * Why it comes.
   */
  readonly cause?: string | null;
  /**
   * What the service does by itself: it tries again, or it has turned the direction off.
   */
  readonly effect?: 'retried' | 'disabled' | null;
  /**
   * Address of Microsoft's article.
   */
  readonly article?: string | null;
}
