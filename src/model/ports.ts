/** What the pipeline needs of the world. Reading and writing are two types: a verb that reads is handed no writer. */

import type { Address } from './address.ts';
import type { JournalEvent } from './events.generated.ts';
import type { PlanStep } from './plan.generated.ts';
import type { Query, Reading, RecordRef, Snapshot } from './snapshot.ts';

export interface Identity {
  readonly organizationId: string;
  readonly userId: string;
}

export type Records = Readonly<Record<Address, readonly RecordRef[]>>;

/** Can only read. Errors: `ServiceError` (model/service-error.ts). */
export interface StateReader {
  identify(): Promise<Identity>;
  read(query: Query): Promise<Snapshot>;
  /** Reads the named resources again; an address whose record is gone comes back with `exists: false`. */
  reread(records: Records): Promise<ReadonlyMap<Address, Reading>>;
}

/**
 * What came of one write. `conflict`: the row has another version than the reading. `busy`: a test of the mailbox
 * is under way, the service refuses saves. `throttled`: not carried out, the service asks for a pause. `refused`:
 * the service said no. `lost`: no answer came, so it may or may not have happened.
 */
export type WriteResult =
  | { readonly kind: 'done'; readonly at: string }
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

export interface StepWriter {
  /** Sends one step, conditional on the reading. Never retries by itself and never throws for an answer. */
  write(step: PlanStep, records: Records, reading: Reading): Promise<WriteResult>;
}

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** What earlier runs are known to have done or begun in this environment; times are service times (ISO 8601). */
export interface History {
  /** Last write by address. */
  readonly lastWrite: ReadonlyMap<Address, string>;
  /** Last write by address that a test depends on. */
  readonly untestedWrite: ReadonlyMap<Address, string>;
  /** Tests that were requested, or may have been, and whose end no run has seen. */
  readonly openTests: ReadonlyMap<Address, string>;
}

/** A line of the journal without what the journal itself adds: time, run and sequence number. */
export type JournalLine = Omit<JournalEvent, 'time' | 'run' | 'seq'>;

export interface Journal {
  /** What the runs before this one say. */
  history(): Promise<History>;
  /** Begins a run of the plan with this digest. */
  begin(planDigest: string): Promise<void>;
  /** On disk when the promise resolves. */
  append(line: JournalLine): Promise<JournalEvent>;
  close(): Promise<void>;
}
