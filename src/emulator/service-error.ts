/**
 * An error as the service answers it: status, hexadecimal code, words. Names and codes from the public error table
 * (Microsoft Learn, "Web service error codes").
 */

export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

export function notFound(table: string, id: string): ServiceError {
  return new ServiceError(404, '0x80040217', `Entity '${table}' With Id = ${id} Does Not Exist`);
}

export function invalidArgument(message: string): ServiceError {
  return new ServiceError(400, '0x80040203', message);
}

export function unknownResource(segment: string): ServiceError {
  return new ServiceError(404, '0x8006088a', `Resource not found for the segment '${segment}'.`);
}

/** The words of the service (MicrosoftDocs/powerapps-docs issue 3792); HTTP asks for the header. */
export function methodNotAllowed(method: string, allowed: readonly string[]): ServiceError {
  return new ServiceError(405, '', `The requested resource does not support http method '${method}'.`, {
    Allow: allowed.join(', '),
  });
}

/** A function or action called by the wrong method (Microsoft Learn, "Troubleshoot Dataverse Web API client errors"). */
export function noSuchOperation(uri: string): ServiceError {
  return new ServiceError(404, '', `No HTTP resource was found that matches the request URI '${uri}'.`);
}

/** A table that does not have the message. */
export function messageNotSupported(message: string, table: string): ServiceError {
  return new ServiceError(
    405,
    '0x80040800',
    `The '${message}' method does not support entities of type '${table}'. MessageProcessorCache returned MessageProcessor.Empty.`,
  );
}

export function privilegeDenied(userId: string, privilege: string): ServiceError {
  return new ServiceError(
    403,
    '0x80040220',
    `Principal user (Id=${userId}, type=8) is missing ${privilege} privilege on the organization or business unit.`,
  );
}

export function accessDenied(userId: string, table: string, id: string, right: string): ServiceError {
  return new ServiceError(
    403,
    '0x80048306',
    `SecLib::AccessCheckEx failed. User with id ${userId} does not have ${right} right(s) for record with id ${id} of entity ${table}.`,
  );
}
