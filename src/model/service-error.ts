/** An error that the service, or the way to it, answered with; carries what an administrator can act on. */

export type ServiceErrorKind =
  | 'unreachable'
  | 'sign-in'
  | 'permission'
  | 'not-found'
  | 'throttled'
  | 'not-dataverse'
  | 'refused'
  | 'server';

export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly kind: ServiceErrorKind;
  readonly status: number | null;
  /** The service's code as it prints it, such as `0x80040220`. */
  readonly code: string | null;
  /** Method and path, without query values that could hold names. */
  readonly request: string | null;
  readonly hint: string | null;
  /** The service's own id of the request, which its support asks for. */
  readonly requestId: string | null;

  constructor(
    message: string,
    details: {
      kind: ServiceErrorKind;
      status?: number | null;
      code?: string | null;
      request?: string | null;
      hint?: string | null;
      requestId?: string | null;
      cause?: unknown;
    },
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.kind = details.kind;
    this.status = details.status ?? null;
    this.code = details.code ?? null;
    this.request = details.request ?? null;
    this.hint = details.hint ?? null;
    this.requestId = details.requestId ?? null;
  }
}
