/** What a drift finding is before it is known whether an earlier report had it. */

import type { DriftFinding } from '../model/drift.generated.ts';

export type DriftClass = DriftFinding['class'];

/** What sort of difference it is, and what is told of it besides the two values. */
export type Classified = Pick<
  DriftFinding,
  'class' | 'subclass' | 'severity' | 'since' | 'by' | 'message' | 'held'
>;

/** The members that most findings leave empty. */
export const EMPTY = {
  subclass: null,
  field: null,
  desired: null,
  actual: null,
  since: null,
  by: null,
  message: null,
  is_new: false,
} as const;

/** Sentences for people, joined; `null` where there is nothing to tell. */
export function told(...sentences: readonly (string | null | undefined)[]): string | null {
  const said = sentences.filter((text) => text !== null && text !== undefined && text !== '');
  return said.length === 0 ? null : said.join(' ');
}

/** Fields that Test & Enable decides. */
export function isHealth(field: string): boolean {
  return field.startsWith('tests.') || field.startsWith('enabled.');
}
