/** What became of each step of an applied plan. */

import type { TestResults } from './value.ts';

export type OutcomeKind = 'applied' | 'failed' | 'skipped' | 'handed-off' | 'unknown';

export interface Outcome {
  readonly step: string;
  readonly kind: OutcomeKind;
  /** Applied without a write: the environment was already so. */
  readonly already: boolean;
  /** Why it was not applied, as a code: `stale`, `refused`, `silent-refusal`, `test-timeout`, `behind`, … */
  readonly reason: string | null;
  /** For people; carries the service's words where there are some. */
  readonly message: string | null;
  readonly hint: string | null;
  /** Of a finished test: result by direction. */
  readonly results: TestResults | null;
}
