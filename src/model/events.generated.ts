/** Made by `npm run generate` from schemas/events.schema.json; edit that file. */

/**
 * One line of a run's journal (.mailboxctl/<environment>/runs/*.jsonl) and of --events. Times of `at` are service times.
 */
export interface JournalEvent {
  /**
   * Local time of the line.
   */
  readonly time: string;
  /**
   * Id of the run.
   */
  readonly run: string;
  readonly seq: number;
  readonly event:
    'run-started' | 'observed' | 'intent' | 'answered' | 'settled' | 'paused' | 'interrupted' | 'run-ended';
  readonly step?: string;
  readonly address?: string;
  readonly verb?: string;
  /**
   * Service time of what is reported.
   */
  readonly at?: string;
  readonly plan_digest?: string;
  readonly environment?: string;
  readonly organization_id?: string;
  readonly as_of?: string;
  readonly steps?: number;
  /**
   * Resources that were read.
   */
  readonly addresses?: readonly string[];
  /**
   * The step changes something that a test depends on.
   */
  readonly needs_test?: boolean;
  /**
   * Address of the resource after the step, where the step renames it.
   */
  readonly renamed_to?: string;
  readonly answer?: 'done' | 'conflict' | 'busy' | 'throttled' | 'refused' | 'lost';
  readonly status?: number | null;
  readonly code?: string | null;
  readonly message?: string;
  readonly hint?: string | null;
  readonly until?: string;
  readonly outcome?: 'applied' | 'failed' | 'skipped' | 'handed-off' | 'unknown';
  /**
   * Why, as a code.
   */
  readonly reason?: string | null;
  /**
   * Applied without a write: the environment was already so.
   */
  readonly already?: boolean;
  /**
   * Test results by direction.
   */
  readonly results?: {
    readonly [k: string]: string;
  };
  readonly result?: 'complete' | 'incomplete' | 'interrupted';
}
