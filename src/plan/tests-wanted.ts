/** Whether a mailbox is to be tested at all, and whether its test takes it away from other environments. */

import { isStolen, testedDirections } from '../catalogue/mailbox-tests.ts';
import { resultsSeen } from './last-test.ts';
import type { Predicted } from './predicted.ts';

/** Declared beside Test & Enable, and written by the request for a test alone. */
export const PRIMARY_FIELD = 'syncFromThisOrganizationOnly';

/** A test is asked for, and there is a direction to test. */
export function wantsTests({ resource, fields }: Pick<Predicted, 'resource' | 'fields'>): boolean {
  return resource.fields.get('testAndEnable')?.value === true && testedDirections(fields).length > 0;
}

export function wantsPrimary({ resource }: Predicted): boolean {
  return resource.fields.get(PRIMARY_FIELD)?.value === true;
}

/** It is not marked yet, or another environment has taken it all the same. */
export function takesMailboxAway(predicted: Predicted): boolean {
  const actual = resultsSeen(predicted);
  return actual[PRIMARY_FIELD] !== true || isStolen(actual);
}
