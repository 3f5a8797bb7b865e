/** Why something was refused before anything was written. */

export type RefusalReason =
  /** Files hold errors. */
  | 'configuration'
  /** Another organization answered than the environment declares, or than the plan was made for. */
  | 'organization'
  /** A table is closed to the caller. */
  | 'permission'
  /** The plan was made from another configuration, or cannot be applied. */
  | 'plan'
  /** A guard found a risk that nobody accepted. */
  | 'guard'
  /** A secret cannot be resolved. */
  | 'secret';

export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly reason: RefusalReason;
  /** What it is about, one a line: messages of diagnostics, names of guards, references to secrets. */
  readonly details: readonly string[];

  constructor(reason: RefusalReason, message: string, details: readonly string[] = []) {
    super(message);
    this.reason = reason;
    this.details = details;
  }
}
