/** What the pipeline needs of the world. Reading and writing are two types: a verb that reads is handed no writer. */

import type { Address } from './address.ts';
import type { JournalEvent } from './events.generated.ts';
import type { PlanStep } from './plan.generated.ts';
import type { Query, Reading, RecordRef, Snapshot } from './snapshot.ts';

export interface Identity {
  readonly organizationId: string;
  readonly userId: string;
  /** Service time at which it was asked for; `null`: the service did not say. */
  readonly at?: string | null;
}

export type Records = Readonly<Record<Address, readonly RecordRef[]>>;

/** Can only read. Errors: `ServiceError` (model/service-error.ts). */
export interface StateReader {
  identify(): Promise<Identity>;
  read(query: Query): Promise<Snapshot>;
  /**
   * Reads the named resources again; an address whose record is gone comes back with `exists: false`. `hurry`: with
   * several requests side by side, where somebody waits for it, else with as few as may be.
   */
  reread(records: Records, how?: { readonly hurry: boolean }): Promise<ReadonlyMap<Address, Reading>>;
}

/**
 * What came of one write. `conflict`: the row has another version than the reading. `busy`: a test of the mailbox
 * is under way, the service refuses saves. `throttled`: not carried out, the service asks for a pause. `refused`:
 * the service said no. `lost`: no answer came, so it may or may not have happened.
 */
export type WriteResult =
  | {
      readonly kind: 'done';
      readonly at: string;
      /** What the resource looks like since, where the request that wrote it read it back as well. */
      readonly after?: Reading;
    }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'throttled'; readonly retryAfterMs: number }
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly code: string | null;
      readonly message: string;
      readonly hint: string | null;
    }
  | { readonly kind: 'lost'; readonly message: string };

/** A step that may be sent, with the reading that it was judged by. */
export interface Sending {
  readonly step: PlanStep;
  readonly reading: Reading;
}

/** What the service says that is left of what it allows, by its last answer; `null`: it has not said. */
export interface ServiceBudget {
  /** Time that the service may still work for this caller, in its current window. */
  readonly workMsLeft: number | null;
  readonly requestsLeft: number | null;
  /** Requests that it recommends to have under way at once. */
  readonly parallelism: number | null;
}

export interface StepWriter {
  /**
   * Sends steps of different resources together, none of which needs another, each on the condition that its
   * resource is still as its reading shows. The results are in the order of the steps. Never retries by itself and
   * never throws for an answer.
   */
  write(sendings: readonly Sending[], records: Records): Promise<readonly WriteResult[]>;
  /** Runs `work`, which writes once, when there is a place for one more request; who waits for it has sent nothing. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  budget(): ServiceBudget;
  /** Tells each pause that the service asks this caller for, for reads too, and when it ends by the clock. */
  onPause(tell: (until: number) => void): void;
}

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** What knows secrets in every form they may be printed in. */
export interface Scrubber {
  learn(secret: string): void;
  scrub(text: string): string;
}

/** What earlier runs are known to have done or begun in this environment; times are service times (ISO 8601). */
export interface History {
  /** Last write by address. */
  readonly lastWrite: ReadonlyMap<Address, string>;
  /** Last write by address that a test depends on. */
  readonly untestedWrite: ReadonlyMap<Address, string>;
  /** Tests that were requested, or may have been, and whose end no run has seen. */
  readonly openTests: ReadonlyMap<Address, string>;
  /** The last run, where it was killed or stopped. */
  readonly unfinished?: UnfinishedRun | undefined;
}

export interface UnfinishedRun {
  /** When it began. */
  readonly at: string;
  readonly steps: number;
  readonly applied: number;
}

/** A line of the journal without what the journal itself adds: time, run and sequence number. */
export type JournalLine = Omit<JournalEvent, 'time' | 'run' | 'seq'>;

export interface Journal {
  /** What the runs before this one say. */
  history(): Promise<History>;
  /** Begins a run of the plan with this digest. */
  begin(planDigest: string): Promise<void>;
  /** Lines that belong together; all are on disk when the promise resolves. */
  append(lines: readonly JournalLine[]): Promise<readonly JournalEvent[]>;
  close(): Promise<void>;
}
