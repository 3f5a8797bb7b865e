/** Which directions of a mailbox move mail now: server-side sync, enabled, and the last test a success. */

import { testedDirections } from '../../catalogue/mailbox-tests.ts';
import type { Direction } from '../../catalogue/methods.ts';
import type { FieldValues } from '../../model/value.ts';

export function workingDirections(fields: FieldValues): readonly Direction[] {
  if (fields.state === 'inactive') return [];
  return testedDirections(fields).filter(
    (direction) => fields[`enabled.${direction}`] === true && fields[`tests.${direction}`] === 'success',
  );
}
