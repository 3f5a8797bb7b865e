/** Which steps of a plan send a test message: for the forecast, and for reports that tell whose messages they are. */

import type { PlanStep } from './plan.generated.ts';
import { isTestResults } from './value.ts';

/** Whether carrying out the step sends a message: the outgoing test does, from the mailbox to itself, once. */
export function sendsMessage({ verb, set, under_way }: PlanStep): boolean {
  return (
    verb === 'test' &&
    under_way !== true &&
    set.some(({ from }) => isTestResults(from) && from.outgoing !== undefined)
  );
}
