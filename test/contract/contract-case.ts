/** A case: one thing that the product relies on, told by requests and answers alone. */

import type { Need, Subject } from './subject.ts';

/** Asserts. Throws `NotTried` where the environment has nothing to try it on. */
export type Run = (subject: Subject) => Promise<void>;

export interface ContractCase {
  readonly group: string;
  /** Unique within its group. */
  readonly what: string;
  /** Besides reading. */
  readonly needs: readonly Need[];
  readonly run: Run;
}

/** Cases of one group that need the same. */
export function casesOf(
  group: string,
  needs: readonly Need[],
  cases: Readonly<Record<string, Run>>,
): readonly ContractCase[] {
  return Object.entries(cases).map(([what, run]) => ({ group, what, needs, run }));
}
