/** Why a secret cannot be had. The message never holds any part of it. */

export type SecretProblemCode = 'secret-unresolvable' | 'secret-too-short';

export class SecretError extends Error {
  override readonly name = 'SecretError';
  readonly code: SecretProblemCode;
  readonly hint: string;

  constructor(code: SecretProblemCode, message: string, hint: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.hint = hint;
  }
}
