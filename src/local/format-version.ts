/**
 * The version of a document's format. A newer minor version only adds to what this one reads, which passes the addition
 * over; another major version says something else.
 */

/** What this version of the program writes. */
const OURS = { major: 1, minor: 0 } as const;

export type FormatAge = 'ours' | 'newer' | 'other';

export function formatAge(format: unknown): FormatAge {
  const [, major, minor] =
    (typeof format === 'string' ? /^(0|[1-9]\d*)\.(0|[1-9]\d*)$/u.exec(format) : null) ?? [];
  if (Number(major) !== OURS.major) return 'other';
  return Number(minor) > OURS.minor ? 'newer' : 'ours';
}
