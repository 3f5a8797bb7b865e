/** What a best-practice check is: one named piece of advice that can be switched off, with a reason. */

import type { Address } from '../model/address.ts';
import type { Config } from '../model/config.ts';
import type { Desired } from '../model/desired.ts';
import type { DiagnosticCode, Source } from '../model/diagnostic.ts';
import type { Snapshot } from '../model/snapshot.ts';

type PracticeCode = Extract<DiagnosticCode, `practice-${string}`>;

/** What the configuration calls a check; the code of its findings is `practice-` and this. */
export type CheckId = PracticeCode extends `practice-${infer Id}` ? Id : never;

/** What there is in the environment, and what the configuration asks of it. */
export interface SeenEnvironment {
  readonly snapshot: Snapshot;
  readonly desired: Desired;
}

export interface CheckInput {
  readonly config: Config;
  /** `null`: only the files are known. */
  readonly seen: SeenEnvironment | null;
}

export interface CheckFinding {
  readonly address: Address | null;
  /** The nearest line: that of the single item, else of the rule behind it, else of the environment. */
  readonly source: Source;
  readonly message: string;
  readonly hint: string;
  /** Findings at one line that share this are told as one. */
  readonly together?: Together;
}

/** Words for many resources at once, so that a large environment does not print a line for each; without their names. */
export type Together = (count: number) => string;

export interface Check {
  readonly id: CheckId;
  readonly title: string;
  /** Why it is good practice, with the source of the advice. */
  readonly why: string;
  readonly severity: 'warning' | 'info';
  /** Pure; equal inputs give equal findings. */
  readonly find: (input: CheckInput) => readonly CheckFinding[];
}
