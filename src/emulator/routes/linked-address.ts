/** The address of the other row in the body of a `$ref` request. */

import { invalidArgument } from '../service-error.ts';
import { parseObject } from '../writes/read-body.ts';
import type { Operation } from './operation.ts';

export function linkedAddress(operation: Operation): string {
  const address = parseObject(operation.body)['@odata.id'];
  if (typeof address === 'string') return address;
  throw invalidArgument("The body must hold '@odata.id', the address of a row.");
}
