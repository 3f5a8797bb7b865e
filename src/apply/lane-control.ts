/** What is known of the number of requests that a run has under way at once, and what an answer adds to it. */

export interface Lanes {
  /** Requests to be worked on at once to begin with. */
  readonly start: number;
  /** The most that may be under way. */
  readonly most: number;
}

export interface LaneControl {
  readonly limits: Lanes;
  /** Requests that the service shall have at once; those that travel come on top. */
  readonly workers: number;
  /**
   * `first`: until a round in which nobody waited has shown what a request costs. `search`: other numbers are tried.
   * `settled`: the number is found, and only follows the service.
   */
  readonly stage: 'first' | 'search' | 'settled';
  /** The most of which none waited, and the fewest of which some did; `null`: not met. */
  readonly low: number | null;
  readonly high: number | null;
  /** The number before it was halved, and the answers that came since; or that halving it was of no use. */
  readonly half: { readonly of: number; readonly answers: number } | 'useless' | null;
  readonly round: Round;
  /** Time at the service for one operation when nobody waits, in milliseconds; `null`: not known yet. */
  readonly quickMs: number | null;
  /** What a number that is tried, or was cut to, is measured by. */
  readonly trial: { readonly workers: number; readonly eachMs: number } | null;
  readonly towards: 1 | -1;
  /** Rounds until the next trial, and for how many it rests after the next one in vain. */
  readonly rest: number;
  readonly patience: number;
}

/** Answers to requests that were sent since the number is as it is. */
export interface Round {
  readonly since: number;
  readonly answers: number;
  readonly operations: number;
  readonly ms: number;
}

/** With so many it begins where the service recommends nothing, */
export const DEFAULT_LANES = 4;
/** and with so many where it recommends more than is believed at once. */
export const UNPROVEN_LANES = 16;

export interface Answer {
  readonly operations: number;
  readonly sentAt: number;
  readonly now: number;
  readonly ms: number;
  /** Way there and back; `null`: not known yet. */
  readonly roundTripMs: number | null;
  /** Work for one operation when nobody waits; `null`: not known yet. */
  readonly operationMs: number | null;
  /** Steps that are still to be sent. */
  readonly left: number;
}
