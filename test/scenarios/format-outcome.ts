/** An outcome in the words of a scenario: `applied`, `already so`, `failed stale`, `tested: incoming failure`. */

import type { Outcome } from '../../src/model/outcome.ts';

export const APPLIED = 'applied';
export const ALREADY = 'already so';

export function formatOutcome({ kind, already, reason, results }: Outcome): string {
  const failed = Object.entries(results ?? {}).filter(([, result]) => result !== 'success');
  if (kind !== 'applied') return reason === null ? kind : `${kind} ${reason}`;
  if (failed.length > 0) return `tested: ${failed.map((pair) => pair.join(' ')).join(', ')}`;
  return already ? ALREADY : APPLIED;
}
