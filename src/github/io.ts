/** What the program has of its process; handed in, so that tests can be one. */

export interface Io {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly fetch: typeof fetch;
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

/** Ends the program with a message for people. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
}
