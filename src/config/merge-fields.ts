/** The fields of an item with those of an overlay over them, and the keys that an overlay takes back in vain. */

import { CATALOGUE } from '../catalogue/catalogue.ts';
import type { Kind } from '../model/address.ts';
import type { Declared, DeclaredFields } from '../model/config.ts';
import { isWithin, type NullKey, type WrittenKeys } from './written-keys.ts';

export interface MergedFields {
  readonly fields: DeclaredFields;
  /** What is `null` in the overlay without being declared in the base. */
  readonly missed: readonly NullKey[];
}

type Covers = (entry: readonly [string, Declared], path: string) => boolean;

/** By kind: `authentication` stands for a field of each direction. */
const SHORTHANDS = new Map(
  (['profile', 'settings', 'mailbox'] as const).map((kind) => [kind, shorthandsOf(kind)]),
);

function shorthandsOf(kind: Kind): ReadonlySet<string> {
  return new Set(
    CATALOGUE.rows(kind).flatMap(({ key, yaml }) =>
      yaml?.shorthand === undefined ? [] : [`${yaml.shorthand} ${key}`],
    ),
  );
}

export function mergeFields(
  kind: Kind,
  base: DeclaredFields,
  own: DeclaredFields,
  { values, nulls }: WrittenKeys,
): MergedFields {
  const covers = coversOf(kind);
  const taken = nulls.filter(({ path }) => [...base].some((entry) => covers(entry, path)));
  const kept = [...base].filter(
    (entry) =>
      !taken.some(({ path }) => covers(entry, path)) &&
      !values.some((path) => entry[0].startsWith(`${path}.`)),
  );
  return {
    fields: new Map([...kept, ...withoutName(own)]),
    missed: nulls.filter((each) => !taken.includes(each)),
  };
}

function coversOf(kind: Kind): Covers {
  const shorthands = SHORTHANDS.get(kind);
  return ([key, { byShorthand = false }], path) => {
    if (key === path || shorthands?.has(`${path} ${key}`) === true) return true;
    // What stands in a shorthand at the top is not written in the mapping that is taken back.
    return isWithin(key, path) && !byShorthand;
  };
}

/** The name is what the two items are matched by; the base says how it is spelled. */
function withoutName(own: DeclaredFields): readonly (readonly [string, Declared])[] {
  return [...own].filter(([key]) => key !== 'name');
}
