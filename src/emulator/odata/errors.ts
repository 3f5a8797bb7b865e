/** The one error of this folder: what the service answers to a request it cannot understand or does not support. */

/** The service's general code for a query it rejects (Microsoft Learn, "Join tables using OData" shows it). */
export const QUERY_CODE = '0x80060888';

export class ODataError extends Error {
  override readonly name = 'ODataError';
  readonly status: number;
  /** Hexadecimal text such as 0x80060888. */
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export function badRequest(message: string): ODataError {
  return new ODataError(400, QUERY_CODE, message);
}

export function unknownProperty(property: string, table: string): ODataError {
  return badRequest(
    `Could not find a property named '${property}' on type 'Microsoft.Dynamics.CRM.${table}'.`,
  );
}

/** The service's words for a list of values it cannot read (Microsoft Learn, "Filter rows using OData"). */
export function invalidJson(): ODataError {
  return badRequest(
    "Invalid JSON. A comma character ',' was expected in scope 'Array'. Every two elements in an array and properties of an object must be separated by commas.",
  );
}
