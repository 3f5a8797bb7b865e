/** The outcome of a test as a reading shows it. */

import type { Reading } from '../model/snapshot.ts';
import type { TestResults } from '../model/value.ts';

const DIRECTIONS = ['incoming', 'outgoing', 'appointmentsContactsTasks'];

/** Results by direction, of the directions that use server-side synchronization. */
export function resultsOf({ fields }: Reading): TestResults {
  const results: Record<string, string> = {};
  for (const direction of DIRECTIONS) {
    if (fields[direction] !== 'server-side-sync') continue;
    const result = fields[`tests.${direction}`];
    results[direction] = typeof result === 'string' ? result : 'not-run';
  }
  return results;
}
