/** Exit codes, a contract with scripts, and the error that carries one. Only `cli.ts` exits. */

export const EXIT = {
  ok: 0,
  error: 1,
  changes: 2,
  configuration: 3,
  permission: 4,
  guard: 5,
  refused: 6,
  incomplete: 7,
  testFailed: 8,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Ends a command with a message for people; no stack is shown. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly exitCode: ExitCode;
  readonly hint: string | null;

  constructor(exitCode: ExitCode, message: string, hint: string | null = null) {
    super(message);
    this.exitCode = exitCode;
    this.hint = hint;
  }
}

/** The first of this order wins. */
const ORDER: readonly ExitCode[] = [130, 4, 3, 6, 5, 1, 7, 8, 2, 0];

export function strongest(codes: readonly ExitCode[]): ExitCode {
  return ORDER.find((code) => codes.includes(code)) ?? EXIT.ok;
}
