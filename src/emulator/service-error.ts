/**
 * An error as the service answers it: status, hexadecimal code, words. Names and codes from the public error table
 * (Microsoft Learn, "Web service error codes").
 */

export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
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

export function notSupportedHere(what: string): ServiceError {
  return new ServiceError(
    501,
    '0x80060888',
    `${what} is documented for Dataverse but not supported by this emulator.`,
  );
}

export function methodNotAllowed(method: string, what: string): ServiceError {
  return new ServiceError(405, '0x80060888', `The method '${method}' is not allowed on '${what}'.`);
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
