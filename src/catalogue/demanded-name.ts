/** When a declared name asks for a change of the name that a record has. */

import { type FieldValues, sameText, type Value } from '../model/value.ts';

/** The spelling of a name is no change: names are compared without regard to it. */
export function demandedName(want: Value, { name }: FieldValues): FieldValues {
  return typeof want === 'string' && typeof name === 'string' && sameText(want, name) ? {} : { name: want };
}
