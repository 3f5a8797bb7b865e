/** What a case of a rule is. */

export interface Case {
  readonly rule: string;
  /** One file, or several. */
  readonly good: string | readonly string[];
  readonly bad: string | readonly string[];
  /** The environments of the root file; rules that look at one look at the first. */
  readonly environments?: string;
  /** Where what is right differs in the environments. */
  readonly goodEnvironments?: string;
  /** Code and line of each finding. */
  readonly found: readonly string[];
}
