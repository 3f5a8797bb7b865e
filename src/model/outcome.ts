/** What became of each step of an applied plan. */

import type { TestResults } from './value.ts';

export type OutcomeKind = 'applied' | 'failed' | 'skipped' | 'handed-off' | 'unknown';

/** Why a step was not applied. An outcome that is read from a file may have one of a later version. */
export const OUTCOME_REASONS = [
  // the service, or the record, said no
  'refused',
  'silent-refusal',
  'stale',
  'gone',
  'contended',
  'throttled',
  'test-under-way',
  // nobody knows
  'no-answer',
  'unreadable',
  'test-timeout',
  'test-vanished',
  // not sent
  'behind',
  'interrupted',
  'time-out',
  // left to a person
  'hand-off',
  'refused-before',
  'owner-approved-mailbox-not',
] as const;

export type OutcomeReason = (typeof OUTCOME_REASONS)[number];

export interface Outcome {
  readonly step: string;
  readonly kind: OutcomeKind;
  /** Applied without a write: the environment was already so. */
  readonly already: boolean;
  /** Why it was not applied, as a code: one of `OUTCOME_REASONS`. */
  readonly reason: string | null;
  /** For people; carries the service's words where there are some. */
  readonly message: string | null;
  readonly hint: string | null;
  /** Of a finished test: result by direction. */
  readonly results: TestResults | null;
}
