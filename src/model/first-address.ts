/** Which steps give a record its first e-mail address: before them there was nothing that could have been approved. */

import { isUnknown, type Value } from './value.ts';

interface Addressing {
  readonly id: string;
  readonly verb: string;
  readonly set: readonly { readonly field: string; readonly from: Value }[];
}

/** Their ids. */
export function firstAddresses(steps: readonly Addressing[]): ReadonlySet<string> {
  const first = steps.filter(
    ({ verb, set }) =>
      verb === 'readdress' && set.some(({ field, from }) => field === 'emailAddress' && from === null),
  );
  return new Set(first.map(({ id }) => id));
}

/** What is left open by such a step was not there before it. */
export function beforeFirstAddress(from: Value, first: ReadonlySet<string>): Value {
  return isUnknown(from) && first.has(from.unknown) ? null : from;
}
